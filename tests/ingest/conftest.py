"""A running message path for each test."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from answerback.storage.connection import Pool
from tests.message_stage import Seeded, Stage, message_stage, seed


@pytest.fixture
async def seeded(pool: Pool) -> Seeded:
    return await seed(pool)


@pytest.fixture
async def stage(pool: Pool, seeded: Seeded, tmp_path: Path) -> AsyncIterator[Stage]:
    async with message_stage(pool, seeded, tmp_path / "spool") as opened:
        yield opened
