"""What holds for every decision: it can be replayed, serves in order, and never overfills."""

import random
from collections import Counter
from typing import TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st

from answerback.domain.routing.decide import decide
from answerback.domain.routing.decisions import Held, Nobody, Offered
from answerback.domain.routing.snapshot import AgentView, Method, Mode, Presence, QueueView, Snapshot, WaitingView
from tests.domain.routing.floor_plan import agent, at, queue, waiting

T = TypeVar("T")

ids = st.integers(1, 6)
times = st.integers(-50, 50).map(at)
agents = st.builds(
    agent,
    ids,
    presence=st.sampled_from(Presence) | st.just(Presence.AVAILABLE),
    connected=st.booleans() | st.just(True),
    capacity_units=st.integers(0, 5),
    used_units=st.integers(0, 5),
    queues=st.frozensets(st.sampled_from([1, 2])),
    last_assigned_at=st.none() | times,
    idle_since=times,
)
conversations = st.builds(
    waiting,
    st.integers(1, 12),
    queue_id=st.sampled_from([1, 2]),
    units=st.integers(1, 3),
    queued_at=times,
    decline_limit=st.integers(1, 2),
    mode=st.sampled_from(Mode) | st.just(Mode.PUSH),
    affinity_agent=st.none() | ids,
    affinity_until=st.none() | times,
    transfer_agent=st.none() | ids,
    declines=st.dictionaries(ids, st.integers(1, 2), max_size=2),
)


@st.composite
def snapshots(draw: st.DrawFn) -> Snapshot:
    queues = (
        queue(1, draw(st.sampled_from([1, 100])), draw(st.sampled_from(Method))),
        queue(2, draw(st.sampled_from([1, 100])), draw(st.sampled_from(Method))),
    )
    people: list[AgentView] = draw(st.lists(agents, max_size=6, unique_by=lambda one: one.id))
    line: list[WaitingView] = draw(st.lists(conversations, max_size=12, unique_by=lambda one: one.id))
    return Snapshot(queues, tuple(people), tuple(line))


def shuffled(items: tuple[T, ...], seed: int) -> tuple[T, ...]:
    return tuple(random.Random(seed).sample(items, len(items)))


@settings(max_examples=300)
@given(snapshots(), st.integers(0, 99))
def test_a_stored_decision_replays_to_the_same_answer_in_whatever_order_it_was_stored(
    snap: Snapshot, seed: int
) -> None:
    again = Snapshot(shuffled(snap.queues, seed), shuffled(snap.agents, seed), shuffled(snap.waiting, seed))
    assert decide(again, at(10)) == decide(snap, at(10))


@given(snapshots())
def test_every_conversation_gets_exactly_one_decision(snap: Snapshot) -> None:
    assert sorted(decision.conversation_id for decision in decide(snap, at(10))) == sorted(
        conversation.id for conversation in snap.waiting
    )


@given(snapshots())
def test_only_a_transfer_goes_past_an_agents_room(snap: Snapshot) -> None:
    conversations = {conversation.id: conversation for conversation in snap.waiting}
    free = Counter({one.id: one.capacity_units - one.used_units for one in snap.agents})
    for decision in decide(snap, at(10)):
        if isinstance(decision, Offered):
            units = conversations[decision.conversation_id].units
            assert decision.explanation.method == "transfer" or free[decision.agent_id] >= units
            free[decision.agent_id] -= units


@given(snapshots())
def test_offers_go_only_to_agents_who_are_there_and_have_not_declined_too_often(snap: Snapshot) -> None:
    people = {one.id: one for one in snap.agents}
    conversations = {conversation.id: conversation for conversation in snap.waiting}
    for decision in decide(snap, at(10)):
        if isinstance(decision, Offered):
            chosen, conversation = people[decision.agent_id], conversations[decision.conversation_id]
            assert chosen.connected
            assert chosen.presence in {Presence.AVAILABLE, Presence.BUSY}
            assert conversation.declines.get(chosen.id, 0) < conversation.decline_limit
            if decision.explanation.method not in {"affinity", "transfer"}:
                assert conversation.queue_id in chosen.queues
                assert conversation.mode is Mode.PUSH


@given(snapshots())
def test_every_decision_has_a_sentence_and_a_hold_has_an_end(snap: Snapshot) -> None:
    for decision in decide(snap, at(10)):
        assert decision.explanation.sentence.endswith(".")
        match decision:
            case Offered():
                assert decision.explanation.order[0].agent_id == decision.agent_id
            case Held():
                assert decision.until > at(10)
            case Nobody():
                assert decision.explanation.order == ()


@given(
    st.lists(agents, min_size=1, max_size=6, unique_by=lambda one: one.id), st.integers(1, 12), st.sampled_from(Method)
)
def test_nobody_waits_while_somebody_could_take_the_work(people: list[AgentView], count: int, method: Method) -> None:
    sales = QueueView(queue(1).id, "Sales", 1, method)
    line = tuple(waiting(n) for n in range(1, count + 1))
    made = decide(Snapshot((sales,), tuple(people), line), at(10))
    room = sum(
        max(0, one.capacity_units - one.used_units)
        for one in people
        if 1 in one.queues and one.connected and one.presence in {Presence.AVAILABLE, Presence.BUSY}
    )
    taken = [decision.conversation_id for decision in made if isinstance(decision, Offered)]
    assert taken == [one.id for one in line[: min(count, room)]]
