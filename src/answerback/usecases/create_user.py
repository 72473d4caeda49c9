"""Adds a user. Also what the command line runs to make the first administrator."""

import re
from datetime import UTC, datetime
from typing import Annotated, Literal

import asyncpg
import msgspec
from msgspec import Meta

from answerback.storage.connection import Pool
from answerback.storage.users import User, insert_user
from answerback.usecases.audit import record_setting
from answerback.usecases.call_address import read_call_address
from answerback.usecases.passwords import hash_password, password_problem
from answerback.usecases.refusals import Conflict, FieldProblem, Invalid

Role = Literal["agent", "supervisor", "administrator"]
Name = Annotated[str, Meta(min_length=1, max_length=200, description="Shown to colleagues.", examples=["Ana Ruiz"])]
Email = Annotated[
    str, Meta(min_length=3, max_length=254, description="What they sign in with.", examples=["ana@example.org"])
]
Password = Annotated[str, Meta(min_length=1, max_length=1024, description="At least 12 characters; never shown again.")]
CapacityUnits = Annotated[int, Meta(ge=0, le=1000, description="How much work they can hold at once.")]
Granted = Annotated[
    list[Literal["start_conversation", "call_customers"]],
    Meta(max_length=10, description="Permissions of this person beyond their role's."),
]
CallAddress = Annotated[
    str,
    Meta(
        max_length=260,
        description="Their own phone or SIP address, rung first when they call a customer; empty for none.",
        examples=["+14155550142"],
    ),
]
EMAIL = re.compile(r"[^@\s\x00-\x1f]+@[^@\s\x00-\x1f]+")


class UserDraft(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A user to add. Without a password they cannot sign in until one is set."""

    email: Email
    name: Name
    role: Role
    password: Password | None = None
    capacity_units: CapacityUnits = 6
    active: bool = True
    call_address: CallAddress = ""
    granted: Granted = []


async def create_user(pool: Pool, draft: UserDraft, actor_id: int | None) -> User | Invalid | Conflict:
    address = read_call_address(draft.call_address, "call_address")
    problems = _problems(draft)
    if isinstance(address, FieldProblem):
        problems += (address,)
    if problems or isinstance(address, FieldProblem):
        return Invalid(problems)
    stored = await hash_password(draft.password) if draft.password is not None else None
    user = User(
        0, draft.email.strip(), draft.name.strip(), draft.role, draft.capacity_units, draft.active,
        created_at=datetime.now(UTC), call_address=address, granted=sorted(set(draft.granted)),
    )  # fmt: skip
    try:
        async with pool.acquire() as connection, connection.transaction():
            created = await insert_user(connection, user, stored)
            data = {"id": created.id, "role": created.role}
            await record_setting(connection, "UserCreated", actor_id, data, user_id=created.id)
            return created
    except asyncpg.UniqueViolationError:
        return email_taken()


def _problems(draft: UserDraft) -> tuple[FieldProblem, ...]:
    found = [email_problem(draft.email), name_problem(draft.name)]
    if draft.password is not None:
        found.append(password_problem(draft.password, draft.email))
    return tuple(problem for problem in found if problem is not None)


def email_problem(email: str) -> FieldProblem | None:
    if EMAIL.fullmatch(email.strip()):
        return None
    return FieldProblem("email", "is not an e-mail address", "Give it like ana@example.org.")


def name_problem(name: str, field: str = "name") -> FieldProblem | None:
    return None if name.strip() else FieldProblem(field, "is empty", "Give a name people will recognise.")


def email_taken() -> Conflict:
    way_out = "Use another address, or change the user who has it. Users can be inactive and still hold theirs."
    return Conflict(
        "Another user has this e-mail address.", (FieldProblem("email", "belongs to another user", way_out),)
    )
