"""The moves of a conversation, one promise each."""

import dataclasses
from datetime import timedelta

import pytest

from answerback.domain.conversations.commands import (
    Accept,
    AgentLost,
    AutoAccept,
    AutoClose,
    Close,
    CustomerWrote,
    Decline,
    End,
    Leave,
    Offer,
    Pick,
    Reopen,
    Snooze,
    TimeOutOffer,
    TransferToAgent,
    TransferToQueue,
    Wake,
    WithdrawOffer,
)
from answerback.domain.conversations.events import Happened, Kind
from answerback.domain.conversations.holding import FAR_FUTURE
from answerback.domain.conversations.machine import move
from answerback.domain.conversations.outcome import Illegal, Reason
from answerback.domain.conversations.state import AgentLostRule, Policy, State, WrapUpCapacity
from tests.domain.conversations.centre import (
    ANA,
    BEN,
    HELP,
    NOON,
    SALES,
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


def test_an_offer_names_the_agent_and_its_end() -> None:
    moved = done(opened(), Offer(ANA, at(120)))
    assert moved.conversation.state is State.OFFERED
    assert (moved.conversation.agent_id, moved.conversation.offer_expires_at) == (ANA, at(120))
    assert moved.events == (Happened(Kind.OFFERED, ANA),)


def test_the_offered_agent_accepts_and_holds_it() -> None:
    moved = done(offered(), Accept(ANA))
    assert (moved.conversation.state, moved.conversation.agent_id) == (State.ACTIVE, ANA)
    assert moved.conversation.offer_expires_at is None
    assert moved.events == (Happened(Kind.OFFER_ACCEPTED, ANA),)


def test_auto_accept_says_so_in_the_log() -> None:
    assert done(offered(), AutoAccept()).events == (Happened(Kind.OFFER_ACCEPTED, ANA, {"auto": True}),)


def test_nobody_else_accepts_or_declines_an_offer() -> None:
    for command in (Accept(BEN), Decline(BEN)):
        assert refused(offered(), command).reason is Reason.NOT_OFFERED_TO_AGENT


@pytest.mark.parametrize(
    ("command", "kind"), [(Decline(ANA), Kind.OFFER_DECLINED), (TimeOutOffer(), Kind.OFFER_TIMED_OUT)]
)
def test_a_refused_offer_goes_back_to_its_place_in_the_queue(command: Decline | TimeOutOffer, kind: Kind) -> None:
    moved = done(offered(), command, seconds=120)
    assert (moved.conversation.state, moved.conversation.agent_id) == (State.OPEN, None)
    assert moved.conversation.queued_at == NOON
    assert moved.events == (Happened(kind, ANA),)


def test_an_offer_does_not_time_out_before_its_end() -> None:
    assert refused(offered(), TimeOutOffer(), seconds=119).reason is Reason.NOT_DUE


def test_a_withdrawn_offer_says_why() -> None:
    moved = done(offered(), WithdrawOffer("went_offline"))
    assert moved.conversation.state is State.OPEN
    assert moved.events == (Happened(Kind.OFFER_WITHDRAWN, ANA, {"reason": "went_offline"}),)


def test_an_agent_picks_from_open() -> None:
    moved = done(opened(), Pick(BEN))
    assert (moved.conversation.state, moved.conversation.agent_id) == (State.ACTIVE, BEN)
    assert moved.events == (Happened(Kind.PICKED, BEN),)


def test_nobody_picks_what_is_offered_to_another() -> None:
    assert refused(offered(), Pick(BEN)).reason is Reason.WRONG_STATE


def test_the_holder_leaves_and_comes_back() -> None:
    left = waiting()
    assert (left.state, left.agent_id) == (State.WAITING, ANA)
    assert do(left, Pick(ANA)).state is State.ACTIVE


def test_a_waiting_conversation_belongs_to_its_holder() -> None:
    assert refused(waiting(), Pick(BEN)).reason is Reason.NOT_HOLDER
    assert do(waiting(), Pick(SUE, by_supervisor=True)).agent_id == SUE


def test_a_customer_who_writes_while_it_waits_goes_first_to_the_same_agent() -> None:
    moved = done(waiting(), CustomerWrote(), seconds=50)
    assert (moved.conversation.state, moved.conversation.agent_id) == (State.OPEN, None)
    assert (moved.conversation.affinity_agent_id, moved.conversation.affinity_until) == (ANA, at(50 + 120))
    assert moved.conversation.queued_at == at(50)
    assert moved.events == (Happened(Kind.MESSAGE_RECEIVED), Happened(Kind.QUEUED, ANA))


def test_without_affinity_it_goes_to_the_queue() -> None:
    after = do(waiting(Policy(affinity=False)), CustomerWrote())
    assert (after.affinity_agent_id, after.affinity_until) == (None, None)


def test_the_agent_it_waited_for_is_no_longer_waited_for_once_they_decline() -> None:
    after = do(waiting(), CustomerWrote(), Offer(ANA, at(130)), Decline(ANA))
    assert (after.affinity_agent_id, after.affinity_until) == (None, None)


def test_another_agents_decline_leaves_affinity_alone() -> None:
    after = do(waiting(), CustomerWrote(), Offer(BEN, at(130)), Decline(BEN))
    assert after.affinity_agent_id == ANA


def test_the_first_text_without_an_answer_is_remembered() -> None:
    assert do(opened(), CustomerWrote(), CustomerWrote(), seconds=30).waiting_since == NOON


def test_a_snooze_wakes_at_its_time_and_comes_back_to_the_agent() -> None:
    asleep = do(active(Policy(affinity=False)), Snooze(ANA, at(3600)))
    assert (asleep.state, asleep.wake_at) == (State.WAITING, at(3600))
    assert refused(asleep, Wake(), seconds=3599).reason is Reason.NOT_DUE
    woken = done(asleep, Wake(), seconds=3600)
    assert (woken.conversation.state, woken.conversation.affinity_agent_id) == (State.OPEN, ANA)
    assert woken.conversation.wake_at is None
    assert woken.events == (Happened(Kind.WOKEN, ANA),)


def test_a_snooze_is_not_closed_for_silence_before_it_wakes() -> None:
    asleep = do(active(), Snooze(ANA, NOON + timedelta(days=30)))
    assert asleep.auto_close_at == NOON + timedelta(days=30) + timedelta(seconds=259_200)


def test_nothing_is_snoozed_into_the_past() -> None:
    assert refused(active(), Snooze(ANA, at(5)), seconds=10).reason is Reason.TIME_IS_PAST


def test_leaving_a_snoozed_conversation_that_was_picked_again_forgets_the_wake_time() -> None:
    assert do(active(), Snooze(ANA, at(3600)), Pick(ANA), Leave(ANA)).wake_at is None


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


def test_a_transfer_to_a_queue_changes_the_queue_and_drops_affinity() -> None:
    moved = done(do(waiting(), CustomerWrote()), TransferToQueue(HELP, BEN))
    assert (moved.conversation.state, moved.conversation.queue_id) == (State.OPEN, HELP)
    assert moved.conversation.affinity_agent_id is None
    assert moved.events == (Happened(Kind.TRANSFERRED, None, {"queue_id": HELP, "from_queue_id": SALES}),)


def test_a_transferred_customer_without_an_answer_keeps_their_place() -> None:
    assert do(active(), TransferToQueue(HELP, ANA), seconds=90).queued_at == NOON
    answered = dataclasses.replace(active(), waiting_since=None)
    assert do(answered, TransferToQueue(HELP, ANA), seconds=90).queued_at == at(90)


def test_an_agent_releases_to_the_own_queue_but_a_queued_one_is_there_already() -> None:
    assert do(active(), TransferToQueue(SALES, ANA)).state is State.OPEN
    assert refused(opened(), TransferToQueue(SALES, ANA)).reason is Reason.ALREADY_THERE


def test_a_transfer_to_an_agent_waits_for_that_agent() -> None:
    moved = done(active(), TransferToAgent(BEN, ANA))
    assert (moved.conversation.state, moved.conversation.transfer_agent_id) == (State.OPEN, BEN)
    assert moved.events == (Happened(Kind.TRANSFERRED, ANA, {"agent_id": BEN}),)


def test_the_target_of_a_transfer_has_served_once_they_answer_the_offer() -> None:
    handed = do(active(), TransferToAgent(BEN, ANA), Offer(BEN, at(120)))
    assert do(handed, Accept(BEN)).transfer_agent_id is None
    assert do(handed, Decline(BEN)).transfer_agent_id is None
    assert do(handed, AgentLost(BEN)).transfer_agent_id is None


def test_nobody_transfers_the_work_of_another_but_a_supervisor() -> None:
    assert refused(active(), TransferToAgent(BEN, BEN)).reason is Reason.NOT_HOLDER
    assert do(active(), TransferToAgent(BEN, SUE, by_supervisor=True)).transfer_agent_id == BEN
    assert refused(offered(), TransferToQueue(HELP, ANA)).reason is Reason.SUPERVISOR_ONLY


def test_a_transfer_to_who_has_it_is_refused() -> None:
    assert refused(active(), TransferToAgent(ANA, ANA)).reason is Reason.ALREADY_THERE


def test_the_offer_of_a_lost_agent_is_withdrawn() -> None:
    moved = done(offered(), AgentLost(ANA))
    assert moved.conversation.state is State.OPEN
    assert moved.events == (Happened(Kind.OFFER_WITHDRAWN, ANA, {"reason": "agent_lost"}),)


def test_the_work_of_a_lost_agent_returns_to_its_old_place_with_a_note() -> None:
    moved = done(active(), AgentLost(ANA), seconds=300)
    assert (moved.conversation.state, moved.conversation.agent_id) == (State.OPEN, None)
    assert moved.conversation.queued_at == NOON
    assert moved.events == (Happened(Kind.RETURNED, ANA, {"reason": "agent_lost"}),)


def test_the_work_of_a_lost_agent_stays_where_the_workstream_says_so() -> None:
    moved = done(active(Policy(agent_lost_rule=AgentLostRule.STAY)), AgentLost(ANA))
    assert (moved.conversation.state, moved.conversation.agent_id) == (State.ACTIVE, ANA)
    assert [event.kind for event in moved.events] == [Kind.UPDATED]


def test_a_lost_agent_loses_only_their_own_work() -> None:
    assert refused(active(), AgentLost(BEN)).reason is Reason.NOT_HOLDER
    assert refused(waiting(), AgentLost(ANA)).reason is Reason.WRONG_STATE
