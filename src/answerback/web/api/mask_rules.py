"""Masks: what of texts is covered."""

import msgspec
from litestar import Controller, delete, get, patch, post
from litestar.params import JSONBody

from answerback.domain.access.permissions import Permission
from answerback.storage.mask_rules import MaskRule, list_rules
from answerback.usecases.mask_settings import (
    Covered,
    MaskChanges,
    MaskDraft,
    MaskTrial,
    change_mask,
    create_mask,
    remove_mask,
    try_masks,
)
from answerback.web.api.paging import Id
from answerback.web.api.services import Caller, Given
from answerback.web.problems import granted

MANAGE = Permission.MANAGE_SETTINGS


class MaskRules(msgspec.Struct, frozen=True):
    items: list[MaskRule]


class MaskRuleController(Controller):
    path = "/api/v1/mask-rules"
    tags = ("Privacy",)

    @get("/", operation_id="listMaskRules", summary="List masks", access=MANAGE)
    async def list_all(self, services: Given) -> MaskRules:
        """By name."""
        return MaskRules(await list_rules(services.pool))

    @post("/", operation_id="createMaskRule", summary="Add a mask", access=MANAGE, idempotent=True)
    async def create(self, services: Given, caller: Caller, data: JSONBody[MaskDraft]) -> MaskRule:
        """From now on texts are seen through it; with `storage`, customers' texts are stored through it too."""
        return granted(await create_mask(services.pool, data, caller.user_id))

    @post("/try", operation_id="tryMaskRules", summary="Try masks on a text", access=MANAGE, status_code=200)
    async def attempt(self, services: Given, data: JSONBody[MaskTrial]) -> Covered:
        """What would be seen of it. Nothing is kept."""
        return granted(await try_masks(services.pool, data))

    @patch("/{rule_id:int}", operation_id="changeMaskRule", summary="Change a mask", access=MANAGE)
    async def change(self, services: Given, caller: Caller, rule_id: Id, data: JSONBody[MaskChanges]) -> MaskRule:
        """What was stored stays as it was stored."""
        return granted(await change_mask(services.pool, rule_id, data, caller.user_id))

    @delete("/{rule_id:int}", operation_id="removeMaskRule", summary="Remove a mask", access=MANAGE)
    async def remove(self, services: Given, caller: Caller, rule_id: Id) -> None:
        """What it covered on screens is seen again; what it covered before storing is gone."""
        granted(await remove_mask(services.pool, rule_id, caller.user_id))
