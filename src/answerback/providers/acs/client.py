"""One request to an Azure Communication Services resource, proven, and what its answer means."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import aiohttp
import msgspec

from answerback.domain.sending.failure import Failure
from answerback.providers.acs.authorization import BadKeyError, Request, host_of, key_of, signed_headers
from answerback.providers.acs.facts import EXAMPLE
from answerback.providers.acs.failures import BAD_KEY, NO_ENDPOINT, failure_of_http
from answerback.providers.acs.tokens import Tokens, uses_entra
from answerback.providers.contract import Account
from answerback.providers.exchange import NotReachedError, Reply, Wire


@dataclass(frozen=True, slots=True)
class Answer(Reply):
    """A reply in the resource's terms."""

    @property
    def message(self) -> str:
        """What it says is wrong, in either of its two shapes: {"error": {...}}, or problem details with `errors`."""
        document = self.document or {}
        error = document.get("error")
        if isinstance(error, dict):
            return f"{error.get('code', '')}: {error.get('message', '')}"
        errors = document.get("errors")
        if isinstance(errors, dict):
            return "; ".join(
                f"{name}: {' '.join(map(str, why))}" for name, why in errors.items() if isinstance(why, list)
            )
        return str(document.get("title") or "")

    @property
    def failure(self) -> Failure:
        """What an answer above 299 means."""
        return failure_of_http(self.status, self.message, self.retry_after)


@dataclass(frozen=True, slots=True)
class Client:
    """One resource; cheap to make."""

    session: aiohttp.ClientSession
    account: Account
    tokens: Tokens

    async def get(self, target: str) -> Answer:
        return await self._ask("GET", target, b"")

    async def post(
        self, target: str, document: dict[str, Any] | None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """`headers` besides those that every request has."""
        return await self._ask("POST", target, msgspec.json.encode(document) if document is not None else b"", headers)

    async def _ask(self, method: str, target: str, body: bytes, more: Mapping[str, str] | None = None) -> Answer:
        """`target` is path and query, or a whole address that the resource itself gave. Raises NotReachedError and
        AnswerLostError."""
        base = self.account.api_base_url.rstrip("/")
        if not base:
            raise NotReachedError(NO_ENDPOINT)
        headers = {"Accept": "application/json", **(more or {}), **await self._proof(method, base, target, body)}
        if body:
            headers["Content-Type"] = "application/json"
        reply = await Wire(self.session, "Azure Communication Services", EXAMPLE).ask(
            method, base + target, headers, body or None
        )
        return Answer(reply.status, reply.document, reply.retry_after, reply.raw)

    async def _proof(self, method: str, base: str, target: str, body: bytes) -> dict[str, str]:
        credentials = self.account.credentials
        if uses_entra(credentials):
            return {"Authorization": f"Bearer {await self.tokens.token(self.session, self.account)}"}
        try:
            key = key_of(credentials)
        except BadKeyError as error:
            raise NotReachedError(BAD_KEY) from error
        return signed_headers(key, Request(method, host_of(base), target, body, datetime.now(UTC)))
