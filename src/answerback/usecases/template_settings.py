"""Message templates: write, change, approve, archive. What is approved stays as it is; a change is a new draft."""

from datetime import datetime
from typing import Annotated, Literal

import asyncpg
import msgspec
from msgspec import UNSET, Meta, UnsetType

from answerback.domain.templates.slots import Slot, SlotKind
from answerback.domain.templates.template import Template, read_template
from answerback.storage.connection import Connection, Pool
from answerback.storage.message_templates import (
    MessageTemplate,
    TemplateSlot,
    TemplateVersion,
    decide_draft,
    delete_template,
    get_template,
    insert_template,
    lock_template,
    update_template,
    write_draft,
)
from answerback.usecases.audit import record_setting
from answerback.usecases.changes import apply_changes, difference
from answerback.usecases.create_user import name_problem
from answerback.usecases.refusals import Conflict, FieldProblem, InUse, Invalid, NotFound

Name = Annotated[str, Meta(min_length=1, max_length=200, examples=["Order shipped"])]
Purpose = Literal["informational", "promotional", "conversation"]
Locale = Annotated[str, Meta(min_length=2, max_length=35, description="BCP 47.", examples=["en-US"])]
Texts = Annotated[
    dict[Locale, Annotated[str, Meta(max_length=5000, examples=["Hi {CustomerFirstName|there}, {order} has left."])]],
    Meta(min_length=1, max_length=50),
]


class SlotDraft(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A value given with each text."""

    name: Annotated[str, Meta(pattern="^[A-Za-z][A-Za-z0-9_]{0,49}$", examples=["order"])]
    kind: SlotKind
    sample: Annotated[str, Meta(max_length=500, examples=["A-1042"])]


Slots = Annotated[list[SlotDraft], Meta(max_length=30)]


class TemplateDraft(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A template to add; it is sent once it is approved."""

    name: Name
    default_locale: Locale
    texts: Texts
    purpose: Purpose = "informational"
    slots: Slots = []


class TemplateChanges(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What shall become different. Texts, slots or the default locale make a draft beside what is approved."""

    name: Name | UnsetType = UNSET
    purpose: Purpose | UnsetType = UNSET
    archived: bool | UnsetType = UNSET
    default_locale: Locale | UnsetType = UNSET
    texts: Texts | UnsetType = UNSET
    slots: Slots | UnsetType = UNSET


class TemplateDecision(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """On the draft as it was read: its `version`, and with `written_at` only if nobody wrote it anew since."""

    decision: Literal["approved", "rejected"]
    version: Annotated[int, Meta(ge=1)]
    reason: Annotated[str, Meta(max_length=1000)] = ""
    written_at: datetime | None = None


class _Words(msgspec.Struct, frozen=True):
    """What a version says."""

    default_locale: str
    texts: dict[str, str]
    slots: list[TemplateSlot]


async def create_template(pool: Pool, draft: TemplateDraft, actor_id: int) -> MessageTemplate | Invalid | Conflict:
    words = _Words(draft.default_locale, draft.texts, _slots(draft.slots))
    problems = _problems(draft.name, words)
    if problems:
        return Invalid(problems)
    try:
        async with pool.acquire() as connection, connection.transaction():
            template_id = await insert_template(connection, draft.name.strip(), draft.purpose)
            await _write(connection, template_id, words, actor_id)
            data = {"id": template_id, "name": draft.name.strip()}
            await record_setting(connection, "MessageTemplateCreated", actor_id, data)
            return await _read(connection, template_id)
    except asyncpg.UniqueViolationError:
        return _name_taken()


async def change_template(
    pool: Pool, template_id: int, changes: TemplateChanges, actor_id: int
) -> MessageTemplate | Invalid | NotFound | Conflict:
    try:
        async with pool.acquire() as connection, connection.transaction():
            old = await lock_template(connection, template_id)
            if old is None:
                return NotFound(f"message template {template_id}")
            new = apply_changes(old, changes)
            new = msgspec.structs.replace(new, name=new.name.strip())
            written = old.draft or old.approved
            assert written is not None
            before = _Words(written.default_locale, written.texts, written.slots)
            after = apply_changes(before, changes)
            after = msgspec.structs.replace(after, slots=_slots(after.slots))
            problems = _problems(new.name, after)
            if problems:
                return Invalid(problems)
            await update_template(connection, new)
            if after != before:
                await _write(connection, template_id, after, actor_id)
            changed = difference(old, new) | difference(before, after)
            if changed:
                data = {"id": template_id, "name": new.name, "changes": changed}
                await record_setting(connection, "MessageTemplateChanged", actor_id, data)
            return await _read(connection, template_id)
    except asyncpg.UniqueViolationError:
        return _name_taken()


async def decide_template(
    pool: Pool, template_id: int, decision: TemplateDecision, actor_id: int
) -> MessageTemplate | NotFound | Conflict:
    """Only a draft is decided on; a rejected one becomes a draft again when it is changed."""
    async with pool.acquire() as connection, connection.transaction():
        template = await lock_template(connection, template_id)
        if template is None:
            return NotFound(f"message template {template_id}")
        if not _is_meant(template.draft, decision):
            return Conflict("There is no such draft to decide on: it was changed or decided on meanwhile. Look again.")
        await decide_draft(
            connection, template_id, decision.decision, reason=decision.reason.strip(), decider_id=actor_id
        )
        kind = "MessageTemplateApproved" if decision.decision == "approved" else "MessageTemplateRejected"
        data = {"id": template_id, "name": template.name, "version": decision.version, "reason": decision.reason}
        await record_setting(connection, kind, actor_id, data)
        return await _read(connection, template_id)


async def remove_template(pool: Pool, template_id: int, actor_id: int) -> NotFound | InUse | None:
    """Only one that was never approved; what was sent must stay readable, so others are archived."""
    async with pool.acquire() as connection, connection.transaction():
        template = await lock_template(connection, template_id)
        if template is None:
            return NotFound(f"message template {template_id}")
        if template.approved is not None:
            way_out = "Archive it instead: it is no longer offered."
            return InUse(f"message template {template.name}", ("texts that may have been sent from it",), way_out)
        await delete_template(connection, template_id)
        data = {"id": template_id, "name": template.name}
        await record_setting(connection, "MessageTemplateRemoved", actor_id, data)
    return None


def _is_meant(draft: TemplateVersion | None, decision: TemplateDecision) -> bool:
    if draft is None or draft.state != "draft" or draft.version != decision.version:
        return False
    return decision.written_at in (None, draft.written_at)


def _problems(name: str, words: _Words) -> tuple[FieldProblem, ...]:
    slots = tuple(Slot(slot.name, slot.kind, slot.sample) for slot in words.slots)
    read = read_template(words.default_locale, words.texts, slots)
    found = () if isinstance(read, Template) else read
    unnamed = name_problem(name)
    return (*((unnamed,) if unnamed else ()), *(FieldProblem(one.field, one.problem, one.way_out) for one in found))


def _slots(slots: list[SlotDraft] | list[TemplateSlot]) -> list[TemplateSlot]:
    return [TemplateSlot(slot.name, slot.kind, slot.sample.strip()) for slot in slots]


async def _write(connection: Connection, template_id: int, words: _Words, actor_id: int) -> None:
    await write_draft(connection, template_id, words.default_locale, words.texts, slots=words.slots, author_id=actor_id)


async def _read(connection: Connection, template_id: int) -> MessageTemplate:
    template = await get_template(connection, template_id)
    assert template is not None
    return template


def _name_taken() -> Conflict:
    problem = FieldProblem("name", "belongs to another template", "Choose another name.")
    return Conflict("Another message template has this name.", (problem,))
