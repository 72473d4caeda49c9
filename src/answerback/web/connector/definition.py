"""The connector's OpenAPI 2.0 definition, made from the API's own description so that it cannot fall behind it.

https://learn.microsoft.com/connectors/custom-connectors/openapi-extensions and .../create-webhook-trigger
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from answerback import __version__
from answerback.web.connector.older_schema import DEFINITION, Schema, names_in, older, older_definitions
from answerback.web.connector.operations import ACTIONS, CHOICES, ROWS, TRIGGERS, Action, Trigger
from answerback.web.connector.titles import described, title_of

PREFIX: Final = "/api/v1"
DESCRIPTION: Final = (
    "Texts customers and acts on their answers: outbound messages, contacts, consent and flows of Answerback, the "
    "self-hosted SMS contact centre."
)
SUBSCRIBE, UNSUBSCRIBE = "subscribeTrigger", "unsubscribeTrigger"
REFUSED: Final = {
    "description": "It was refused: detail says why, errors which fields.",
    "schema": {"$ref": f"{DEFINITION}Problem"},
}

WHOLE_LIST: Final = {
    "name": "limit", "in": "query", "type": "integer", "required": True, "default": 200, "x-ms-summary": "Limit",
    "x-ms-visibility": "internal", "description": "How many at most.",
}  # fmt: skip
_ROW: Final = {"type": "object", "properties": {"id": {"type": "integer"}, "name": {"type": "string"}}}
LISTED: Final = {
    "description": "What there is to choose from.",
    "schema": {"type": "object", "properties": {"items": {"type": "array", "items": _ROW}}},
}


def make_definition(description: Mapping[str, Any], public_url: str) -> dict[str, Any]:
    """`description` is the API's in OpenAPI 3.1; `public_url` where this centre is reached from outside."""
    calls = _calls(description)
    paths: dict[str, dict[str, Any]] = {}
    for action in ACTIONS:
        path, method, call = calls[action.call]
        paths.setdefault(path, {})[method] = _operation(action, call)
    for trigger in TRIGGERS:
        path, method, call = calls[SUBSCRIBE]
        paths[path.replace("{type_name}", trigger.type.value)] = _subscription(trigger, method, call)
    path, method, call = calls[UNSUBSCRIBE]
    ending = Action(UNSUBSCRIBE, "Unsubscribe", "End a trigger", "Ends what a trigger was subscribed to.", "internal")
    paths[path] = {method: _operation(ending, call)}
    shapes = description["components"]["schemas"]
    definitions = older_definitions(shapes, iter(_wanted(paths)))
    for (shape, field), choice in CHOICES.items():
        if shape in definitions:
            definitions[shape]["properties"][field] |= choice.marks()
    return _head(public_url) | {"paths": paths, "definitions": definitions}


def _head(public_url: str) -> dict[str, Any]:
    address = urlsplit(public_url)
    key = {"type": "apiKey", "in": "header", "name": "Authorization"}
    return {
        "swagger": "2.0",
        "info": {"title": "Answerback", "description": DESCRIPTION, "version": __version__},
        "host": address.netloc,
        "basePath": address.path.rstrip("/") + PREFIX,
        "schemes": [address.scheme],
        "consumes": ["application/json"],
        "produces": ["application/json"],
        "securityDefinitions": {"api_key": key},
        "security": [{"api_key": []}],
        "x-ms-connector-metadata": [
            {"propertyName": "Website", "propertyValue": public_url},
            {"propertyName": "Categories", "propertyValue": "Communication;Marketing"},
        ],
    }


def _calls(description: Mapping[str, Any]) -> dict[str, tuple[str, str, dict[str, Any]]]:
    """By our operation: its path below the prefix, its method, and what is said of it."""
    return {
        call["operationId"]: (path.removeprefix(PREFIX).rstrip("/"), method, call)
        for path, methods in description["paths"].items()
        for method, call in methods.items()
        if isinstance(call, dict) and "operationId" in call
    }


def _operation(action: Action, call: Mapping[str, Any]) -> dict[str, Any]:
    fills = action.name in {choice.action for choice in CHOICES.values()}
    made: dict[str, Any] = {
        "operationId": action.name,
        "summary": action.summary,
        "description": action.description,
        "parameters": [WHOLE_LIST] if fills else list(_parameters(call)),
        "responses": {"200": LISTED} if fills else _responses(call),
    }
    return made | ({"x-ms-visibility": action.visibility} if action.visibility else {})


def _parameters(call: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for parameter in call.get("parameters", []):
        name, place = parameter["name"], parameter["in"]
        if place == "query" or name == "type_name":
            continue
        made: dict[str, Any] = {"name": name, "in": place, "required": parameter.get("required", False)}
        made |= {key: value for key, value in older(parameter["schema"]).items() if key != "x-nullable"}
        made |= {"x-ms-summary": title_of("Parameter", name), "description": described("Parameter", name)}
        made |= CHOICES["Parameter", name].marks() if ("Parameter", name) in CHOICES else {}
        made |= {"x-ms-url-encoding": "single"} if place == "path" else {"x-ms-visibility": "advanced"}
        yield made
    if "requestBody" in call:
        schema = older(call["requestBody"]["content"]["application/json"]["schema"])
        yield {"name": "body", "in": "body", "required": True, "schema": schema}


def _responses(call: Mapping[str, Any]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for status, answer in call["responses"].items():
        if status.startswith("2"):
            shape = answer.get("content", {}).get("application/json", {}).get("schema")
            made[status] = {"description": answer["description"]} | ({"schema": older(shape)} if shape else {})
    return made | {"default": REFUSED}


def _subscription(trigger: Trigger, method: str, call: Mapping[str, Any]) -> dict[str, Any]:
    answers = _responses(call)
    location = {"type": "string", "description": "Where the platform ends the subscription."}
    answers["201"]["headers"] = {"Location": location}
    # Written out, not by reference: the platform looks for its mark in the body's own schema.
    address = {
        "type": "string",
        "x-ms-notification-url": True,
        "x-ms-visibility": "internal",
        "x-ms-summary": title_of("TriggerDraft", "url"),
        "description": described("TriggerDraft", "url"),
    }
    body = {"type": "object", "required": ["url"], "properties": {"url": address}}
    made = {
        "operationId": trigger.name,
        "summary": trigger.summary,
        "description": trigger.description,
        "x-ms-trigger": "single",
        "x-ms-trigger-hint": trigger.hint,
        "parameters": [{"name": "body", "in": "body", "required": True, "schema": body}],
        "responses": answers,
    }
    return {"x-ms-notification-content": _news(trigger), method: made}


def _news(trigger: Trigger) -> dict[str, Any]:
    """The call that brings the news; usecases/webhook_body.py writes it."""
    event = {"type": "integer", "x-ms-summary": "Event ID", "description": "The same for a call made again."}
    rows: dict[str, Schema] = {name: {"$ref": DEFINITION + ROWS[name]} for name in trigger.tells}
    if "outbound_message" in rows:
        rows["outcome"] = {"type": "string", "x-ms-summary": "Outcome", "description": "What became of the text."}
    told = {
        "type": {"type": "string", "x-ms-summary": "Type", "description": trigger.type.value},
        "timestamp": {"type": "string", "format": "date-time", "x-ms-summary": "Happened At"},
        "data": {"type": "object", "properties": {"event_id": event, **rows}},
    }
    return {"description": trigger.description, "schema": {"type": "object", "properties": told}}


def _wanted(paths: Mapping[str, Any]) -> list[str]:
    return names_in(paths)
