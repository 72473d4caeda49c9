"""`answerback token`: makes tokens for the API."""

from typing import Literal

from cyclopts import App

from answerback.cli.errors import CommandError, refused
from answerback.cli.session import open_pool
from answerback.domain.access.permissions import Scope
from answerback.storage.users import find_by_email
from answerback.usecases.create_token import TokenDraft, create_token
from answerback.usecases.refusals import Invalid

ScopeName = Literal["read", "write", "messages:send", "admin"]  # the values of Scope, as they are typed
token_app = App(name="token", help="Tokens for the API.")


@token_app.command
async def create(*, user: str, name: str, scope: list[ScopeName] | None = None) -> None:
    """Print a new token, once: it cannot be shown again.

    Parameters
    ----------
    user
        E-mail address of the user it acts for.
    name
        What it is for.
    scope
        What it is limited to: read, write, messages:send, admin. Repeat for several; none means all its user may do.
    """
    async with open_pool() as pool:
        found = await find_by_email(pool, user)
        if found is None:
            raise CommandError(f"Nobody signs in as {user}. Make them with: answerback user create --email {user} ...")
        draft = TokenDraft(name=name, scopes=[Scope(value) for value in scope or []])
        created = await create_token(pool, draft, found[0].id, actor_id=None)
    if isinstance(created, Invalid):
        raise refused(created)
    print(created.token)
