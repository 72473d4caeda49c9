"""A running dispatcher against a small carrier of our own for each test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from answerback.storage.connection import Pool
from tests.dispatch.outbound_stage import OutboundStage, outbound_stage


@pytest.fixture
async def stage(pool: Pool, database_url: str, tmp_path: Path) -> AsyncIterator[OutboundStage]:
    async with outbound_stage(pool, database_url, tmp_path) as opened:
        yield opened
