"""`answerback user`: makes people, above all the first administrator."""

import getpass
import sys

from cyclopts import App

from answerback.cli.errors import CommandError, refused
from answerback.cli.session import open_pool
from answerback.usecases.create_user import Role, UserDraft, create_user
from answerback.usecases.refusals import Conflict, Invalid

user_app = App(name="user", help="People who may sign in.")


@user_app.command
async def create(*, email: str, role: Role, name: str | None = None, password_stdin: bool = False) -> None:
    """Add a person; works while `serve` is running, too.

    Parameters
    ----------
    email
        What they sign in with.
    role
        What they may do.
    name
        Shown to colleagues; without it the part of the address before the @.
    password_stdin
        Read the password from standard input instead of asking for it.
    """
    draft = UserDraft(email=email, name=name or email.partition("@")[0], role=role, password=_read(password_stdin))
    async with open_pool() as pool:
        created = await create_user(pool, draft, actor_id=None)
    if isinstance(created, Invalid | Conflict):
        raise refused(created)
    print(f"Created {created.role} {created.email}.")


def _read(from_input: bool) -> str:
    if from_input:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise CommandError("No terminal to ask for the password. Pipe it in and add --password-stdin.")
    first = getpass.getpass("Password: ")
    if getpass.getpass("Again: ") != first:
        raise CommandError("The two passwords differ. Try again.")
    return first
