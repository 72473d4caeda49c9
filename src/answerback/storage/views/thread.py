"""The continuous thread with a contact: messages, calls and what happened, over all conversations, page by page.

Sorted by (time, calls before messages before events, id). A page costs what it shows, whatever the length of the
thread: a cursor also names the place in its conversation's message sequence from where to read on.
"""

from dataclasses import dataclass
from datetime import datetime

import asyncpg
import msgspec

from answerback.storage.connection import Database
from answerback.storage.views.calls import calls_by_id
from answerback.storage.views.messages import messages_by_id
from answerback.storage.views.shapes import ThreadEvent, ThreadItem, ThreadPage

# A literal, so that PostgreSQL sees that the partial index event_thread applies.
SHOWN = """(
    'ConversationOpened', 'ConversationReopened', 'ConversationQueued', 'ConversationOffered', 'OfferAccepted',
    'OfferDeclined', 'OfferTimedOut', 'OfferWithdrawn', 'ConversationPicked', 'ConversationLeft',
    'ConversationSnoozed', 'ConversationWoken', 'ConversationResumed', 'ConversationEnded', 'ConversationClosed',
    'ConversationTransferred', 'ConversationReturned', 'ConsentRecorded', 'SurveyAsked', 'SurveyAnswered')"""

PAGE = f"""
    select * from (
        select m.created_at as at, 0 as rank, m.id, m.conversation_id, m.seq
        from conversation c cross join lateral (
            select created_at, id, conversation_id, seq from message
            where conversation_id = c.id
              and seq <= case when c.id = $5::bigint then $6::int else c.last_seq end
              and ($2::timestamptz is null or created_at <= $2)
              and ($2::timestamptz is null or (created_at, 0, id) < ($2, $3::int, $4::bigint))
            order by seq desc limit $7) m
        where c.contact_id = $1
        union all
        select e.at, 1, e.id, e.conversation_id, null
        from conversation c cross join lateral (
            select at, id, conversation_id from event
            where conversation_id = c.id and kind in {SHOWN}
              and ($2::timestamptz is null or at <= $2)
              and ($2::timestamptz is null or (at, 1, id) < ($2, $3::int, $4::bigint))
            order by at desc, id desc limit $7) e
        where c.contact_id = $1
        union all
        (select started_at, -1, id, conversation_id, null from voice_call
         where contact_id = $1 and conversation_id is not null
           and ($2::timestamptz is null or started_at <= $2)
           and ($2::timestamptz is null or (started_at, -1, id) < ($2, $3::int, $4::bigint))
         order by started_at desc, id desc limit $7)
    ) item order by at desc, rank desc, id desc limit $7
"""

EVENTS = """
    select e.id, e.kind, a.name as actor_name, u.name as user_name, e.data
    from event e left join app_user a on a.id = e.actor_id left join app_user u on u.id = e.user_id
    where e.conversation_id = any ($1::bigint[]) and e.id = any ($2::bigint[])
      and e.at between $3 and $4 and e.kind in """


class BadPageError(ValueError):
    """The text is not a page of a thread."""


@dataclass(frozen=True, slots=True)
class Place:
    """The oldest item already shown, and the lowest message sequence shown of one conversation."""

    at: datetime
    rank: int
    id: int
    conversation_id: int | None
    seq: int | None


async def thread(connection: Database, contact_id: int, *, before: str | None = None, limit: int = 50) -> ThreadPage:
    """The newest `limit` items, or those just older than `before`; BadPageError when that is no page."""
    place = None if before is None else _parse(before)
    rows = await connection.fetch(
        PAGE,
        contact_id,
        place and place.at,
        place and place.rank,
        place and place.id,
        place and place.conversation_id,
        place and place.seq,
        limit + 1,
    )
    shown = rows[:limit]
    items = await _items(connection, shown)
    return ThreadPage(items[::-1], _print(shown, place) if len(rows) > limit else None)


async def _items(connection: Database, rows: list[asyncpg.Record]) -> list[ThreadItem]:
    messages = await messages_by_id(connection, [row["id"] for row in rows if row["rank"] == 0])
    events = await _events(connection, [row for row in rows if row["rank"] == 1])
    calls = await calls_by_id(connection, [row["id"] for row in rows if row["rank"] == -1])
    items = []
    for row in rows:
        at, conversation_id = row["at"], row["conversation_id"]
        if row["rank"] == 0:
            message = messages[row["id"]]
            items.append(ThreadItem(f"m{message.id}", at, conversation_id, "message", message=message))
        elif row["rank"] == -1:
            call = calls[row["id"]]
            items.append(ThreadItem(f"c{call.id}", at, conversation_id, "call", call=call))
        else:
            event = events[row["id"]]
            items.append(ThreadItem(f"e{event.id}", at, conversation_id, "event", event=event))
    return items


async def _events(connection: Database, rows: list[asyncpg.Record]) -> dict[int, ThreadEvent]:
    if not rows:
        return {}
    found = await connection.fetch(
        EVENTS + SHOWN,
        list({row["conversation_id"] for row in rows}),
        [row["id"] for row in rows],
        rows[-1]["at"],
        rows[0]["at"],
    )
    return {row["id"]: ThreadEvent(**row) for row in found}


def _print(rows: list[asyncpg.Record], previous: Place | None) -> str:
    """The cursor after `rows`, oldest last: base64 keeps it opaque and safe in an address."""
    last = rows[-1]
    message = next((row for row in reversed(rows) if row["seq"] is not None), None)
    if message is not None:
        hint = (message["conversation_id"], message["seq"])
    else:
        hint = (previous.conversation_id, previous.seq) if previous else (None, None)
    return msgspec.json.encode(Place(last["at"], last["rank"], last["id"], *hint)).hex()


def _parse(text: str) -> Place:
    try:
        return msgspec.json.decode(bytes.fromhex(text), type=Place)
    except (ValueError, msgspec.MsgspecError) as error:
        raise BadPageError(
            "This is not a page of a thread. Use the next_before that an earlier answer gave."
        ) from error
