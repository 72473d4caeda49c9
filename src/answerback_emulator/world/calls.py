"""Calls of the world: one record for each line in use. A call put through to others has their records as its legs."""

import asyncio
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from answerback_emulator.world.records import Provider

CallStatus = Literal["queued", "ringing", "in-progress", "completed", "busy", "no-answer", "failed", "canceled"]
CallDirection = Literal["inbound", "outbound-api", "outbound-dial"]
FINAL: frozenset[CallStatus] = frozenset({"completed", "busy", "no-answer", "failed", "canceled"})


@dataclass(frozen=True, slots=True)
class Said:
    """Something a machine said or played into a call."""

    at: float
    kind: Literal["say", "play"]
    words: str


@dataclass(slots=True, eq=False)
class Call:
    """One line between the carrier and a phone; `number` is ours, `sender` is what the called side sees. One that was
    `declined` by hand ends as busy.

    `listener` hears of each change of status; `decided` is set once the call rings no more, `over` once it ended.
    """

    id: str
    provider: Provider
    account_sid: str
    number: str
    phone: str
    direction: CallDirection
    sender: str
    to: str
    status: CallStatus = "queued"
    parent: "Call | None" = None
    created: float = field(default_factory=time.time)
    updated: float = field(default_factory=time.time)
    answered: float | None = None
    ended: float | None = None
    legs: list["Call"] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    saying: str = ""
    bridged: "Call | None" = None
    declined: bool = False
    listener: Callable[["Call"], None] | None = None
    script: asyncio.Task[None] | None = None
    decided: asyncio.Event = field(default_factory=asyncio.Event)
    over: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def sid(self) -> str:
        """The id, as Twilio calls it."""
        return self.id

    @property
    def is_over(self) -> bool:
        """Whether it ended, one way or another."""
        return self.status in FINAL

    @property
    def seconds(self) -> int:
        """How long it was (or is) talked, in whole seconds, begun ones counted."""
        if self.answered is None:
            return 0
        return max(1, round((self.ended or time.time()) - self.answered))


class CallStore:
    """Calls by id, with an upper bound: beyond it the oldest is forgotten."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._by_id: dict[str, Call] = {}
        self.news = asyncio.Event()

    def add(self, call: Call) -> None:
        """Keep a new call, and hang it on the one it belongs to."""
        self._by_id[call.id] = call
        if call.parent is not None:
            call.parent.legs.append(call)
        if len(self._by_id) > self._capacity:
            del self._by_id[next(iter(self._by_id))]

    def find(self, id_: str) -> Call | None:
        """The call with this id, or None."""
        return self._by_id.get(id_)

    def remove(self, id_: str) -> None:
        """Forget a call."""
        self._by_id.pop(id_, None)

    def newest_first(self) -> Iterator[Call]:
        """All calls, as the carrier lists them."""
        return reversed(self._by_id.values())

    def is_engaged(self, phone: str, besides: Call | None = None) -> bool:
        """Whether the phone rings or talks already."""
        return any(
            one.phone == phone and one is not besides and one.status in {"ringing", "in-progress"}
            for one in self._by_id.values()
        )

    def tell(self) -> None:
        """Wake who waits for any change of any call."""
        self.news.set()
        self.news = asyncio.Event()
