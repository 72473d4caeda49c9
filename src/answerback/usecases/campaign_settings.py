"""Campaigns: add, change and remove drafts."""

from datetime import datetime
from typing import Annotated

import asyncpg
import msgspec
from msgspec import UNSET, Meta, UnsetType

from answerback.domain.campaigns.states import Action
from answerback.storage import campaigns as kept
from answerback.storage.audiences import get_audience
from answerback.storage.campaigns import Campaign, CampaignVariant
from answerback.storage.connection import Connection, Pool
from answerback.storage.message_templates import get_template
from answerback.storage.numbers import get_number
from answerback.usecases.audit import record_setting
from answerback.usecases.changes import apply_changes, given
from answerback.usecases.create_user import name_problem
from answerback.usecases.open_campaign import open_campaign
from answerback.usecases.refusals import Conflict, FieldProblem, Invalid, NotFound

Name = Annotated[str, Meta(min_length=1, max_length=200, examples=["Spring opening hours"])]
SomeId = Annotated[int, Meta(ge=1, le=2**53)]
Share = Annotated[float, Meta(ge=0, le=1, description="Of the latest texts; at more it pauses by itself.")]
NumberIds = Annotated[list[SomeId], Meta(min_length=1, max_length=50, description="One, or several to spread over.")]


class CampaignWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A template, and the weight of its share among the variants."""

    template_id: SomeId
    share: Annotated[int, Meta(ge=1, le=1000)] = 1


Variants = Annotated[
    list[CampaignWords], Meta(min_length=1, max_length=5, description="One, or several to compare by lot.")
]


class CampaignDraft(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A campaign to add. All templates have one purpose. `pace_by_agents`: no more texts than free agents can take the
    replies of, where `reply_share` of all texts are answered."""

    name: Name
    audience_id: SomeId
    number_ids: NumberIds
    variants: Variants
    send_at: datetime | None = None
    pace_by_agents: bool = False
    reply_share: Annotated[float, Meta(gt=0, le=1)] = 0.1
    filtered_limit: Share = 0.05
    opt_out_limit: Share = 0.05
    failed_limit: Share = 0.3
    watch_after: Annotated[int, Meta(ge=1, le=1_000_000, description="Texts before anything is judged.")] = 100


class CampaignChanges(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What shall become different; lists replace the whole."""

    name: Name | UnsetType = UNSET
    audience_id: SomeId | UnsetType = UNSET
    number_ids: NumberIds | UnsetType = UNSET
    variants: Variants | UnsetType = UNSET
    send_at: datetime | UnsetType | None = UNSET
    pace_by_agents: bool | UnsetType = UNSET
    reply_share: Annotated[float, Meta(gt=0, le=1)] | UnsetType = UNSET
    filtered_limit: Share | UnsetType = UNSET
    opt_out_limit: Share | UnsetType = UNSET
    failed_limit: Share | UnsetType = UNSET
    watch_after: Annotated[int, Meta(ge=1, le=1_000_000)] | UnsetType = UNSET


async def create_campaign(pool: Pool, draft: CampaignDraft, actor_id: int) -> Campaign | Invalid | Conflict:
    changes = CampaignChanges(**{field: getattr(draft, field) for field in draft.__struct_fields__})
    try:
        async with pool.acquire() as connection, connection.transaction():
            problems = await _problems(connection, changes)
            if problems:
                return Invalid(problems)
            made = await kept.insert_campaign(connection, draft.name.strip(), draft.audience_id, actor_id)
            await _write(connection, made, changes)
            await record_setting(connection, "CampaignCreated", actor_id, {"id": made, "name": draft.name.strip()})
            return await _read(connection, made)
    except asyncpg.UniqueViolationError:
        return _name_taken()


async def change_campaign(
    pool: Pool, campaign_id: int, changes: CampaignChanges, actor_id: int
) -> Campaign | Invalid | NotFound | Conflict:
    """Only a draft."""
    try:
        async with pool.acquire() as connection, connection.transaction():
            opened = await open_campaign(connection, campaign_id, Action.CHANGE)
            if not isinstance(opened, tuple):
                return opened
            old, _ = opened
            problems = await _problems(connection, changes)
            if problems:
                return Invalid(problems)
            await _write(connection, campaign_id, changes)
            data = {"id": campaign_id, "name": old.name, "changes": sorted(given(changes))}
            await record_setting(connection, "CampaignChanged", actor_id, data)
            return await _read(connection, campaign_id)
    except asyncpg.UniqueViolationError:
        return _name_taken()


async def remove_campaign(pool: Pool, campaign_id: int, actor_id: int) -> NotFound | Conflict | None:
    """Only a draft: what was sent must stay readable."""
    async with pool.acquire() as connection, connection.transaction():
        opened = await open_campaign(connection, campaign_id, Action.REMOVE)
        if not isinstance(opened, tuple):
            return opened
        old, _ = opened
        await kept.delete_campaign(connection, campaign_id)
        await record_setting(connection, "CampaignRemoved", actor_id, {"id": campaign_id, "name": old.name})
    return None


async def _write(connection: Connection, campaign_id: int, changes: CampaignChanges) -> None:
    new = apply_changes(await _read(connection, campaign_id), changes)
    variants = [CampaignVariant(one.template_id, one.share) for one in new.variants]
    numbers = sorted(set(new.number_ids))
    await kept.update_campaign(
        connection, msgspec.structs.replace(new, name=new.name.strip(), number_ids=numbers, variants=variants)
    )


async def _read(connection: Connection, campaign_id: int) -> Campaign:
    found = await kept.get_campaign(connection, campaign_id)
    assert found is not None
    return found


async def _problems(connection: Connection, changes: CampaignChanges) -> tuple[FieldProblem, ...]:
    """Of what is new."""
    problems: list[FieldProblem] = []
    if changes.name is not UNSET and (unnamed := name_problem(changes.name)):
        problems.append(unnamed)
    if changes.audience_id is not UNSET:
        audience = await get_audience(connection, changes.audience_id)
        if audience is None:
            problems.append(FieldProblem("audience_id", "is not an audience", "Choose from GET /api/v1/audiences."))
    for number_id in [] if changes.number_ids is UNSET else changes.number_ids:
        if await get_number(connection, number_id) is None:
            problem = f"has {number_id}, which is no number"
            problems.append(FieldProblem("number_ids", problem, "Choose from GET /api/v1/numbers."))
    if changes.variants is not UNSET:
        problems += await _word_problems(connection, changes.variants)
    if isinstance(changes.send_at, datetime) and changes.send_at.tzinfo is None:
        problems.append(FieldProblem("send_at", "has no time zone", "Give it as 2026-11-25T14:30:00Z."))
    return tuple(problems)


async def _word_problems(connection: Connection, variants: list[CampaignWords]) -> list[FieldProblem]:
    problems: list[FieldProblem] = []
    purposes: set[str] = set()
    for place, variant in enumerate(variants):
        template = await get_template(connection, variant.template_id)
        if template is None or template.archived or template.approved is None:
            what = "is not a template" if template is None else "is archived or was never approved"
            way_out = "Choose an approved one from GET /api/v1/message-templates."
            problems.append(FieldProblem(f"variants[{place}].template_id", what, way_out))
        else:
            purposes.add(template.purpose)
    if len(purposes) > 1:
        way_out = "Choose templates of one purpose: consent is asked for it."
        problems.append(FieldProblem("variants", "have different purposes", way_out))
    return problems


def _name_taken() -> Conflict:
    problem = FieldProblem("name", "belongs to another campaign", "Choose another name.")
    return Conflict("Another campaign has this name.", (problem,))
