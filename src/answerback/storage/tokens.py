"""API tokens: only their hashes; a token acts as its user, within its scopes."""

from dataclasses import dataclass
from datetime import datetime

import msgspec

from answerback.storage.connection import Database


class Token(msgspec.Struct, frozen=True):
    """A token as the API shows it: never the secret itself. No scopes: everything the user's role may do."""

    id: int
    user_id: int
    name: str
    scopes: list[str]
    created_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class TokenUser:
    user_id: int
    name: str
    role: str
    scopes: list[str]
    granted: list[str]


async def insert_token(connection: Database, user_id: int, name: str, token_hash: bytes, *, scopes: list[str]) -> Token:
    row = await connection.fetchrow(
        """
        insert into api_token (user_id, name, token_hash, scopes) values ($1, $2, $3, $4)
        returning id, user_id, name, scopes, created_at, used_at
        """,
        user_id,
        name,
        token_hash,
        scopes,
    )
    assert row is not None
    return Token(**row)


async def open_token(connection: Database, token_hash: bytes) -> TokenUser | None:
    """The living token of an active user; its last use is written at most once a minute."""
    row = await connection.fetchrow(
        """
        with found as (
            select t.id, t.user_id, t.scopes, t.used_at, u.name, u.role, u.granted
            from api_token t join app_user u on u.id = t.user_id
            where t.token_hash = $1 and t.revoked_at is null and u.active
        ), used as (
            update api_token t set used_at = now() from found
            where t.id = found.id and (found.used_at is null or found.used_at < now() - interval '1 minute')
        )
        select user_id, name, role, scopes, granted from found
        """,
        token_hash,
    )
    return TokenUser(**row) if row else None


async def list_tokens(connection: Database, after: int, limit: int) -> list[Token]:
    """Living tokens of everybody."""
    rows = await connection.fetch(
        """
        select id, user_id, name, scopes, created_at, used_at
        from api_token where id > $1 and revoked_at is null order by id limit $2
        """,
        after,
        limit,
    )
    return [Token(**row) for row in rows]


async def revoke_token(connection: Database, token_id: int) -> Token | None:
    """The token that lives no more; None where there was none."""
    row = await connection.fetchrow(
        """
        update api_token set revoked_at = now() where id = $1 and revoked_at is null
        returning id, user_id, name, scopes, created_at, used_at
        """,
        token_id,
    )
    return Token(**row) if row else None


async def revoke_tokens_of(connection: Database, user_id: int) -> None:
    await connection.execute(
        "update api_token set revoked_at = now() where user_id = $1 and revoked_at is null", user_id
    )
