"""API tokens."""

import msgspec
from litestar import Controller, delete, get, post
from litestar.params import JSONBody

from answerback.domain.access.permissions import Permission
from answerback.storage.tokens import Token, list_tokens
from answerback.usecases.create_token import NewToken, TokenDraft, create_token, remove_token
from answerback.web.api.paging import FIRST_LIMIT, Cursor, Id, Limit, after_id, cut
from answerback.web.api.services import Caller, Given
from answerback.web.problems import granted


class TokenPage(msgspec.Struct, frozen=True):
    items: list[Token]
    next_cursor: str | None


class TokenController(Controller):
    path = "/api/v1/tokens"
    tags = ("API tokens",)

    @get("/", operation_id="listTokens", summary="List API tokens", access=Permission.MANAGE_TOKENS)
    async def list_all(self, services: Given, cursor: Cursor = None, limit: Limit = FIRST_LIMIT) -> TokenPage:
        """Every token that still works, without its secret."""
        rows = await list_tokens(services.pool, after_id(cursor), limit + 1)
        return TokenPage(*cut(rows, limit, lambda token: (token.id,)))

    @post("/", operation_id="createToken", summary="Make an API token", access=Permission.MANAGE_TOKENS)
    async def create(self, services: Given, caller: Caller, data: JSONBody[TokenDraft]) -> NewToken:
        """The secret is in this answer and nowhere else: keep it now."""
        owner = data.user_id if data.user_id is not None else caller.user_id
        return granted(await create_token(services.pool, data, owner, caller.user_id))

    @delete(
        "/{token_id:int}", operation_id="revokeToken", summary="Revoke an API token", access=Permission.MANAGE_TOKENS
    )
    async def remove(self, services: Given, caller: Caller, token_id: Id) -> None:
        """It opens nothing from now on."""
        granted(await remove_token(services.pool, token_id, caller.user_id))
