"""What the live tests share."""

import asyncpg
import pytest

from tests.live.centre import Centre


@pytest.fixture
def centre(pool: "asyncpg.Pool[asyncpg.Record]") -> Centre:
    return Centre(pool)
