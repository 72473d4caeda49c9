"""The webhook doors as plain ASGI: /hooks/{provider}/{account}[/{door}]. Checks, reads, hands on, answers.

Nothing is answered before it is durable. What follows from a text is decided elsewhere.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final, Protocol

import structlog
from starlette.types import ASGIApp, Receive, Scope, Send

from answerback.providers.calls import CallNews
from answerback.providers.contract import (
    DeliveryReport,
    Forged,
    HookAnswer,
    HookRequest,
    InboundText,
    Malformed,
    Provider,
)
from answerback.providers.facts import Door
from answerback.storage.sealing import Sealer
from answerback.storage.webhooks import KeptWebhook
from answerback.usecases.arrivals import ReceivedReport, ReceivedText
from answerback.usecases.directory import Directory, Entry
from answerback.usecases.keep_raw import RawKeeper
from answerback.usecases.keep_webhook import UNKNOWN_NUMBER, seal_request
from answerback.usecases.reach_proof import ReachProof
from answerback.web.hooks import answers, reach
from answerback.web.hooks.calls import CallDoor
from answerback.web.hooks.request import TooLarge, own_address, public_address, read_body, read_headers
from answerback.web.hooks.samples import Samples

DOORS: Final = {door.value: door for door in Door if door is not Door.EVENTS}
METHODS: Final = frozenset({"POST", "GET", "OPTIONS"})
log = structlog.get_logger(__name__)


class Counts(Protocol):
    """Where outcomes are counted; quick, never a query."""

    def count(self, account_id: int, door: str, outcome: str, reason: str = "") -> None: ...

    def note_inbound(self, account_id: int) -> None: ...

    def note_told(self, account_id: int, told: str, at: datetime | None) -> None: ...

    def note_handled(self, account_id: int, seconds: float, *, is_retry: bool) -> None: ...


@dataclass(frozen=True, slots=True)
class HookParts:
    """What the doors hand on to. Each `take` returns once its item is durable, and raises OSError where nothing is."""

    directory: Directory
    take_text: Callable[[ReceivedText], Awaitable[None]]
    take_report: Callable[[ReceivedReport], Awaitable[None]]
    take_kept: Callable[[KeptWebhook], Awaitable[None]]
    calls: CallDoor
    tally: Counts
    sealer: Sealer
    proof: ReachProof


def make_hooks_app(parts: HookParts, providers: Mapping[str, Provider], public_url: str | None) -> ASGIApp:
    """`public_url` is what providers were given; without it the request's own scheme and host count."""
    return Doors(parts, providers, public_url.rstrip("/") if public_url else None)


@dataclass(frozen=True, slots=True)
class Doors:
    parts: HookParts
    providers: Mapping[str, Provider]
    public_url: str | None
    samples: Samples = field(default_factory=Samples)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        began = time.perf_counter()
        path: str = scope["path"]
        place = path.removeprefix("/hooks/").split("/")
        provider = self.providers.get(place[0])
        door = Door.EVENTS if len(place) == 2 else DOORS.get(place[2]) if len(place) == 3 else None
        if provider is None and place[0] == reach.PLACE:
            return await reach.answer_challenge(self.parts.proof, place, scope, send)
        if provider is None or door not in provider.facts.doors:
            return await answers.not_found(send, "There is no webhook door at this address.")
        entry = await self._find_entry(place[1], provider)
        if entry is None:
            return await answers.not_found(
                send, "There is no such provider account. Copy the address from its settings."
            )
        if scope["method"] not in METHODS:
            return await answers.method_not_allowed(send)
        try:
            body = await read_body(receive)
        except TooLarge:
            self.parts.tally.count(entry.account.id, door, "refused", "The request is larger than a webhook can be.")
            return await answers.too_large(send)
        address = public_address(scope, self.public_url)
        query = scope["query_string"].decode("latin-1")
        request = HookRequest(door, scope["method"], address, read_headers(scope), body, query)
        verdict = provider.verify(request, entry.account)
        if isinstance(verdict, Forged):  # unless its secrets were changed a moment ago
            newer = await self.parts.directory.look_again(entry.account.id) or entry
            if newer.account != entry.account:
                entry, verdict = newer, provider.verify(request, newer.account)
        match verdict:
            case Forged(reason) if entry.account.signature_mode == "enforce":
                self.parts.tally.count(entry.account.id, door, "refused", reason)
                await self._keep_sample(entry, request, reason)
                return await answers.forged(send, reason)
            case Forged(reason):
                self.parts.tally.count(entry.account.id, door, "observed", reason)
                await self._keep_sample(entry, request, reason)
            case _:
                self.parts.tally.count(entry.account.id, door, "accepted")
        try:
            answer = await self._take(provider, entry, request)
        except OSError as error:
            log.error("webhook_not_durable", account_id=entry.account.id, reason=type(error).__name__)
            return await answers.unavailable(send)
        await answers.satisfied(send, answer or provider.answer(request))
        took = time.perf_counter() - began
        self.parts.tally.note_handled(entry.account.id, took, is_retry=_is_retry(provider, request))

    async def _find_entry(self, account: str, provider: Provider) -> Entry | None:
        if not (account.isascii() and account.isdecimal() and len(account) <= 18):
            return None
        directory = self.parts.directory
        entry = directory.entry(int(account)) or await directory.find_entry(int(account))
        return entry if entry and entry.active and entry.account.provider == provider.name else None

    async def _take(self, provider: Provider, entry: Entry, request: HookRequest) -> HookAnswer | None:
        """All that it tells is durable, or OSError. An answer where a call waits for one."""
        told = provider.parse(request)
        if len(told) == 1 and not isinstance(told[0], CallNews):  # nearly always
            await self._take_one(entry, request, told[0])
            return None
        calls = [happening for happening in told if isinstance(happening, CallNews)]
        others = (self._take_one(entry, request, one) for one in told if not isinstance(one, CallNews))
        await asyncio.gather(*others)
        if not calls:
            return None
        return await self.parts.calls.hear(provider, entry, calls, address=own_address(request.url))

    async def _take_one(
        self, entry: Entry, request: HookRequest, happening: InboundText | DeliveryReport | Malformed
    ) -> None:
        match happening:
            case InboundText():
                await self._take_text(entry, request, happening)
            case DeliveryReport(failure=failure):
                keeper = RawKeeper(self.parts.sealer, self.providers)
                raw = None if failure is None else keeper.seal_report(entry.account, request)
                await self.parts.take_report(ReceivedReport(entry.account.id, happening, datetime.now(UTC), raw))
                told = f"{happening.provider_message_id} {happening.status}"
                self.parts.tally.note_told(entry.account.id, told, happening.at)
            case Malformed():
                await self._keep(entry, request, f"{happening.field}: {happening.problem}")

    async def _take_text(self, entry: Entry, request: HookRequest, text: InboundText) -> None:
        account_id = entry.account.id
        number = entry.numbers.get(text.to) or await self.parts.directory.find_number(account_id, text.to)
        if number is None:
            return await self._keep(entry, request, UNKNOWN_NUMBER)
        self.parts.tally.note_inbound(account_id)
        await self.parts.take_text(ReceivedText(account_id, number.id, text, datetime.now(UTC), text.late))
        self.parts.tally.note_told(account_id, text.provider_message_id, text.provider_at)

    async def _keep_sample(self, entry: Entry, request: HookRequest, reason: str) -> None:
        """So that an administrator can see what knocked; without it, it is refused all the same."""
        account_id = entry.account.id
        if not self.samples.wants(account_id, request.door, reason):
            return
        now = datetime.now(UTC)
        sample = seal_request(self.parts.sealer, account_id, request, reason=reason, now=now, outcome="refused")
        with suppress(OSError):
            await self.parts.take_kept(sample)

    async def _keep(self, entry: Entry, request: HookRequest, reason: str) -> None:
        self.parts.tally.count(entry.account.id, request.door, "malformed", reason)
        kept = seal_request(self.parts.sealer, entry.account.id, request, reason=reason, now=datetime.now(UTC))
        await self.parts.take_kept(kept)


def _is_retry(provider: Provider, request: HookRequest) -> bool:
    """Whether the provider says that it had tried to deliver this before."""
    header = provider.facts.attempts_header
    return header is not None and request.headers.get(header, "0") not in ("0", "")
