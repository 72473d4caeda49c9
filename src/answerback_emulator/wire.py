"""Small dealings with the ASGI server that the hot doors share: read a body, answer, or hang up."""

from typing import Any

from starlette.types import Receive, Scope, Send


def header_of(scope: Scope, name: bytes) -> str:
    """The value of a request header (lower-case name), or ""."""
    for one, value in scope["headers"]:
        if one == name:
            return str(value, "latin-1")
    return ""


async def read_body(receive: Receive) -> bytes:
    """The whole request body."""
    message = await receive()
    body: bytes = message.get("body", b"")
    while message.get("more_body"):
        message = await receive()
        body += message.get("body", b"")
    return body


async def send_answer(send: Send, status: int, body: bytes, *, content_type: str, extra: dict[str, str]) -> None:
    """Send a complete answer; 204 and empty redirects carry no content type."""
    headers = [(b"content-length", b"%d" % len(body))] if status != 204 else []
    if body:
        headers.append((b"content-type", content_type.encode("latin-1")))
    headers.extend((name.lower().encode(), value.encode("latin-1")) for name, value in extra.items())
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def drop_connection(receive: Receive, send: Send) -> None:
    """Close the connection without an answer, as when a carrier's proxy dies after the work was done.

    Needs the server's transport, which uvicorn holds behind `send`; elsewhere the answer is cut short.
    """
    transport: Any = getattr(getattr(send, "__self__", None), "transport", None)
    if transport is None:
        await send({"type": "http.response.start", "status": 201, "headers": [(b"content-length", b"512")]})
        raise ConnectionAbortedError("the lost-response dial cut this answer short")
    transport.close()
    while (await receive())["type"] != "http.disconnect":
        pass


async def cut_answer(receive: Receive, send: Send, status: int, body: bytes, *, content_type: str) -> None:
    """Promise the whole answer, send half of it, and hang up."""
    headers = [(b"content-length", b"%d" % (len(body) + 1)), (b"content-type", content_type.encode("latin-1"))]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True})
    await drop_connection(receive, send)
