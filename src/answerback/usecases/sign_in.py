"""Signing in and out with a password. Guessing is slowed per account and address; nothing tells which e-mails exist."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from answerback.storage.connection import Connection, Pool
from answerback.storage.events import NewEvent
from answerback.storage.rate_limits import count_hit, forget, give_back
from answerback.storage.sessions import delete_expired, delete_session, insert_session
from answerback.storage.users import User, find_by_email, set_password_hash
from answerback.usecases.audit import record
from answerback.usecases.bearer import hash_secret, make_cookie
from answerback.usecases.passwords import hash_password, needs_rehash, verify_password

TRIES_PER_ACCOUNT = 10
TRIES_PER_ADDRESS = 50


@dataclass(frozen=True, slots=True)
class Attempt:
    """`address` is the network address of the caller."""

    email: str
    password: str
    address: str
    user_agent: str = ""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """`cookie` is the secret to hand to the browser; only its hash is stored."""

    user: User
    cookie: str
    csrf_token: str


@dataclass(frozen=True, slots=True)
class WrongCredentials:
    """Unknown e-mail, wrong password, no password set or inactive: all look the same from outside."""


@dataclass(frozen=True, slots=True)
class TooManyTries:
    until: datetime


async def sign_in(pool: Pool, attempt: Attempt) -> SignedIn | WrongCredentials | TooManyTries:
    account_key, address_key = _keys(attempt)
    by_account, ends = await count_hit(pool, account_key)
    by_address, _ = await count_hit(pool, address_key)
    if by_account > TRIES_PER_ACCOUNT or by_address > TRIES_PER_ADDRESS:
        if by_account == TRIES_PER_ACCOUNT + 1 or by_address == TRIES_PER_ADDRESS + 1:  # once, not for each try
            await _refuse(pool, None, "too_many_tries")
        return TooManyTries(ends)
    found = await find_by_email(pool, attempt.email.strip())
    user, stored = found or (None, None)
    matches = await verify_password(stored, attempt.password)
    if user is None or not matches or not user.active:
        await _refuse(pool, user, "inactive" if user and matches else "wrong_password")
        return WrongCredentials()
    await forget(pool, account_key)
    await give_back(pool, address_key)
    if stored is not None and needs_rehash(stored):
        await set_password_hash(pool, user.id, await hash_password(attempt.password))
    return await _begin(pool, user, attempt.user_agent)


async def sign_out(pool: Pool, session_hash: bytes) -> None:
    async with pool.acquire() as connection, connection.transaction():
        user_id = await delete_session(connection, session_hash)
        if user_id is not None:
            await record(connection, NewEvent("SignedOut", actor_id=user_id, user_id=user_id))


async def _begin(pool: Pool, user: User, user_agent: str) -> SignedIn:
    cookie, csrf_token = make_cookie(), make_cookie()
    async with pool.acquire() as connection, connection.transaction():
        await delete_expired(connection)
        await insert_session(connection, hash_secret(cookie), user.id, csrf_token, user_agent=user_agent[:300])
        await record(connection, NewEvent("SignedIn", actor_id=user.id, user_id=user.id))
    return SignedIn(user, cookie, csrf_token)


async def _refuse(pool: Pool, user: User | None, reason: str) -> None:
    async with pool.acquire() as connection, connection.transaction():
        await _record_refusal(connection, user, reason)


async def _record_refusal(connection: Connection, user: User | None, reason: str) -> None:
    event = NewEvent("SignInRefused", user_id=user.id if user else None, data={"reason": reason})
    await record(connection, event)


def _keys(attempt: Attempt) -> tuple[str, str]:
    """Hashed, so that the counters hold neither e-mail nor network addresses."""
    account = hashlib.sha256(attempt.email.strip().lower().encode()).hexdigest()
    address = hashlib.sha256(attempt.address.encode()).hexdigest()
    return f"sign-in account {account}", f"sign-in address {address}"
