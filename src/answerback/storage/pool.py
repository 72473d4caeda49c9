"""Connections to PostgreSQL, the same for every process: JSON as Python values, times in UTC."""

from typing import TYPE_CHECKING, Any

import asyncpg
import msgspec

from answerback.storage.connection import Connection, Pool

decode_json = msgspec.json.Decoder[Any]().decode
encode_json = msgspec.json.Encoder().encode

JSONB_VERSION = b"\x01"  # the first byte of jsonb on the wire


def _encode_jsonb(value: Any) -> bytes:
    return JSONB_VERSION + encode_json(value)


def _decode_jsonb(data: bytes) -> Any:
    return decode_json(memoryview(data)[1:])


if TYPE_CHECKING:
    BaseConnection = asyncpg.Connection[asyncpg.Record]
else:
    BaseConnection = asyncpg.Connection  # generic in the stubs only


class LeanConnection(BaseConnection):
    """Goes back to the pool without the query that clears a session: a round trip each time, and nothing here changes
    sessions. Open transactions are still rolled back; a session lock is its taker's to give back."""

    def get_reset_query(self) -> str:
        return ""


async def prepare_connection(connection: Connection) -> None:
    """Make json and jsonb columns read and write plain values, structs and dataclasses."""
    await connection.set_type_codec(
        "jsonb", schema="pg_catalog", encoder=_encode_jsonb, decoder=_decode_jsonb, format="binary"
    )
    await connection.set_type_codec(
        "json", schema="pg_catalog", encoder=encode_json, decoder=decode_json, format="binary"
    )


async def create_pool(
    database_url: str, *, smallest: int = 1, largest: int = 10, name: str = "answerback", plan_once: bool = False
) -> Pool:
    """Open a pool; `name` shows in pg_stat_activity. The caller closes it.

    With `plan_once` a connection plans a statement once, for whatever values: for statements that run all the time and
    look up by keys. Searches, whose best plan depends on what is asked, need the other kind.
    """
    planning = {"plan_cache_mode": "force_generic_plan"} if plan_once else {}
    return await asyncpg.create_pool(
        database_url,
        min_size=smallest,
        max_size=largest,
        init=prepare_connection,
        connection_class=LeanConnection,
        command_timeout=60,
        server_settings={"application_name": name, "timezone": "UTC", **planning},
    )
