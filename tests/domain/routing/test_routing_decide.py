"""Who is offered what: one promise each."""

from collections import Counter

import pytest

from answerback.domain.hours.state import Closed, Holiday, Open
from answerback.domain.routing.decisions import Failed, Held, Nobody, Offered, Test
from answerback.domain.routing.snapshot import AgentView, Method, Mode, Presence
from tests.domain.routing.floor_plan import HELP, SALES, agent, at, offers, queue, run, waiting


@pytest.mark.parametrize("method", Method)
def test_five_arrivals_for_two_equal_agents_are_spread_three_to_two(method: Method) -> None:
    decisions = run([waiting(n) for n in range(1, 6)], [agent(1), agent(2)], [queue(method=method)])
    assert sorted(Counter(offers(decisions).values()).values()) == [2, 3]


def test_the_one_with_most_room_is_first() -> None:
    agents = [agent(1, used_units=2), agent(2, used_units=1), agent(3, capacity_units=9, used_units=7)]
    assert offers(run([waiting(1)], agents)) == {1: 2}


def test_equal_room_goes_to_the_longest_idle_then_to_the_smaller_id() -> None:
    assert offers(run([waiting(1)], [agent(1), agent(2, idle_since=at(-9))])) == {1: 2}
    assert offers(run([waiting(1)], [agent(2), agent(1)])) == {1: 1}


def test_equal_room_goes_to_who_was_not_offered_anything_in_this_pass() -> None:
    agents = [agent(1, capacity_units=4, idle_since=at(-9)), agent(2, capacity_units=3)]
    assert offers(run([waiting(1), waiting(2)], agents)) == {1: 1, 2: 2}


def test_round_robin_goes_to_who_went_longest_without_an_offer() -> None:
    agents = [agent(1, last_assigned_at=at(30)), agent(2, last_assigned_at=at(10)), agent(3, last_assigned_at=at(20))]
    decisions = run([waiting(n) for n in range(1, 5)], agents, [queue(method=Method.ROUND_ROBIN)])
    assert list(offers(decisions).values()) == [2, 3, 1, 2]


def test_round_robin_begins_with_who_never_had_an_offer() -> None:
    agents = [agent(1, last_assigned_at=at(-900)), agent(2)]
    assert offers(run([waiting(1)], agents, [queue(method=Method.ROUND_ROBIN)])) == {1: 2}


def test_round_robin_is_fair_over_many_passes() -> None:
    agents = [agent(id, capacity_units=100) for id in (1, 2, 3)]
    given: Counter[int] = Counter()
    for second in range(30):
        (chosen,) = offers(run([waiting(1)], agents, [queue(method=Method.ROUND_ROBIN)], now=second)).values()
        given[chosen] += 1
        agents = [agent(a.id, capacity_units=100, last_assigned_at=at(second)) if a.id == chosen else a for a in agents]
    assert set(given.values()) == {10}


def test_least_active_goes_to_who_has_been_idle_longest() -> None:
    agents = [agent(1, idle_since=at(50)), agent(2, idle_since=at(20), used_units=3), agent(3, idle_since=at(40))]
    assert offers(run([waiting(1)], agents, [queue(method=Method.LEAST_ACTIVE)])) == {1: 2}


def test_an_offer_counts_as_activity() -> None:
    agents = [agent(1, idle_since=at(10), last_assigned_at=at(60)), agent(2, idle_since=at(50))]
    assert offers(run([waiting(1)], agents, [queue(method=Method.LEAST_ACTIVE)])) == {1: 2}


def test_first_come_first_served() -> None:
    conversations = [waiting(1, queued_at=at(9)), waiting(2, queued_at=at(3)), waiting(3, queued_at=at(6))]
    assert set(offers(run(conversations, [agent(1, capacity_units=2)]))) == {2, 3}


def test_a_queue_of_a_smaller_priority_group_is_served_first() -> None:
    conversations = [waiting(1), waiting(2, queue_id=HELP)]
    both = agent(1, capacity_units=1, queues=frozenset({SALES, HELP}))
    assert offers(run(conversations, [both], [queue(SALES, 100), queue(HELP, 1)])) == {2: 1}


def test_units_are_respected() -> None:
    decisions = run([waiting(1, units=3), waiting(2, units=2), waiting(3)], [agent(1)])
    assert offers(decisions) == {1: 1, 3: 1}


def test_an_agent_of_two_queues_is_not_filled_twice() -> None:
    conversations = [waiting(n, queue_id=q) for n, q in enumerate([SALES, HELP] * 4, 1)]
    both = agent(1, queues=frozenset({SALES, HELP}))
    assert len(offers(run(conversations, [both], [queue(SALES), queue(HELP)]))) == 4


@pytest.mark.parametrize(
    ("who", "test", "words"),
    [
        (agent(1, queues=frozenset()), Test.QUEUE, "no members"),
        (agent(1, presence=Presence.AWAY), Test.PRESENCE, "1 away or not taking work"),
        (agent(1, presence=Presence.OFFLINE), Test.PRESENCE, "1 away or not taking work"),
        (agent(1, presence=Presence.DO_NOT_DISTURB), Test.PRESENCE, "1 away or not taking work"),
        (agent(1, connected=False), Test.CONNECTED, "1 not connected"),
        (agent(1, used_units=4), Test.CAPACITY, "1 without room"),
        (agent(1, used_units=9), Test.CAPACITY, "1 without room"),
    ],
)
def test_nobody_says_which_test_each_agent_failed(who: AgentView, test: Test, words: str) -> None:
    (decision,) = run([waiting(1)], [who])
    assert isinstance(decision, Nobody)
    assert decision.explanation.failed == (Failed(test, (who.id,), 1),)
    assert words in decision.explanation.sentence


def test_nobody_counts_everybody() -> None:
    agents = [
        agent(1, presence=Presence.AWAY),
        agent(2, used_units=4),
        agent(3, used_units=4),
        agent(4, connected=False),
    ]
    (decision,) = run([waiting(1)], agents)
    sentence = "Nobody of Queue 1 can take it now: 1 away or not taking work, 1 not connected, 2 without room for it."
    assert decision.explanation.sentence == sentence


def test_a_busy_agent_takes_work() -> None:
    assert offers(run([waiting(1)], [agent(1, presence=Presence.BUSY)])) == {1: 1}


def test_who_declined_comes_after_those_who_did_not() -> None:
    agents = [agent(1, capacity_units=9), agent(2)]
    assert offers(run([waiting(1, declines={1: 1})], agents)) == {1: 2}
    assert offers(run([waiting(1, declines={1: 1, 2: 2})], agents)) == {1: 1}


def test_who_declined_as_often_as_allowed_is_not_asked_again() -> None:
    (decision,) = run([waiting(1, declines={1: 3})], [agent(1)])
    assert isinstance(decision, Nobody)
    assert decision.explanation.failed == (Failed(Test.DECLINES, (1,), 1),)


def test_affinity_goes_to_who_had_it_whatever_the_method_says() -> None:
    fuller = agent(2, used_units=3, queues=frozenset())
    (decision,) = run([waiting(1, affinity_agent=2, affinity_until=at(200))], [agent(1), fuller])
    assert isinstance(decision, Offered)
    assert (decision.agent_id, decision.explanation.method) == (2, "affinity")


def test_affinity_is_held_for_an_absent_agent_until_the_grace_is_over() -> None:
    conversation = waiting(1, affinity_agent=2, affinity_until=at(200))
    agents = [agent(1), agent(2, presence=Presence.AWAY)]
    (held,) = run([conversation], agents, now=199)
    assert isinstance(held, Held)
    assert held.until == at(200)
    assert held.explanation.sentence == (
        "It waits for Agent 2, who had it before, until 12:03:20 UTC and then for anybody: Agent 2 is away."
    )
    assert offers(run([conversation], agents, now=200)) == {1: 1}


def test_affinity_is_held_for_a_full_agent_too() -> None:
    (held,) = run([waiting(1, affinity_agent=2, affinity_until=at(200))], [agent(1), agent(2, used_units=4)])
    assert isinstance(held, Held)
    assert held.explanation.failed == (Failed(Test.CAPACITY, (2,), 1),)


def test_nothing_is_held_for_who_declined_or_no_longer_works_here() -> None:
    declined = waiting(1, affinity_agent=2, affinity_until=at(200), declines={2: 3})
    gone = waiting(2, affinity_agent=99, affinity_until=at(200))
    assert offers(run([declined, gone], [agent(1), agent(2, presence=Presence.AWAY)])) == {1: 1, 2: 1}


def test_after_the_grace_the_returning_customer_is_still_first_in_line() -> None:
    returning = waiting(9, affinity_agent=2, affinity_until=at(50))
    agents = [agent(1, capacity_units=1), agent(2, presence=Presence.AWAY)]
    assert offers(run([waiting(1), returning], agents)) == {9: 1}


def test_a_transfer_is_offered_to_its_target_alone_whatever_their_room_or_queue() -> None:
    target = agent(2, used_units=4, queues=frozenset())
    (decision,) = run([waiting(1, transfer_agent=2)], [agent(1), target])
    assert isinstance(decision, Offered)
    assert (decision.agent_id, decision.explanation.method) == (2, "transfer")


@pytest.mark.parametrize(
    ("target", "declines", "words"),
    [
        (agent(2, presence=Presence.AWAY), {}, "It was transferred to Agent 2, who is away. "),
        (agent(2, connected=False), {}, "It was transferred to Agent 2, who is not connected. "),
        (agent(2), {2: 3}, "It was transferred to Agent 2, who declined it too often. "),
        (agent(3, queues=frozenset()), {}, "The agent it was transferred to no longer works here. "),
    ],
)
def test_a_transfer_that_fails_is_the_queues_and_says_so(
    target: AgentView, declines: dict[int, int], words: str
) -> None:
    (decision,) = run([waiting(1, transfer_agent=2, declines=declines)], [agent(1), target])
    assert isinstance(decision, Offered)
    assert decision.agent_id == 1
    assert decision.explanation.sentence.startswith(words + "Offered to Agent 1")


def test_picked_work_is_offered_to_nobody_unless_a_person_handed_it_over() -> None:
    decisions = run([waiting(1, mode=Mode.PICK), waiting(2, mode=Mode.PICK, transfer_agent=1)], [agent(1)])
    assert offers(decisions) == {2: 1}
    (listed,) = [decision for decision in decisions if isinstance(decision, Nobody)]
    assert "pick" in listed.explanation.sentence


def test_an_offer_ends_after_the_workstreams_time_and_carries_auto_accept() -> None:
    (decision,) = run([waiting(1, offer_seconds=45, auto_accept=True)], [agent(1)], now=100)
    assert isinstance(decision, Offered)
    assert (decision.expires_at, decision.auto_accept) == (at(145), True)


def test_an_offer_explains_its_order_with_the_facts_that_made_it() -> None:
    agents = [agent(1, used_units=2), agent(2, idle_since=at(40)), agent(3, presence=Presence.AWAY)]
    (decision,) = run([waiting(1, declines={1: 1})], agents, now=100)
    explanation = decision.explanation
    assert explanation.sentence == (
        "Offered to Agent 2, who has the most room of the 2 agents of Queue 1 who can take it now."
    )
    assert [(ranked.agent_id, ranked.facts) for ranked in explanation.order] == [
        (2, {"free_units": 4, "capacity_units": 4, "idle_seconds": 60, "last_assigned_at": None}),
        (1, {"free_units": 2, "capacity_units": 4, "idle_seconds": 100, "last_assigned_at": None, "declined": 1}),
    ]
    assert explanation.failed == (Failed(Test.PRESENCE, (3,), 1),)


def test_an_offer_to_the_only_one_says_so() -> None:
    (decision,) = run([waiting(1)], [agent(1)])
    assert decision.explanation.sentence == "Offered to Agent 1: the only agent of Queue 1 who can take it now."


def test_explanations_stay_short_in_a_large_centre() -> None:
    agents = [agent(n) for n in range(1, 201)] + [agent(n, presence=Presence.AWAY) for n in range(201, 501)]
    (decision,) = run([waiting(1)], agents)
    assert len(decision.explanation.order) == 20
    (failed,) = decision.explanation.failed
    assert (len(failed.agent_ids), failed.count) == (100, 300)


def test_the_rules_version_changes_with_the_queues_settings() -> None:
    one, other = (
        run([waiting(1)], [agent(1)], [queue(method=method)])[0].explanation.rules_version
        for method in (Method.ROUND_ROBIN, Method.LEAST_ACTIVE)
    )
    assert one != other


def test_a_queue_outside_its_hours_offers_nothing_and_says_until_when() -> None:
    closed = queue(hours=Closed("", at(3600)), zone="America/New_York")
    conversations = [waiting(1), waiting(2, affinity_agent=1, affinity_until=at(900))]
    decisions = run(conversations, [agent(1)], [closed])
    assert all(isinstance(decision, Nobody) for decision in decisions)
    assert {decision.explanation.method for decision in decisions} == {"hours"}
    assert decisions[0].explanation.sentence == (
        "The queue Queue 1 is closed until Monday 02 March 08:00 (America/New_York): it is offered then. "
        "Agents may still pick it."
    )


def test_a_holiday_is_named_as_the_reason() -> None:
    (decision,) = run([waiting(1)], [agent(1)], [queue(hours=Holiday("Labor Day", None))])
    assert decision.explanation.sentence == (
        "The queue Queue 1 is closed (Labor Day) and its calendar has no opening time in the next year: "
        "give it one under Hours."
    )


def test_a_queue_in_its_hours_and_one_whose_opening_time_has_come_offer() -> None:
    assert offers(run([waiting(1)], [agent(1)], [queue(hours=Open(at(900)))])) == {1: 1}
    assert offers(run([waiting(1)], [agent(1)], [queue(hours=Closed("", at(100)))])) == {1: 1}


def test_a_closed_queue_does_not_keep_its_agents_from_another() -> None:
    queues = [queue(SALES, hours=Closed("", at(900))), queue(HELP)]
    both = agent(1, queues=frozenset({SALES, HELP}))
    assert offers(run([waiting(1), waiting(2, queue_id=HELP)], [both], queues)) == {2: 1}


def test_what_a_person_hands_to_an_agent_is_offered_at_any_hour() -> None:
    assert offers(run([waiting(1, transfer_agent=1)], [agent(1)], [queue(hours=Closed("", None))])) == {1: 1}
