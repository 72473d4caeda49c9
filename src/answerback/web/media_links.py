"""/media/{id}/{token}: the bytes of a file we send, for the provider that fetches it. No sign-in, only the token."""

import time
from typing import Final

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from answerback.storage.connection import Pool
from answerback.storage.media import read_file
from answerback.usecases.media_links import MediaLinks

SAFE_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cache-Control": "private, max-age=3600",
}


def make_media_app(pool: Pool, links: MediaLinks) -> ASGIApp:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await (await _respond(scope))(scope, receive, send)

    async def _respond(scope: Scope) -> Response:
        place = str(scope["path"]).removeprefix("/media/").split("/")
        if len(place) != 2 or not (place[0].isascii() and place[0].isdecimal() and len(place[0]) <= 18):
            return Response(status_code=404)
        if scope["method"] not in ("GET", "HEAD"):
            return Response(status_code=405, headers={"Allow": "GET, HEAD"})
        media_id = int(place[0])
        if not links.is_good(media_id, place[1], time.time()):
            return Response(status_code=404)
        file = await read_file(pool, media_id)
        if file is None:
            return Response(status_code=404)
        return Response(file.bytes, media_type=file.content_type, headers=SAFE_HEADERS)

    return app
