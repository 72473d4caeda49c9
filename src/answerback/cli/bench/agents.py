"""Benchmark agents: rows in the scratch centre, and listeners on the live stream that note when news arrives."""

import asyncio
import hashlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import cast

import msgspec

from answerback.cli.bench.stage import Stage

USERS = """
insert into app_user (email, name, role, capacity_units)
select 'agent' || i || '@bench.example', 'Agent ' || i, 'agent', 1000 from generate_series(1, $1) i returning id
"""
STATUS = "insert into agent_status (user_id, presence) select unnest($1::bigint[]), 'available'"
MEMBERS = """
insert into queue_member (queue_id, user_id)
select 1 + ord % (select count(*) from queue), id from unnest($1::bigint[]) with ordinality as t (id, ord)
"""
TOKENS = """
insert into api_token (user_id, name, token_hash, scopes)
select user_id, 'bench', hash, '{}' from unnest($1::bigint[], $2::bytea[]) as t (user_id, hash)
"""


@dataclass(frozen=True, slots=True)
class BenchAgent:
    id: int
    token: str


class News(msgspec.Struct):
    """What a listener needs of a stream event."""

    kind: str = ""
    conversation_id: int | None = None
    user_id: int | None = None
    data: dict[str, object] = {}  # msgspec copies the default for every struct


async def add_agents(stage: Stage, count: int) -> list[BenchAgent]:
    """Available agents, spread over the queues, each with a token."""
    ids = [int(row["id"]) for row in await stage.pool.fetch(USERS, count)]
    tokens = [f"ab_bench_{place:024d}" for place in range(count)]
    await stage.pool.execute(STATUS, ids)
    await stage.pool.execute(MEMBERS, ids)
    await stage.pool.execute(TOKENS, ids, [hashlib.sha256(token.encode()).digest() for token in tokens])
    return [BenchAgent(user, token) for user, token in zip(ids, tokens, strict=True)]


class _Listener(asyncio.Protocol):
    def __init__(self, port: int, agent: BenchAgent, heard: Callable[[int, News, float], None], *, kind: str) -> None:
        self._request = (
            f"GET /api/v1/stream HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer {agent.token}\r\n"
            "Accept: text/event-stream\r\n\r\n"
        ).encode()
        self._agent = agent
        self._heard = heard
        self._mark = f'"kind":"{kind}"'.encode()
        self._decode = msgspec.json.Decoder(News).decode
        self._rest = b""
        self.ready = asyncio.get_running_loop().create_future()
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)  # uvloop's own class is not a subclass
        self.transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        now = time.perf_counter()
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines:
            if line.startswith(b"event: ready") and not self.ready.done():
                self.ready.set_result(None)
            elif self._mark in line and line.startswith(b"data:"):
                self._heard(self._agent.id, self._decode(line[5:]), now)

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.ready.done():
            self.ready.set_exception(ConnectionError("the stream closed before it was ready"))


def _itself(listener: _Listener) -> _Listener:
    return listener


async def listen(
    port: int, agents: Sequence[BenchAgent], heard: Callable[[int, News, float], None], *, kind: str
) -> list[asyncio.Transport]:
    """Connect every agent to the stream; returns when all are ready. Close the transports at the end.

    Only events of `kind` are read, so that the listeners do not measure themselves.
    """
    loop = asyncio.get_running_loop()
    transports: list[asyncio.Transport] = []
    for first in range(0, len(agents), 50):  # a crowd signing on, not a flood
        listeners = [_Listener(port, agent, heard, kind=kind) for agent in agents[first : first + 50]]
        for listener in listeners:
            await loop.create_connection(partial(_itself, listener), "127.0.0.1", port)
        await asyncio.gather(*(listener.ready for listener in listeners))
        transports += [listener.transport for listener in listeners if listener.transport is not None]
    return transports
