"""JSON Schema as OpenAPI 3.1 has it, turned into what OpenAPI 2.0 can say.

Unions are the loss: `or null` becomes the mark `x-nullable`, several kinds become any value at all. Checks of the API
itself stay as strict as they are.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from answerback.web.connector.titles import CONTEXT, NEEDED, described, title_of

REFERENCE: Final = "#/components/schemas/"
DEFINITION: Final = "#/definitions/"
KEPT: Final = frozenset({"type", "format", "description", "enum", "pattern", "minimum", "maximum"})
BOUNDS: Final = frozenset({"minLength", "maxLength", "minItems", "maxItems", "maxProperties"})
Schema = dict[str, Any]


def older_definitions(shapes: Mapping[str, Schema], wanted: Iterator[str]) -> dict[str, Schema]:
    """The named shapes with all that they refer to, by name."""
    waiting = sorted(set(wanted))
    found: dict[str, Schema] = {}
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = _older_shape(name, shapes[name])
            waiting += names_in(found[name])
    return dict(sorted(found.items()))


def names_in(part: Any) -> list[str]:
    """What it refers to."""
    if isinstance(part, list):
        return [name for inner in part for name in names_in(inner)]
    if not isinstance(part, dict):
        return []
    here = [part["$ref"].removeprefix(DEFINITION)] if isinstance(part.get("$ref"), str) else []
    return here + [name for inner in part.values() for name in names_in(inner)]


def older(schema: Schema) -> Schema:
    """One schema. A reference stands alone: what is beside it would not be read."""
    if "$ref" in schema:
        return {"$ref": DEFINITION + schema["$ref"].removeprefix(REFERENCE)}
    choices = [choice for choice in schema.get("anyOf", []) if choice != {"type": "null"}]
    if len(choices) == 1:
        inner = older({**{key: value for key, value in schema.items() if key != "anyOf"}, **choices[0]})
        return inner if "$ref" in inner else {**inner, "x-nullable": True}
    kept = {key: value for key, value in schema.items() if key in KEPT | BOUNDS}
    if "description" in kept:
        kept["description"] = " ".join(kept["description"].split())
    if "enum" in kept:
        kept["type"] = "string"
    if "const" in schema:
        kept |= {"type": "string", "enum": [schema["const"]]}
    if isinstance(schema.get("default"), str | int) and schema["default"] != "":
        kept["default"] = schema["default"]
    if "items" in schema:
        kept["items"] = older(schema["items"])
    if isinstance(schema.get("additionalProperties"), dict):
        kept["additionalProperties"] = older(schema["additionalProperties"])
    return kept


def _older_shape(name: str, shape: Schema) -> Schema:
    kept = older(shape)
    kept["properties"] = {
        field: _named(name, field, older(inner)) for field, inner in shape.get("properties", {}).items()
    }
    needed = NEEDED.get(name) or shape.get("required")
    if needed:
        kept["required"] = list(needed)
    if "contextitems" in kept["properties"]:
        boxes = {field: _named("Context", field, {"type": "string"}) for field in CONTEXT}
        kept["properties"]["contextitems"] |= {"properties": boxes}
    return kept


def _named(shape: str, field: str, schema: Schema) -> Schema:
    """With the title that people see beside the box."""
    if "$ref" in schema:
        return schema
    said = described(shape, field) or schema.get("description", "")
    return {**schema, "x-ms-summary": title_of(shape, field), **({"description": said} if said else {})}
