"""Accounts and numbers in memory, so that a webhook or a send needs no query for them.

Refreshed when settings change, on a miss (not more often than once a second) and every minute.
"""

import asyncio
import time
from dataclasses import dataclass, field
from typing import Final

import structlog

from answerback.domain.ids import AccountId
from answerback.providers.contract import Account
from answerback.storage.accounts_read import NumberRow, read_accounts, read_numbers
from answerback.storage.connection import Pool
from answerback.storage.sealing import Sealer
from answerback.storage.trouble import DATABASE_TROUBLE
from answerback.storage.wakeups import Wakeups

LONGEST_AGE_SECONDS: Final = 60.0
SHORTEST_GAP_SECONDS: Final = 1.0
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Entry:
    """One provider account and its numbers by address."""

    account: Account
    active: bool
    numbers: dict[str, NumberRow] = field(default_factory=dict)


class Directory:
    """What this process knows of accounts and numbers; empty until the first refresh."""

    def __init__(self, pool: Pool, sealer: Sealer) -> None:
        self._pool = pool
        self._sealer = sealer
        self._entries: dict[int, Entry] = {}
        self._numbers: dict[int, NumberRow] = {}
        self._refreshing = asyncio.Lock()
        self._refreshed_at = float("-inf")

    async def refresh(self) -> None:
        async with self._refreshing:
            self._refreshed_at = time.monotonic()
            async with self._pool.acquire() as connection:
                accounts = await read_accounts(connection, self._sealer)
                numbers = await read_numbers(connection)
            entries = {
                row.id: Entry(
                    Account(AccountId(row.id), row.provider, row.credentials, row.api_base_url, row.signature_mode),
                    row.active,
                )
                for row in accounts
            }
            for number in numbers:
                if number.provider_account_id in entries:
                    entries[number.provider_account_id].numbers[number.address] = number
            self._entries, self._numbers = entries, {number.id: number for number in numbers}

    def entries(self) -> list[Entry]:
        return list(self._entries.values())

    def entry(self, account_id: int) -> Entry | None:
        return self._entries.get(account_id)

    def number(self, number_id: int) -> NumberRow | None:
        return self._numbers.get(number_id)

    async def find_entry(self, account_id: int) -> Entry | None:
        """Looks again in the database when it is not known here."""
        if account_id not in self._entries:
            await self._refresh_after_miss()
        return self._entries.get(account_id)

    async def find_number(self, account_id: int, address: str) -> NumberRow | None:
        """The account's number with this address; looks again when it is not known here."""
        entry = self._entries.get(account_id)
        if entry is None or address not in entry.numbers:
            await self._refresh_after_miss()
            entry = self._entries.get(account_id)
        return entry.numbers.get(address) if entry else None

    async def _refresh_after_miss(self) -> None:
        """Forged or stray requests shall not turn into queries; an unreachable database is no answer either."""
        asked_at = time.monotonic()
        if self._refreshing.locked():  # somebody is looking already: their answer is as good
            async with self._refreshing:
                return
        if asked_at - self._refreshed_at < SHORTEST_GAP_SECONDS:
            return
        try:
            await self.refresh()
        except DATABASE_TROUBLE as error:
            log.warning("directory_not_refreshed", reason=type(error).__name__)

    async def run(self, wakeups: Wakeups) -> None:
        """Follow the settings until cancelled."""
        with wakeups.subscribe("config") as changes:
            while True:
                try:
                    await self.refresh()
                except DATABASE_TROUBLE as error:
                    log.warning("directory_not_refreshed", reason=type(error).__name__)
                    await changes.wait(SHORTEST_GAP_SECONDS)
                else:
                    await changes.wait(LONGEST_AGE_SECONDS)
