"""The live stream's door: GET /api/v1/stream, server-sent events, plain ASGI. What it shows: docs/reference/live.md.

`run` must be running beside it; cancelling `run` ends every stream, and screens come back by themselves.
"""

import asyncio
import contextlib
import os
import socket
import uuid
from urllib.parse import parse_qs

import msgspec
import structlog
from starlette.types import Receive, Scope, Send

from answerback.storage.connection import Pool
from answerback.storage.events import BadCursorError, parse_cursor
from answerback.storage.trouble import DATABASE_TROUBLE
from answerback.storage.views.live import queues_of
from answerback.storage.wakeups import Wakeups
from answerback.web.auth.identify import Identify
from answerback.web.auth.identity import Identity
from answerback.web.problems import MEDIA_TYPE, Problem, make_problem
from answerback.web.streaming.audience import Viewer
from answerback.web.streaming.hub import RESET, Hub
from answerback.web.streaming.roster import Roster
from answerback.web.streaming.subscriber import Subscriber
from answerback.web.streaming.tail import Tail

HEARTBEAT_EVERY = 15.0
PATIENCE = 10.0
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),  # proxies shall not collect it
]
log = structlog.get_logger(__name__)


class StreamApp:
    """An ASGI application; one for each process."""

    def __init__(self, pool: Pool, wakeups: Wakeups, identify: Identify) -> None:
        self.hub = Hub()
        self._stopping = False
        self._pool = pool
        self._identify = identify
        self.tail = Tail(pool, wakeups, self.hub)
        self._roster = Roster(pool, f"{socket.gethostname()}:{os.getpid()}")

    async def run(self) -> None:
        """Follow the log, keep the lines alive and the roster true, until cancelled."""
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self.tail.run(), name="stream-tail")
                group.create_task(self._roster.run(), name="stream-roster")
                group.create_task(self._beat(), name="stream-beat")
        finally:
            self.end_all()

    def end_all(self) -> None:
        """The node stops: who is here goes, who comes is sent away, and both come back elsewhere."""
        self._stopping = True
        self.hub.end_all()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] != "/api/v1/stream":
            return await _refuse(send, make_problem("not-found", 404, "The live stream is at /api/v1/stream."))
        if scope["method"] != "GET":
            return await _refuse(send, make_problem("method-not-allowed", 405, "The live stream takes GET only."))
        try:
            identity = await self._identify(scope["headers"])
            if identity is None:
                return await _refuse(send, make_problem("unauthenticated", 401, "Sign in, then open the stream again."))
            if not identity.may(None, safe=True):
                return await _refuse(send, make_problem("forbidden", 403, "This token may not read."))
            await self._serve(scope, receive, send, identity)
        except DATABASE_TROUBLE:
            await _refuse(send, make_problem("database-away", 503, "The database is away: try again in a moment."))

    async def _serve(self, scope: Scope, receive: Receive, send: Send, identity: Identity) -> None:
        viewer = Viewer(identity.user_id, identity.role, await queues_of(self._pool, identity.user_id))
        screen = uuid.uuid4()
        async with asyncio.timeout(PATIENCE):
            await self.tail.wake()
        subscriber = self._join(screen, viewer, scope)
        if subscriber is None:
            return await _send_reset(send)
        if self._stopping:
            subscriber.end()
        try:
            await self._roster.enter(screen, identity.user_id)
            await _pump(subscriber, receive, send)
        finally:
            self.hub.leave(subscriber)
            self._roster.leave(screen)

    def _join(self, screen: uuid.UUID, viewer: Viewer, scope: Scope) -> Subscriber | None:
        """None: the screen has to load its snapshot again."""
        cursor = _cursor_of(scope)
        try:
            after = parse_cursor(cursor) if cursor else None
        except BadCursorError:
            return None
        return self.hub.join(screen, viewer, after)

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(HEARTBEAT_EVERY)
            self.hub.beat()


def make_stream_app(pool: Pool, wakeups: Wakeups, identify: Identify) -> StreamApp:
    return StreamApp(pool, wakeups, identify)


def _cursor_of(scope: Scope) -> str:
    """Where to go on: what the browser remembers wins over the address, which it repeats unchanged."""
    headers: dict[bytes, bytes] = dict(scope["headers"])
    remembered = headers.get(b"last-event-id", b"").decode("latin-1").strip()
    return remembered or parse_qs(scope["query_string"].decode("latin-1")).get("after", [""])[0]


async def _pump(subscriber: Subscriber, receive: Receive, send: Send) -> None:
    """Send what comes until the screen goes, falls too far behind, or the node stops."""
    task = asyncio.current_task()
    assert task is not None
    subscriber.abort = task.cancel
    watcher = asyncio.create_task(_watch(subscriber, receive))
    try:
        await _send_all(subscriber, send)
    except asyncio.CancelledError:
        if not subscriber.overflowed:
            raise
        task.uncancel()
        log.info("slow_screen_closed", user_id=subscriber.viewer.user_id)
    finally:
        subscriber.abort = lambda: None
        watcher.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await watcher


async def _send_all(subscriber: Subscriber, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    cursor = "{}-{}".format(*subscriber.skip_to)
    ready = f'retry: 1000\nid: {cursor}\nevent: ready\ndata: {{"cursor":"{cursor}"}}\n\n'
    await send({"type": "http.response.body", "body": ready.encode(), "more_body": True})
    complete = False
    while not complete:
        data = await subscriber.take()
        complete = subscriber.ended
        await send({"type": "http.response.body", "body": data, "more_body": not complete})


async def _watch(subscriber: Subscriber, receive: Receive) -> None:
    """Notice that the screen has gone."""
    while (await receive())["type"] != "http.disconnect":
        pass
    subscriber.end()


async def _send_reset(send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    await send({"type": "http.response.body", "body": RESET})


async def _refuse(send: Send, problem: Problem) -> None:
    headers = [(b"content-type", MEDIA_TYPE.encode()), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": problem.status, "headers": headers})
    await send({"type": "http.response.body", "body": msgspec.json.encode(problem)})
