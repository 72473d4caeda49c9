"""Changes and removes users. The centre always keeps an administrator who can sign in."""

import asyncpg
import msgspec
from msgspec import UNSET, UnsetType

from answerback.storage.connection import Connection, Pool
from answerback.storage.sessions import delete_sessions_of
from answerback.storage.tokens import revoke_tokens_of
from answerback.storage.users import (
    User,
    delete_user,
    get_user,
    lock_administrators,
    lock_user,
    set_password_hash,
    traces_of,
    update_user,
)
from answerback.usecases.audit import record_setting
from answerback.usecases.call_address import read_call_address
from answerback.usecases.changes import apply_changes, difference
from answerback.usecases.create_user import (
    CallAddress,
    CapacityUnits,
    Email,
    Granted,
    Name,
    Password,
    Role,
    email_problem,
    email_taken,
    name_problem,
)
from answerback.usecases.passwords import hash_password, password_problem
from answerback.usecases.refusals import Conflict, FieldProblem, InUse, Invalid, NotFound
from answerback.usecases.set_presence import store_presence

LAST_ADMINISTRATOR = Conflict(
    "This is the last active administrator.",
    (FieldProblem("role", "nobody else could administer the centre", "Make another user an administrator first."),),
)


class UserChanges(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What shall become different; what is left out stays. A new password ends every session of the user."""

    email: Email | UnsetType = UNSET
    name: Name | UnsetType = UNSET
    role: Role | UnsetType = UNSET
    password: Password | UnsetType = UNSET
    capacity_units: CapacityUnits | UnsetType = UNSET
    active: bool | UnsetType = UNSET
    call_address: CallAddress | UnsetType = UNSET
    granted: Granted | UnsetType = UNSET


async def change_user(
    pool: Pool, user_id: int, changes: UserChanges, actor_id: int | None, *, keep_session: bytes | None = None
) -> User | Invalid | NotFound | Conflict:
    """`keep_session` is the hash of the caller's own cookie, which survives the caller's own new password."""
    current = await get_user(pool, user_id)
    if current is None:
        return NotFound(f"user {user_id}")
    problems = _problems(current, changes)
    if problems:
        return Invalid(problems)
    stored = await hash_password(changes.password) if isinstance(changes.password, str) else None
    try:
        changed = await _change(pool, user_id, changes, actor_id, stored=stored, keep_session=keep_session)
    except asyncpg.UniqueViolationError:
        return email_taken()
    if isinstance(changed, User) and not changed.active:
        await store_presence(pool, user_id, "offline")  # hands their offers back now, their work after the grace time
    return changed


async def _change(
    pool: Pool,
    user_id: int,
    changes: UserChanges,
    actor_id: int | None,
    *,
    stored: str | None,
    keep_session: bytes | None,
) -> User | NotFound | Conflict:
    async with pool.acquire() as connection, connection.transaction():
        administrators = await lock_administrators(connection)
        old = await lock_user(connection, user_id)
        if old is None:
            return NotFound(f"user {user_id}")
        new = _trimmed(apply_changes(old, changes))
        if administrators == [user_id] and not (new.active and new.role == "administrator"):
            return LAST_ADMINISTRATOR
        await update_user(connection, new)
        await _end_access(connection, new, stored, keep_session)
        await _record(connection, old, new, actor_id, new_password=stored is not None)
        return new


async def remove_user(pool: Pool, user_id: int, actor_id: int) -> NotFound | Conflict | InUse | None:
    """Only somebody who left no trace; everybody else is made inactive, so that the record keeps its names."""
    async with pool.acquire() as connection, connection.transaction():
        administrators = await lock_administrators(connection)
        user = await lock_user(connection, user_id)
        if user is None:
            return NotFound(f"user {user_id}")
        if administrators == [user_id]:
            return LAST_ADMINISTRATOR
        traces = await traces_of(connection, user_id)
        if traces:
            return InUse(f"user {user.name}", traces, "Make the user inactive instead.")
        await delete_user(connection, user_id)
        data = {"id": user_id, "role": user.role}
        await record_setting(connection, "UserRemoved", actor_id, data, user_id=user_id)
    return None


def _problems(current: User, changes: UserChanges) -> tuple[FieldProblem, ...]:
    email = changes.email if isinstance(changes.email, str) else current.email
    name = changes.name if isinstance(changes.name, str) else current.name
    found = [email_problem(email), name_problem(name)]
    if isinstance(changes.password, str):
        found.append(password_problem(changes.password, email))
    if isinstance(changes.call_address, str):
        address = read_call_address(changes.call_address, "call_address")
        found.append(address if isinstance(address, FieldProblem) else None)
    return tuple(problem for problem in found if problem is not None)


def _trimmed(user: User) -> User:
    """As it is stored; the call address was found readable before."""
    return msgspec.structs.replace(
        user,
        email=user.email.strip(),
        name=user.name.strip(),
        call_address=str(read_call_address(user.call_address, "call_address")),
        granted=sorted(set(user.granted)),
    )


async def _end_access(connection: Connection, user: User, stored: str | None, keep_session: bytes | None) -> None:
    if stored is not None:
        await set_password_hash(connection, user.id, stored)
        await delete_sessions_of(connection, user.id, keep_session)
    if not user.active:
        await delete_sessions_of(connection, user.id)
        await revoke_tokens_of(connection, user.id)


async def _record(connection: Connection, old: User, new: User, actor_id: int | None, *, new_password: bool) -> None:
    changes = difference(old, new, private=frozenset({"email", "name", "call_address"}))
    if new_password:
        changes |= {"password": "changed"}
    if changes:
        data = {"id": new.id, "changes": changes}
        await record_setting(connection, "UserChanged", actor_id, data, user_id=new.id)
