"""Renders an OpenAPI document as one plain HTML page: readable without scripts and without the internet."""

from html import escape
from typing import Any

STYLE = """
:root{color-scheme:light dark;font:14px/20px system-ui,sans-serif}
body{max-width:60rem;margin:2rem auto;padding:0 1rem}
code,pre{font:13px/18px ui-monospace,monospace}
h1{font-size:20px}h2{font-size:16px;margin-top:2rem}
details{border:1px solid #8884;border-radius:6px;margin:4px 0;padding:4px 12px}
summary{cursor:pointer}summary b{display:inline-block;min-width:4.5rem}
table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;padding:4px 12px 4px 0}
pre{white-space:pre-wrap}
"""
METHODS = ("get", "post", "put", "patch", "delete")


def render_page(document: dict[str, Any]) -> str:
    info = document["info"]
    sections: dict[str, list[str]] = {}
    for path, operations in document["paths"].items():
        for method in METHODS:
            if method in operations:
                tag = (operations[method].get("tags") or ["Other"])[0]
                sections.setdefault(tag, []).append(_operation(method, path, operations[method]))
    body = "".join(f"<h2>{escape(tag)}</h2>{''.join(parts)}" for tag, parts in sections.items())
    schemas = "".join(_schema(name, schema) for name, schema in sorted(document["components"]["schemas"].items()))
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(info["title"])} API</title>'
        f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style>'
        f"<h1>{escape(info['title'])} API {escape(info['version'])}</h1>{_text(info.get('description', ''))}"
        f'<p>For machines: <a href="/api/v1/openapi.json">openapi.json</a> (OpenAPI 3.1)</p>'
        f"{body}<h2>Shapes</h2>{schemas}</html>"
    )


def _operation(method: str, path: str, operation: dict[str, Any]) -> str:
    content = operation.get("requestBody", {}).get("content", {})
    taken = "".join(f"<p>Body: {_type(media['schema'])}</p>" for media in content.values())
    parameters = "".join(
        f"<tr><td><code>{escape(item['name'])}</code><td>{escape(item['in'])}<td>{_type(item.get('schema', {}))}"
        f"<td>{escape(item.get('description') or '')}</tr>"
        for item in operation.get("parameters", [])
    )
    answers = "".join(
        f"<tr><td><code>{escape(status)}</code><td>{_answer_type(answer)}<td>{escape(answer['description'])}</tr>"
        for status, answer in operation.get("responses", {}).items()
    )
    return (
        f"<details id='{escape(operation['operationId'])}'>"
        f"<summary><b>{method.upper()}</b> <code>{escape(path)}</code> "
        f"{escape(operation.get('summary') or '')}</summary>{_text(operation.get('description') or '')}{taken}"
        f"<table>{parameters}</table><table>{answers}</table></details>"
    )


def _schema(name: str, schema: dict[str, Any]) -> str:
    required = set(schema.get("required", ()))
    rows = "".join(
        f"<tr><td><code>{escape(field)}</code>{'' if field in required else ' (optional)'}<td>{_type(inner)}"
        f"<td>{escape(inner.get('description') or '')}</tr>"
        for field, inner in schema.get("properties", {}).items()
    )
    return (
        f"<details id='{escape(name)}'><summary><code>{escape(name)}</code></summary>"
        f"{_text(schema.get('description') or '')}<table>{rows}</table></details>"
    )


def _answer_type(answer: dict[str, Any]) -> str:
    return " ".join(_type(media["schema"]) for media in answer.get("content", {}).values() if "schema" in media)


def _type(schema: dict[str, Any]) -> str:
    if not isinstance(schema, dict):  # true: any value
        return "any value"
    if "$ref" in schema:
        name = escape(schema["$ref"].rsplit("/", 1)[-1])
        return f"<a href='#{name}'>{name}</a>"
    for choice in ("oneOf", "anyOf"):
        if choice in schema:
            return " or ".join(_type(inner) for inner in schema[choice])
    if "enum" in schema:
        return " | ".join(f"<code>{escape(str(value))}</code>" for value in schema["enum"])
    if schema.get("type") == "array":
        return f"list of {_type(schema.get('items', {}))}"
    kind = schema.get("type", "any")
    return escape(" or ".join(kind) if isinstance(kind, list) else str(kind))


def _text(markdown: str) -> str:
    """Paragraphs and `code`; our descriptions use nothing else."""
    paragraphs = (escape(part).split("`") for part in markdown.split("\n\n") if part.strip())
    return "".join(
        "<p>" + "".join(f"<code>{bit}</code>" if odd % 2 else bit for odd, bit in enumerate(bits)) + "</p>"
        for bits in paragraphs
    )
