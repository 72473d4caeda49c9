"""Small corrections to what the framework writes about parameters and answers."""

from typing import Any

SUCCESS = {"200": "The result.", "201": "It was made.", "204": "Done; there is nothing to say."}


def describe_parameter(parameter: dict[str, Any]) -> dict[str, Any]:
    """A query parameter is left out or has a value; it is never null."""
    schema = {name: value for name, value in parameter["schema"].items() if name != "description"}
    choices = [choice for choice in schema.pop("oneOf", []) if choice != {"type": "null"}]
    if len(choices) == 1:
        schema = choices[0] | schema
    elif choices:
        schema["oneOf"] = choices
    kept = {name: parameter[name] for name in ("name", "in", "required", "description") if parameter.get(name)}
    return kept | {"schema": {name: _whole(value) for name, value in schema.items()}}


def describe_success(status: str, answer: dict[str, Any]) -> dict[str, Any]:
    """In our words; 204 has no content."""
    described = {**answer, "description": SUCCESS.get(status, answer["description"])}
    described.pop("headers", None)
    if status == "204":
        described.pop("content", None)
    return described


def _whole(value: Any) -> Any:
    """1.0 as 1."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
