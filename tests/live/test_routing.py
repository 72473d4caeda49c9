"""Routing end to end: who waits is offered to the right agent, at once, once, and it is written down why."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import pytest

from answerback.storage.queue_groups import group_queues
from answerback.storage.wakeups import Wakeups
from answerback.usecases.decline_offer import decline_offer
from answerback.usecases.end_conversation import end_conversation
from answerback.usecases.explain_picked import explain_picked
from answerback.usecases.leave_conversation import leave_conversation
from answerback.usecases.set_presence import set_presence
from answerback.usecases.transfer_conversation import transfer_to_agent
from answerback.workers.router import Router
from tests.live.centre import Centre, until


@pytest.fixture
async def router(centre: Centre, database_url: str) -> Router:
    return Router(centre.pool, Wakeups(database_url))


@contextlib.asynccontextmanager
async def running(centre: Centre, database_url: str, routers: int = 1) -> AsyncIterator[None]:
    """Routers at work, woken by the database."""
    wakeups = Wakeups(database_url)
    async with wakeups.running():
        await wakeups.wait_until_listening()
        tasks = [asyncio.create_task(Router(centre.pool, wakeups).run()) for _ in range(routers)]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


async def test_five_arrivals_for_two_agents_with_capacity_four_are_spread_three_to_two(
    centre: Centre, router: Router
) -> None:
    ana, ben = [await centre.person(name, capacity=4) for name in ("Ana", "Ben")]
    number = await centre.number(await centre.queue(ana, ben))
    conversations = [await centre.text(number) for _ in range(5)]
    assert await router.route_all() == 5
    holders = [(await centre.row(each))["agent_id"] for each in conversations]
    assert sorted(holders.count(agent.user_id) for agent in (ana, ben)) == [2, 3]
    assert await router.route_all() == 0


async def test_an_offer_has_its_row_its_reason_and_its_event(centre: Centre, router: Router) -> None:
    ana = await centre.person("Ana")
    conversation = await centre.text(await centre.number(await centre.queue(ana)))
    await router.route_all()
    row = await centre.row(conversation)
    offer = await centre.pool.fetchrow("select * from offer")
    decision = await centre.pool.fetchrow("select * from routing_decision")
    assert (row["state"], row["agent_id"], row["offer_expires_at"]) == ("offered", ana.user_id, offer["expires_at"])
    assert (offer["state"], offer["agent_id"], offer["reason"]) == ("pending", ana.user_id, decision["sentence"])
    assert (decision["outcome"], decision["agent_id"]) == ("offered", ana.user_id)
    assert decision["detail"]["order"][0]["agent_id"] == ana.user_id
    event = await centre.pool.fetchrow("select * from event where kind = 'ConversationOffered'")
    assert (event["user_id"], event["data"]) == (ana.user_id, {"offer_id": offer["id"]})


async def test_a_workstream_with_auto_accept_puts_the_conversation_straight_on_the_desk(
    centre: Centre, router: Router
) -> None:
    ana = await centre.person("Ana")
    conversation = await centre.text(await centre.number(await centre.queue(ana), auto_accept=True))
    await router.route_all()
    assert await centre.state(conversation) == "active"
    assert (await centre.kinds(conversation))[-2:] == ["ConversationOffered", "OfferAccepted"]
    assert await centre.pool.fetchval("select state from offer") == "accepted"


@pytest.mark.parametrize("how", ["end", "leave"])
async def test_the_oldest_waiting_conversation_is_offered_at_once_when_an_agent_frees_up(
    centre: Centre, database_url: str, how: str
) -> None:
    ana = await centre.person("Ana", capacity=1)
    number = await centre.number(await centre.queue(ana), wrap_up_capacity="never")
    busy = await centre.conversation(number, "active", ana)
    oldest, younger = [await centre.text(number) for _ in range(2)]
    async with running(centre, database_url):
        await until(lambda: centre.pool.fetchval("select count(*) = 2 from routing_decision where outcome = 'nobody'"))
        await {"end": end_conversation, "leave": leave_conversation}[how](centre.pool, ana, busy)
        await until(lambda: centre.pool.fetchval("select state = 'offered' from conversation where id = $1", oldest))
    assert await centre.state(younger) == "open"


async def test_an_agent_who_comes_back_from_offline_is_offered_what_waits(centre: Centre, database_url: str) -> None:
    ana = await centre.person("Ana", presence="offline")
    conversation = await centre.text(await centre.number(await centre.queue(ana)))
    async with running(centre, database_url):
        await until(lambda: centre.pool.fetchval("select count(*) = 1 from routing_decision"))
        assert await centre.state(conversation) == "open"
        await set_presence(centre.pool, ana.user_id, "available")
        await until(lambda: centre.pool.fetchval("select state = 'offered' from conversation"))


async def test_an_agent_without_a_screen_is_offered_nothing(centre: Centre, router: Router) -> None:
    ana = await centre.person("Ana", connected=False)
    conversation = await centre.text(await centre.number(await centre.queue(ana)))
    assert await router.route_all() == 0
    assert await centre.state(conversation) == "open"
    detail = await centre.pool.fetchval("select detail from routing_decision")
    assert [failed["test"] for failed in detail["failed"]] == ["connected"]


async def test_why_nobody_is_told_once_and_refreshed(centre: Centre, router: Router, database_url: str) -> None:
    ana = await centre.person("Ana", presence="away")
    await centre.text(await centre.number(await centre.queue(ana)))
    await router.route_all()
    first = await centre.pool.fetchrow("select * from routing_decision")
    await Router(centre.pool, Wakeups(database_url)).route_all()
    (again,) = await centre.pool.fetch("select * from routing_decision")
    assert again["id"] == first["id"]
    assert again["last_at"] > first["last_at"]


async def test_a_customer_who_writes_again_goes_back_to_the_same_agent(centre: Centre, router: Router) -> None:
    ana, ben = await centre.person("Ana", capacity=2), await centre.person("Ben", capacity=9)
    number = await centre.number(await centre.queue(ana, ben))
    conversation = await centre.conversation(number, "waiting", ana)
    await centre.text(number, phone=(await centre.row(conversation))["customer_phone"])
    await router.route_all()
    assert (await centre.row(conversation))["agent_id"] == ana.user_id


async def test_a_busy_affinity_agent_is_waited_for_and_then_the_queue_takes_over(
    centre: Centre, router: Router
) -> None:
    ana, ben = await centre.person("Ana", capacity=1), await centre.person("Ben")
    number = await centre.number(await centre.queue(ana, ben))
    await centre.conversation(number, "active", ana)
    conversation = await centre.conversation(number, "waiting", ana)
    await centre.text(number, phone=(await centre.row(conversation))["customer_phone"])
    assert await router.route_all() == 0
    assert await centre.pool.fetchval("select outcome from routing_decision") == "held"
    await centre.pool.execute("update conversation set affinity_until = now() where id = $1", conversation)
    assert await router.route_all() == 1
    assert (await centre.row(conversation))["agent_id"] == ben.user_id


async def test_who_declines_too_often_is_not_asked_again(centre: Centre, router: Router) -> None:
    ana = await centre.person("Ana")
    conversation = await centre.text(await centre.number(await centre.queue(ana), decline_limit=2))
    for _ in range(2):
        assert await router.route_all() == 1
        await decline_offer(centre.pool, ana, await centre.offer_of(conversation))
    assert await router.route_all() == 0
    assert await centre.state(conversation) == "open"


async def test_a_conversation_handed_to_an_agent_is_offered_to_them_alone(centre: Centre, router: Router) -> None:
    ana, ben, eve = [await centre.person(name) for name in ("Ana", "Ben", "Eve")]
    number = await centre.number(await centre.queue(ana, ben))
    await centre.queue(eve)
    conversation = await centre.conversation(number, "active", ana)
    await transfer_to_agent(centre.pool, ana, conversation, eve.user_id)
    assert await router.route_all() == 1
    assert (await centre.row(conversation))["agent_id"] == eve.user_id


async def test_what_agents_pick_is_never_offered(centre: Centre, router: Router) -> None:
    ana = await centre.person("Ana")
    conversation = await centre.text(await centre.number(await centre.queue(ana), mode="pick"))
    assert await router.route_all() == 0
    assert await centre.state(conversation) == "open"


async def test_several_routers_make_every_offer_once(centre: Centre, database_url: str) -> None:
    agents = [await centre.person(f"Agent {at}", capacity=3) for at in range(4)]
    queues = [await centre.queue(*agents[:2]), await centre.queue(*agents[1:3]), await centre.queue(agents[3])]
    numbers = [await centre.number(queue) for queue in queues]
    async with running(centre, database_url, routers=3):
        for _ in range(10):
            await asyncio.gather(*(centre.text(number) for number in numbers))
        await until(lambda: centre.pool.fetchval("select count(*) = 12 from conversation where state = 'offered'"))
    assert await centre.pool.fetchval("select count(*) from offer") == 12
    assert await centre.pool.fetchval("select count(*) from event where kind = 'ConversationOffered'") == 12
    loads = await centre.pool.fetch("select agent_id, count(*) as held from conversation where agent_id > 0 group by 1")
    assert {row["held"] for row in loads} == {3}


async def test_the_decision_names_who_could_and_why_the_others_could_not(centre: Centre, router: Router) -> None:
    ana = await centre.person("Ana")
    ben = await centre.person("Ben", presence="away")
    await centre.text(await centre.number(await centre.queue(ana, ben)))
    await router.route_all()
    detail = await centre.pool.fetchval("select detail from routing_decision")
    assert [entry["agent_id"] for entry in detail["order"]] == [ana.user_id]
    assert [(entry["test"], entry["agent_ids"]) for entry in detail["failed"]] == [("presence", [ben.user_id])]


async def test_what_waits_to_be_picked_is_explained_when_somebody_asks(centre: Centre, router: Router) -> None:
    ana = await centre.person("Ana")
    conversation = await centre.text(await centre.number(await centre.queue(ana), mode="pick"))
    await router.route_all()
    for _ in range(2):
        await explain_picked(centre.pool, conversation)
        (sentence,) = await centre.pool.fetch("select sentence from routing_decision")
        assert "pick this conversation" in sentence[0]


@pytest.mark.parametrize(
    ("members", "groups"),
    [
        ([], []),
        ([(1, 7), (2, 8)], [(1,), (2,)]),
        ([(1, 7), (2, 7), (3, 8)], [(1, 2), (3,)]),
        ([(1, 7), (2, 8), (3, 7), (3, 8), (4, 9)], [(1, 2, 3), (4,)]),
    ],
)
def test_queues_that_share_agents_are_decided_together(
    members: list[tuple[int, int]], groups: list[tuple[int, ...]]
) -> None:
    found = group_queues(tuple(members))
    assert [group.queue_ids for group in found] == groups
    assert sorted(pair for group in found for pair in group.members) == sorted(members)


async def test_a_long_queue_with_nobody_free_is_explained_from_end_to_end(centre: Centre, router: Router) -> None:
    ana = await centre.person("Ana", capacity=1)
    number = await centre.number(await centre.queue(ana))
    await centre.conversation(number, "active", ana)
    for _ in range(20):
        await centre.text(number)
    assert await router.route_all() == 0
    assert await centre.pool.fetchval("select count(*) from routing_decision where outcome = 'nobody'") == 20
    await centre.text(number)
    assert await router.route_all() == 0  # soon after the last whole look: only the head
    assert await centre.pool.fetchval("select count(*) from routing_decision") == 20


async def test_a_hand_over_passes_a_long_queue_with_nobody_free(centre: Centre, router: Router) -> None:
    ana, ben = await centre.person("Ana", capacity=1), await centre.person("Ben", capacity=1)
    number = await centre.number(await centre.queue(ana, ben))
    held = [await centre.conversation(number, "active", agent) for agent in (ana, ben)]
    for _ in range(10):
        await centre.text(number)
    assert await router.route_all() == 0
    await transfer_to_agent(centre.pool, ana, held[0], ben.user_id)
    await centre.pool.execute("update app_user set capacity_units = 0 where id = $1", ana.user_id)
    assert await router.route_all() == 1
    assert (await centre.row(held[0]))["agent_id"] == ben.user_id
