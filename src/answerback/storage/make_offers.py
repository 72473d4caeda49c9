"""Writes the offers of a routing pass in one statement: conversations, offers, reasons and events, or nothing of one.

An offer is made only while the conversation is as it was decided on and the agent still takes offers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from answerback.domain.conversations.events import Happened
from answerback.domain.conversations.state import Conversation
from answerback.storage.connection import Connection
from answerback.storage.conversations import WRITTEN
from answerback.storage.routing_decisions import NewDecision
from answerback.storage.wakeups import CHANNEL

FIRST = 13
COLUMNS = ", ".join(f"${at}::{kind}[]" for at, kind in enumerate(WRITTEN.values(), FIRST))

# Conversations are locked by id and before the agents, as everywhere, so that nobody waits in a circle.
MAKE = f"""
    with wanted as (
        select * from unnest($1::bigint[], $2::int[], $3::bigint[], $4::timestamptz[], $5::boolean[], $6::text[],
                             $7::text[], $8::text[], $9::jsonb[], {COLUMNS})
                      as w (id, version, contact_id, expires_at, accepted, method, rules_version, sentence, detail,
                            {", ".join(WRITTEN)})
    ), locked as (
        select id from conversation where id = any ($1::bigint[]) order by id for update
    ), takers as (
        select user_id from agent_status
        where (select count(*) from locked) > 0 and presence in ('available', 'busy')
          and user_id in (select agent_id from wanted) order by user_id for update
    ), moved as (
        update conversation c set {", ".join(f"{name} = w.{name}" for name in WRITTEN)}, version = c.version + 1
        from wanted w join locked l on l.id = w.id join takers t on t.user_id = w.agent_id
        where c.id = w.id and c.version = w.version
        returning c.id
    ), assigned as (
        update agent_status set last_assigned_at = now()
        where user_id in (select w.agent_id from wanted w join moved on moved.id = w.id)
    ), made as (
        insert into offer (conversation_id, agent_id, reason, expires_at, state, ended_at)
        select w.id, w.agent_id, w.sentence, w.expires_at, case when w.accepted then 'accepted' else 'pending' end,
               case when w.accepted then now() end
        from wanted w join moved on moved.id = w.id
        returning id, conversation_id
    ), decided as (
        insert into routing_decision (conversation_id, outcome, agent_id, queue_id, method, rules_version, sentence,
                                      detail)
        select w.id, 'offered', w.agent_id, w.queue_id, w.method, w.rules_version, w.sentence, w.detail
        from wanted w join moved on moved.id = w.id
    ), said as (
        insert into event (kind, conversation_id, contact_id, user_id, data)
        select e.kind, w.id, w.contact_id, w.agent_id, e.data || jsonb_build_object('offer_id', made.id)
        from unnest($10::bigint[], $11::text[], $12::jsonb[]) with ordinality as e (conversation_id, kind, data, ord)
        join made on made.conversation_id = e.conversation_id join wanted w on w.id = made.conversation_id
        order by e.ord
    )
    select id, pg_notify('{CHANNEL}', 'event') from moved
"""


@dataclass(frozen=True, slots=True)
class NewOffer:
    """An offer about to be made, and the conversation before and after it."""

    before: Conversation
    after: Conversation
    contact_id: int
    expires_at: Any
    accepted: bool
    events: tuple[Happened, ...]
    decision: NewDecision


async def make_offers(connection: Connection, offers: Sequence[NewOffer]) -> frozenset[int]:
    """The conversations that are offered now; the others changed meanwhile and are to be decided again.

    Wakes whoever follows the events, in the statement that writes them.
    """
    if not offers:
        return frozenset()
    events = [(offer.before.id, happened) for offer in offers for happened in offer.events]
    rows = await connection.fetch(
        MAKE,
        [offer.before.id for offer in offers],
        [offer.before.version for offer in offers],
        [offer.contact_id for offer in offers],
        [offer.expires_at for offer in offers],
        [offer.accepted for offer in offers],
        [offer.decision.method for offer in offers],
        [offer.decision.rules_version for offer in offers],
        [offer.decision.sentence for offer in offers],
        [offer.decision.detail for offer in offers],
        [conversation_id for conversation_id, _ in events],
        [happened.kind.value for _, happened in events],
        [dict(happened.data) for _, happened in events],
        *([getattr(offer.after, name) for offer in offers] for name in WRITTEN),
    )
    return frozenset(row["id"] for row in rows)
