"""Transferred, or back because the agent vanished: one promise each."""

import dataclasses

from answerback.domain.conversations.commands import (
    Accept,
    AgentLost,
    CustomerWrote,
    Decline,
    Offer,
    TransferToAgent,
    TransferToQueue,
)
from answerback.domain.conversations.events import Happened, Kind
from answerback.domain.conversations.outcome import Reason
from answerback.domain.conversations.state import AgentLostRule, Policy, State
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
