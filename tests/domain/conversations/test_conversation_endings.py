"""Ended, closed, closed for silence, reopened: one promise each."""

import pytest

from answerback.domain.conversations.commands import (
    AutoClose,
    Close,
    CustomerWrote,
    End,
    Reopen,
)
from answerback.domain.conversations.events import Happened, Kind
from answerback.domain.conversations.holding import FAR_FUTURE
from answerback.domain.conversations.machine import move
from answerback.domain.conversations.outcome import Illegal, Reason
from answerback.domain.conversations.state import Policy, State, WrapUpCapacity
from tests.domain.conversations.centre import (
    ANA,
    BEN,
    SUE,
    active,
    at,
    do,
    done,
    offered,
    opened,
    refused,
    waiting,
)


@pytest.mark.parametrize(
    ("rule", "until"),
    [(WrapUpCapacity.ALWAYS, FAR_FUTURE), (WrapUpCapacity.FOR_SECONDS, at(70)), (WrapUpCapacity.NEVER, None)],
)
def test_ending_keeps_capacity_as_the_workstream_says(rule: WrapUpCapacity, until: object) -> None:
    moved = done(active(Policy(wrap_up_capacity=rule)), End(ANA))
    assert moved.conversation.state is State.WRAP_UP
    assert moved.conversation.capacity_until == until
    assert moved.events == (Happened(Kind.ENDED, ANA),)


def test_a_customer_who_writes_in_wrap_up_is_back_with_the_agent() -> None:
    moved = done(do(active(), End(ANA)), CustomerWrote(), seconds=20)
    assert (moved.conversation.state, moved.conversation.agent_id) == (State.ACTIVE, ANA)
    assert (moved.conversation.capacity_until, moved.conversation.waiting_since) == (None, at(20))
    assert moved.events == (Happened(Kind.MESSAGE_RECEIVED), Happened(Kind.RESUMED, ANA))


def test_the_holder_closes_from_wrap_up_with_a_disposition() -> None:
    moved = done(do(active(), End(ANA)), Close(ANA, "agent", "solved"))
    closed = moved.conversation
    assert (closed.state, closed.closed_at, closed.close_reason) == (State.CLOSED, at(10), "agent")
    assert (closed.disposition, closed.agent_id, closed.auto_close_at) == ("solved", ANA, None)
    assert moved.events == (Happened(Kind.CLOSED, ANA, {"reason": "agent"}),)


def test_an_agent_does_not_close_what_is_not_wrapped_up_but_a_supervisor_does() -> None:
    for conversation in (opened(), offered(), active(), waiting()):
        assert refused(conversation, Close(ANA, "agent")).reason is Reason.SUPERVISOR_ONLY
        assert do(conversation, Close(SUE, "supervisor", by_supervisor=True)).state is State.CLOSED


def test_closing_an_offered_conversation_withdraws_the_offer_and_names_no_holder() -> None:
    moved = done(offered(), Close(SUE, "supervisor", by_supervisor=True))
    assert [event.kind for event in moved.events] == [Kind.OFFER_WITHDRAWN, Kind.CLOSED]
    assert moved.conversation.agent_id is None


def test_closed_is_closed() -> None:
    closed = do(active(), End(ANA), Close(ANA, "agent"))
    outcome = refused(closed, Close(SUE, "supervisor", by_supervisor=True))
    assert outcome == Illegal("You cannot close this conversation: it is closed.", Reason.WRONG_STATE)


def test_a_refusal_names_who_asked() -> None:
    closed = do(active(), End(ANA), Close(ANA, "agent"))
    outcome = move(closed, End(ANA), at(20), "Ana")
    assert outcome == Illegal("Ana cannot end this conversation: it is closed.", Reason.WRONG_STATE)


def test_silence_closes_each_state_after_its_own_time() -> None:
    policy = Policy(
        auto_close_open_seconds=100,
        auto_close_active_seconds=200,
        auto_close_waiting_seconds=300,
        auto_close_wrap_up_seconds=400,
    )
    ended = do(active(policy), End(ANA))
    times = [conversation.auto_close_at for conversation in (offered(policy), active(policy), waiting(policy), ended)]
    assert times == [at(110), at(210), at(310), at(410)]
    assert refused(ended, AutoClose(), seconds=409).reason is Reason.NOT_DUE
    assert do(ended, AutoClose(), seconds=410).close_reason == "inactive"


def test_a_closed_conversation_reopens_when_the_customer_writes_within_the_window() -> None:
    closed = do(active(), End(ANA), Close(ANA, "agent"))
    moved = done(closed, CustomerWrote(), seconds=86_000)
    assert (moved.conversation.state, moved.conversation.affinity_agent_id) == (State.OPEN, ANA)
    assert (moved.conversation.closed_at, moved.conversation.close_reason) == (None, None)
    assert moved.events == (Happened(Kind.REOPENED), Happened(Kind.MESSAGE_RECEIVED))


def test_after_the_window_the_text_starts_a_new_conversation() -> None:
    closed = do(active(), End(ANA), Close(ANA, "agent"))
    assert refused(closed, CustomerWrote(), seconds=10 + 86_400).reason is Reason.REOPEN_WINDOW_OVER


def test_a_window_of_zero_means_never() -> None:
    closed = do(active(Policy(reopen_seconds=0)), End(ANA), Close(ANA, "agent"))
    assert refused(closed, CustomerWrote()).reason is Reason.REOPEN_WINDOW_OVER
    assert refused(closed, Reopen(ANA)).reason is Reason.REOPEN_WINDOW_OVER


def test_a_thread_of_keywords_is_not_reopened_by_a_text() -> None:
    closed = do(active(), End(ANA), Close(ANA, "not_routed"))
    assert refused(closed, CustomerWrote()).reason is Reason.REOPEN_WINDOW_OVER


def test_who_reopens_is_offered_it_first() -> None:
    closed = do(active(), End(ANA), Close(ANA, "agent"))
    assert do(closed, Reopen(BEN)).affinity_agent_id == BEN
    assert do(closed, Reopen(SUE, by_supervisor=True)).affinity_agent_id == ANA
