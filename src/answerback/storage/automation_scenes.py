"""How conversations stood when something happened: what automated messages are decided by, many events at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from answerback.storage.connection import Database
from answerback.storage.events import Event

SCENES = """
    select e.id as event_id, c.id as conversation_id, c.state, c.number_id, c.queue_id,
           c.last_inbound_at is not null as by_customer, n.name as number_name, n.calendar_id as number_calendar,
           q.name as queue_name, q.calendar_id as queue_calendar,
           t.name as contact_name, t.language, u.name as agent_name, w.survey,
           exists (select from queue_member m join app_user p on p.id = m.user_id
                   where m.queue_id = q.id and p.active) as staffed,
           exists (select from event k where k.conversation_id = c.id and k.id > e.id and k.message_id = e.message_id
                   and k.kind in ('KeywordReceived', 'SurveyAnswered')) as answered_keyword,
           (select o.id from event o where o.conversation_id = c.id and o.id <= e.id
            and o.kind in ('ConversationOpened', 'ConversationReopened') order by o.id desc limit 1) as opening,
           before.kind as before_kind, before.user_id as before_user
    from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[]) as e (id, conversation_id, user_id, message_id)
    join conversation c on c.id = e.conversation_id
    join number n on n.id = c.number_id
    join queue q on q.id = c.queue_id
    join workstream w on w.id = c.workstream_id
    join contact t on t.id = c.contact_id
    left join app_user u on u.id = coalesce(e.user_id, c.agent_id)
    left join lateral (
        select b.kind, b.user_id from event b
        where b.conversation_id = c.id and b.id < e.id and b.kind in (
            'ConversationOpened', 'ConversationReopened', 'OfferAccepted', 'ConversationPicked',
            'ConversationTransferred')
        order by b.id desc limit 1) before on true
"""

HEADS = """
    select c.id from unnest($1::bigint[]) as q (id) cross join lateral (
        select id from conversation where queue_id = q.id and state = 'open' and transfer_agent_id is null
        order by queued_at, id limit 1) c
"""

PLACES = """
    select c.id as conversation_id, c.queued_at, n.calendar_id as number_calendar, q.calendar_id as queue_calendar,
           1 + (select count(*) from conversation o where o.queue_id = c.queue_id and o.state = 'open'
                and (o.queued_at, o.id) < (c.queued_at, c.id)) as position,
           c.number_id, n.name as number_name, q.name as queue_name, t.name as contact_name, t.language
    from conversation c join number n on n.id = c.number_id join queue q on q.id = c.queue_id
    join contact t on t.id = c.contact_id
    where c.id = any ($1::bigint[]) and c.state = 'open' and c.transfer_agent_id is null
      and c.queued_at is not null and c.last_inbound_at is not null
"""


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A conversation that waits, and its place in the queue from 1."""

    conversation_id: int
    queued_at: datetime
    position: int
    facts: Mapping[str, Any]


async def read_scenes(database: Database, events: Sequence[Event]) -> dict[int, Mapping[str, Any]]:
    """By event id; see SCENES for the fields."""
    rows = await database.fetch(
        SCENES,
        [event.id for event in events],
        [event.conversation_id for event in events],
        [event.user_id for event in events],
        [event.message_id for event in events],
    )
    return {row["event_id"]: dict(row) for row in rows}


async def read_heads(database: Database, queue_ids: Sequence[int]) -> list[int]:
    """Who is first in each of these queues."""
    return [row["id"] for row in await database.fetch(HEADS, list(queue_ids))]


async def read_places(database: Database, conversation_ids: Sequence[int]) -> list[PlaceRow]:
    """Those of these conversations that wait in a queue for anybody."""
    rows = await database.fetch(PLACES, list(conversation_ids))
    return [PlaceRow(row["conversation_id"], row["queued_at"], row["position"], dict(row)) for row in rows]
