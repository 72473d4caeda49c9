"""`Idempotency-Key` on creating calls: the same call again gets the first answer, also when both run at once.

A first call that never ended (the server died) is not run again: whoever sent it must look what became of it. Routes
that say `repeatable=True` find by the key what an earlier run has made, so there the call is run again.
"""

import asyncio
import hashlib
from collections.abc import Mapping
from typing import Any

import structlog
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from answerback.storage.connection import Pool
from answerback.storage.idempotency import FirstCall, claim, first_call, keep_answer, reclaim, release
from answerback.storage.trouble import DATABASE_TROUBLE
from answerback.usecases.refusals import FieldProblem
from answerback.web.problems import ProblemError, problem_error

HEADER = b"idempotency-key"
LONGEST_KEY = 200
LARGEST_BODY = 6 * 1024 * 1024
LOOK_AGAIN_SECONDS = 0.05
log = structlog.get_logger(__name__)


class Idempotency(ASGIMiddleware):
    """Acts on routes that say `idempotent=True`, for callers that send a key."""

    scopes = (ScopeType.HTTP,)

    def __init__(self, pool: Pool, wait_seconds: float) -> None:
        self._pool = pool
        self._wait_seconds = wait_seconds

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        key = _key_of(scope)
        if key is None:
            return await next_app(scope, receive, send)
        body = await _read_body(receive)
        user_id: int = scope["user"].user_id
        request_hash = hashlib.sha256(f"{scope['path']}\n".encode() + body).digest()
        earlier = await claim(self._pool, user_id, key, request_hash)
        if earlier is not None:
            first = await self._finished(user_id, key, earlier)
            if not await self._take_over(scope, key, first, request_hash):
                return await self._repeat(send, first, request_hash)
        recorder = _Recorder(send)
        try:
            await next_app(scope, _replay(body, receive), recorder)
        finally:
            await self._settle(user_id, key, recorder)
        return None

    async def _take_over(self, scope: Scope, key: str, first: FirstCall | None, request_hash: bytes) -> bool:
        """Whether to run a call again whose first run never ended; one taker at a time."""
        if first is None or first.status is not None or first.request_hash != request_hash:
            return False
        repeatable = scope["route_handler"].opt.get("repeatable", False)
        return repeatable and await reclaim(self._pool, scope["user"].user_id, key, self._wait_seconds)

    async def _settle(self, user_id: int, key: str, recorder: "_Recorder") -> None:
        """Keep an answer that came of a change; free the key after one that changed nothing.

        Where the database is away by now the call counts as one that never ended; its answer is out already.
        """
        try:
            if recorder.changed_something:
                answer = (recorder.status, recorder.content_type, bytes(recorder.body))
                await keep_answer(self._pool, user_id, key, answer)
            else:
                await release(self._pool, user_id, key)
        except DATABASE_TROUBLE as error:
            log.warning("idempotent_answer_not_kept", reason=type(error).__name__)

    async def _finished(self, user_id: int, key: str, earlier: FirstCall) -> FirstCall | None:
        """The first call once it has its answer; as it is when that takes too long; None when it changed nothing."""
        deadline = asyncio.get_running_loop().time() + self._wait_seconds
        found: FirstCall | None = earlier
        while found is not None and found.status is None and asyncio.get_running_loop().time() < deadline:
            await asyncio.sleep(LOOK_AGAIN_SECONDS)
            found = await first_call(self._pool, user_id, key)
        return found

    async def _repeat(self, send: Send, first: FirstCall | None, request_hash: bytes) -> None:
        if first is not None and first.request_hash != request_hash:
            raise _conflict("was used for a different call", "Use a new key for every new call.")
        if first is None:
            raise _conflict("belongs to a call that failed just now", "Send the call again with the same key.")
        if first.status is None or first.response is None:
            way_out = "Look whether the first call took effect; if not, send it again with a new key."
            raise _conflict("belongs to a call that has not ended", way_out)
        headers = [
            (b"content-type", (first.content_type or "application/json").encode()),
            (b"content-length", str(len(first.response)).encode()),
            (b"idempotent-replay", b"true"),
        ]
        await send({"type": "http.response.start", "status": first.status, "headers": headers})
        await send({"type": "http.response.body", "body": first.response, "more_body": False})


class _Recorder:
    """Passes the answer on and remembers it."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.status = 0
        self.content_type = ""
        self.body = bytearray()

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.content_type = dict(message["headers"]).get(b"content-type", b"").decode()
        elif message["type"] == "http.response.body":
            self.body += message["body"]
        await self._send(message)

    @property
    def changed_something(self) -> bool:
        """A refused text is kept in its thread, so repeating the call would add another."""
        return 200 <= self.status < 300 or b"/problems/send-refused" in self.body


def client_key_of(headers: Mapping[str, str]) -> str | None:
    """The key of a call, for handlers that are repeatable."""
    return headers.get(HEADER.decode()) or None


def _key_of(scope: Scope) -> str | None:
    if not scope["route_handler"].opt.get("idempotent") or scope.get("user") is None:
        return None
    key = dict(scope["headers"]).get(HEADER, b"").decode("latin-1").strip()
    if len(key) > LONGEST_KEY or not key.isprintable():
        raise _conflict(f"is longer than {LONGEST_KEY} characters or not printable", "Use a random UUID.")
    return key or None


async def _read_body(receive: Receive) -> bytes:
    body = bytearray()
    more = True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            break
        body += message["body"]
        more = message["more_body"]
        if len(body) > LARGEST_BODY:
            raise problem_error("payload-too-large", 413, "The request is too large. Send less at a time.")
    return bytes(body)


def _replay(body: bytes, receive: Receive) -> Receive:
    """The body once more, then whatever the server says next."""
    given = False

    async def replay() -> Any:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay


def _conflict(problem: str, way_out: str) -> ProblemError:
    detail = f"The Idempotency-Key {problem}. {way_out}"
    return problem_error("idempotency-conflict", 409, detail, (FieldProblem("Idempotency-Key", problem, way_out),))
