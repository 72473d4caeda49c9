"""The shapes of bodies and answers as JSON Schema, from the library that reads and writes them.

The framework's own generator loses limits of optional fields and does not say that unknown fields are refused.
"""

from collections.abc import Iterable, Iterator
from typing import Any, get_args

import msgspec
from litestar.handlers import HTTPRouteHandler

from answerback.web.problems import Problem

REFERENCE = "#/components/schemas/{name}"


def describe_shapes(handlers: Iterable[HTTPRouteHandler]) -> dict[str, Any]:
    """Name to schema, for every struct that a handler takes or gives."""
    shapes: dict[type, None] = {Problem: None}
    for handler in handlers:
        signature = handler.parsed_fn_signature
        fields = [signature.return_type, *(p for p in [signature.parameters.get("data")] if p is not None)]
        for field in fields:
            shapes |= dict.fromkeys(_structs_in(field.annotation))
    _, components = msgspec.json.schema_components(tuple(shapes), ref_template=REFERENCE)
    return dict(components)


def _structs_in(annotation: Any) -> Iterator[type]:
    if isinstance(annotation, type) and issubclass(annotation, msgspec.Struct):
        yield annotation
    for inner in get_args(annotation):
        yield from _structs_in(inner)
