"""Serves the built desktop: hashed assets for ever, the page itself never from a cache, unknown paths to the page."""

from pathlib import Path

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

STATIC = Path(__file__).parent / "static"
PAGE_HEADERS = {
    "cache-control": "no-cache",
    # styles: the component library sets inline styles; scripts come from our own files only
    "content-security-policy": (
        "default-src 'self'; img-src 'self' blob: data:; style-src 'self' 'unsafe-inline'; "
        "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
    ),
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
}
NOT_BUILT = (
    "<!doctype html><title>Answerback</title><p>The desktop is not built in this clone. "
    "Run <code>make demo</code>, or <code>npm ci &amp;&amp; npm run build</code> in the folder <code>ui</code>."
)


def make_desktop(folder: Path = STATIC) -> ASGIApp:
    """An application that answers every path that no other door claims."""

    async def page(request: Request) -> Response:
        beside = folder / request.path_params["path"]
        if beside.parent == folder and beside.name != "index.html" and beside.is_file():
            return FileResponse(beside, headers={"cache-control": "no-cache", "x-content-type-options": "nosniff"})
        index = folder / "index.html"
        if not index.is_file():
            return HTMLResponse(NOT_BUILT, status_code=503, headers=PAGE_HEADERS)
        return FileResponse(index, headers=PAGE_HEADERS)

    assets = _cached_for_ever(StaticFiles(directory=folder / "assets", check_dir=False))
    return Starlette(
        routes=[Mount("/assets", assets), Route("/{path:path}", page, methods=["GET", "HEAD"])],
        middleware=[Middleware(GZipMiddleware, minimum_size=500, compresslevel=6)],
    )


def _cached_for_ever(app: ASGIApp) -> ASGIApp:
    """The build names each file by its content, so a name never changes its meaning."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                headers = MutableHeaders(scope=message)
                headers["cache-control"] = "public, max-age=31536000, immutable"
                headers["x-content-type-options"] = "nosniff"
            await send(message)

        await app(scope, receive, send_with_headers)

    return wrapped
