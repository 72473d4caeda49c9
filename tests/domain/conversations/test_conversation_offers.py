"""Offered, taken, left, snoozed: one promise each."""

from datetime import timedelta

import pytest

from answerback.domain.conversations.commands import (
    Accept,
    AutoAccept,
    CustomerWrote,
    Decline,
    Leave,
    Offer,
    Pick,
    Snooze,
    TimeOutOffer,
    Wake,
    WithdrawOffer,
)
from answerback.domain.conversations.events import Happened, Kind
from answerback.domain.conversations.outcome import Reason
from answerback.domain.conversations.state import Policy, State
from tests.domain.conversations.centre import (
    ANA,
    BEN,
    NOON,
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
