"""Answers of creating calls, so that a repeat with the same Idempotency-Key gets the first answer. Kept for a day."""

from dataclasses import dataclass

from answerback.storage.connection import Database


@dataclass(frozen=True, slots=True)
class FirstCall:
    """The call that came first with this key; `status` None while it is under way."""

    request_hash: bytes
    status: int | None
    content_type: str | None
    response: bytes | None


async def claim(connection: Database, user_id: int, key: str, request_hash: bytes) -> FirstCall | None:
    """None when this call is the first; the database decides between calls at the same moment."""
    await connection.execute(
        """
        delete from idempotency_key where (user_id, key) in (
            select user_id, key from idempotency_key where created_at < now() - interval '1 day' limit 20)
        """
    )
    while True:
        claimed = await connection.fetchval(
            """
            insert into idempotency_key (user_id, key, request_hash) values ($1, $2, $3)
            on conflict do nothing returning true
            """,
            user_id,
            key,
            request_hash,
        )
        if claimed:
            return None
        earlier = await first_call(connection, user_id, key)
        if earlier is not None:  # else it was released in between: claim again
            return earlier


async def first_call(connection: Database, user_id: int, key: str) -> FirstCall | None:
    row = await connection.fetchrow(
        "select request_hash, status, content_type, response from idempotency_key where user_id = $1 and key = $2",
        user_id,
        key,
    )
    return FirstCall(**row) if row else None


async def keep_answer(connection: Database, user_id: int, key: str, answer: tuple[int, str, bytes]) -> None:
    """`answer` is status, content type and body."""
    await connection.execute(
        "update idempotency_key set status = $3, content_type = $4, response = $5 where user_id = $1 and key = $2",
        user_id,
        key,
        *answer,
    )


async def reclaim(connection: Database, user_id: int, key: str, seconds: float) -> bool:
    """Take over a call that has been under way for so long that nobody can be running it."""
    taken = await connection.fetchval(
        """
        update idempotency_key set created_at = now()
        where user_id = $1 and key = $2 and status is null and created_at < now() - make_interval(secs => $3)
        returning true
        """,
        user_id,
        key,
        seconds,
    )
    return bool(taken)


async def release(connection: Database, user_id: int, key: str) -> None:
    """The call changed nothing: the key may be used again."""
    await connection.execute(
        "delete from idempotency_key where user_id = $1 and key = $2 and status is null", user_id, key
    )
