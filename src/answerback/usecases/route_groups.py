"""One routing pass over groups of queues: snapshot, decide, write offers and reasons, all in one transaction.

Writes hold only for what is still as it was decided on; the rest is decided again in the next pass.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec

from answerback.domain.conversations.commands import AutoAccept, Offer
from answerback.domain.conversations.machine import move
from answerback.domain.conversations.outcome import Moved
from answerback.domain.routing.decide import decide
from answerback.domain.routing.decisions import Decision, Explanation, Held, Nobody, Offered
from answerback.domain.routing.snapshot import Snapshot, WaitingView
from answerback.storage.connection import Pool
from answerback.storage.make_offers import NewOffer, make_offers
from answerback.storage.queue_groups import Group
from answerback.storage.routing import HEAD, Scene, Waiting, lock_groups, read_scene
from answerback.storage.routing_decisions import NewDecision


@dataclass(frozen=True, slots=True)
class Pass:
    """What a pass did. `again`: some of it was overtaken, or more may stand behind the heads of the queues."""

    offered: frozenset[int] = frozenset()
    waiting: tuple[tuple[Nobody | Held, WaitingView], ...] = ()
    again: bool = False


async def route_groups(pool: Pool, groups: Sequence[Group], *, whole: bool = True) -> Pass:
    """Offer what can be offered. Why the rest was not is handed back: the router stores it when it is news.

    Without `whole` only the first few are given a reason where no agent has room.
    """
    async with pool.acquire() as connection, connection.transaction():
        await lock_groups(connection, groups)
        scene = await read_scene(connection, groups, whole=whole)
        if scene is None:
            return Pass()
        decisions = [decision for snapshot in scene.snapshots for decision in decide(snapshot, scene.now)]
        wanted = _offers(decisions, scene)
        made = await make_offers(connection, wanted)
    stay = tuple(
        (decision, scene.waiting[decision.conversation_id].view)
        for decision in decisions
        if isinstance(decision, Nobody | Held)
    )
    overtaken = len(made) < len(wanted)
    return Pass(made, stay, again=overtaken or (bool(made) and any(map(_cut_off, scene.snapshots))))


def _offers(decisions: Sequence[Decision], scene: Scene) -> list[NewOffer]:
    offers = (
        _offer(decision, scene.waiting[decision.conversation_id], scene.now)
        for decision in decisions
        if isinstance(decision, Offered)
    )
    return [offer for offer in offers if offer is not None]


def _offer(decision: Offered, waiting: Waiting, now: datetime) -> NewOffer | None:
    result = move(waiting.conversation, Offer(decision.agent_id, decision.expires_at), now)
    if not isinstance(result, Moved):
        return None
    after, events = result.conversation, result.events
    if decision.auto_accept:
        accepted = move(after, AutoAccept(), now)
        if isinstance(accepted, Moved):
            after, events = accepted.conversation, events + accepted.events
    return NewOffer(
        before=waiting.conversation,
        after=after,
        contact_id=waiting.contact_id,
        expires_at=decision.expires_at,
        accepted=decision.auto_accept,
        events=events,
        decision=describe(decision, waiting.view),
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
