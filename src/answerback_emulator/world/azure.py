"""What the world remembers for Azure's resources: requests that may be repeated, and where Event Grid delivers."""

import asyncio
from collections import OrderedDict, deque
from dataclasses import dataclass, field
from typing import Any

from answerback_emulator.world.connections import Connection

MOST_REMEMBERED = 200_000


@dataclass(slots=True)
class GridEvent:
    """One event on its way: its JSON, how often it was tried, and the first try's HTTP status once there is one."""

    content: dict[str, Any]
    tries: int = 0
    first: "asyncio.Future[int | None] | None" = None

    def note(self, status: int | None) -> None:
        """One more try, and how it ended."""
        self.tries += 1
        if self.first is not None and not self.first.done():
            self.first.set_result(status)


@dataclass(slots=True)
class Subscription:
    """An account's events that wait, and which address and schema agreed to hear them, or refused to until when."""

    agreed: tuple[str, str] | None = None
    refused: tuple[str, str] | None = None
    ask_again: float = 0.0
    shaking: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: deque[GridEvent] = field(default_factory=deque)
    again: deque[GridEvent] = field(default_factory=deque)


@dataclass(frozen=True, slots=True)
class Repeatable:
    """A request of Call Automation that was done, by its digest, and how it was answered."""

    digest: str
    status: int
    body: bytes


@dataclass(slots=True)
class AzureState:
    """`sent`: the message id by resource, repeatability id and its first-sent; subscriptions by the resource's name.

    Of calls: the connections by id, and what was asked by resource and repeatability id.
    """

    sent: OrderedDict[tuple[str, str, str], str] = field(default_factory=OrderedDict)
    subscriptions: dict[str, Subscription] = field(default_factory=dict)
    connections: dict[str, Connection] = field(default_factory=dict)
    calls_asked: dict[tuple[str, str], Repeatable] = field(default_factory=dict)

    def remember(self, key: tuple[str, str, str], message_id: str) -> None:
        """Keep what a repeated request shall hear; the oldest is forgotten when there are too many."""
        self.sent[key] = message_id
        if len(self.sent) > MOST_REMEMBERED:
            self.sent.popitem(last=False)

    def subscription(self, resource: str) -> Subscription:
        """The resource's subscription, made when it is first asked for."""
        return self.subscriptions.setdefault(resource, Subscription())
