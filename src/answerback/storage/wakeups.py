"""Wake-ups between processes: one LISTEN connection each, fanned out to whoever waits for a topic.

A wake-up is a hint, never the news itself: receivers look into the tables. After a lost connection every topic
is woken, because hints may have been missed.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterator
from typing import Any, Literal, get_args

import asyncpg
import structlog

from answerback.storage.connection import Database
from answerback.storage.trouble import DATABASE_TROUBLE

Topic = Literal["event", "route", "outbox", "media", "config", "webhook", "automated", "flow", "campaign"]
TOPICS: frozenset[Topic] = frozenset(get_args(Topic))
CHANNEL = "answerback"
LONGEST_PAUSE = 5.0
PROBE_SECONDS = 15.0  # a network may drop a silent connection without telling either end
log = structlog.get_logger(__name__)


async def notify(connection: Database, *topics: Topic) -> None:
    """Wake every process once this transaction commits: one notification, whatever the number of topics."""
    await connection.execute("select pg_notify($1, $2)", CHANNEL, ",".join(topics))


class Subscription:
    """Collapses any number of wake-ups into one until it is waited for."""

    def __init__(self, topics: frozenset[Topic]) -> None:
        self.topics = topics
        self._event = asyncio.Event()

    def wake(self) -> None:
        self._event.set()

    @property
    def is_woken(self) -> bool:
        """Whether `wait` would return at once."""
        return self._event.is_set()

    async def wait(self, timeout: float | None = None) -> bool:  # noqa: ASYNC109 - a poll interval, not a cancellation
        """True when woken, False when the time is over first. Clears the wake-up."""
        try:
            async with asyncio.timeout(timeout):
                await self._event.wait()
        except TimeoutError:
            return False
        self._event.clear()
        return True


class Wakeups:
    """The listening side of one process."""

    def __init__(self, database_url: str) -> None:
        self._database_url = database_url
        self._subscriptions: set[Subscription] = set()
        self._listening = asyncio.Event()

    @contextlib.contextmanager
    def subscribe(self, *topics: Topic) -> Iterator[Subscription]:
        subscription = Subscription(frozenset(topics))
        self._subscriptions.add(subscription)
        try:
            yield subscription
        finally:
            self._subscriptions.discard(subscription)

    def wake(self, *topics: Topic) -> None:
        """Wake the waiters of this process at once, without the database."""
        for subscription in self._subscriptions:
            if not subscription.topics.isdisjoint(topics):
                subscription.wake()

    async def wait_until_listening(self) -> None:
        await self._listening.wait()

    @contextlib.asynccontextmanager
    async def running(self) -> "AsyncIterator[Wakeups]":
        """Listen until the block ends."""
        task = asyncio.create_task(self._run(), name="wakeups")
        try:
            yield self
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def _run(self) -> None:
        pause = 0.05
        while True:
            try:
                await self._listen()
                pause = 0.05
            except DATABASE_TROUBLE as error:
                log.warning("wakeups_disconnected", reason=type(error).__name__)
            self._listening.clear()
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _listen(self) -> None:
        """Listen on one connection until it is lost."""
        lost = asyncio.Event()
        connection = await asyncpg.connect(self._database_url, server_settings={"application_name": "wakeups"})
        try:
            connection.add_termination_listener(lambda _: lost.set())
            await connection.add_listener(CHANNEL, self._receive)
            self._listening.set()
            self.wake(*TOPICS)
            while not lost.is_set():
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(lost.wait(), PROBE_SECONDS)
                    return
                await connection.execute("select 1", timeout=PROBE_SECONDS)
        finally:
            connection.terminate()

    def _receive(self, _connection: Any, _pid: int, _channel: str, payload: object) -> None:
        named = set(str(payload).split(","))
        self.wake(*(topic for topic in TOPICS if topic in named))
