"""The live stream of the phones page: server-sent events from /emulator/stream."""

from starlette.requests import Request
from starlette.responses import StreamingResponse
from starlette.routing import Route

from answerback_emulator.emulator import Emulator


def stream_route(emulator: Emulator) -> Route:
    """GET /emulator/stream: text, status, phone, dials, exchange, alert and reload events."""

    async def stream(_request: Request) -> StreamingResponse:
        return StreamingResponse(
            emulator.announcer.read(), media_type="text/event-stream", headers={"Cache-Control": "no-store"}
        )

    return Route("/emulator/stream", stream)
