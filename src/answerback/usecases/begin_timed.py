"""Timed flows begin when their time comes: each time once, a run a contact, whatever crashes in between.

A time is first written down, in the transaction that sets the next one; then runs begin a batch of contacts at a time,
in the transaction that says how far it came. After the centre was down only the last time is made up for, and only if
it is not older than `LATEST`; the others are counted as skipped.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from answerback.domain.flows.definition import Definition
from answerback.domain.flows.expressions import holds
from answerback.domain.flows.recurrence import LATEST, newest_due, next_time
from answerback.domain.flows.triggers import Automated, Called, Instant, OnDate, Scheduled, Trigger
from answerback.storage.audience_filters import list_filtered
from answerback.storage.audiences import AudienceMember, get_audience, list_members
from answerback.storage.connection import Connection, Pool
from answerback.storage.contacts import contacts_of, get_contacts
from answerback.storage.flow_runs import begin_runs
from answerback.storage.flow_schedules import (
    Beginners,
    Opened,
    contacts_dated,
    contacts_tagged,
    lock_beginning,
    lock_due,
    move_on,
    open_occurrences,
    plan_next,
)
from answerback.storage.wakeups import notify
from answerback.usecases.begin_flow import beginning_of, seen_of

AT_ONCE: Final = 20
BATCH: Final = 500


def next_of(definition: Definition, now: datetime) -> datetime | None:
    """When it begins by itself after now; None where it does not, or not any more."""
    trigger = definition.trigger
    return next_time(trigger, now) if isinstance(trigger, Scheduled | OnDate) else None


async def open_due(pool: Pool) -> bool:
    """Writes down the times that have come; whether there were any."""
    async with pool.acquire() as connection, connection.transaction():
        now, flows = await lock_due(connection, AT_ONCE)
        opened = []
        for flow in flows:
            trigger = flow.published.trigger
            assert isinstance(trigger, Scheduled | OnDate)
            due = newest_due(trigger, flow.next_at, now)
            state = "beginning" if now - due.at <= LATEST else "missed"
            opened.append(Opened(flow.flow_id, flow.version, due.at, state, due.skipped))
            await plan_next(connection, flow.flow_id, due.following)
        await open_occurrences(connection, opened)
        return bool(flows)


async def begin_some(pool: Pool) -> bool:
    """One batch of contacts of one time; whether there may be more."""
    async with pool.acquire() as connection, connection.transaction():
        time = await lock_beginning(connection)
        if time is None:
            return False
        if not time.active:
            await move_on(connection, time.id, reached=time.reached, began=0, state="stopped")
            return True
        chosen = await _choose(connection, time.flow.definition.trigger, time)
        began = await _begin(connection, time, chosen)
        state = "beginning" if len(chosen) == BATCH else "done"
        reached = chosen[-1].place if chosen else time.reached
        await move_on(connection, time.id, reached=reached, began=began, state=state)
        if began:
            await notify(connection, "flow")
        return True


@dataclass(frozen=True, slots=True)
class Chosen:
    """Somebody to begin for: `place` in the order they are gone through. Of an audience with the phone and what it says
    of them."""

    place: int
    contact_id: int
    phone: str | None = None
    values: Mapping[str, str] = field(default_factory=dict)


async def _choose(connection: Connection, trigger: Trigger, time: Beginners) -> list[Chosen]:
    """The next of them, fewer than a batch at the end."""
    if time.audience_id is not None:
        return await _members(connection, time.audience_id, time.reached)
    if time.tag is not None:
        return _plain(await contacts_tagged(connection, time.tag, time.reached, BATCH))
    match trigger:
        case Scheduled(audience_id=int(audience_id)):
            return await _members(connection, audience_id, time.reached)
        case Scheduled(tag=tag):
            return _plain(await contacts_tagged(connection, tag, time.reached, BATCH))
        case OnDate(attribute=attribute, yearly=yearly):
            day = _day(trigger, time) - timedelta(days=trigger.days)
            dated = await contacts_dated(connection, attribute, day, time.reached, yearly=yearly, limit=BATCH)
            return _plain(dated)
        case Automated() | Called() | Instant():
            raise AssertionError


def _plain(contact_ids: list[int]) -> list[Chosen]:
    return [Chosen(one, one) for one in contact_ids]


async def _members(connection: Connection, audience_id: int, reached: int) -> list[Chosen]:
    """Contacts are made where there are none; nobody where the audience was removed."""
    audience = await get_audience(connection, audience_id)
    if audience is None:
        return []
    if audience.filter is not None:
        members = await list_filtered(connection, audience.filter, reached, BATCH)
    else:
        members = await list_members(connection, audience_id, reached, BATCH)
    contact_ids = await contacts_of(connection, [member.phone for member in members])
    return [Chosen(one.place, contact_ids[one.phone], one.phone, said_of(one)) for one in members]


def said_of(member: AudienceMember) -> dict[str, str]:
    """What the run knows of its member: the values, and as `locale` the language to write in."""
    return {**member.values, "locale": member.locale} if member.locale else dict(member.values)


async def _begin(connection: Connection, time: Beginners, chosen: list[Chosen]) -> int:
    """How many runs began: a contact whom the condition leaves out, or who is in the flow already, begins none."""
    trigger = time.flow.definition.trigger
    by_person = time.tag is not None or time.audience_id is not None
    timed = trigger if not by_person and isinstance(trigger, Scheduled | OnDate) else None
    contacts = await get_contacts(connection, [one.contact_id for one in chosen])
    facts: dict[str, Any] = {"at": time.at.isoformat(), "kind": type(trigger).__struct_config__.tag}
    mark = f"time {time.at.isoformat()}"
    if isinstance(timed, OnDate):  # the day counts: the same day at another hour begins nothing anew
        mark = f"date {timed.attribute} {_day(timed, time)}"
    wanted = []
    for one in chosen:
        contact = contacts.get(one.contact_id)
        if contact is None or (isinstance(timed, OnDate) and timed.tag and timed.tag not in contact.tags):
            continue
        known = {**one.values, **facts}
        if timed is None or timed.when is None or holds(timed.when, {"trigger": known, "contact": seen_of(contact)}):
            beginning = beginning_of(time.flow, contact, key=f"{mark} contact {contact.id}", facts=known)
            if beginning is not None:
                wanted.append(replace(beginning, phone=one.phone or beginning.phone))
    return len(await begin_runs(connection, wanted)) if wanted else 0


def _day(trigger: OnDate, time: Beginners) -> date:
    return time.at.astimezone(ZoneInfo(trigger.zone)).date()
