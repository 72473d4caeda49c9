"""What happens when time is over."""

import asyncio
import uuid

import pytest

from answerback.usecases.screens import connect_screen, disconnect_screens
from answerback.usecases.set_presence import set_presence
from answerback.workers.clock import Clock
from tests.live.centre import Centre


@pytest.fixture
def clock(centre: Centre) -> Clock:
    return Clock(centre.pool)


async def make_due(centre: Centre, column: str, conversation: int) -> None:
    await centre.pool.execute(f"update conversation set {column} = now() where id = $1", conversation)


async def test_nothing_happens_before_its_time(centre: Centre, clock: Clock) -> None:
    ana = await centre.person("Ana")
    number = await centre.number(await centre.queue(ana))
    states = ["open", "offered", "active", "waiting", "wrap_up", "closed"]
    conversations = [await centre.conversation(number, state, None if state == "open" else ana) for state in states]
    before = [await centre.row(each) for each in conversations]
    await clock.tick()
    assert [await centre.row(each) for each in conversations] == before


async def test_an_offer_runs_out_and_counts_as_declined(centre: Centre, clock: Clock) -> None:
    ana = await centre.person("Ana")
    conversation = await centre.conversation(await centre.number(await centre.queue(ana)), "offered", ana)
    await make_due(centre, "offer_expires_at", conversation)
    await clock.tick()
    assert await centre.state(conversation) == "open"
    assert await centre.pool.fetchval("select state from offer") == "timed_out"
    assert (await centre.kinds(conversation))[-1] == "OfferTimedOut"


async def test_a_snoozed_conversation_comes_back_for_the_agent_who_snoozed_it(centre: Centre, clock: Clock) -> None:
    ana = await centre.person("Ana")
    conversation = await centre.conversation(await centre.number(await centre.queue(ana)), "waiting", ana)
    await make_due(centre, "wake_at", conversation)
    await clock.tick()
    row = await centre.row(conversation)
    assert (row["state"], row["affinity_agent_id"]) == ("open", ana.user_id)


@pytest.mark.parametrize("state", ["open", "offered", "active", "waiting", "wrap_up"])
async def test_silence_closes(centre: Centre, clock: Clock, state: str) -> None:
    ana = await centre.person("Ana")
    number = await centre.number(await centre.queue(ana))
    conversation = await centre.conversation(number, state, None if state == "open" else ana)
    await make_due(centre, "auto_close_at", conversation)
    await clock.tick()
    row = await centre.row(conversation)
    assert (row["state"], row["close_reason"]) == ("closed", "inactive")
    assert await centre.pool.fetchval("select count(*) from offer where state = 'pending'") == 0


async def test_wrap_up_gives_capacity_back_after_its_time_and_says_so(centre: Centre, clock: Clock) -> None:
    ana = await centre.person("Ana")
    conversation = await centre.conversation(await centre.number(await centre.queue(ana)), "wrap_up", ana)
    await make_due(centre, "capacity_until", conversation)
    await clock.tick()
    row = await centre.row(conversation)
    assert (row["state"], row["capacity_until"]) == ("wrap_up", None)
    event = await centre.pool.fetchrow("select * from event where kind = 'ConversationUpdated'")
    assert (event["user_id"], event["data"]) == (ana.user_id, {"capacity": "released"})


async def test_the_queue_stops_waiting_for_an_agent_who_does_not_come(centre: Centre, clock: Clock) -> None:
    ana = await centre.person("Ana")
    conversation = await centre.conversation(await centre.number(await centre.queue(ana)), "open")
    await make_due(centre, "affinity_until", conversation)
    await clock.tick()
    assert (await centre.row(conversation))["affinity_until"] is None


async def lose(centre: Centre, user_id: int, seconds: int) -> None:
    await centre.pool.execute("delete from agent_connection where user_id = $1", user_id)
    await centre.pool.execute(
        "update agent_status set lost_at = now() - make_interval(secs => $2) where user_id = $1", user_id, seconds
    )


async def test_the_work_of_a_lost_agent_returns_with_a_note(centre: Centre, clock: Clock) -> None:
    ana = await centre.person("Ana")
    number = await centre.number(await centre.queue(ana, name="Support"))
    active, offered, waiting, wrapping = [
        await centre.conversation(number, state, ana) for state in ("active", "offered", "waiting", "wrap_up")
    ]
    await lose(centre, ana.user_id, 61)
    await clock.tick()
    states = [await centre.state(each) for each in (active, offered, waiting, wrapping)]
    assert states == ["open", "open", "waiting", "wrap_up"]
    notes = await centre.pool.fetch("select conversation_id, body, origin from message where kind = 'note'")
    assert [tuple(note) for note in notes] == [
        (active, "Ana lost the connection; the conversation went back to Support.", "automated")
    ]
    status = await centre.pool.fetchrow("select * from agent_status where user_id = $1", ana.user_id)
    assert (status["presence"], status["lost_at"]) == ("offline", None)
    kinds = await centre.pool.fetch("select kind from event where conversation_id is null order by id")
    assert [row["kind"] for row in kinds] == ["AgentLost", "PresenceChanged"]


async def test_within_the_grace_time_the_work_stays(centre: Centre, clock: Clock) -> None:
    ana = await centre.person("Ana")
    conversation = await centre.conversation(await centre.number(await centre.queue(ana)), "active", ana)
    await lose(centre, ana.user_id, 50)
    await clock.tick()
    assert await centre.state(conversation) == "active"


async def test_a_workstream_may_let_the_work_stay(centre: Centre, clock: Clock) -> None:
    ana = await centre.person("Ana")
    number = await centre.number(await centre.queue(ana), agent_lost_rule="stay")
    conversation = await centre.conversation(number, "active", ana)
    await lose(centre, ana.user_id, 61)
    await clock.tick()
    row = await centre.row(conversation)
    assert (row["state"], row["agent_id"]) == ("active", ana.user_id)
    assert await centre.pool.fetchval("select count(*) from message where kind = 'note'") == 0


async def test_an_agent_who_went_offline_keeps_active_work_for_the_grace_time_only(
    centre: Centre, clock: Clock
) -> None:
    ana = await centre.person("Ana")
    conversation = await centre.conversation(await centre.number(await centre.queue(ana)), "active", ana)
    await set_presence(centre.pool, ana.user_id, "offline")
    await connect_screen(centre.pool, uuid.uuid4(), ana.user_id, "t")  # a reload does not undo going offline
    await clock.tick()
    assert await centre.state(conversation) == "active"
    await centre.pool.execute("update agent_status set lost_at = lost_at - interval '1 minute'")
    await clock.tick()
    assert await centre.state(conversation) == "open"
    assert "went offline" in await centre.pool.fetchval("select body from message where kind = 'note'")


async def test_only_the_last_screen_that_goes_starts_the_grace_time(centre: Centre) -> None:
    ana = await centre.person("Ana", connected=False)
    screens = [uuid.uuid4(), uuid.uuid4()]
    for screen in screens:
        await connect_screen(centre.pool, screen, ana.user_id, "t")
    await disconnect_screens(centre.pool, screens[:1])
    assert await centre.pool.fetchval("select lost_at from agent_status") is None
    await disconnect_screens(centre.pool, screens[1:])
    assert await centre.pool.fetchval("select lost_at from agent_status") is not None
    await connect_screen(centre.pool, screens[0], ana.user_id, "t")
    assert await centre.pool.fetchval("select lost_at from agent_status") is None
    kinds = await centre.pool.fetch("select kind from event order by id")
    assert [row["kind"] for row in kinds] == ["AgentConnected", "AgentDisconnected", "AgentConnected"]


async def test_screens_of_a_dead_node_are_dropped(centre: Centre, clock: Clock) -> None:
    ana = await centre.person("Ana")
    await centre.pool.execute("update agent_connection set seen_at = now() - interval '31 seconds'")
    await clock.tick()
    assert await centre.pool.fetchval("select count(*) from agent_connection") == 0
    lost = await centre.pool.fetchval("select lost_at from agent_status where user_id = $1", ana.user_id)
    assert lost is not None


async def test_what_has_expired_is_forgotten(centre: Centre, clock: Clock) -> None:
    ana = await centre.person("Ana")
    for key, expires in ((b"old", "-1 second"), (b"new", "1 hour")):
        await centre.pool.execute(
            """insert into session (token_hash, user_id, csrf_token, expires_at)
               values ($1, $2, 'c', now() + $3::text::interval)""",
            key,
            ana.user_id,
            expires,
        )
    for key, age in (("old", "25 hours"), ("new", "1 hour")):
        await centre.pool.execute(
            """insert into idempotency_key (user_id, key, request_hash, created_at)
               values ($1, $2, '', now() - $3::text::interval)""",
            ana.user_id,
            key,
            age,
        )
    await clock.tick()
    assert await centre.pool.fetchval("select array_agg(token_hash) from session") == [b"new"]
    assert await centre.pool.fetchval("select array_agg(key) from idempotency_key") == ["new"]


async def test_several_clocks_act_once(centre: Centre) -> None:
    ana = await centre.person("Ana")
    number = await centre.number(await centre.queue(ana))
    conversations = [await centre.conversation(number, "offered", ana) for _ in range(10)]
    await centre.pool.execute("update conversation set offer_expires_at = now()")
    await asyncio.gather(*(Clock(centre.pool).tick() for _ in range(3)))
    assert {await centre.state(each) for each in conversations} == {"open"}
    assert await centre.pool.fetchval("select count(*) from event where kind = 'OfferTimedOut'") == 10
