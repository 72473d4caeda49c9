"""Signing in, who am I, signing out: the browser's session."""

import math
from datetime import UTC, datetime
from typing import Annotated, Any

import msgspec
from litestar import Controller, Request, Response, delete, get, post, put
from litestar.datastructures import Cookie
from litestar.params import JSONBody
from msgspec import Meta

from answerback.domain.access.permissions import permissions_of
from answerback.storage.users import User, get_user
from answerback.usecases.change_password import PasswordChange, change_password
from answerback.usecases.change_user import UserChanges, change_user
from answerback.usecases.create_user import CallAddress
from answerback.usecases.refusals import FieldProblem
from answerback.usecases.sign_in import Attempt, SignedIn, TooManyTries, WrongCredentials, sign_in, sign_out
from answerback.web.api.services import Caller, Given, Services
from answerback.web.auth.door import ANYONE, SIGNED_IN, unauthenticated
from answerback.web.auth.identify import SESSION_COOKIE
from answerback.web.problems import ProblemError, granted, make_problem

COOKIE_SECONDS = 30 * 24 * 3600


class SignIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a person signs in with."""

    email: Annotated[str, Meta(max_length=254, examples=["ana@example.org"])]
    password: Annotated[str, Meta(max_length=1024)]


class SessionUser(msgspec.Struct, frozen=True):
    """The signed-in user and what they may do."""

    id: int
    email: str
    name: str
    role: str
    permissions: list[str]
    call_address: str = ""


class CallAddressChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One's own phone or SIP address; empty for none."""

    call_address: CallAddress


class Session(msgspec.Struct, frozen=True):
    """Send `csrf_token` in the header X-CSRF-Token with every call that changes something."""

    user: SessionUser
    csrf_token: str


class SessionController(Controller):
    path = "/api/v1/session"
    tags = ("Session",)

    @post("/", operation_id="signIn", summary="Sign in", access=ANYONE)
    async def sign_in(
        self, services: Given, request: Request[Any, Any, Any], data: JSONBody[SignIn]
    ) -> Response[Session]:
        """Starts a session and sets its cookie. After ten wrong tries in a quarter of an hour an account must wait."""
        attempt = Attempt(
            data.email,
            data.password,
            address=request.client.host if request.client else "",
            user_agent=request.headers.get("user-agent", ""),
        )
        match await sign_in(services.pool, attempt):
            case SignedIn() as signed_in:
                session = Session(_session_user(signed_in.user), signed_in.csrf_token)
                return Response(session, status_code=201, cookies=[_cookie(services, signed_in.cookie)])
            case TooManyTries(until):
                raise _too_many(until)
            case WrongCredentials():
                raise _wrong()

    @get("/", operation_id="getSession", summary="Who is signed in", access=SIGNED_IN)
    async def read(self, services: Given, caller: Caller) -> Session:
        """The caller, with the CSRF token of their session (empty for API tokens)."""
        user = await get_user(services.pool, caller.user_id)
        if user is None:
            raise unauthenticated()
        return Session(_session_user(user), caller.csrf_token)

    @delete("/", operation_id="signOut", summary="Sign out", access=SIGNED_IN, status_code=204)
    async def sign_out(self, services: Given, caller: Caller) -> Response[None]:
        """Ends this session and takes its cookie back."""
        if caller.session_hash is not None:
            await sign_out(services.pool, caller.session_hash)
        return Response(None, status_code=204, cookies=[_cookie(services, "", max_age=0)])


class PasswordController(Controller):
    path = "/api/v1/me/password"
    tags = ("Session",)

    @put("/", operation_id="changePassword", summary="Change one's password", access=SIGNED_IN, status_code=204)
    async def change(self, services: Given, caller: Caller, data: JSONBody[PasswordChange]) -> None:
        """Ends every other session of the caller."""
        outcome = await change_password(services.pool, caller.user_id, data, keep_session=caller.session_hash)
        if isinstance(outcome, TooManyTries):
            raise _too_many(outcome.until)
        granted(outcome)


class CallAddressController(Controller):
    path = "/api/v1/me/call-address"
    tags = ("Session",)

    @put("/", operation_id="changeCallAddress", summary="Change one's own phone", access=SIGNED_IN)
    async def change(self, services: Given, caller: Caller, data: JSONBody[CallAddressChange]) -> SessionUser:
        """It is rung first when the caller calls a customer; customers never see it."""
        changes = UserChanges(call_address=data.call_address)
        return _session_user(granted(await change_user(services.pool, caller.user_id, changes, caller.user_id)))


def _session_user(user: User) -> SessionUser:
    permissions = sorted(permission.value for permission in permissions_of(user.role, user.granted))
    return SessionUser(user.id, user.email, user.name, user.role, permissions, user.call_address)


def _cookie(services: Services, value: str, max_age: int = COOKIE_SECONDS) -> Cookie:
    return Cookie(
        key=SESSION_COOKIE,
        value=value,
        max_age=max_age,
        path="/",
        httponly=True,
        samesite="lax",
        secure=services.public_url.startswith("https://"),
    )


def _wrong() -> ProblemError:
    problem = FieldProblem(
        "password",
        "does not match this e-mail address, or the account may not sign in",
        "Try again, or ask an administrator for a new password.",
    )
    return ProblemError(make_problem("unauthenticated", 401, "E-mail address and password do not match.", (problem,)))


def _too_many(until: datetime) -> ProblemError:
    seconds = max(1, math.ceil((until - datetime.now(UTC)).total_seconds()))
    detail = f"There were too many tries. Wait {seconds} seconds, then try again."
    problem = FieldProblem("password", "has been tried too often", f"Wait {seconds} seconds.")
    return ProblemError(make_problem("rate-limited", 429, detail, (problem,)), {"Retry-After": str(seconds)})
