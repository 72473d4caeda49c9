"""Accounts and numbers in memory, so that a webhook or a send needs no query for them.

Refreshed when settings change, every minute, and on a miss: at once, but a flood of misses shares one look a second.
"""

import asyncio
import time
from dataclasses import dataclass, field
from typing import Final

import structlog

from answerback.domain.ids import AccountId
from answerback.domain.masking.mask import NOTHING
from answerback.providers.contract import Account
from answerback.storage.accounts_read import NumberRow, read_accounts, read_numbers
from answerback.storage.connection import Pool
from answerback.storage.mask_rules import read_storage_masker
from answerback.storage.sealing import Sealer
from answerback.storage.sending_rules import read_sending_rules
from answerback.storage.trouble import DATABASE_TROUBLE
from answerback.storage.wakeups import Wakeups

LONGEST_AGE_SECONDS: Final = 60.0
SHORTEST_GAP_SECONDS: Final = 1.0
LOOKS_AT_ONCE: Final = 5
"""That misses may have without a gap, after as many quiet seconds."""
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
        self.spam_minutes: int | None = None
        """Within which many texts block a phone; None: never."""
        self.masker = NOTHING
        """What customers' texts are stored through."""
        self._refreshing = asyncio.Lock()
        self._missing = asyncio.Lock()
        self._refreshed_at = float("-inf")
        self._looks_paid_at = float("-inf")
        """When the looks of past misses are worn off, one a gap."""

    @property
    def sealer(self) -> Sealer:
        return self._sealer

    async def refresh(self) -> None:
        async with self._refreshing:
            self._refreshed_at = time.monotonic()
            async with self._pool.acquire() as connection:
                accounts = await read_accounts(connection, self._sealer)
                numbers = await read_numbers(connection)
                rules = await read_sending_rules(connection)
                masker = await read_storage_masker(connection)
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
            self.spam_minutes = None if rules.spam_texts is None else rules.spam_minutes
            self.masker = masker
            self._entries, self._numbers = entries, {number.id: number for number in numbers}

    def entries(self) -> list[Entry]:
        return list(self._entries.values())

    def entry(self, account_id: int) -> Entry | None:
        return self._entries.get(account_id)

    def number(self, number_id: int) -> NumberRow | None:
        return self._numbers.get(number_id)

    async def find_entry(self, account_id: int) -> Entry | None:
        """Looks again in the database when it is not known here, so that the first webhook to an account just made
        finds it, whichever process made it."""
        if account_id not in self._entries:
            await self._refresh_after_miss(patient=True)
        return self._entries.get(account_id)

    async def look_again(self, account_id: int) -> Entry | None:
        """As the database has it now, or had it a little earlier while many ask."""
        await self._refresh_after_miss(patient=False)
        return self._entries.get(account_id)

    async def find_number(self, account_id: int, address: str) -> NumberRow | None:
        """The account's number with this address, looked for again when it is not known here."""
        entry = self._entries.get(account_id)
        if entry is None or address not in entry.numbers:
            await self._refresh_after_miss(patient=True)
            entry = self._entries.get(account_id)
        return entry.numbers.get(address) if entry else None

    async def _refresh_after_miss(self, *, patient: bool) -> None:
        """Forged or stray requests shall not turn into queries: the patient wait, at most a second, for a look that all
        of them share. An unreachable database is no answer either."""
        asked_at = time.monotonic()
        async with self._missing:
            if self._refreshed_at >= asked_at:  # somebody has looked since
                return
            now = time.monotonic()
            early = self._looks_paid_at - (LOOKS_AT_ONCE - 1) * SHORTEST_GAP_SECONDS - now
            if early > 0:
                if not patient:
                    return
                await asyncio.sleep(early)
                if self._refreshed_at >= asked_at:
                    return
            self._looks_paid_at = max(self._looks_paid_at, time.monotonic()) + SHORTEST_GAP_SECONDS
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
