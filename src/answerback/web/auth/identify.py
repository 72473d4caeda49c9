"""Finds out who a call comes from; shared by the REST API and the live stream. Says nothing about what they may do."""

from collections.abc import Iterable
from http.cookies import CookieError, SimpleCookie

from answerback.storage.connection import Pool
from answerback.storage.sessions import open_session
from answerback.storage.tokens import open_token
from answerback.usecases.bearer import TOKEN_PREFIX, hash_secret
from answerback.web.auth.identity import Identity

SESSION_COOKIE = "answerback_session"

Headers = Iterable[tuple[bytes, bytes]]


class Identify:
    """Asks the database each time, so that a removed user, session or token counts no more at once."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def __call__(self, headers: Headers) -> Identity | None:
        """The user of a bearer token, else of a session cookie; None when there is neither or it is not valid."""
        values = {name.lower(): value.decode("latin-1") for name, value in headers}
        authorization = values.get(b"authorization")
        if authorization is not None:
            return await self._by_token(authorization)
        cookie = read_session_cookie(values.get(b"cookie", ""))
        return await self._by_session(cookie) if cookie else None

    async def _by_token(self, authorization: str) -> Identity | None:
        scheme, _, token = authorization.partition(" ")
        token = token.strip()
        if scheme.lower() != "bearer" or not token.startswith(TOKEN_PREFIX):
            return None
        user = await open_token(self._pool, hash_secret(token))
        if user is None:
            return None
        return Identity(
            user.user_id, user.name, user.role, "token", scopes=frozenset(user.scopes), granted=tuple(user.granted)
        )

    async def _by_session(self, cookie: str) -> Identity | None:
        token_hash = hash_secret(cookie)
        user = await open_session(self._pool, token_hash)
        if user is None:
            return None
        return Identity(
            user.user_id,
            user.name,
            user.role,
            "session",
            csrf_token=user.csrf_token,
            session_hash=token_hash,
            granted=tuple(user.granted),
        )


def read_session_cookie(header: str) -> str | None:
    try:
        morsel = SimpleCookie(header).get(SESSION_COOKIE)
    except CookieError:
        return None
    return morsel.value if morsel else None
