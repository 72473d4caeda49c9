"""What holds for a conversation whatever is asked of it, in any order, by anybody."""

import dataclasses
from datetime import datetime, timedelta
from typing import get_args

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from answerback.domain.conversations import commands as asked
from answerback.domain.conversations.commands import Command
from answerback.domain.conversations.events import Happened
from answerback.domain.conversations.machine import move
from answerback.domain.conversations.outcome import Illegal, Moved, Reason
from answerback.domain.conversations.rules import RULES
from answerback.domain.conversations.state import HELD, AgentLostRule, Conversation, Policy, State, WrapUpCapacity
from tests.domain.conversations.centre import ANA, BEN, HELP, NOON, SALES, SUE, at, opened

people = st.sampled_from([ANA, BEN, SUE])
queues = st.sampled_from([SALES, HELP])
moments = st.integers(0, 200_000).map(at)
wishes: st.SearchStrategy[Command] = st.one_of(
    st.builds(asked.Offer, people, moments),
    st.builds(asked.Accept, people),
    st.builds(asked.AutoAccept),
    st.builds(asked.Decline, people),
    st.builds(asked.TimeOutOffer),
    st.builds(asked.WithdrawOffer, st.just("went_offline")),
    st.builds(asked.Pick, people, st.booleans()),
    st.builds(asked.Leave, people, st.booleans()),
    st.builds(asked.Snooze, people, moments, st.booleans()),
    st.builds(asked.Wake),
    st.builds(asked.End, people, st.booleans()),
    st.builds(asked.Close, people, st.just("agent"), st.sampled_from([None, "solved"]), st.booleans()),
    st.builds(asked.CustomerWrote),
    st.builds(asked.TransferToQueue, queues, people, st.booleans()),
    st.builds(asked.TransferToAgent, people, people, st.booleans()),
    st.builds(asked.AgentLost, people),
    st.builds(asked.Reopen, people, st.booleans()),
    st.builds(asked.AutoClose),
)
policies = st.builds(
    Policy,
    affinity=st.booleans(),
    affinity_grace_seconds=st.sampled_from([0, 120]),
    wrap_up_capacity=st.sampled_from(WrapUpCapacity),
    reopen_seconds=st.sampled_from([0, 86_400]),
    agent_lost_rule=st.sampled_from(AgentLostRule),
    auto_close_open_seconds=st.sampled_from([600, 2_592_000]),
)


class AnyLife(RuleBasedStateMachine):
    """One conversation, a clock that only goes forward, and every wish there is."""

    def __init__(self) -> None:
        super().__init__()
        self.now: datetime = NOON
        self.conversation: Conversation = opened()
        self.log: list[Happened] = []

    @rule(policy=policies)
    def change_policy(self, policy: Policy) -> None:
        self.conversation = dataclasses.replace(self.conversation, policy=policy)

    @rule(seconds=st.sampled_from([1, 60, 3600, 90_000]))
    def let_time_pass(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @rule(wish=wishes)
    def ask(self, wish: Command) -> None:
        before = dataclasses.replace(self.conversation)
        outcome = move(self.conversation, wish, self.now)
        assert self.conversation == before
        known = RULES.get((before.state, type(wish)))
        match outcome:
            case Illegal(sentence, reason):
                assert sentence.endswith(".")
                assert (reason is Reason.WRONG_STATE) == (known is None)
            case Moved(after, events):
                assert known is not None
                assert after.version == before.version + 1
                assert after.state in known.to
                assert events
                assert {event.kind for event in events} <= set(known.emits)
                assert after.state_since == (before.state_since if after.state is before.state else self.now)
                self.conversation = after

    @invariant()
    def an_agent_is_named_exactly_while_somebody_holds_it(self) -> None:
        if self.conversation.state is not State.CLOSED:
            assert (self.conversation.agent_id is not None) == (self.conversation.state in HELD)

    @invariant()
    def closed_has_a_time_and_a_reason_and_nothing_else_has(self) -> None:
        is_closed = self.conversation.state is State.CLOSED
        assert (self.conversation.closed_at is not None) == is_closed
        assert (self.conversation.close_reason is not None) == is_closed

    @invariant()
    def deadlines_belong_to_their_state(self) -> None:
        now = self.conversation
        assert (now.offer_expires_at is not None) == (now.state is State.OFFERED)
        assert now.wake_at is None or now.state is State.WAITING
        assert now.capacity_until is None or now.state is State.WRAP_UP
        assert (now.auto_close_at is None) == (now.state is State.CLOSED)

    @invariant()
    def an_open_conversation_has_a_place_in_the_queue(self) -> None:
        if self.conversation.state is State.OPEN:
            assert self.conversation.queued_at is not None

    @invariant()
    def nobody_is_waited_for_by_name_once_somebody_works_on_it(self) -> None:
        now = self.conversation
        if now.state not in {State.OPEN, State.OFFERED}:
            assert (now.affinity_agent_id, now.affinity_until, now.transfer_agent_id) == (None, None, None)
        assert (now.affinity_until is None) == (now.affinity_agent_id is None)


TestAnyLife = AnyLife.TestCase


OUTSIDE = [(state, command) for state in State for command in get_args(Command) if (state, command) not in RULES]
WISHES: dict[type[Command], Command] = {
    type(wish): wish
    for wish in (
        asked.Offer(ANA, at(60)),
        asked.Accept(ANA),
        asked.AutoAccept(),
        asked.Decline(ANA),
        asked.TimeOutOffer(),
        asked.WithdrawOffer("went_offline"),
        asked.Pick(ANA, by_supervisor=True),
        asked.Leave(ANA, by_supervisor=True),
        asked.Snooze(ANA, at(60), by_supervisor=True),
        asked.Wake(),
        asked.End(ANA, by_supervisor=True),
        asked.Close(ANA, "agent", by_supervisor=True),
        asked.TransferToQueue(HELP, ANA, by_supervisor=True),
        asked.TransferToAgent(BEN, ANA, by_supervisor=True),
        asked.AgentLost(ANA),
        asked.Reopen(ANA, by_supervisor=True),
        asked.AutoClose(),
    )
}


@pytest.mark.parametrize(("state", "command"), OUTSIDE, ids=lambda value: getattr(value, "__name__", str(value)))
def test_a_pair_outside_the_table_is_refused_in_plain_words(state: State, command: type[Command]) -> None:
    stands = dataclasses.replace(opened(), state=state, agent_id=ANA)
    outcome = move(stands, WISHES[command], NOON)
    assert isinstance(outcome, Illegal)
    assert outcome.reason is Reason.WRONG_STATE
    assert outcome.sentence.startswith("You cannot ")


def test_every_command_is_legal_somewhere() -> None:
    assert {command for _, command in RULES} == set(get_args(Command))
