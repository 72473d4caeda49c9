"""The emulator as an ASGI application: carriers' doors first (the hot path), then phones and admin API."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from answerback_emulator.calls.api import call_routes
from answerback_emulator.carriers import DOORS
from answerback_emulator.emulator import Emulator, build_emulator
from answerback_emulator.phones.api import phone_routes
from answerback_emulator.phones.requests import RefusedError, show_refusal
from answerback_emulator.phones.stream import stream_route
from answerback_emulator.settings.config import Config

_PAGE = Path(__file__).parent / "phones" / "static"


def create_app(config: Config | None = None) -> ASGIApp:
    """One emulator with its own world. Works with or without the server's lifespan events."""
    emulator = build_emulator(config or Config())
    phones = _phones_app(emulator)
    opened = [kind(emulator) for kind in DOORS]
    doors = [(prefix, door) for door in opened for prefix in door.prefixes]
    others = [(suffix, door) for door in opened for suffix in door.suffixes]

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            path: str = scope["path"]
            for prefix, door in doors:
                if path.startswith(prefix):
                    return await door(scope, receive, send)
            for suffix, door in others:
                if path.endswith(suffix):
                    return await door(scope, receive, send)
        await phones(scope, receive, send)

    return app


def _phones_app(emulator: Emulator) -> Starlette:
    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        yield
        await emulator.close()

    return Starlette(
        routes=[
            *phone_routes(emulator),
            *call_routes(emulator),
            stream_route(emulator),
            Mount("/", StaticFiles(directory=_PAGE, html=True)),
        ],
        exception_handlers={RefusedError: show_refusal},
        lifespan=lifespan,
    )
