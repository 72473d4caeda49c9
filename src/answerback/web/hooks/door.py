"""The webhook doors as plain ASGI: /hooks/{provider}/{account}/{door}. Checks, reads, hands on, answers.

Nothing is answered before it is durable. What follows from a text is decided elsewhere.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Protocol

import structlog
from starlette.types import ASGIApp, Receive, Scope, Send

from answerback.providers.contract import Door, Forged, HookRequest, Malformed, Provider
from answerback.storage.sealing import Sealer
from answerback.storage.webhooks import KeptWebhook
from answerback.usecases.arrivals import ReceivedReport, ReceivedText
from answerback.usecases.directory import Directory, Entry
from answerback.usecases.keep_webhook import UNKNOWN_NUMBER, seal_request
from answerback.web.hooks import answers
from answerback.web.hooks.request import TooLarge, public_address, read_body, read_headers

DOORS: Final = {door.value: door for door in Door}
log = structlog.get_logger(__name__)


class Counts(Protocol):
    """Where outcomes are counted; quick, never a query."""

    def count(self, account_id: int, door: str, outcome: str, reason: str = "") -> None: ...

    def note_inbound(self, account_id: int) -> None: ...


@dataclass(frozen=True, slots=True)
class HookParts:
    """What the doors hand on to. Each `take` returns once its item is durable, and raises OSError where nothing is."""

    directory: Directory
    take_text: Callable[[ReceivedText], Awaitable[None]]
    take_report: Callable[[ReceivedReport], Awaitable[None]]
    take_kept: Callable[[KeptWebhook], Awaitable[None]]
    tally: Counts
    sealer: Sealer


def make_hooks_app(parts: HookParts, providers: Mapping[str, Provider], public_url: str | None) -> ASGIApp:
    """`public_url` is what providers were given; without it the request's own scheme and host count."""
    return Doors(parts, providers, public_url.rstrip("/") if public_url else None)


@dataclass(frozen=True, slots=True)
class Doors:
    parts: HookParts
    providers: Mapping[str, Provider]
    public_url: str | None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope["path"]
        place = path.removeprefix("/hooks/").split("/")
        door = DOORS.get(place[2]) if len(place) == 3 else None
        provider = self.providers.get(place[0])
        if door is None or provider is None:
            return await answers.not_found(send, "There is no webhook door at this address.")
        entry = await self._find_entry(place[1], provider)
        if entry is None:
            return await answers.not_found(
                send, "There is no such provider account. Copy the address from its settings."
            )
        if scope["method"] not in ("POST", "GET"):
            return await answers.method_not_allowed(send)
        try:
            body = await read_body(receive)
        except TooLarge:
            self.parts.tally.count(entry.account.id, door, "refused", "The request is larger than a webhook can be.")
            return await answers.too_large(send)
        address = public_address(scope, self.public_url)
        query = scope["query_string"].decode("latin-1")
        request = HookRequest(door, scope["method"], address, read_headers(scope), body, query)
        match provider.verify(request, entry.account):
            case Forged(reason) if entry.account.signature_mode == "enforce":
                self.parts.tally.count(entry.account.id, door, "refused", reason)
                return await answers.forged(send, reason)
            case Forged(reason):
                self.parts.tally.count(entry.account.id, door, "observed", reason)
            case _:
                self.parts.tally.count(entry.account.id, door, "accepted")
        try:
            await self._take(provider, entry, request)
        except OSError as error:
            log.error("webhook_not_durable", account_id=entry.account.id, reason=type(error).__name__)
            return await answers.unavailable(send)
        return await answers.satisfied(send, provider.answer(door))

    async def _find_entry(self, account: str, provider: Provider) -> Entry | None:
        if not (account.isascii() and account.isdecimal() and len(account) <= 18):
            return None
        directory = self.parts.directory
        entry = directory.entry(int(account)) or await directory.find_entry(int(account))
        return entry if entry and entry.active and entry.account.provider == provider.name else None

    async def _take(self, provider: Provider, entry: Entry, request: HookRequest) -> None:
        match request.door:
            case Door.MESSAGE:
                await self._take_texts(provider, entry, request)
            case Door.STATUS:
                await self._take_reports(provider, entry, request)
            case Door.VOICE:
                if isinstance(call := provider.parse_voice(request), Malformed):
                    await self._keep_malformed(entry, request, call)

    async def _take_texts(self, provider: Provider, entry: Entry, request: HookRequest) -> None:
        texts = provider.parse_message(request)
        if isinstance(texts, Malformed):
            return await self._keep_malformed(entry, request, texts)
        account_id = entry.account.id
        for text in texts:
            number = entry.numbers.get(text.to) or await self.parts.directory.find_number(account_id, text.to)
            if number is None:
                await self._keep(entry, request, UNKNOWN_NUMBER)
                continue
            self.parts.tally.note_inbound(account_id)
            await self.parts.take_text(ReceivedText(account_id, number.id, text, datetime.now(UTC), text.late))

    async def _take_reports(self, provider: Provider, entry: Entry, request: HookRequest) -> None:
        reports = provider.parse_status(request)
        if isinstance(reports, Malformed):
            return await self._keep_malformed(entry, request, reports)
        for report in reports:
            await self.parts.take_report(ReceivedReport(entry.account.id, report, datetime.now(UTC)))

    async def _keep_malformed(self, entry: Entry, request: HookRequest, problem: Malformed) -> None:
        await self._keep(entry, request, f"{problem.field}: {problem.problem}")

    async def _keep(self, entry: Entry, request: HookRequest, reason: str) -> None:
        self.parts.tally.count(entry.account.id, request.door, "malformed", reason)
        kept = seal_request(self.parts.sealer, entry.account.id, request, reason=reason, now=datetime.now(UTC))
        await self.parts.take_kept(kept)
