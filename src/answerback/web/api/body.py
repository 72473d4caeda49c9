"""Checks a request's body before its handler runs: strict types, no unknown fields, no characters PostgreSQL refuses.

The framework would convert "7" to 7 and answer 400 for everything; we answer 400 for what is not JSON and 422 for
what is JSON but does not fit, naming the field.
"""

import re
from functools import cache
from typing import Any

import msgspec
from litestar import Request
from litestar.enums import RequestEncodingType
from litestar.params import BodyKwarg

from answerback.web.api.errors import LEAVE_OUT, readable
from answerback.web.problems import ProblemError, field_error, problem_error

PATH = re.compile(r"^(?P<what>.*?)(?: - at `(?:key in )?\$(?P<path>.*)`)?$", re.DOTALL)
UNKNOWN = re.compile(r"Object contains unknown field `(.*)`", re.DOTALL)
MISSING = re.compile(r"Object missing required field `(.*)`", re.DOTALL)


async def check_body(request: Request[Any, Any, Any]) -> None:
    """Runs before every handler; the framework parses the body again into the same type."""
    if b"%00" in request.scope["query_string"]:
        raise problem_error("bad-request", 400, "The query contains a zero character. Leave it out.")
    parameter = request.route_handler.parsed_fn_signature.parameters.get("data")
    if parameter is None:
        return
    kind = parameter.kwarg_definition
    if isinstance(kind, BodyKwarg) and kind.media_type == RequestEncodingType.MULTI_PART:
        _need_content_type(request, "multipart/form-data")
        return
    body = await request.body()
    if not body and parameter.has_default:
        return
    _need_content_type(request, "application/json")
    _decode(body, parameter.annotation)


def _need_content_type(request: Request[Any, Any, Any], wanted: str) -> None:
    found = request.content_type[0]
    if found != wanted:
        raise problem_error("unsupported-media-type", 415, f"Send the body with the header Content-Type: {wanted}.")


def _decode(body: bytes, annotation: Any) -> None:
    try:
        value = _decoder(annotation).decode(body)
    except msgspec.ValidationError as error:
        raise explain(str(error)) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        detail = f"The body is not JSON: {error}. Send one JSON object."
        raise problem_error("bad-request", 400, detail) from error
    if rb"\u0000" in body:
        _refuse_zero_characters(msgspec.to_builtins(value), "")


@cache
def _decoder(annotation: Any) -> "msgspec.json.Decoder[Any]":
    return msgspec.json.Decoder(annotation)


def explain(message: str) -> ProblemError:
    """msgspec's sentence as a problem that names the field by its path."""
    found = PATH.match(message)
    assert found is not None  # the pattern matches anything
    what, path = found["what"], (found["path"] or "").removeprefix(".")
    if unknown := UNKNOWN.match(what):
        field = f"{path}.{unknown[1]}" if path else unknown[1]
        return field_error(field, "is not a field here", "Leave it out, or correct its name.")
    if missing := MISSING.match(what):
        field = f"{path}.{missing[1]}" if path else missing[1]
        return field_error(field, "is missing", "Add it.")
    return field_error(path or "body", readable(what), LEAVE_OUT)


def _refuse_zero_characters(value: Any, path: str) -> None:
    match value:
        case str():
            if "\x00" in value:
                raise field_error(path or "body", "contains a zero character", "Leave that character out.")
        case dict():
            for key, inner in value.items():
                _refuse_zero_characters(str(key), path)
                _refuse_zero_characters(inner, f"{path}.{key}" if path else str(key))
        case list():
            for index, inner in enumerate(value):
                _refuse_zero_characters(inner, f"{path}[{index}]")
