"""The rule of live screens: the desk before a command, changed by the stream's events, is the desk after it.

Held for every command and for everybody who watches: the holder, a colleague, a stranger and a supervisor.
"""

import asyncio
import json
import uuid
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from answerback.domain.calls.status import CallStatus
from answerback.providers.calls import CallNews
from answerback.storage.events import NewEvent, append
from answerback.storage.views import Reader, desk
from answerback.storage.wakeups import Wakeups, notify
from answerback.usecases.accept_offer import accept_offer
from answerback.usecases.add_note import add_note
from answerback.usecases.arrivals import ReceivedCall
from answerback.usecases.close_conversation import close_conversation
from answerback.usecases.decline_offer import decline_offer
from answerback.usecases.end_conversation import end_conversation
from answerback.usecases.leave_conversation import leave_conversation
from answerback.usecases.mark_read import mark_read
from answerback.usecases.pick_conversation import pick_conversation
from answerback.usecases.receive_calls import receive_calls
from answerback.usecases.reopen_conversation import reopen_conversation
from answerback.usecases.screens import connect_screen, disconnect_screens
from answerback.usecases.set_presence import set_presence
from answerback.usecases.snooze_conversation import snooze_conversation
from answerback.usecases.transfer_conversation import transfer_to_agent, transfer_to_queue
from answerback.workers.clock import Clock
from answerback.workers.router import Router
from tests.live.centre import Centre
from tests.live.desktop import Desktop
from tests.live.screens import Node, Screen, make_bearer, serving, watching

STATES = ("open", "offered", "active", "waiting", "wrap_up", "closed")


@dataclass
class Stage:
    """Ana holds one conversation in every state; Ben shares her queue, Eve does not, Sam supervises.

    Eve holds one that waits and has closed one, of a queue that is not hers.
    """

    centre: Centre
    ana: Reader
    ben: Reader
    eve: Reader
    sam: Reader
    number: int
    other_queue: int
    at: dict[str, int]
    router: Router
    clock: Clock

    @property
    def pool(self) -> Any:
        return self.centre.pool

    async def text(self, state: str) -> None:
        """The customer of the conversation in that state writes again."""
        await self.centre.text(self.number, phone=(await self.centre.row(self.at[state]))["customer_phone"])

    async def call(self, state: str = "") -> None:
        """The customer of the conversation in that state calls, or a new one, where missed calls become texts."""
        await self.pool.execute(
            "insert into number_voice (number_id, behaviour, text_back) values ($1, 'text_thread', 'Sorry!')",
            self.number,
        )
        account_id = await self.pool.fetchval("select provider_account_id from number where id = $1", self.number)
        phone = (await self.centre.row(self.at[state]))["customer_phone"] if state else "+14155559876"
        news = CallNews("CA1", CallStatus.RINGING, "", phone, comes_in=True)
        item = ReceivedCall(account_id, self.number, news, "text_thread", datetime.now(UTC))
        await receive_calls(self.pool, [item])

    async def due(self, column: str, state: str) -> None:
        await self.pool.execute(f"update conversation set {column} = now() where id = $1", self.at[state])
        await self.clock.tick()

    async def offer(self) -> int:
        return await self.centre.offer_of(self.at["offered"])


async def set_stage(centre: Centre, database_url: str) -> Stage:
    ana, ben, eve = [await centre.person(name, capacity=20) for name in ("Ana", "Ben", "Eve")]
    sam = await centre.person("Sam", role="supervisor")
    queue, other = await centre.queue(ana, ben), await centre.queue(eve)
    number = await centre.number(queue)
    at = {state: await centre.conversation(number, state, None if state == "open" else ana) for state in STATES}
    for state in ("waiting", "wrap_up"):
        at[f"eve {state}"] = await centre.conversation(number, state, eve)
    await close_conversation(centre.pool, eve, at["eve wrap_up"])
    at["eve closed"] = at["eve wrap_up"]
    clock = Clock(centre.pool)
    router = Router(centre.pool, Wakeups(database_url))
    return Stage(centre, ana, ben, eve, sam, number, other, at, router, clock)


async def lose_ana(stage: Stage) -> None:
    await stage.pool.execute("delete from agent_connection where user_id = $1", stage.ana.user_id)
    await append(stage.pool, [NewEvent("AgentDisconnected", user_id=stage.ana.user_id)])
    long_ago = "update agent_status set lost_at = now() - interval '2 minutes' where user_id = $1"
    await stage.pool.execute(long_ago, stage.ana.user_id)
    await stage.clock.tick()


async def come_and_go(stage: Stage) -> None:
    screen = uuid.uuid4()
    await stage.pool.execute("delete from agent_connection where user_id = $1", stage.eve.user_id)
    await connect_screen(stage.pool, screen, stage.eve.user_id, "t")
    await disconnect_screens(stage.pool, [screen])


async def route_with_auto_accept(stage: Stage) -> None:
    await stage.pool.execute("update workstream set auto_accept = true")
    await stage.router.route_all()


async def overtake(stage: Stage) -> None:
    """Several things happen to one conversation before anybody looks."""
    await pick_conversation(stage.pool, stage.ben, stage.at["open"])
    await transfer_to_queue(stage.pool, stage.ben, stage.at["open"], stage.other_queue)
    await pick_conversation(stage.pool, stage.eve, stage.at["open"])
    await end_conversation(stage.pool, stage.eve, stage.at["open"])


Deed = Callable[[Stage], Awaitable[Any]]
SOON = timedelta(hours=1)
DEEDS: dict[str, Deed] = {
    "pick from open": lambda s: pick_conversation(s.pool, s.ben, s.at["open"]),
    "pick up what waits": lambda s: pick_conversation(s.pool, s.ana, s.at["waiting"]),
    "supervisor takes over what waits": lambda s: pick_conversation(s.pool, s.sam, s.at["waiting"]),
    "go back from wrap-up": lambda s: pick_conversation(s.pool, s.ana, s.at["wrap_up"]),
    "leave": lambda s: leave_conversation(s.pool, s.ana, s.at["active"]),
    "snooze": lambda s: snooze_conversation(s.pool, s.ana, s.at["active"], datetime.now(UTC) + SOON),
    "end": lambda s: end_conversation(s.pool, s.ana, s.at["active"]),
    "close": lambda s: close_conversation(s.pool, s.ana, s.at["wrap_up"], disposition="Done", note="Paid"),
    "supervisor closes what is open": lambda s: close_conversation(s.pool, s.sam, s.at["open"]),
    "supervisor closes what is offered": lambda s: close_conversation(s.pool, s.sam, s.at["offered"]),
    "supervisor closes what is active": lambda s: close_conversation(s.pool, s.sam, s.at["active"]),
    "reopen": lambda s: reopen_conversation(s.pool, s.ana, s.at["closed"]),
    "accept": lambda s: _with_offer(s, accept_offer),
    "decline": lambda s: _with_offer(s, decline_offer),
    "transfer to a queue": lambda s: transfer_to_queue(s.pool, s.ana, s.at["active"], s.other_queue, note="Please"),
    "transfer from open": lambda s: transfer_to_queue(s.pool, s.ben, s.at["open"], s.other_queue),
    "transfer to an agent": lambda s: transfer_to_agent(s.pool, s.ana, s.at["active"], s.eve.user_id),
    "supervisor transfers an offer": lambda s: transfer_to_queue(s.pool, s.sam, s.at["offered"], s.other_queue),
    "read": lambda s: mark_read(s.pool, s.ana, s.at["active"]),
    "note": lambda s: add_note(s.pool, s.ana, s.at["active"], "Called"),
    "away": lambda s: set_presence(s.pool, s.ana.user_id, "away"),
    "offline": lambda s: set_presence(s.pool, s.ana.user_id, "offline"),
    **{f"customer writes when {state}": lambda s, state=state: s.text(state) for state in STATES},
    **{f"customer calls in vain when {state}": lambda s, state=state: s.call(state) for state in STATES},
    "a new customer calls in vain": lambda s: s.call(),
    "a new customer writes": lambda s: s.centre.text(s.number),
    "route": lambda s: s.router.route_all(),
    "route with auto-accept": route_with_auto_accept,
    "offer runs out": lambda s: s.due("offer_expires_at", "offered"),
    "snooze ends": lambda s: s.due("wake_at", "waiting"),
    "wrap-up frees capacity": lambda s: s.due("capacity_until", "wrap_up"),
    **{f"silence closes {state}": lambda s, state=state: s.due("auto_close_at", state) for state in STATES[:-1]},
    "agent lost": lose_ana,
    "screens come and go": come_and_go,
    "several things at once": overtake,
    "supervisor takes over from outside the queue": lambda s: pick_conversation(s.pool, s.sam, s.at["eve waiting"]),
    "customer writes to an agent outside the queue": lambda s: s.text("eve waiting"),
    "customer writes again to an agent outside the queue": lambda s: s.text("eve closed"),
    "supervisor closes for an agent outside the queue": lambda s: close_conversation(
        s.pool, s.sam, s.at["eve waiting"]
    ),
}


async def _with_offer(stage: Stage, answer: Callable[..., Awaitable[Any]]) -> None:
    await answer(stage.pool, stage.ana, await stage.offer())


async def snapshot_of(centre: Centre, reader: Reader) -> dict[str, Any]:
    async with centre.pool.acquire() as connection:
        return json.loads(msgspec.json.encode(await desk(connection, reader)))


async def catch_up(centre: Centre, reader: Reader, screen: Screen) -> None:
    """Wait until the screen has seen everything that happened so far."""
    mark = uuid.uuid4().hex
    await append(centre.pool, [NewEvent("PresenceChanged", user_id=reader.user_id, data={"mark": mark})])
    await notify(centre.pool, "event")
    await screen.until(lambda screen: any(event["data"].get("mark") == mark for event in screen.events))


@pytest.fixture
async def node(centre: Centre, database_url: str) -> Any:
    async with serving(centre.pool, database_url) as node:
        yield node


@pytest.mark.parametrize("deed", DEEDS)
async def test_the_desk_before_and_the_events_give_the_desk_after(
    centre: Centre, node: Node, database_url: str, deed: str
) -> None:
    stage = await set_stage(centre, database_url)
    everybody = [stage.ana, stage.ben, stage.eve, stage.sam]
    async with AsyncExitStack() as stack:
        screens = []
        for reader in everybody:
            start = (await snapshot_of(centre, reader))["cursor"]
            bearer = await make_bearer(centre.pool, reader.user_id)
            screens.append(await stack.enter_async_context(watching(node, bearer, after=start)))
        before = [await snapshot_of(centre, reader) for reader in everybody]
        await DEEDS[deed](stage)
        after = [await snapshot_of(centre, reader) for reader in everybody]
        await asyncio.gather(*(catch_up(centre, *pair) for pair in zip(everybody, screens, strict=True)))
        for reader, screen, old, new in zip(everybody, screens, before, after, strict=True):
            desktop = Desktop(old, sees_all=reader.sees_all)
            for event in screen.events:
                desktop.apply(event)
            assert desktop.shown() == Desktop(new, sees_all=reader.sees_all).shown()
    changed = [name for name in ("my", "open", "closed", "offers", "agents") if before[3][name] != after[3][name]]
    assert changed or before[0] != after[0], "the deed changed nothing, so the test proves nothing"
