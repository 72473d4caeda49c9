"""One routing pass over a group of queues: snapshot, decide, write offers and reasons, all in one transaction.

Writes hold only for what is still as it was decided on; the rest is decided again in the next pass.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec

from answerback.domain.conversations.commands import AutoAccept, Offer
from answerback.domain.conversations.events import Happened, Kind
from answerback.domain.conversations.machine import move
from answerback.domain.conversations.outcome import Moved
from answerback.domain.conversations.state import Conversation, State
from answerback.domain.ids import ConversationId
from answerback.domain.routing.decide import decide
from answerback.domain.routing.decisions import Decision, Explanation, Held, Nobody, Offered
from answerback.domain.routing.snapshot import Snapshot, WaitingView
from answerback.storage.agents import claim_agents
from answerback.storage.connection import Connection, Pool
from answerback.storage.conversations import Locked, lock_conversations, save_conversations
from answerback.storage.events import NewEvent, append
from answerback.storage.offers import NewOffer, insert_offers
from answerback.storage.routing import HEAD, Group, database_time, lock_group, read_snapshot
from answerback.storage.routing_decisions import NewDecision, record_decisions
from answerback.storage.wakeups import notify


@dataclass(frozen=True, slots=True)
class Pass:
    """What a pass did. `again`: some of it was overtaken, or more may stand behind the heads of the queues."""

    offered: tuple[int, ...]
    waiting: tuple[tuple[Nobody | Held, WaitingView], ...]
    again: bool


@dataclass(frozen=True, slots=True)
class Made:
    """An offer that the machine allows."""

    locked: Locked
    after: Conversation
    events: tuple[Happened, ...]
    offer: NewOffer
    decision: NewDecision


async def route_group(pool: Pool, group: Group) -> Pass:
    """Offer what can be offered. Why the rest was not is handed back: the router stores it when it is news."""
    async with pool.acquire() as connection, connection.transaction():
        await lock_group(connection, group)
        snapshot = await read_snapshot(connection, group)
        now = await database_time(connection)
        decisions = decide(snapshot, now)
        waiting = {view.id: view for view in snapshot.waiting}
        wanted = [decision for decision in decisions if isinstance(decision, Offered)]
        made = await _make_offers(connection, wanted, waiting, now)
        if made:
            await _write(connection, made)
            await notify(connection, "event")
    stay = tuple(
        (decision, waiting[decision.conversation_id]) for decision in decisions if isinstance(decision, Nobody | Held)
    )
    offered = tuple(each.after.id for each in made)
    return Pass(offered, stay, again=bool(made) and (len(made) < len(wanted) or _cut_off(snapshot)))


async def _make_offers(
    connection: Connection,
    wanted: Sequence[Offered],
    waiting: Mapping[ConversationId, WaitingView],
    now: datetime,
) -> list[Made]:
    """Lock what is to be offered, then the agents; drop what changed since the snapshot."""
    if not wanted:
        return []
    found = await lock_conversations(connection, [decision.conversation_id for decision in wanted])
    locked = {each.conversation.id: each for each in found}
    takers = await claim_agents(connection, sorted({decision.agent_id for decision in wanted}))
    made = []
    for decision in wanted:
        each = locked.get(decision.conversation_id)
        view = waiting[decision.conversation_id]
        if each is None or decision.agent_id not in takers or not _unchanged(each.conversation, view):
            continue
        offer = _offer(each, decision, view, now)
        if offer is not None:
            made.append(offer)
    return made


def _unchanged(conversation: Conversation, view: WaitingView) -> bool:
    return (
        conversation.state is State.OPEN
        and conversation.queue_id == view.queue_id
        and conversation.transfer_agent_id == view.transfer_agent
        and conversation.affinity_agent_id == view.affinity_agent
    )


def _offer(locked: Locked, decision: Offered, view: WaitingView, now: datetime) -> Made | None:
    result = move(locked.conversation, Offer(decision.agent_id, decision.expires_at), now)
    if not isinstance(result, Moved):
        return None
    after, events = result.conversation, result.events
    if decision.auto_accept:
        accepted = move(after, AutoAccept(), now)
        if isinstance(accepted, Moved):
            after, events = accepted.conversation, events + accepted.events
    offer = NewOffer(
        decision.conversation_id,
        decision.agent_id,
        decision.explanation.sentence,
        decision.expires_at,
        accepted=decision.auto_accept,
    )
    return Made(locked, after, events, offer, describe(decision, view))


async def _write(connection: Connection, made: Sequence[Made]) -> None:
    await save_conversations(connection, [(each.locked.conversation, each.after) for each in made])
    offers = await insert_offers(connection, [each.offer for each in made])
    await record_decisions(connection, [each.decision for each in made])
    await append(
        connection,
        [
            NewEvent(
                happened.kind.value,
                conversation_id=each.after.id,
                contact_id=each.locked.contact_id,
                user_id=happened.user_id,
                data={**happened.data, "offer_id": offers[each.after.id]},
            )
            for each in made
            for happened in each.events
            if happened.kind in (Kind.OFFERED, Kind.OFFER_ACCEPTED)
        ],
    )


def describe(decision: Decision, view: WaitingView) -> NewDecision:
    """The row that keeps a decision and its reasons."""
    explanation: Explanation = decision.explanation
    outcome = {Offered: "offered", Nobody: "nobody", Held: "held"}[type(decision)]
    return NewDecision(
        decision.conversation_id,
        outcome,
        decision.agent_id if isinstance(decision, Offered) else None,
        view.queue_id,
        explanation.method,
        explanation.rules_version,
        explanation.sentence,
        msgspec.to_builtins({"order": explanation.order, "failed": explanation.failed}),
    )


def _cut_off(snapshot: Snapshot) -> bool:
    """Whether a queue may hold more than its head."""
    counts: dict[int, int] = {}
    for view in snapshot.waiting:
        counts[view.queue_id] = counts.get(view.queue_id, 0) + 1
    return any(count >= HEAD for count in counts.values())
