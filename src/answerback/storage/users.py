"""Users: who may sign in, in which role, and how much work they can hold."""

from datetime import datetime

import msgspec

from answerback.storage.connection import Connection, Database

COLUMNS = "id, email, name, role, capacity_units, active, created_at, call_address, granted"
SELECT = f"select {COLUMNS} from app_user"


class User(msgspec.Struct, frozen=True):
    """A person of the centre, as the API shows it.

    `call_address` is their own phone, rung when they call a customer; `granted`: permissions beyond their role's.
    """

    id: int
    email: str
    name: str
    role: str
    capacity_units: int
    active: bool
    created_at: datetime
    call_address: str = ""
    granted: list[str] = []


async def list_users(connection: Database, after: int, limit: int) -> list[User]:
    rows = await connection.fetch(SELECT + " where id > $1 order by id limit $2", after, limit)
    return [User(**row) for row in rows]


async def get_user(connection: Database, user_id: int) -> User | None:
    row = await connection.fetchrow(SELECT + " where id = $1", user_id)
    return User(**row) if row else None


async def lock_user(connection: Connection, user_id: int) -> User | None:
    """Held until the transaction ends, so that changes at the same time take turns."""
    row = await connection.fetchrow(SELECT + " where id = $1 for update", user_id)
    return User(**row) if row else None


async def find_by_email(connection: Database, email: str) -> tuple[User, str | None] | None:
    """The user and the stored password hash; upper and lower case are the same address."""
    row = await connection.fetchrow(
        f"select {COLUMNS}, password_hash from app_user where lower(email) = lower($1)",
        email,
    )
    if row is None:
        return None
    values = dict(row)
    stored = values.pop("password_hash")
    return User(**values), stored


async def insert_user(connection: Connection, user: User, password_hash: str | None) -> User:
    """`id` and `created_at` of `user` are ignored. Makes the agent's status row too."""
    row = await connection.fetchrow(
        f"""
        insert into app_user (email, name, role, capacity_units, active, password_hash, call_address, granted)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        returning {COLUMNS}
        """,
        user.email,
        user.name,
        user.role,
        user.capacity_units,
        user.active,
        password_hash,
        user.call_address,
        user.granted,
    )
    assert row is not None
    await connection.execute("insert into agent_status (user_id) values ($1)", row["id"])
    return User(**row)


async def update_user(connection: Connection, user: User) -> None:
    await connection.execute(
        """
        update app_user set email = $2, name = $3, role = $4, capacity_units = $5, active = $6, call_address = $7,
            granted = $8
        where id = $1
        """,
        user.id,
        user.email,
        user.name,
        user.role,
        user.capacity_units,
        user.active,
        user.call_address,
        user.granted,
    )


async def set_password_hash(connection: Database, user_id: int, password_hash: str) -> None:
    await connection.execute("update app_user set password_hash = $2 where id = $1", user_id, password_hash)


async def get_password_hash(connection: Database, user_id: int) -> str | None:
    stored: str | None = await connection.fetchval("select password_hash from app_user where id = $1", user_id)
    return stored


async def delete_user(connection: Connection, user_id: int) -> None:
    """Only works for somebody who never did anything; else the foreign keys refuse."""
    await connection.execute("delete from session where user_id = $1", user_id)
    await connection.execute("delete from api_token where user_id = $1", user_id)
    await connection.execute("delete from idempotency_key where user_id = $1", user_id)
    await connection.execute("delete from queue_member where user_id = $1", user_id)
    await connection.execute("delete from agent_connection where user_id = $1", user_id)
    await connection.execute("delete from agent_status where user_id = $1", user_id)
    await connection.execute("delete from app_user where id = $1", user_id)


async def lock_administrators(connection: Connection) -> list[int]:
    """Ids of the active administrators, held until the transaction ends: two removals at once take turns."""
    rows = await connection.fetch(
        "select id from app_user where role = 'administrator' and active order by id for update"
    )
    return [row["id"] for row in rows]


async def traces_of(connection: Database, user_id: int) -> tuple[str, ...]:
    """What still names this user, in words."""
    row = await connection.fetchrow(
        """
        select exists (select from conversation where agent_id = $1 or affinity_agent_id = $1
                       or transfer_agent_id = $1) as conversations,
               exists (select from message where author_id = $1) as messages,
               exists (select from offer where agent_id = $1) as offers,
               exists (select from consent_entry where user_id = $1)
               or exists (select from blocked_phone where user_id = $1)
               or exists (select from routing_decision where agent_id = $1)
               or exists (select from media where uploaded_by = $1)
               or exists (select from voice_call where agent_id = $1) as records
        """,
        user_id,
    )
    assert row is not None
    return tuple(name for name, found in row.items() if found)
