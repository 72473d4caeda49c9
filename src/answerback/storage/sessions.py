"""Server-side sessions: the cookie's hash, sliding for 12 hours, over after 30 days at the latest."""

from dataclasses import dataclass

from answerback.storage.connection import Database


@dataclass(frozen=True, slots=True)
class SessionUser:
    """Whoever holds the cookie; `csrf_token` must come with every unsafe call."""

    user_id: int
    name: str
    role: str
    csrf_token: str
    granted: list[str]


async def insert_session(
    connection: Database, token_hash: bytes, user_id: int, csrf_token: str, *, user_agent: str
) -> None:
    await connection.execute(
        """
        insert into session (token_hash, user_id, csrf_token, user_agent, expires_at)
        values ($1, $2, $3, $4, now() + interval '12 hours')
        """,
        token_hash,
        user_id,
        csrf_token,
        user_agent,
    )


async def open_session(connection: Database, token_hash: bytes) -> SessionUser | None:
    """The live session of an active user; its end moves on, written at most once a minute."""
    row = await connection.fetchrow(
        """
        with found as (
            select s.token_hash, s.user_id, s.csrf_token, s.seen_at, u.name, u.role, u.granted
            from session s join app_user u on u.id = s.user_id
            where s.token_hash = $1 and s.expires_at > now() and u.active
        ), moved_on as (
            update session s
            set seen_at = now(), expires_at = least(now() + interval '12 hours', s.created_at + interval '30 days')
            from found where s.token_hash = found.token_hash and found.seen_at < now() - interval '1 minute'
        )
        select user_id, name, role, csrf_token, granted from found
        """,
        token_hash,
    )
    return SessionUser(**row) if row else None


async def delete_session(connection: Database, token_hash: bytes) -> int | None:
    """The user whose session ended; None where there was none."""
    user_id: int | None = await connection.fetchval(
        "delete from session where token_hash = $1 returning user_id", token_hash
    )
    return user_id


async def delete_sessions_of(connection: Database, user_id: int, keep: bytes | None = None) -> None:
    """End every session of this user but `keep`."""
    await connection.execute("delete from session where user_id = $1 and token_hash is distinct from $2", user_id, keep)


async def delete_expired(connection: Database, most: int = 100) -> None:
    await connection.execute(
        "delete from session where token_hash in (select token_hash from session where expires_at < now() limit $1)",
        most,
    )
