"""The live stream: every screen sees what concerns it, once, in order, and goes on where it stopped."""

import contextlib
import socket
from collections.abc import AsyncIterator

import aiohttp
import pytest

from answerback.storage.events import NewEvent, append
from answerback.storage.views import desk
from answerback.storage.wakeups import notify
from answerback.usecases.add_note import add_note
from answerback.usecases.pick_conversation import pick_conversation
from answerback.usecases.set_presence import set_presence
from answerback.usecases.transfer_conversation import transfer_to_queue
from answerback.web.streaming import hub as hub_module
from answerback.web.streaming import tail as tail_module
from tests.live.centre import Centre, until
from tests.live.screens import Node, make_bearer, serving, watching


@pytest.fixture
async def node(centre: Centre, database_url: str) -> AsyncIterator[Node]:
    async with serving(centre.pool, database_url) as node:
        yield node


async def test_a_text_appears_with_its_conversation_and_message(centre: Centre, node: Node) -> None:
    ana = await centre.person("Ana")
    number = await centre.number(await centre.queue(ana))
    async with watching(node, await make_bearer(centre.pool, ana.user_id)) as screen:
        conversation = await centre.text(number, "Is anybody there?")
        event = await screen.until_kind("MessageReceived")
        assert event["conversation_id"] == event["conversation"]["id"] == conversation
        assert event["message"]["body"] == "Is anybody there?"
        assert event["cursor"] == screen.cursor
        assert event["actor_id"] is None


async def test_strangers_to_the_queue_see_nothing_of_it_and_supervisors_see_all(centre: Centre, node: Node) -> None:
    ana, eve = await centre.person("Ana"), await centre.person("Eve")
    sam = await centre.person("Sam", role="supervisor")
    mine, hers = [await centre.number(await centre.queue(agent)) for agent in (ana, eve)]
    bearers = [await make_bearer(centre.pool, person.user_id) for person in (ana, eve, sam)]
    async with (
        watching(node, bearers[0]) as anas,
        watching(node, bearers[1]) as eves,
        watching(node, bearers[2]) as sams,
    ):
        first, second = await centre.text(mine), await centre.text(hers)
        for screen in (anas, eves, sams):
            await screen.until_kind("MessageReceived", 2 if screen is sams else 1)
        seen = [{event["conversation_id"] for event in screen.events} - {None} for screen in (anas, eves, sams)]
        assert seen == [{first}, {second}, {first, second}]


async def test_an_agent_sees_what_they_hold_from_outside_their_queues_and_how_it_ends(
    centre: Centre, node: Node
) -> None:
    ana, eve = await centre.person("Ana"), await centre.person("Eve")
    number, other = await centre.number(await centre.queue(eve)), await centre.queue(eve)
    conversation = await centre.conversation(number, "active", ana)
    async with watching(node, await make_bearer(centre.pool, ana.user_id)) as screen:
        await add_note(centre.pool, ana, conversation, "A word")
        await screen.until_kind("NoteAdded")
        await transfer_to_queue(centre.pool, ana, conversation, other)
        left = await screen.until_kind("ConversationTransferred")
        assert left["conversation"]["agent_id"] is None


async def test_colleagues_see_how_an_agent_is_but_not_the_conversation(centre: Centre, node: Node) -> None:
    ana, ben = await centre.person("Ana"), await centre.person("Ben")
    await centre.queue(ana, ben)
    number = await centre.number(await centre.queue(ana))
    conversation = await centre.conversation(number, "open")
    async with watching(node, await make_bearer(centre.pool, ben.user_id)) as screen:
        await pick_conversation(centre.pool, ana, conversation)
        event = await screen.until_kind("AgentChanged")
        assert (event["agent"]["id"], event["agent"]["used_units"]) == (ana.user_id, 1)
        assert event["conversation_id"] is None
        assert "conversation" not in event
        await set_presence(centre.pool, ana.user_id, "away")
        event = await screen.until_kind("AgentChanged", 2)
        assert event["agent"]["presence"] == "away"


async def test_settings_are_for_administrators_only(centre: Centre, node: Node) -> None:
    ana, root = await centre.person("Ana"), await centre.person("Root", role="administrator")
    number = await centre.number(await centre.queue(ana))
    bearers = [await make_bearer(centre.pool, person.user_id) for person in (ana, root)]
    async with watching(node, bearers[0]) as anas, watching(node, bearers[1]) as roots:
        await append(centre.pool, [NewEvent("NumberChanged", actor_id=root.user_id, data={"id": number})])
        await centre.text(number)
        await roots.until_kind("NumberChanged")
        await anas.until_kind("MessageReceived")
        assert "NumberChanged" not in anas.kinds


async def test_a_screen_goes_on_where_it_stopped(centre: Centre, node: Node) -> None:
    ana = await centre.person("Ana")
    number = await centre.number(await centre.queue(ana))
    bearer = await make_bearer(centre.pool, ana.user_id)
    async with watching(node, bearer) as screen:
        await centre.text(number, "one")
        await screen.until_kind("MessageReceived")
        stopped = screen.cursor
    for body in ("two", "three"):
        await centre.text(number, body)
    async with watching(node, bearer, after="0-0", remembered=stopped) as screen:
        await screen.until_kind("MessageReceived", 2)
        await centre.text(number, "four")
        await screen.until_kind("MessageReceived", 3)
        bodies = [event["message"]["body"] for event in screen.events if event["kind"] == "MessageReceived"]
        assert bodies == ["two", "three", "four"]


async def test_nothing_is_loaded_while_nobody_looks_and_who_comes_back_misses_nothing(
    centre: Centre, node: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tail_module, "LINGER", 0.2)
    ana = await centre.person("Ana")
    number = await centre.number(await centre.queue(ana))
    bearer = await make_bearer(centre.pool, ana.user_id)
    assert not node.app.tail.is_awake
    async with watching(node, bearer) as screen:
        await centre.text(number, "one")
        await screen.until_kind("MessageReceived")
        stopped, known = screen.cursor, node.app.hub.end

    async def asleep() -> bool:
        return not node.app.tail.is_awake

    await until(asleep)
    for body in ("two", "three"):
        await centre.text(number, body)
    assert node.app.hub.end == known
    async with watching(node, bearer, remembered=stopped) as screen:
        await centre.text(number, "four")
        await screen.until_kind("MessageReceived", 3)
        bodies = [event["message"]["body"] for event in screen.events if event["kind"] == "MessageReceived"]
        assert bodies == ["two", "three", "four"]


async def test_a_screen_goes_on_where_it_stopped_also_after_the_server_restarted(
    centre: Centre, database_url: str
) -> None:
    ana = await centre.person("Ana")
    number = await centre.number(await centre.queue(ana))
    bearer = await make_bearer(centre.pool, ana.user_id)
    async with serving(centre.pool, database_url) as node, watching(node, bearer) as screen:
        await centre.text(number, "before")
        await screen.until_kind("MessageReceived")
        stopped = screen.cursor
    await centre.text(number, "meanwhile")
    async with serving(centre.pool, database_url) as node, watching(node, bearer, remembered=stopped) as screen:
        await centre.text(number, "after")
        await screen.until_kind("MessageReceived", 2)
        bodies = [event["message"]["body"] for event in screen.events if event["kind"] == "MessageReceived"]
        assert bodies == ["meanwhile", "after"]


async def test_the_desk_and_its_cursor_join_without_gap(centre: Centre, node: Node) -> None:
    ana = await centre.person("Ana")
    number = await centre.number(await centre.queue(ana))
    first = await centre.text(number)
    async with centre.pool.acquire() as connection:
        snapshot = await desk(connection, ana)
    second = await centre.text(number)
    assert [conversation.id for conversation in snapshot.open] == [first]
    bearer = await make_bearer(centre.pool, ana.user_id)
    async with watching(node, bearer, after=snapshot.cursor) as screen:
        await screen.until(lambda screen: second in {event["conversation_id"] for event in screen.events})


@pytest.mark.parametrize("cursor", ["0-1", "nonsense", "-", "7-x"])
async def test_a_cursor_that_is_too_old_or_none_at_all_resets_the_screen(
    centre: Centre, database_url: str, monkeypatch: pytest.MonkeyPatch, cursor: str
) -> None:
    monkeypatch.setattr(hub_module, "KEPT", 3)
    ana = await centre.person("Ana")
    number = await centre.number(await centre.queue(ana))
    bearer = await make_bearer(centre.pool, ana.user_id)
    async with serving(centre.pool, database_url) as node:
        async with watching(node, bearer) as screen:
            for _ in range(5):
                await centre.text(number)
            await screen.until_kind("MessageReceived", 5)
        async with watching(node, bearer, after=cursor) as screen:
            await screen.until(lambda screen: screen.ended)
            assert screen.was_reset


async def test_an_event_that_is_committed_late_is_not_skipped(centre: Centre, node: Node) -> None:
    ana = await centre.person("Ana")
    number = await centre.number(await centre.queue(ana))
    conversation = await centre.text(number)
    bearer = await make_bearer(centre.pool, ana.user_id)
    async with watching(node, bearer) as screen, centre.pool.acquire() as slow:
        transaction = slow.transaction()
        await transaction.start()
        await append(slow, [NewEvent("ConversationUpdated", conversation_id=conversation, data={"which": "late"})])
        early = NewEvent("ConversationUpdated", conversation_id=conversation, data={"which": "early"})
        await append(centre.pool, [early])
        await notify(centre.pool, "event")
        await transaction.commit()  # nobody is woken for it: the reader must look again by itself
        await screen.until_kind("ConversationUpdated", 2)
        seen = [event["data"]["which"] for event in screen.events if event["kind"] == "ConversationUpdated"]
        assert seen == ["late", "early"]


async def test_an_agent_is_connected_while_any_screen_is_open(centre: Centre, node: Node) -> None:
    ana = await centre.person("Ana", connected=False)
    bearer = await make_bearer(centre.pool, ana.user_id)
    count = "select count(*) from agent_connection where user_id = $1"
    async with watching(node, bearer), watching(node, bearer):
        assert await centre.pool.fetchval(count, ana.user_id) == 2
    await until(lambda: centre.pool.fetchval("select lost_at is not null from agent_status"))
    assert await centre.pool.fetchval(count, ana.user_id) == 0
    kinds = await centre.pool.fetch("select kind from event where kind like 'Agent%' order by id")
    assert [row["kind"] for row in kinds] == ["AgentConnected", "AgentDisconnected"]


async def test_who_joins_a_queue_is_told_to_load_the_desk_again(centre: Centre, node: Node) -> None:
    ana, ben = await centre.person("Ana"), await centre.person("Ben")
    queue = await centre.queue(ana)
    await centre.join(queue, ben)
    facts = {"id": queue, "joined": [ben.user_id], "left": []}
    bearer = await make_bearer(centre.pool, ben.user_id)
    async with watching(node, bearer) as screen:
        before = screen.cursor
        await append(centre.pool, [NewEvent("QueueMembersChanged", data=facts)])
        await notify(centre.pool, "event")
        await screen.until(lambda screen: screen.ended)
        assert screen.was_reset
    async with watching(node, bearer, remembered=before) as screen:
        await screen.until(lambda screen: screen.ended)
        assert screen.was_reset


async def test_signing_out_ends_the_stream(centre: Centre, node: Node) -> None:
    ana = await centre.person("Ana")
    async with watching(node, await make_bearer(centre.pool, ana.user_id)) as screen:
        await append(centre.pool, [NewEvent("SignedOut", actor_id=ana.user_id)])
        await notify(centre.pool, "event")
        await screen.until(lambda screen: screen.ended)
        assert not screen.was_reset


async def test_nobody_listens_without_signing_in(node: Node) -> None:
    async with aiohttp.ClientSession() as session:
        async with session.get(node.url) as answer:
            assert answer.status == 401
            assert (await answer.json(content_type=None))["type"].endswith("/unauthenticated")
        async with session.post(node.url) as answer:
            assert answer.status == 405
        async with session.get(f"{node.url}/more") as answer:
            assert answer.status == 404


async def test_a_screen_that_takes_nothing_is_closed_and_the_others_go_on(
    centre: Centre, node: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("answerback.web.streaming.subscriber.MOST_PENDING", 2_000_000)
    ana = await centre.person("Ana")
    conversation = await centre.text(await centre.number(await centre.queue(ana)))
    bearer = await make_bearer(centre.pool, ana.user_id)
    async with stuck_screen(node, bearer), watching(node, bearer) as screen:
        await until(lambda: centre.pool.fetchval("select count(*) = 3 from agent_connection"))
        facts = {"filler": "x" * 50_000}

        async def one_is_closed() -> bool:
            update = NewEvent("ConversationUpdated", conversation_id=conversation, data=facts)
            await append(centre.pool, [update] * 4)
            await notify(centre.pool, "event")
            return len(node.app.hub) == 1

        await until(one_is_closed)
        await pick_conversation(centre.pool, ana, conversation)
        await screen.until_kind("ConversationPicked")


@contextlib.asynccontextmanager
async def stuck_screen(node: Node, bearer: str) -> AsyncIterator[None]:
    """A client that asks and never reads the answer."""
    host, port = node.url.split("/")[2].split(":")
    with socket.create_connection((host, int(port))) as client:
        client.sendall(f"GET /api/v1/stream HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {bearer}\r\n\r\n".encode())
        yield
