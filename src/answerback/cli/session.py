"""What every short command does first: settings, logging, the database (shared with a running `serve`), migrations."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg

from answerback.logging import configure_logging
from answerback.settings import load_settings
from answerback.storage.migrate import migrate
from answerback.storage.opening import open_database
from answerback.storage.pool import create_pool


@asynccontextmanager
async def open_pool() -> "AsyncIterator[asyncpg.Pool[asyncpg.Record]]":
    """A small pool on a database that is up to date."""
    settings = load_settings()
    configure_logging("warning", settings.log_format)
    with open_database(settings.database_url, settings.data_dir, "command", share=True) as url:
        await migrate(url)
        async with await create_pool(url, largest=2, name="answerback command") as pool:
            yield pool
