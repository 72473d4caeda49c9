"""Keeps what a provider said where a text went wrong, without the account's secrets, and opens it for the few who may.

Nothing is done for texts that go well.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

import msgspec

from answerback.providers.contract import Account, HookRequest, Provider
from answerback.providers.raw import RawExchange
from answerback.storage.raw_exchanges import KeptExchange, SealedExchange
from answerback.storage.sealing import Sealer

LONGEST: Final = 32 * 1024
"""Bytes kept of a request, and of an answer."""
HIDDEN: Final = b"[secret]"


class Exchange(msgspec.Struct, frozen=True):
    """As it lies in the seal."""

    method: str
    address: str
    request: bytes
    status: int | None
    answer: bytes


@dataclass(frozen=True, slots=True)
class RawKeeper:
    """Seals and opens. Which credentials are secret, the provider's facts say."""

    sealer: Sealer
    providers: Mapping[str, Provider]

    def seal_send(self, account: Account, message_id: int, raw: RawExchange) -> SealedExchange:
        """What was asked for a text, and what was answered."""
        return SealedExchange(message_id, account.id, "send", self._seal(account, raw))

    def seal_report(self, account: Account, request: HookRequest) -> bytes:
        """A report as it knocked. Which message it belongs to is found later."""
        return self._seal(account, RawExchange(request.method, request.url, request.body))

    def open(self, kept: KeptExchange) -> Exchange:
        """Raises SealingError when the key is gone."""
        return msgspec.json.decode(self.sealer.open(kept.sealed, _context(kept.account_id)), type=Exchange)

    def blot(self, account: Account, text: bytes) -> bytes:
        """Providers repeat what they were told: the account's secrets are taken out wherever they stand, then what is
        too long is cut."""
        provider = self.providers.get(account.provider)
        for credential in provider.facts.credentials if provider else ():
            value = account.credentials.get(credential.name, "").strip()
            if credential.secret and value:
                text = text.replace(value.encode(), HIDDEN).replace(quote(value, safe="").encode(), HIDDEN)
        return text[:LONGEST]

    def _seal(self, account: Account, raw: RawExchange) -> bytes:
        address = self.blot(account, raw.address.encode()).decode()
        request, answer = self.blot(account, raw.request), self.blot(account, raw.answer)
        exchange = Exchange(raw.method, address, request, raw.status, answer)
        return self.sealer.seal(msgspec.json.encode(exchange), _context(account.id))


def _context(account_id: int) -> str:
    return f"raw_exchange:{account_id}"
