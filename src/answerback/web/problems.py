"""Errors as RFC 9457 problem details: each says what happened and, field by field, what to do. Never a stack trace."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import UNSET, Meta, UnsetType

from answerback.usecases.refusals import Conflict, FieldProblem, InUse, Invalid, NotFound, ProviderRefused

BASE = "https://answerback.dev/problems/"
MEDIA_TYPE = "application/problem+json"
TITLES = {
    "bad-request": "The request cannot be read",
    "unauthenticated": "Nobody is signed in",
    "forbidden": "You may not do this",
    "not-found": "There is no such thing",
    "method-not-allowed": "This address does not take that method",
    "conflict": "This conflicts with what exists",
    "illegal-move": "The conversation cannot do that now",
    "idempotency-conflict": "The idempotency key was used for another call",
    "in-use": "It is still in use",
    "payload-too-large": "The request is too large",
    "unsupported-media-type": "The content type is not supported",
    "validation-failed": "Some values cannot be used",
    "send-refused": "The text was not sent",
    "call-refused": "The call was not placed",
    "rate-limited": "Too many tries",
    "provider-refused": "The provider refused",
    "database-away": "The database is away",
    "internal": "Something went wrong here",
}


class FieldError(msgspec.Struct, frozen=True):
    """What is wrong with one field and what to do about it."""

    field: Annotated[str, Meta(description="Path of the field, such as `members[2]`.", examples=["name"])]
    problem: Annotated[str, Meta(examples=["is empty"])]
    way_out: Annotated[str, Meta(examples=["Give a name people will recognise."])]


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """RFC 9457 problem details. `type` is stable; the words may become better."""

    type: Annotated[str, Meta(examples=[BASE + "validation-failed"])]
    title: str
    status: int
    detail: str
    errors: list[FieldError] | UnsetType = UNSET
    # Of `send-refused` and `call-refused`: why; of a text also until when, and the text as it was kept.
    reason: str | UnsetType = UNSET
    sentence: str | UnsetType = UNSET
    until: datetime | UnsetType | None = UNSET
    message: Any | UnsetType = UNSET


class ProblemError(Exception):
    """Raised by handlers to answer with a problem."""

    def __init__(self, problem: Problem, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(problem.detail)
        self.problem = problem
        self.headers = dict(headers or {})


def make_problem(slug: str, status: int, detail: str, errors: tuple[FieldProblem, ...] = ()) -> Problem:
    return Problem(
        type=BASE + slug,
        title=TITLES[slug],
        status=status,
        detail=detail,
        errors=[FieldError(error.field, error.problem, error.way_out) for error in errors] if errors else UNSET,
    )


def problem_error(slug: str, status: int, detail: str, errors: tuple[FieldProblem, ...] = ()) -> ProblemError:
    return ProblemError(make_problem(slug, status, detail, errors))


def field_error(field: str, problem: str, way_out: str) -> ProblemError:
    """422 for one field."""
    return refuse(Invalid((FieldProblem(field, problem, way_out),)))


def not_found(what: str) -> ProblemError:
    return refuse(NotFound(what))


T = TypeVar("T")


def granted(outcome: T | Invalid | NotFound | Conflict | InUse | ProviderRefused) -> T:
    """What the use case gave, or its refusal raised as the problem it is."""
    if isinstance(outcome, Invalid | NotFound | Conflict | InUse | ProviderRefused):
        raise refuse(outcome)
    return outcome


def refuse(refusal: Invalid | NotFound | Conflict | InUse | ProviderRefused) -> ProblemError:
    match refusal:
        case Invalid(problems):
            named = ", ".join(dict.fromkeys(problem.field for problem in problems))
            return problem_error("validation-failed", 422, f"Nothing was changed. Look at: {named}.", problems)
        case NotFound(what):
            return problem_error("not-found", 404, f"There is no {what}. It may have been removed: reload the list.")
        case Conflict(sentence, problems):
            return problem_error("conflict", 409, f"{sentence} Nothing was changed.", problems)
        case InUse(what, used_by, way_out):
            users = ", ".join(used_by)
            problem = FieldProblem("id", f"{what} is used by {users}", way_out)
            return problem_error("in-use", 409, f"{what} is used by {users}. {way_out}", (problem,))
        case ProviderRefused(sentence):
            return problem_error("provider-refused", 502, sentence)
