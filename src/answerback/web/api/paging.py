"""Cursors of lists: opaque outside, inside the sort key of the last row given. Rows added meanwhile shift no page."""

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import Annotated, Any, TypeVar

import msgspec
from litestar.params import Parameter

from answerback.web.problems import ProblemError, field_error

Limit = Annotated[int, Parameter(ge=1, le=200, description="How many at most.")]
Cursor = Annotated[
    str | None, Parameter(description="`next_cursor` of the page before; leave out for the first page.", max_length=500)
]
Id = Annotated[int, Parameter(ge=1, le=2**53, description="The id.")]
FIRST_LIMIT = 50

T = TypeVar("T")


def encode_cursor(*key: Any) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(key)).decode().rstrip("=")


def decode_cursor(cursor: str | None, kind: Any, first: Any) -> Any:
    """The key inside, a tuple type `kind`; `first` when there is no cursor."""
    if cursor is None:
        return first
    try:
        packed = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        return msgspec.json.decode(packed, type=kind)
    except (binascii.Error, msgspec.MsgspecError, ValueError) as error:
        raise bad_cursor() from error


def after_id(cursor: str | None) -> int:
    """For lists in order of id."""
    key: tuple[int] = decode_cursor(cursor, tuple[Annotated[int, msgspec.Meta(ge=0, le=2**53)]], (0,))
    return key[0]


def before_id(cursor: str | None) -> int:
    """For lists with the highest id first."""
    key: tuple[int] = decode_cursor(cursor, tuple[Annotated[int, msgspec.Meta(ge=0, le=2**53)]], (2**53,))
    return key[0]


def cut(rows: Sequence[T], limit: int, key: Callable[[T], tuple[Any, ...]]) -> tuple[list[T], str | None]:
    """`rows` were asked for with one more than `limit`: that one says whether there is a next page."""
    page = list(rows[:limit])
    return page, encode_cursor(*key(page[-1])) if len(rows) > limit else None


def bad_cursor() -> ProblemError:
    way_out = "Use next_cursor as the page before gave it, or leave it out to begin again."
    return field_error("cursor", "is not a cursor of this list", way_out)
