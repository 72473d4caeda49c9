"""Power Automate as far as a connector sees it: knows nothing but the definition, and does as that says."""

import asyncio
import copy
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import aiohttp
import jsonschema_rs
from aiohttp import web

Json = Any


@dataclass(slots=True)
class Flow:
    """A flow that waits at a trigger: where it ends its subscription, and what began it."""

    operation_id: str
    location: str
    content: Json
    began: asyncio.Queue[Json] = field(default_factory=asyncio.Queue)


@dataclass(slots=True)
class Platform:
    """With a connection: `key` is what the person typed into its box."""

    session: aiohttp.ClientSession
    definition: Json
    key: str
    callbacks: str = ""
    flows: dict[str, Flow] = field(default_factory=dict)

    async def act(self, operation_id: str, body: Json = None, **values: Any) -> Json:
        """Run an action; the answer has been held against its schema."""
        status, _, answer = await self._call(operation_id, body, values)
        responses = self._operation(operation_id)[2]["responses"]
        assert str(status) in responses, (status, answer)
        self.check(responses[str(status)].get("schema"), answer)
        return answer

    async def choose(self, operation_id: str, field_schema: Json, title: str) -> Json:
        """What a person picks in a list: the value whose title this is."""
        marks = field_schema["x-ms-dynamic-values"]
        assert marks["operationId"] == operation_id
        listed = await self.act(operation_id, **marks["parameters"])
        rows = listed[marks["value-collection"]]
        return next(row[marks["value-path"]] for row in rows if row[marks["value-title"]] == title)

    async def begin_with(self, trigger: str) -> Flow:
        """Turn a flow on: its trigger subscribes."""
        path, _, operation = self._operation(trigger)
        [body] = operation["parameters"]
        [name] = [name for name, one in body["schema"]["properties"].items() if one.get("x-ms-notification-url")]
        status, headers, answer = await self._call(trigger, {name: f"{self.callbacks}/{trigger}"}, {})
        assert status == 201, answer
        flow = Flow(trigger, headers["Location"], self.definition["paths"][path]["x-ms-notification-content"])
        self.flows[trigger] = flow
        return flow

    async def turn_off(self, flow: Flow) -> int:
        """Its subscription is ended where `Location` said; the status."""
        async with self.session.delete(flow.location, headers=self._headers()) as answer:
            return answer.status

    async def began(self, flow: Flow) -> Json:
        """What the flow was begun with, held against what the definition promised."""
        async with asyncio.timeout(30):
            told = await flow.began.get()
        self.check(flow.content["schema"], told)
        return told

    def check(self, schema: Json, value: Json) -> None:
        if schema is not None:
            whole = {**_nullable(schema), "definitions": _nullable(self.definition["definitions"])}
            jsonschema_rs.validate(whole, value)

    def _operation(self, operation_id: str) -> tuple[str, str, Json]:
        found = [
            (path, method, one)
            for path, methods in self.definition["paths"].items()
            for method, one in methods.items()
            if not method.startswith("x-") and one["operationId"] == operation_id
        ]
        assert len(found) == 1, operation_id
        return found[0]

    async def _call(self, operation_id: str, body: Json, values: dict[str, Any]) -> tuple[int, Any, Json]:
        path, method, operation = self._operation(operation_id)
        query, headers = {}, self._headers()
        for one in operation["parameters"]:
            value = values.get(one["name"], one.get("default"))
            assert value is not None or not one["required"] or one["in"] == "body", one["name"]
            if one["in"] == "path":
                path = path.replace(f"{{{one['name']}}}", quote(str(value), safe=""))
            elif one["in"] == "query":
                query[one["name"]] = str(value)
            elif one["in"] == "header" and value is not None:
                headers[one["name"]] = value
        assert "{" not in path
        self._check_input(operation, body)
        where = f"{self.definition['schemes'][0]}://{self.definition['host']}{self.definition['basePath']}{path}"
        url = aiohttp.client.URL(where, encoded=True).with_query(query)
        async with self.session.request(method, url, json=body, headers=headers) as answer:
            return answer.status, answer.headers, await answer.json(content_type=None) if answer.status != 204 else None

    def _check_input(self, operation: Json, body: Json) -> None:
        schemas = [one["schema"] for one in operation["parameters"] if one["in"] == "body"]
        assert bool(schemas) == (body is not None)
        for schema in schemas:
            self.check(schema, body)

    def _headers(self) -> dict[str, str]:
        (mark,) = self.definition["securityDefinitions"].values()
        return {mark["name"]: self.key}

    async def _take(self, request: web.Request) -> web.Response:
        self.flows[request.path.rpartition("/")[2]].began.put_nowait(await request.json())
        return web.Response(status=202)


def _nullable(part: Json) -> Json:
    """As JSON Schema says it. A reference cannot be marked in OpenAPI 2.0, so any of them may be null."""
    part = copy.copy(part)
    if isinstance(part, list):
        return [_nullable(inner) for inner in part]
    if not isinstance(part, dict):
        return part
    part = {name: _nullable(inner) for name, inner in part.items()}
    if part.pop("x-nullable", False) or isinstance(part.get("$ref"), str):
        return {"anyOf": [part, {"type": "null"}]}
    return part


@asynccontextmanager
async def platform(session: aiohttp.ClientSession, definition: Json, key: str) -> AsyncIterator[Platform]:
    """With an address of its own where news can be told."""
    one = Platform(session, definition, key)
    app = web.Application()
    app.router.add_post("/{flow}", one._take)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    one.callbacks = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield one
    finally:
        await runner.cleanup()
