"""Makes and revokes API tokens. The secret is given once, when it is made. Also run by the command line."""

from typing import Annotated

import msgspec
from msgspec import Meta

from answerback.domain.access.permissions import Scope
from answerback.storage.connection import Pool
from answerback.storage.events import NewEvent
from answerback.storage.tokens import Token, insert_token, revoke_token
from answerback.storage.users import get_user
from answerback.usecases.audit import record
from answerback.usecases.bearer import hash_secret, make_token
from answerback.usecases.create_user import name_problem
from answerback.usecases.refusals import Invalid, NotFound, invalid


class TokenDraft(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A token to make. Without `user_id` it is the caller's; without scopes it may do all its user may."""

    name: Annotated[str, Meta(min_length=1, max_length=200, description="What it is for.", examples=["CRM import"])]
    scopes: list[Scope] = []
    user_id: Annotated[int, Meta(ge=1, le=2**53)] | None = None


class NewToken(Token, frozen=True):
    """The token with its secret, which cannot be shown again."""

    token: str


async def create_token(pool: Pool, draft: TokenDraft, user_id: int, actor_id: int | None) -> NewToken | Invalid:
    """A token that acts as user `user_id`, whatever the draft names."""
    problem = name_problem(draft.name)
    if problem is not None:
        return Invalid((problem,))
    secret = make_token()
    async with pool.acquire() as connection, connection.transaction():
        user = await get_user(connection, user_id)
        if user is None or not user.active:
            return invalid("user_id", "is not an active user", "Choose one from GET /api/v1/users.")
        scopes = [str(scope) for scope in dict.fromkeys(draft.scopes)]
        token = await insert_token(connection, user_id, draft.name.strip(), hash_secret(secret), scopes=scopes)
        data = {"id": token.id, "name": token.name, "scopes": scopes}
        await record(connection, NewEvent("TokenCreated", actor_id=actor_id, user_id=user_id, data=data))
    return NewToken(**msgspec.structs.asdict(token), token=secret)


async def remove_token(pool: Pool, token_id: int, actor_id: int) -> NotFound | None:
    """It opens nothing from now on."""
    async with pool.acquire() as connection, connection.transaction():
        token = await revoke_token(connection, token_id)
        if token is None:
            return NotFound(f"token {token_id}")
        data = {"id": token.id, "name": token.name}
        await record(connection, NewEvent("TokenRevoked", actor_id=actor_id, user_id=token.user_id, data=data))
    return None
