"""Passwords: argon2id, computed in a thread so that the event loop never waits; and what a password must be."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from answerback.usecases.refusals import FieldProblem

SHORTEST = 12
LONGEST = 256
# OWASP password storage cheat sheet: 19 MiB, 2 passes, 1 lane. About 25 ms, and 19 MiB while it runs.
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# So many at once; the others wait their turn, which bounds the memory.
THREADS = ThreadPoolExecutor(4, thread_name_prefix="argon2")
# Checked when the account is unknown, so that the answer takes as long as for a known one.
NOBODY = HASHER.hash("nobody has this password")
TOO_COMMON = frozenset({"password", "passwort", "answerback", "administrator", "qwertyuiop", "letmein", "welcome"})


async def hash_password(password: str) -> str:
    return await asyncio.get_running_loop().run_in_executor(THREADS, HASHER.hash, password)


async def verify_password(stored: str | None, password: str) -> bool:
    """Whether it is the stored one; takes the same time when nothing is stored."""
    loop = asyncio.get_running_loop()
    matches = await loop.run_in_executor(THREADS, _matches, stored or NOBODY, password)
    return matches and stored is not None


def needs_rehash(stored: str) -> bool:
    """Whether it was hashed with older parameters."""
    return HASHER.check_needs_rehash(stored)


def password_problem(password: str, email: str, field: str = "password") -> FieldProblem | None:
    """Length counts most (NIST SP 800-63B 5.1.1.2); no rules about kinds of characters."""
    if len(password) < SHORTEST:
        return FieldProblem(
            field,
            f"has {len(password)} characters; at least {SHORTEST} are needed",
            "Use a longer one. Several unrelated words are easy to remember and hard to guess.",
        )
    if len(password) > LONGEST:
        return FieldProblem(field, f"is longer than {LONGEST} characters", "Use a shorter one.")
    plain = password.lower()
    if len(set(plain)) < 5 or email.lower() in plain or plain.strip("0123456789!.-_ ") in TOO_COMMON:
        return FieldProblem(
            field, "is too easy to guess", "Use one that is not your e-mail address, a common word or a repetition."
        )
    return None


def _matches(stored: str, password: str) -> bool:
    try:
        return HASHER.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False
