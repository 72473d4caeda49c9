"""Pooled connections read and write JSON as plain values."""

import asyncpg
import msgspec
import pytest


class Facts(msgspec.Struct):
    queue: str
    position: int


@pytest.mark.parametrize("kind", ["json", "jsonb"])
@pytest.mark.parametrize("value", [{"a": [1, 2.5, None, "ü😀"]}, [], "text", 7, True, None])
async def test_json_columns_hold_plain_values(pool: "asyncpg.Pool[asyncpg.Record]", kind: str, value: object) -> None:
    assert await pool.fetchval(f"select $1::{kind}", value) == value


async def test_structs_can_be_written(pool: "asyncpg.Pool[asyncpg.Record]") -> None:
    assert await pool.fetchval("select $1::jsonb->>'queue'", Facts("Support", 3)) == "Support"


async def test_times_come_back_in_utc(pool: "asyncpg.Pool[asyncpg.Record]") -> None:
    assert await pool.fetchval("show timezone") == "UTC"


async def test_each_test_has_a_database_of_its_own(pool: "asyncpg.Pool[asyncpg.Record]") -> None:
    assert await pool.fetchval("select count(*) from app_user") == 0
    await pool.execute("create table only_here (id int)")


async def test_what_another_test_made_is_not_here(pool: "asyncpg.Pool[asyncpg.Record]") -> None:
    await pool.execute("create table only_here (id int)")
