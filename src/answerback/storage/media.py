"""Files of messages: bytes stored once by their SHA-256, and what is still to be fetched from a provider."""

import hashlib
from dataclasses import dataclass

from answerback.storage.connection import Connection, Database


@dataclass(frozen=True, slots=True)
class Wanted:
    """A customer's file that is still at the provider. `attempts` counts this one."""

    id: int
    message_id: int
    conversation_id: int
    account_id: int
    url: str
    content_type: str
    attempts: int
    receives: frozenset[str]
    """The kinds its workstream takes."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file with its bytes. `conversation_id` is None while it is uploaded and not yet sent."""

    id: int
    content_type: str
    file_name: str | None
    bytes: bytes
    conversation_id: int | None
    uploaded_by: int | None


async def claim_wanted(database: Database, limit: int, hold_seconds: float) -> list[Wanted]:
    """Files due to be fetched, nobody else's until the hold is over."""
    rows = await database.fetch(
        """
        with due as (
            select id from media where state = 'pending' and due_at <= now()
            order by due_at limit $1 for update skip locked
        ), taken as (
            update media d set attempts = d.attempts + 1, due_at = now() + make_interval(secs => $2)
            from due where d.id = due.id
            returning d.id, d.message_id, d.source_url, d.content_type, d.attempts
        )
        select t.id, t.message_id, m.conversation_id, m.provider_account_id as account_id, t.source_url as url,
               t.content_type, t.attempts, w.media -> 'receive' as receives
        from taken t join message m on m.id = t.message_id join conversation c on c.id = m.conversation_id
        join workstream w on w.id = c.workstream_id
        """,
        limit,
        hold_seconds,
    )
    return [Wanted(**{**row, "receives": frozenset(row["receives"])}) for row in rows]


async def store_fetched(connection: Connection, media_id: int, content_type: str, content: bytes) -> bool:
    """False when somebody else has settled it meanwhile."""
    digest = await _store_blob(connection, content)
    status: str = await connection.execute(
        """
        update media set state = 'stored', blob_hash = $2, size = $3, content_type = $4, problem = null, due_at = null
        where id = $1 and state = 'pending'
        """,
        media_id,
        digest,
        len(content),
        content_type,
    )
    return status == "UPDATE 1"


async def give_up(connection: Connection, media_id: int, state: str, problem: str) -> bool:
    """`state` is refused or failed; `problem` is for people. False when it was settled meanwhile."""
    status: str = await connection.execute(
        "update media set state = $2, problem = $3, due_at = null where id = $1 and state = 'pending'",
        media_id,
        state,
        problem,
    )
    return status == "UPDATE 1"


async def put_off(database: Database, media_id: int, problem: str, seconds: float) -> None:
    """To be tried again then."""
    await database.execute(
        "update media set problem = $2, due_at = now() + make_interval(secs => $3) where id = $1 and state = 'pending'",
        media_id,
        problem,
        seconds,
    )


async def store_upload(
    connection: Connection, content: bytes, *, content_type: str, file_name: str | None, user_id: int
) -> int:
    """A file that a person will attach to a text; gives its id."""
    digest = await _store_blob(connection, content)
    media_id: int = await connection.fetchval(
        """
        insert into media (state, content_type, file_name, size, blob_hash, uploaded_by)
        values ('stored', $1, $2, $3, $4, $5) returning id
        """,
        content_type,
        file_name,
        len(content),
        digest,
        user_id,
    )
    return media_id


async def read_file(database: Database, media_id: int) -> StoredFile | None:
    """None unless it is stored."""
    row = await database.fetchrow(
        """
        select d.id, d.content_type, d.file_name, b.bytes, m.conversation_id, d.uploaded_by
        from media d join media_blob b on b.hash = d.blob_hash left join message m on m.id = d.message_id
        where d.id = $1 and d.state = 'stored'
        """,
        media_id,
    )
    return StoredFile(**row) if row else None


async def delete_unused_uploads(connection: Connection, limit: int) -> list[bytes]:
    """Uploads that were not sent within a day; gives the hashes of their bytes, which others may use too."""
    rows = await connection.fetch(
        """
        delete from media where id in (
            select id from media
            where message_id is null and uploaded_by is not null and created_at < now() - interval '1 day'
            order by created_at limit $1 for update skip locked)
        returning blob_hash
        """,
        limit,
    )
    return [row["blob_hash"] for row in rows if row["blob_hash"] is not None]


async def _store_blob(connection: Connection, content: bytes) -> bytes:
    digest = hashlib.sha256(content).digest()
    await connection.execute(  # an update where it exists: the lock keeps an erasure from taking it away meanwhile
        "insert into media_blob (hash, bytes) values ($1, $2) on conflict (hash) do update set hash = excluded.hash",
        digest,
        content,
    )
    return digest
