"""Automated messages as settings: what each trigger says, by language, for all numbers and for one."""

from collections.abc import Iterator
from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, UnsetType

from answerback.domain.automation.triggers import LOCAL_SAMPLES, SAMPLES, STARTERS, Trigger, placeholders_of
from answerback.domain.automation.wording import check_language, check_wording, sample
from answerback.domain.text.parts import count_parts
from answerback.storage.automated_messages import (
    Limits,
    MessageRow,
    any_active,
    delete_message,
    lock_limits,
    read_limits,
    read_messages,
    save_limits,
    save_message,
)
from answerback.storage.connection import Connection, Database, Pool
from answerback.storage.event_followers import begin_following, end_following
from answerback.storage.numbers import get_number
from answerback.usecases.audit import record_setting
from answerback.usecases.changes import apply_changes, difference
from answerback.usecases.owe_automated import FOLLOWER
from answerback.usecases.refusals import FieldProblem, Invalid, NotFound

Language = Annotated[str, Meta(min_length=2, max_length=35)]
Texts = Annotated[
    dict[Language, Annotated[str, Meta(max_length=1000)]],
    Meta(max_length=50, description="Words by language (BCP 47).", examples=[{"en": "Thanks for texting us."}]),
]


class Wording(msgspec.Struct, frozen=True):
    """One language of a message; `sample` has stand-ins for placeholders, and parts are counted on it."""

    language: str
    text: str
    sample: str
    parts: int
    encoding: str


class Placeholder(msgspec.Struct, frozen=True):
    """`samples` by language, where they differ from `sample`."""

    name: str
    sample: str
    samples: dict[str, str]


class AutomatedMessage(msgspec.Struct, frozen=True):
    """`number_id` null: for every number without one of its own. `saved` false: our starting words, not in use."""

    trigger: Trigger
    number_id: int | None
    active: bool
    saved: bool
    wordings: list[Wording]
    placeholders: list[Placeholder]


class MessageChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a trigger shall say; the texts replace those before."""

    active: bool
    texts: Texts


class LimitChanges(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What shall become different."""

    fallback_language: Language | UnsetType = UNSET
    most_an_hour: Annotated[int, Meta(ge=1, le=100)] | UnsetType = UNSET
    most_a_day: Annotated[int, Meta(ge=1, le=1000)] | UnsetType = UNSET


async def list_automated(database: Database) -> list[AutomatedMessage]:
    """Every trigger for all numbers, then what numbers have of their own."""
    rows = await read_messages(database)
    general = {row.trigger: row for row in rows if row.number_id is None}
    shown = [_show(general[trigger.value]) if trigger.value in general else _starter(trigger) for trigger in Trigger]
    order = list(Trigger)
    own = sorted((row for row in rows if row.number_id is not None), key=lambda row: order.index(Trigger(row.trigger)))
    return shown + [_show(row) for row in own]


async def save_automated(
    pool: Pool, trigger: Trigger, number_id: int | None, change: MessageChange, *, actor_id: int
) -> AutomatedMessage | Invalid | NotFound:
    row = MessageRow(trigger.value, number_id, change.active, change.texts)
    async with pool.acquire() as connection, connection.transaction():
        if number_id is not None and await get_number(connection, number_id) is None:
            return NotFound(f"number {number_id}")
        limits = await read_limits(connection)
        problems = tuple(text_problems("texts", change.texts, placeholders_of(trigger), limits.fallback_language))
        if problems:
            return Invalid(problems)
        await save_message(connection, row)
        await switch_follower(connection)
        data = {"trigger": trigger.value, "number_id": number_id, "active": row.active, "languages": sorted(row.texts)}
        await record_setting(connection, "AutomatedMessageChanged", actor_id, data)
    return _show(row)


async def reset_automated(pool: Pool, trigger: Trigger, number_id: int | None, *, actor_id: int) -> NotFound | None:
    """A number goes by the message of all numbers again; that of all numbers is off, with the starting words."""
    async with pool.acquire() as connection, connection.transaction():
        if not await delete_message(connection, trigger.value, number_id):
            return NotFound(f"a {trigger.value} message of its own")
        await switch_follower(connection)
        data = {"trigger": trigger.value, "number_id": number_id}
        await record_setting(connection, "AutomatedMessageReset", actor_id, data)
    return None


async def change_limits(pool: Pool, changes: LimitChanges, actor_id: int) -> Limits | Invalid:
    async with pool.acquire() as connection, connection.transaction():
        old = await read_limits(connection)
        new = apply_changes(old, changes)
        problem = check_language(new.fallback_language)
        if problem is not None:
            return Invalid((FieldProblem("fallback_language", problem.problem, problem.way_out),))
        await save_limits(connection, new)
        if new != old:
            await record_setting(connection, "AutomationLimitsChanged", actor_id, {"changes": difference(old, new)})
    return new


async def switch_follower(connection: Connection) -> None:
    """The log is followed only while something is to be sent; part of every change that decides that."""
    await lock_limits(connection)  # so that those who switch it take turns
    if await any_active(connection):
        await begin_following(connection, FOLLOWER)
    else:
        await end_following(connection, FOLLOWER)


def text_problems(field: str, texts: dict[str, str], allowed: tuple[str, ...], fallback: str) -> Iterator[FieldProblem]:
    """The problems of words in several languages, at `field.language`."""
    for found in check_wording(texts, allowed, fallback):
        yield FieldProblem(f"{field}.{found.language}", found.problem, found.way_out)


def show_wording(language: str, text: str) -> Wording:
    """With what it costs."""
    said = sample(text, language)
    measured = count_parts(said)
    return Wording(language, text, said, measured.parts, measured.encoding.value)


def _show(row: MessageRow) -> AutomatedMessage:
    wordings = [show_wording(language, text) for language, text in sorted(row.texts.items())]
    return _message(Trigger(row.trigger), row.number_id, wordings, active=row.active, saved=True)


def _starter(trigger: Trigger) -> AutomatedMessage:
    wordings = [show_wording(language, text) for language, text in sorted(STARTERS[trigger].items())]
    return _message(trigger, None, wordings, active=False, saved=False)


def _message(
    trigger: Trigger, number_id: int | None, wordings: list[Wording], *, active: bool, saved: bool
) -> AutomatedMessage:
    known = [_placeholder(name) for name in placeholders_of(trigger)]
    return AutomatedMessage(trigger, number_id, active, saved, wordings, known)


def _placeholder(name: str) -> Placeholder:
    local = {language: samples[name] for language, samples in LOCAL_SAMPLES.items() if name in samples}
    return Placeholder(name, SAMPLES[name], local)
