"""Reads a webhook off the wire: body within a limit, headers, and the address the provider signed."""

from typing import Final

from starlette.types import Receive, Scope

LARGEST_BODY: Final = 256 * 1024


class TooLarge(Exception):  # noqa: N818 - a refusal, not a mistake
    """The body is larger than any webhook."""


async def read_body(receive: Receive) -> bytes:
    message = await receive()
    body: bytes = message.get("body", b"")
    if not message.get("more_body"):  # nearly always
        if len(body) > LARGEST_BODY:
            raise TooLarge
        return body
    pieces = [body]
    size = len(body)
    while message.get("more_body"):
        message = await receive()
        pieces.append(message.get("body", b""))
        size += len(pieces[-1])
        if size > LARGEST_BODY:
            raise TooLarge
    return b"".join(pieces)


def read_headers(scope: Scope) -> dict[str, str]:
    """Names come in lower case from the server."""
    return {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}


def public_address(scope: Scope, public_url: str | None) -> str:
    """The address as the provider wrote it: path and query untouched, under the public address where one is set."""
    path = scope.get("raw_path") or scope["path"].encode()
    address: str = path.decode("latin-1")
    if scope["query_string"]:
        address = f"{address}?{scope['query_string'].decode('latin-1')}"
    if public_url is not None:
        return public_url + address
    host = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"host"), "localhost")
    return f"{scope['scheme']}://{host}{address}"


def own_address(url: str) -> str:
    """Scheme and host of an address, without a slash at its end."""
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.partition('/')[0]}"
