"""The OpenAPI 3.1 description of the API and a readable page of it. Everything comes from here: no outside scripts."""

from collections.abc import Iterator
from typing import Any

from litestar import Litestar, Request, Router, get
from litestar.handlers import HTTPRouteHandler
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.plugins import OpenAPIRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme
from litestar.routes import HTTPRoute

from answerback import __version__
from answerback.domain.access.permissions import Permission
from answerback.web.api.described_parts import describe_parameter, describe_success
from answerback.web.api.described_problems import problem_answers
from answerback.web.api.described_shapes import describe_shapes
from answerback.web.api.docs_page import render_page
from answerback.web.auth.door import ANYONE
from answerback.web.auth.identify import SESSION_COOKIE

ABOUT = """The REST API of Answerback, a self-hosted SMS contact centre.

Sign in with an API token (`Authorization: Bearer ab_...`) or, in a browser, with a session cookie and the header
`X-CSRF-Token` on calls that change something. Errors are `application/problem+json` with a stable `type`. Lists are
paged: pass `next_cursor` on as `cursor` until it is null. Calls marked so take an `Idempotency-Key`: the same call
with the same key has its effect once. Live changes come as server-sent events from `GET /api/v1/stream`."""
IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "A random text of yours, such as a UUID: repeating the call with it has no second effect.",
    "schema": {"type": "string", "maxLength": 200, "pattern": "^[!-~]+$"},
}


class DocsPage(OpenAPIRenderPlugin):
    """The description as a page for people, with what the framework cannot know."""

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        return render_page(describe(request.app)).encode()


OPENAPI = OpenAPIConfig(
    title="Answerback",
    version=__version__,
    description=ABOUT,
    path="/api/docs",
    render_plugins=[DocsPage(path="/")],
    openapi_router=Router("/api/docs", route_handlers=[], include_in_schema=False, opt={"access": ANYONE}),
    components=Components(
        security_schemes={
            "token": SecurityScheme(type="http", scheme="bearer", description="An API token, ab_..."),
            "session": SecurityScheme(
                type="apiKey",
                security_scheme_in="cookie",
                name=SESSION_COOKIE,
                description="The browser's session.",
            ),
        }
    ),
    security=[{"token": []}, {"session": []}],
    use_handler_docstrings=True,
)


@get("/api/v1/openapi.json", include_in_schema=False, access=ANYONE, sync_to_thread=False)
def openapi_json(request: Request[Any, Any, Any]) -> dict[str, Any]:
    """The description for programs."""
    return describe(request.app)


def describe(app: Litestar) -> dict[str, Any]:
    """The whole OpenAPI document."""
    document: dict[str, Any] = app.openapi_schema.to_schema()
    by_id = {handler.operation_id: handler for handler in _handlers(app)}
    for operations in document["paths"].values():
        for method, operation in operations.items():
            if isinstance(operation, dict) and operation.get("operationId") in by_id:
                _complete(method, operation, by_id[operation["operationId"]])
    document["components"]["schemas"] |= describe_shapes(by_id.values())
    return document


def _handlers(app: Litestar) -> Iterator[HTTPRouteHandler]:
    for route in app.routes:
        if isinstance(route, HTTPRoute):
            yield from route.route_handlers


def _complete(method: str, operation: dict[str, Any], handler: HTTPRouteHandler) -> None:
    access = handler.opt.get("access")
    if "parameters" in operation:
        operation["parameters"] = [describe_parameter(parameter) for parameter in operation["parameters"]]
    if isinstance(access, Permission):
        operation["description"] = f"{operation.get('description', '')}\n\nNeeds the permission `{access.value}`."
    if access == ANYONE:
        operation["security"] = []
    if handler.opt.get("idempotent"):
        operation["parameters"] = [*operation.get("parameters", []), IDEMPOTENCY_KEY]
    succeeding = {
        status: describe_success(status, answer)
        for status, answer in operation["responses"].items()
        if status.startswith("2")
    }
    operation["responses"] = succeeding | problem_answers(method, operation, handler.opt)
