"""Adds to each described operation the problems it may answer with, which the framework cannot know."""

from typing import Any

from answerback.web.problems import MEDIA_TYPE

WORDS = {
    400: "The request cannot be read: not JSON, or a broken query.",
    401: "Nobody is signed in, or the session or token has ended.",
    403: "The role or the token's scope does not allow it, or the CSRF token is missing.",
    404: "There is no such thing.",
    409: "It conflicts with what exists: `conflict`, `in-use`, `illegal-move` or `idempotency-conflict`.",
    413: "The request is too large.",
    415: "The body's content type is not the one asked for.",
    422: "Some values cannot be used; `errors` names the fields. Or it is refused: `send-refused`, `call-refused`.",
    429: "Too many tries; the header `Retry-After` says how many seconds to wait.",
    502: "The provider could not be asked, or refused.",
    503: "The database is away for a moment; the header `Retry-After` says how many seconds to wait.",
}


def problem_answers(method: str, operation: dict[str, Any], opt: dict[str, Any]) -> dict[str, Any]:
    """Status to answer, for an operation with this method and these options."""
    statuses = {400, 401, 422, 503}
    parameters = operation.get("parameters", [])
    if opt.get("access") != "anyone":
        statuses |= {403}
    else:
        statuses |= {429}
    if any(parameter["in"] == "path" for parameter in parameters):
        statuses |= {404}
    if method != "get":
        statuses |= {409}
    if "requestBody" in operation:
        statuses |= {413, 415}
    if opt.get("asks_provider"):
        statuses |= {502}
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        str(status): {"description": WORDS[status], "content": {MEDIA_TYPE: {"schema": schema}}}
        for status in sorted(statuses)
    }
