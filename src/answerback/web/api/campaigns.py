"""Campaigns: set up, previewed, tried, started, watched; and what became of them."""

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from litestar import Controller, delete, get, patch, post
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import JSONBody, Parameter
from litestar.response import Stream

from answerback.domain.access.permissions import Permission
from answerback.storage.campaign_results import CampaignRecipient, CampaignResults, list_recipients
from answerback.storage.campaigns import Campaign, get_campaign, list_campaigns
from answerback.usecases.campaign_settings import (
    CampaignChanges,
    CampaignDraft,
    change_campaign,
    create_campaign,
    remove_campaign,
)
from answerback.usecases.count_results import count_results
from answerback.usecases.drafts import Queued, RefusedText
from answerback.usecases.export_campaign import export_campaign
from answerback.usecases.move_campaign import (
    pause_campaign,
    reschedule_campaign,
    resume_campaign,
    start_campaign,
    stop_campaign,
)
from answerback.usecases.try_campaign import (
    CampaignPreview,
    CampaignTest,
    ask_for_preview,
    see_preview,
    send_campaign_test,
)
from answerback.web.api.paging import FIRST_LIMIT, Cursor, Id, Limit, before_id, cut, decode_cursor
from answerback.web.api.services import Caller, Given
from answerback.web.problems import granted, not_found

MANAGE, SEND = Permission.MANAGE_OUTREACH, Permission.SEND_OUTREACH
Wanted = Annotated[
    Literal["waiting", "refused", "stopped", "on_the_way", "delivered", "failed", "unclear", "replied", "opted_out"]
    | None,
    Parameter(description="Only those of whom this holds."),
]


class CampaignPage(msgspec.Struct, frozen=True):
    items: list[Campaign]
    next_cursor: str | None


class CampaignRecipientPage(msgspec.Struct, frozen=True):
    items: list[CampaignRecipient]
    next_cursor: str | None


class CampaignTime(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When it shall begin; in the past: at once."""

    send_at: datetime


class CampaignTestResult(msgspec.Struct, frozen=True):
    """`queued`: it is on its way; else `sentence` says why not."""

    result: Literal["queued", "refused"]
    message_id: int
    sentence: str = ""


class CampaignController(Controller):
    path = "/api/v1/campaigns"
    tags = ("Campaigns",)

    @get("/", operation_id="listCampaigns", summary="List campaigns", access=SEND)
    async def list_all(self, services: Given, cursor: Cursor = None, limit: Limit = FIRST_LIMIT) -> CampaignPage:
        """The newest first, each with how far it is."""
        rows = await list_campaigns(services.pool, before_id(cursor), limit + 1)
        return CampaignPage(*cut(rows, limit, lambda one: (one.id,)))

    @post("/", operation_id="createCampaign", summary="Add a campaign", access=MANAGE, idempotent=True)
    async def create(self, services: Given, caller: Caller, data: JSONBody[CampaignDraft]) -> Campaign:
        """As a draft: nothing is sent before it is started."""
        return granted(await create_campaign(services.pool, data, caller.user_id))

    @get("/{campaign_id:int}", operation_id="getCampaign", summary="One campaign", access=SEND)
    async def read(self, services: Given, campaign_id: Id) -> Campaign:
        """With how far it is."""
        found = await get_campaign(services.pool, campaign_id)
        if found is None:
            raise not_found(f"campaign {campaign_id}")
        return found

    @patch("/{campaign_id:int}", operation_id="changeCampaign", summary="Change a campaign", access=MANAGE)
    async def change(
        self, services: Given, caller: Caller, campaign_id: Id, data: JSONBody[CampaignChanges]
    ) -> Campaign:
        """Only a draft."""
        return granted(await change_campaign(services.pool, campaign_id, data, caller.user_id))

    @delete("/{campaign_id:int}", operation_id="removeCampaign", summary="Remove a campaign", access=MANAGE)
    async def remove(self, services: Given, caller: Caller, campaign_id: Id) -> None:
        """Only a draft: what was sent stays readable."""
        granted(await remove_campaign(services.pool, campaign_id, caller.user_id))

    @post(
        "/{campaign_id:int}/preview", operation_id="previewCampaign", summary="Count a preview", access=MANAGE,
        status_code=202,
    )  # fmt: skip
    async def preview(self, services: Given, campaign_id: Id) -> CampaignPreview:
        """Everybody's text is written and asked at the gate; read how far it is with GET."""
        return granted(await ask_for_preview(services.pool, campaign_id))

    @get("/{campaign_id:int}/preview", operation_id="getCampaignPreview", summary="The preview", access=SEND)
    async def read_preview(self, services: Given, campaign_id: Id) -> CampaignPreview:
        """Exact texts, parts and price, who would be refused and why, and when it would be done."""
        return granted(await see_preview(services.pool, campaign_id))

    @post(
        "/{campaign_id:int}/test", operation_id="testCampaign", summary="Send a test text", access=SEND,
        status_code=200,
    )  # fmt: skip
    async def test(
        self, services: Given, caller: Caller, campaign_id: Id, data: JSONBody[CampaignTest]
    ) -> CampaignTestResult:
        """To one's own phone, through the gate."""
        done = granted(await send_campaign_test(services.pool, campaign_id, data, caller.user_id))
        if isinstance(done, Queued):
            return CampaignTestResult("queued", done.message_id)
        assert isinstance(done, RefusedText)
        return CampaignTestResult("refused", done.message_id, done.refusal.sentence)

    @post(
        "/{campaign_id:int}/start", operation_id="startCampaign", summary="Start", access=SEND, status_code=200
    )  # fmt: skip
    async def start(self, services: Given, caller: Caller, campaign_id: Id) -> Campaign:
        """Its audience is frozen now; it begins at `send_at`, or at once."""
        return granted(await start_campaign(services.pool, campaign_id, caller.user_id))

    @post(
        "/{campaign_id:int}/reschedule", operation_id="rescheduleCampaign", summary="Begin at another time",
        access=SEND, status_code=200,
    )  # fmt: skip
    async def reschedule(
        self, services: Given, caller: Caller, campaign_id: Id, data: JSONBody[CampaignTime]
    ) -> Campaign:
        """While it waits for its time."""
        return granted(await reschedule_campaign(services.pool, campaign_id, data.send_at, caller.user_id))

    @post("/{campaign_id:int}/pause", operation_id="pauseCampaign", summary="Pause", access=SEND, status_code=200)
    async def pause(self, services: Given, caller: Caller, campaign_id: Id) -> Campaign:
        """Nobody else is texted until it is resumed; a few seconds' worth is on its way already."""
        return granted(await pause_campaign(services.pool, campaign_id, caller.user_id))

    @post("/{campaign_id:int}/resume", operation_id="resumeCampaign", summary="Resume", access=SEND, status_code=200)
    async def resume(self, services: Given, caller: Caller, campaign_id: Id) -> Campaign:
        """It goes on where it was, and is watched anew."""
        return granted(await resume_campaign(services.pool, campaign_id, caller.user_id))

    @post("/{campaign_id:int}/stop", operation_id="stopCampaign", summary="Stop for good", access=SEND, status_code=200)
    async def stop(self, services: Given, caller: Caller, campaign_id: Id) -> Campaign:
        """Whoever still waits is never texted."""
        return granted(await stop_campaign(services.pool, campaign_id, caller.user_id))

    @get("/{campaign_id:int}/results", operation_id="getCampaignResults", summary="Totals", access=SEND)
    async def results(self, services: Given, campaign_id: Id) -> CampaignResults:
        """By variant, outcome and reason. Of large campaigns as they were up to a minute ago, see `counted_at`."""
        return granted(await count_results(services.pool, campaign_id))

    @get("/{campaign_id:int}/recipients", operation_id="listCampaignRecipients", summary="Recipients", access=SEND)
    async def recipients(
        self,
        services: Given,
        campaign_id: Id,
        outcome: Wanted = None,
        *,
        cursor: Cursor = None,
        limit: Limit = FIRST_LIMIT,
    ) -> CampaignRecipientPage:
        """In the order of the audience, each with what became of it."""
        after: tuple[int] = decode_cursor(cursor, tuple[int], (-1,))
        rows = await list_recipients(services.pool, campaign_id, wanted=outcome, after=after[0], limit=limit + 1)
        return CampaignRecipientPage(*cut(rows, limit, lambda one: (one.place,)))

    @get(
        "/{campaign_id:int}/export",
        operation_id="exportCampaign",
        summary="Results as a file",
        access=MANAGE,
        media_type="text/csv",
        responses={200: ResponseSpec(str, generate_examples=False, description="CSV.", media_type="text/csv")},
    )
    async def export(self, services: Given, caller: Caller, campaign_id: Id) -> Stream:
        """Giving it out is recorded."""
        lines: Any = granted(await export_campaign(services.pool, campaign_id, caller.user_id))
        headers = {"Content-Disposition": f"attachment; filename=campaign-{campaign_id}.csv"}
        return Stream(lines, media_type="text/csv", headers=headers)
