"""A person changes their own password; knowing the old one proves it is them at the keyboard."""

from typing import Annotated

import msgspec
from msgspec import Meta

from answerback.storage.connection import Pool
from answerback.storage.rate_limits import count_hit, forget
from answerback.storage.users import get_password_hash, get_user
from answerback.usecases.change_user import UserChanges, change_user
from answerback.usecases.create_user import Password
from answerback.usecases.passwords import password_problem, verify_password
from answerback.usecases.refusals import Conflict, FieldProblem, Invalid, NotFound, invalid
from answerback.usecases.sign_in import TRIES_PER_ACCOUNT, TooManyTries


class PasswordChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The password as it is, and as it shall be."""

    current_password: Annotated[str, Meta(max_length=1024)]
    new_password: Password


async def change_password(
    pool: Pool, user_id: int, change: PasswordChange, *, keep_session: bytes | None
) -> Invalid | NotFound | Conflict | TooManyTries | None:
    """Ends every other session. Guessing the old one is slowed as signing in is."""
    key = f"password {user_id}"
    tries, ends = await count_hit(pool, key)
    if tries > TRIES_PER_ACCOUNT:
        return TooManyTries(ends)
    user = await get_user(pool, user_id)
    if user is None:
        return NotFound(f"user {user_id}")
    if not await verify_password(await get_password_hash(pool, user_id), change.current_password):
        return invalid("current_password", "is not your password", "Enter the one you signed in with.")
    await forget(pool, key)
    problem = password_problem(change.new_password, user.email, "new_password")
    if problem is not None:
        return Invalid((problem,))
    if change.new_password == change.current_password:
        same = FieldProblem("new_password", "is the one you have", "Choose another one.")
        return Invalid((same,))
    changes = UserChanges(password=change.new_password)
    result = await change_user(pool, user_id, changes, user_id, keep_session=keep_session)
    return result if isinstance(result, Invalid | NotFound | Conflict) else None
