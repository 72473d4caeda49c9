"""Is it alive, is it ready, how is it doing: /healthz, /readyz and Prometheus metrics. No personal data in any."""

import asyncio
from typing import Any

import asyncpg
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.registry import REGISTRY
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from answerback.storage.trouble import DATABASE_TROUBLE

PATIENCE_SECONDS = 2.0


def make_health(pool: "asyncpg.Pool[Any]", registry: CollectorRegistry = REGISTRY) -> ASGIApp:
    """`/healthz` asks only this process; `/readyz` asks the database too and is 503 while it is away."""

    async def alive(_: Request) -> Response:
        return PlainTextResponse("ok\n")

    async def ready(_: Request) -> Response:
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await pool.fetchval("select 1")
        except DATABASE_TROUBLE:
            return JSONResponse({"ready": False, "database": "away"}, status_code=503)
        return JSONResponse({"ready": True, "database": "ok"})

    async def metrics(_: Request) -> Response:
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    return Starlette(
        routes=[Route("/healthz", alive), Route("/readyz", ready), Route("/metrics", metrics)],
    )
