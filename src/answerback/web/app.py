"""The one ASGI application: sends each path to its door. Hot doors stay plain ASGI, the REST API is Litestar."""

from dataclasses import dataclass

from starlette.types import ASGIApp, Receive, Scope, Send


@dataclass(frozen=True, slots=True)
class Doors:
    """Everything that answers over HTTP, each built with what it needs by bootstrap."""

    hooks: ASGIApp
    stream: ASGIApp
    api: ASGIApp
    media: ASGIApp
    health: ASGIApp
    desktop: ASGIApp


def make_app(doors: Doors) -> ASGIApp:
    """Longest prefix first; what no door claims is the desktop's, whose own router answers it."""
    table: tuple[tuple[str, ASGIApp], ...] = (
        ("/hooks/", doors.hooks),
        ("/api/v1/stream", doors.stream),
        ("/api", doors.api),
        ("/media/", doors.media),
        ("/healthz", doors.health),
        ("/readyz", doors.health),
        ("/metrics", doors.health),
    )

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        path: str = scope["path"]
        for prefix, door in table:
            if path.startswith(prefix):
                return await door(scope, receive, send)
        return await doors.desktop(scope, receive, send)

    return app
