"""What a webhook door says back: the provider's own form when all is well, else a problem (RFC 9457)."""

from typing import Final

import msgspec
from starlette.types import Send

from answerback.providers.contract import HookAnswer

PROBLEMS: Final = "https://answerback.dev/problems/"


async def satisfied(send: Send, answer: HookAnswer) -> None:
    await _respond(send, answer)


async def not_found(send: Send, detail: str) -> None:
    await _problem(send, 404, "not-found", "Not found", detail)


async def forged(send: Send, reason: str) -> None:
    await _problem(send, 403, "webhook-refused", "The webhook could not be proven genuine", reason)


async def method_not_allowed(send: Send) -> None:
    await _problem(send, 405, "method-not-allowed", "Method not allowed", "Webhooks come by POST, GET or OPTIONS.")


async def too_large(send: Send) -> None:
    await _problem(send, 413, "too-large", "Too large", "No webhook is this large.")


async def unavailable(send: Send) -> None:
    detail = "Neither the database nor the local disk takes the webhook now. Send it again."
    await _problem(send, 503, "unavailable", "Not stored", detail)


async def _problem(send: Send, status: int, slug: str, *words: str) -> None:
    title, detail = words
    body = {"type": PROBLEMS + slug, "title": title, "status": status, "detail": detail}
    await _respond(send, HookAnswer(status, "application/problem+json", msgspec.json.encode(body)))


async def _respond(send: Send, answer: HookAnswer) -> None:
    headers = [
        (b"content-type", answer.content_type.encode("latin-1")),
        (b"content-length", b"%d" % len(answer.body)),
        *((name.encode("latin-1"), value.encode("latin-1")) for name, value in answer.headers),
    ]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body})
