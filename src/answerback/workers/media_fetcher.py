"""Brings the files of customers' texts home: claims what is due, fetches it, stores it once by its content."""

import asyncio
from collections.abc import Mapping
from functools import partial
from typing import Final

import aiohttp

from answerback.providers.contract import Provider
from answerback.storage.connection import Pool
from answerback.storage.events import NewEvent, append
from answerback.storage.media import Wanted, claim_wanted, give_up, put_off, store_fetched
from answerback.storage.wakeups import Wakeups, notify
from answerback.usecases.directory import Directory
from answerback.usecases.media_rules import UNKNOWN_TYPE, plain_type, why_not_taken
from answerback.workers.media_download import Download, Downloads, Fetched, NotYet, RefusedFile
from answerback.workers.turns import take_turns

AT_ONCE: Final = 8
HOLD_SECONDS: Final = 90.0
"""Longer than any fetch with its redirects; after a crash the file is due again then."""
MOST_ATTEMPTS: Final = 8
FIRST_PAUSE_SECONDS: Final = 2.0
POLL_SECONDS: Final = 2.0


class MediaFetcher:
    """Any number of processes may run one."""

    def __init__(self, pool: Pool, wakeups: Wakeups, directory: Directory, providers: Mapping[str, Provider]) -> None:
        self._pool = pool
        self._wakeups = wakeups
        self._directory = directory
        self._providers = providers

    async def run(self) -> None:
        """Until cancelled."""
        async with aiohttp.ClientSession() as own:
            downloads = Downloads(own)
            try:
                with self._wakeups.subscribe("media") as news:
                    await take_turns(
                        "media_fetcher", partial(self._fetch_due, downloads), partial(news.wait, POLL_SECONDS)
                    )
            finally:
                await downloads.close()

    async def _fetch_due(self, downloads: Downloads) -> bool:
        """Whether there was anything to do."""
        wanted = await claim_wanted(self._pool, AT_ONCE, HOLD_SECONDS)
        await asyncio.gather(*(self._bring(downloads, one) for one in wanted))
        return bool(wanted)

    async def _bring(self, downloads: Downloads, wanted: Wanted) -> None:
        entry = self._directory.entry(wanted.account_id)
        provider = self._providers.get(entry.account.provider) if entry else None
        if entry is None or provider is None:
            return await put_off(self._pool, wanted.id, "The provider account cannot be used now.", POLL_SECONDS * 30)
        problem = why_not_taken(wanted.content_type, wanted.receives)
        if problem is not None and plain_type(wanted.content_type) != UNKNOWN_TYPE:
            return await self._settle(wanted, RefusedFile(problem))
        outcome = await downloads.fetch(provider, entry.account, wanted.url, wanted.content_type)
        if isinstance(outcome, NotYet) and wanted.attempts < MOST_ATTEMPTS:
            pause = FIRST_PAUSE_SECONDS * 2 ** (wanted.attempts - 1)
            return await put_off(self._pool, wanted.id, outcome.problem, pause)
        if isinstance(outcome, Fetched) and (problem := why_not_taken(outcome.content_type, wanted.receives)):
            outcome = RefusedFile(problem)
        await self._settle(wanted, outcome)

    async def _settle(self, wanted: Wanted, outcome: Download) -> None:
        kind, data = "MediaRefused", {"media_id": wanted.id}
        async with self._pool.acquire() as connection, connection.transaction():
            match outcome:
                case Fetched(content_type, content):
                    kind = "MediaStored"
                    is_new = await store_fetched(connection, wanted.id, content_type, content)
                case RefusedFile(problem):
                    is_new = await give_up(connection, wanted.id, "refused", problem)
                case NotYet(problem):
                    is_new = await give_up(connection, wanted.id, "failed", problem)
            if is_new:
                event = NewEvent(kind, conversation_id=wanted.conversation_id, message_id=wanted.message_id, data=data)
                await append(connection, [event])
                await notify(connection, "event")
