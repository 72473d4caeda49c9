"""Turns whatever went wrong in a handler into a problem: our own refusals, the framework's, and surprises."""

import re
from typing import Any

import asyncpg
import structlog
from litestar import Request, Response
from litestar.exceptions import (
    ClientException,
    HTTPException,
    MethodNotAllowedException,
    NotFoundException,
    ValidationException,
)
from litestar.types import ExceptionHandlersMap

from answerback.storage.trouble import CLIENT_TROUBLE
from answerback.usecases.refusals import FieldProblem
from answerback.web.problems import MEDIA_TYPE, Problem, ProblemError, make_problem

log = structlog.get_logger(__name__)
DATABASE_AWAY = (*CLIENT_TROUBLE, asyncpg.PostgresConnectionError)
DATABASE_AWAY_STATES = (
    asyncpg.CannotConnectNowError,
    asyncpg.TooManyConnectionsError,
    asyncpg.OperatorInterventionError,
    asyncpg.TransactionRollbackError,  # two calls met: the next try passes
)
LEAVE_OUT = "Correct it as the API's description says (GET /api/v1/openapi.json)."
EXPECTED = re.compile(r"^Expected (.+)$")


def answer(problem: Problem, headers: dict[str, str] | None = None) -> Response[Problem]:
    return Response(problem, status_code=problem.status, media_type=MEDIA_TYPE, headers=headers)


def on_problem(_: Request[Any, Any, Any], error: ProblemError) -> Response[Problem]:
    return answer(error.problem, error.headers)


def on_validation(request: Request[Any, Any, Any], error: ValidationException) -> Response[Problem]:
    """Query, path and header values that do not fit; bodies are checked before (web/api/body.py)."""
    extra = error.extra if isinstance(error.extra, list) else []
    problems = tuple(
        FieldProblem(
            _name_outside(request, str(item.get("key", "request"))),
            readable(str(item.get("message", "cannot be used"))),
            LEAVE_OUT,
        )
        for item in extra
        if isinstance(item, dict)
    )
    if not problems:
        problems = (FieldProblem("request", str(error.detail), LEAVE_OUT),)
    named = ", ".join(problem.field for problem in problems)
    return answer(make_problem("validation-failed", 422, f"Nothing was changed. Look at: {named}.", problems))


def _name_outside(request: Request[Any, Any, Any], key: str) -> str:
    """What callers know the parameter as."""
    parameter = request.route_handler.parsed_fn_signature.parameters.get(key)
    return getattr(parameter.kwarg_definition, "name", None) or key if parameter is not None else key


def readable(message: str) -> str:
    """msgspec's "Expected `int`, got `str`" as the second half of a sentence."""
    plain = message.replace("`", "")
    return EXPECTED.sub(r"must be \1", plain)


def on_http(request: Request[Any, Any, Any], error: HTTPException) -> Response[Problem]:
    path = request.scope["path"]
    match error:
        case MethodNotAllowedException():
            problem = make_problem("method-not-allowed", 405, f"{request.method} is not possible on {path}.")
        case NotFoundException():
            detail = f"Nothing is at {path}. The addresses that exist are in /api/v1/openapi.json."
            problem = make_problem("not-found", 404, detail)
        case ClientException(status_code=413):
            problem = make_problem("payload-too-large", 413, "The request is too large. Send less at a time.")
        case ClientException():
            problem = make_problem("bad-request", 400, str(error.detail))
        case _:
            return on_surprise(request, error)
    return answer(problem, error.headers)


def on_surprise(request: Request[Any, Any, Any], error: Exception) -> Response[Problem]:
    """A database that is away is not our fault and passes; anything else is logged and says nothing of its insides."""
    if isinstance(error, DATABASE_AWAY + DATABASE_AWAY_STATES):
        log.warning("api_without_database", reason=type(error).__name__)
        detail = "The database does not answer at the moment. Nothing was lost; try again in a few seconds."
        return answer(make_problem("database-away", 503, detail), {"Retry-After": "3"})
    log.error("api_failed", method=request.method, route=request.route_handler.handler_name, exc_info=error)
    detail = "This is a fault of the server. It has been written to its log; tell your administrator if it stays."
    return answer(make_problem("internal", 500, detail))


HANDLERS: ExceptionHandlersMap = {
    ProblemError: on_problem,
    ValidationException: on_validation,
    HTTPException: on_http,
    Exception: on_surprise,
}
