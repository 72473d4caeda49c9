"""A small contact centre for the tests: people, queues, numbers and conversations, straight into the tables."""

import asyncio
import itertools
import uuid
from collections.abc import Awaitable, Callable
from typing import Any

import asyncpg

from answerback.storage.views import Reader
from answerback.storage.views.shapes import Role

Pool = asyncpg.Pool


class Centre:
    """Ids are plain ints; every name is new, so that a test may ask for as many as it likes."""

    def __init__(self, pool: Any) -> None:
        self.pool = pool
        self._count = itertools.count(1)

    async def person(
        self,
        name: str,
        *,
        role: Role = "agent",
        presence: str = "available",
        connected: bool = True,
        capacity: int = 6,
    ) -> Reader:
        user_id = await self.pool.fetchval(
            "insert into app_user (email, name, role, capacity_units) values ($1, $2, $3, $4) returning id",
            f"{name.lower()}{next(self._count)}@example.org",
            name,
            role,
            capacity,
        )
        await self.pool.execute(
            "insert into agent_status (user_id, presence, idle_since) values ($1, $2, now() - interval '1 hour')",
            user_id,
            presence,
        )
        if connected:
            await self.connect(user_id)
        return Reader(user_id, role)

    async def connect(self, user_id: int) -> uuid.UUID:
        key = uuid.uuid4()
        await self.pool.execute("insert into agent_connection (id, user_id, node) values ($1, $2, 't')", key, user_id)
        return key

    async def queue(self, *members: Reader, name: str | None = None, method: str = "highest_capacity") -> int:
        queue_id = await self.pool.fetchval(
            "insert into queue (name, assignment_method) values ($1, $2) returning id",
            name or f"Queue {next(self._count)}",
            method,
        )
        for member in members:
            await self.join(queue_id, member)
        return queue_id

    async def join(self, queue_id: int, member: Reader) -> None:
        await self.pool.execute(
            "insert into queue_member (queue_id, user_id) values ($1, $2)", queue_id, member.user_id
        )

    async def number(self, queue_id: int, **workstream: Any) -> int:
        """A number with a workstream of its own; keyword arguments are the workstream's columns."""
        here = next(self._count)
        columns = {"name": f"Workstream {here}", "queue_id": queue_id, **workstream}
        marks = ", ".join(f"${at}" for at in range(1, len(columns) + 1))
        workstream_id = await self.pool.fetchval(
            f"insert into workstream ({', '.join(columns)}) values ({marks}) returning id", *columns.values()
        )
        account_id = await self.pool.fetchval(
            """insert into provider_account (provider, name, credentials, api_base_url)
               values ('twilio', 'Test', 'x', 'http://127.0.0.1:9') returning id"""
        )
        return await self.pool.fetchval(
            """insert into number (address, provider_account_id, workstream_id, type, country, capabilities)
               values ($1, $2, $3, 'long_code', 'US', '{sms,mms}') returning id""",
            f"+1206555{here:04}",
            account_id,
            workstream_id,
        )

    async def text(
        self, number_id: int, body: str = "Hello", *, phone: str | None = None, sid: str | None = None
    ) -> int:
        """A customer writes; the conversation's id."""
        here = next(self._count)
        row = await self.pool.fetchrow(
            """select conversation_id from ingest_texts(
                   array[(select provider_account_id from number where id = $1)], array[$2::text], array[$1::bigint],
                   array[$3::text], array[$4::text], array[1], array['gsm_7'], array[now()], array[null]::jsonb[],
                   array[true], array[false])""",
            number_id,
            sid or f"SM{uuid.uuid4().hex}",
            phone or f"+1415555{here:04}",
            body,
        )
        await self.pool.execute("select pg_notify('answerback', 'event,route')")
        return row["conversation_id"]

    async def conversation(self, number_id: int, state: str, holder: Reader | None = None) -> int:
        """A conversation in `state`, as if it had come there in the ordinary way."""
        conversation_id = await self.text(number_id)
        await self.pool.execute(
            """
            update conversation set state = $2, agent_id = $3,
                offer_expires_at = case when $2 = 'offered' then now() + interval '2 minutes' end,
                capacity_until = case when $2 = 'wrap_up' then now() + interval '1 minute' end,
                closed_at = case when $2 = 'closed' then now() end,
                close_reason = case when $2 = 'closed' then 'ended' end
            where id = $1
            """,
            conversation_id,
            state,
            holder and holder.user_id,
        )
        if state == "offered":
            await self.pool.execute(
                """insert into offer (conversation_id, agent_id, reason, expires_at)
                   values ($1, $2, 'You are free.', now() + interval '2 minutes')""",
                conversation_id,
                holder and holder.user_id,
            )
        return conversation_id

    async def row(self, conversation_id: int) -> Any:
        return await self.pool.fetchrow("select * from conversation where id = $1", conversation_id)

    async def state(self, conversation_id: int) -> str:
        return (await self.row(conversation_id))["state"]

    async def offer_of(self, conversation_id: int) -> int:
        return await self.pool.fetchval(
            "select id from offer where conversation_id = $1 order by id desc limit 1", conversation_id
        )

    async def kinds(self, conversation_id: int) -> list[str]:
        rows = await self.pool.fetch("select kind from event where conversation_id = $1 order by id", conversation_id)
        return [row["kind"] for row in rows]


async def until(condition: Callable[[], Awaitable[Any]], seconds: float = 10.0) -> Any:
    """Ask again and again until the answer is true; what it was then."""
    async with asyncio.timeout(seconds):
        while not (answer := await condition()):
            await asyncio.sleep(0.01)
    return answer
