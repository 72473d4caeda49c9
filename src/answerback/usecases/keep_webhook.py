"""Keeps what was genuine but could not be used, whole and sealed, until a person repairs the cause and replays it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import msgspec

from answerback.providers.contract import DeliveryReport, HookRequest, InboundText
from answerback.storage.connection import Connection, Pool
from answerback.storage.early_reports import EarlyReport
from answerback.storage.events import NewEvent, append
from answerback.storage.sealing import Sealer
from answerback.storage.wakeups import notify
from answerback.storage.webhooks import KeptWebhook, keep_webhooks
from answerback.usecases.arrivals import ReceivedReport, ReceivedText

UNKNOWN_NUMBER: Final = "unknown_number"
UNKNOWN_MESSAGE: Final = "unknown_message"
UNSTORABLE: Final = "unstorable"
SECRET_HEADERS: Final = frozenset({"authorization", "cookie", "proxy-authorization"})


class Contents(msgspec.Struct, frozen=True, omit_defaults=True):
    """What lies in the seal: the request as it came, or what was already read out of it."""

    method: str = ""
    query: str = ""
    body: bytes = b""
    text: InboundText | None = None
    report: DeliveryReport | None = None


def seal_request(
    sealer: Sealer, account_id: int, request: HookRequest, *, reason: str, now: datetime, outcome: str = "kept"
) -> KeptWebhook:
    """The whole request; signatures and secrets among its headers stay out. Outcome refused: only to be looked at."""
    headers = {
        name: value for name, value in request.headers.items() if name not in SECRET_HEADERS and "signature" not in name
    }
    contents = Contents(method=request.method, query=request.query, body=request.body)
    return KeptWebhook(
        account_id=account_id,
        door=request.door.value,
        reason=reason,
        url=request.url.partition("?")[0],
        headers=headers,
        body=_seal(sealer, account_id, contents),
        received_at=now,
        outcome=outcome,
    )


def seal_text(sealer: Sealer, item: ReceivedText, reason: str) -> KeptWebhook:
    """A text that was read, but cannot be stored."""
    sealed = _seal(sealer, item.account_id, Contents(text=item.text))
    return KeptWebhook(item.account_id, "message", reason, "", {}, sealed, item.received_at)


def seal_report(sealer: Sealer, item: ReceivedReport, reason: str) -> KeptWebhook:
    """A report whose message is not here."""
    sealed = _seal(sealer, item.account_id, Contents(report=item.report))
    return KeptWebhook(item.account_id, "status", reason, "", {}, sealed, item.received_at)


def seal_early(sealer: Sealer, item: ReceivedReport) -> EarlyReport:
    """A report whose message may be known by its provider's id soon."""
    sealed = _seal(sealer, item.account_id, Contents(report=item.report))
    return EarlyReport(item.account_id, item.report.provider_message_id, sealed, item.raw, item.received_at)


def unclaimed(early: EarlyReport) -> KeptWebhook:
    """What becomes of it when there is no such message."""
    return KeptWebhook(early.account_id, "status", UNKNOWN_MESSAGE, "", {}, early.body, early.received_at)


def open_contents(sealer: Sealer, kept: KeptWebhook) -> Contents:
    """Raises SealingError when the key is gone."""
    return msgspec.json.decode(sealer.open(kept.body, _context(kept.account_id)), type=Contents)


async def keep(pool: Pool, kept: Sequence[KeptWebhook]) -> None:
    """Store and tell the administrators' screens."""
    async with pool.acquire() as connection, connection.transaction():
        await keep_in(connection, kept)


async def keep_in(connection: Connection, kept: Sequence[KeptWebhook]) -> None:
    """The same, within a transaction."""
    ids = await keep_webhooks(connection, kept)
    events = [
        NewEvent("WebhookKept", data={"id": id_, "account_id": one.account_id, "door": one.door, "reason": one.reason})
        for id_, one in zip(ids, kept, strict=False)
        if one.outcome == "kept"
    ]
    await append(connection, events)
    await notify(connection, "event")


def _seal(sealer: Sealer, account_id: int, contents: Contents) -> bytes:
    return sealer.seal(msgspec.json.encode(contents), _context(account_id))


def _context(account_id: int) -> str:
    return f"webhook_kept:{account_id}"
