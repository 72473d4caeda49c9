"""An administrator reads word for word what a provider said: of a text that went wrong, or at a webhook door. Noted."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import msgspec

from answerback.domain.ids import AccountId
from answerback.providers.contract import Account
from answerback.storage.connection import Connection, Pool
from answerback.storage.credentials import open_credentials
from answerback.storage.events import NewEvent
from answerback.storage.provider_accounts import get_account
from answerback.storage.raw_exchanges import KeptExchange, read_exchanges
from answerback.storage.sealing import SealingError
from answerback.storage.webhooks import read_kept
from answerback.usecases.audit import record
from answerback.usecases.keep_raw import RawKeeper
from answerback.usecases.keep_webhook import open_contents
from answerback.usecases.refusals import Conflict, NotFound


class RawView(msgspec.Struct, frozen=True):
    """One exchange. send: our request and the provider's answer, whose `status` is null where none came. report: the
    provider's request. The account's secrets are taken out, and what is long is cut."""

    kind: Literal["send", "report"]
    at: datetime
    method: str
    address: str
    request: str
    status: int | None
    answer: str


class RawWebhook(msgspec.Struct, frozen=True):
    """A webhook as it knocked; one that had been read already shows what was read. `headers` without signatures."""

    method: str
    address: str
    headers: dict[str, str]
    body: str


@dataclass(frozen=True, slots=True)
class RawDesk:
    """What reading needs."""

    pool: Pool
    keeper: RawKeeper


async def read_raw(desk: RawDesk, message_id: int, reader_id: int) -> list[RawView]:
    """The oldest first; nothing where the text went well, or the days of keeping are over."""
    async with desk.pool.acquire() as connection, connection.transaction():
        views = [_view(desk.keeper, kept) for kept in await read_exchanges(connection, message_id)]
        if views:
            event = NewEvent("RawExchangesRead", actor_id=reader_id, message_id=message_id, data={"count": len(views)})
            await record(connection, event)
    return views


async def read_raw_webhook(desk: RawDesk, kept_id: int, reader_id: int) -> RawWebhook | NotFound | Conflict:
    """Conflict where its seal cannot be opened any more."""
    async with desk.pool.acquire() as connection, connection.transaction():
        kept = await read_kept(connection, kept_id)
        if kept is None:
            return NotFound(f"kept webhook {kept_id}")
        try:
            contents = open_contents(desk.keeper.sealer, kept)
        except SealingError as error:
            return Conflict(str(error))
        account = await _account(desk.keeper, connection, kept.account_id)
        read = contents.text or contents.report
        body = contents.body if read is None else msgspec.json.encode(read)
        url = f"{kept.url}?{contents.query}" if contents.query else kept.url
        data = {"id": kept_id, "account_id": kept.account_id}
        await record(connection, NewEvent("RawWebhookRead", actor_id=reader_id, data=data))

        def show(text: bytes) -> str:
            return desk.keeper.blot(account, text).decode(errors="replace")

        return RawWebhook(contents.method, show(url.encode()), dict(kept.headers), show(body))


def _view(keeper: RawKeeper, kept: KeptExchange) -> RawView:
    kind: Literal["send", "report"] = "send" if kept.kind == "send" else "report"
    try:
        said = keeper.open(kept)
    except SealingError as error:
        return RawView(kind, kept.at, "", "", str(error), None, "")
    request, answer = said.request.decode(errors="replace"), said.answer.decode(errors="replace")
    return RawView(kind, kept.at, said.method, said.address, request, said.status, answer)


async def _account(keeper: RawKeeper, connection: Connection, account_id: int) -> Account:
    """With the secrets to be taken out."""
    found = await get_account(connection, account_id)
    if found is None:
        return Account(AccountId(account_id), "", {}, "")
    try:
        credentials = open_credentials(keeper.sealer, account_id, found.credentials)
    except SealingError:
        credentials = {}
    return Account(AccountId(account_id), found.provider, credentials, found.api_base_url)
