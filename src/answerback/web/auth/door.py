"""The REST API's doorkeeper: finds out who calls, refuses forged browser calls, and holds routes to their permission.

A route says `access=`: a Permission, SIGNED_IN or ANYONE. One that says nothing opens for nobody.
"""

import hmac
from typing import Final

from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send

from answerback.domain.access.permissions import Permission
from answerback.usecases.refusals import FieldProblem
from answerback.web.auth.identify import Identify
from answerback.web.auth.identity import Identity
from answerback.web.problems import ProblemError, make_problem, problem_error

ANYONE: Final = "anyone"
SIGNED_IN: Final = "signed_in"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
CSRF_HEADER = b"x-csrf-token"


class Doorkeeper(ASGIMiddleware):
    """Leaves the Identity (or None) in `scope["user"]`."""

    scopes = (ScopeType.HTTP,)

    def __init__(self, identify: Identify) -> None:
        self._identify = identify

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        method = str(scope.get("method", "GET"))
        identity = await self._identify(scope["headers"])
        scope["user"] = identity
        access = scope["route_handler"].opt.get("access")
        if method != "OPTIONS" and access != ANYONE:
            check_access(identity, access, dict(scope["headers"]), safe=method in SAFE_METHODS)
        await next_app(scope, receive, send)


def check_access(identity: Identity | None, access: object, headers: dict[bytes, bytes], *, safe: bool) -> None:
    """Raises 401 or 403."""
    if identity is None:
        raise unauthenticated()
    if identity.via == "session" and not safe:
        _check_csrf(identity, headers)
    permission = access if isinstance(access, Permission) else None
    if permission is None and access != SIGNED_IN:
        raise problem_error("forbidden", 403, "This address is not open to anybody.")
    if not identity.may(permission, safe=safe):
        raise forbidden(identity, permission)


def unauthenticated() -> ProblemError:
    detail = (
        "Sign in with POST /api/v1/session, or send an API token: Authorization: Bearer ab_... "
        "If you did, it has expired or was revoked."
    )
    return ProblemError(make_problem("unauthenticated", 401, detail), {"WWW-Authenticate": "Bearer"})


def forbidden(identity: Identity, permission: Permission | None) -> ProblemError:
    if permission is Permission.START_CONVERSATION and permission not in identity.permissions:
        detail = (
            "You may answer customers, but not text one who did not write first. An administrator can allow it to you "
            f"under Settings, Users (the permission {permission.value}, which the role {identity.role} does not have)."
        )
    elif permission is not None and permission not in identity.permissions:
        detail = (
            f"It needs the permission {permission.value}, which the role {identity.role} does not have. "
            "Ask an administrator."
        )
    else:
        held = ", ".join(sorted(identity.scopes))
        detail = f"This token is limited to: {held}. Use a token with a wider scope."
    return problem_error("forbidden", 403, detail)


def _check_csrf(identity: Identity, headers: dict[bytes, bytes]) -> None:
    sent = headers.get(CSRF_HEADER, b"")
    if not hmac.compare_digest(sent, identity.csrf_token.encode()):
        way_out = "Send the csrf_token that POST or GET /api/v1/session gave, in the header X-CSRF-Token."
        problem = FieldProblem("X-CSRF-Token", "is missing or wrong", way_out)
        raise problem_error("forbidden", 403, "Nothing was changed: the call may be forged.", (problem,))
