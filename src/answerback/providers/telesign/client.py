"""One request to TeleSign, signed, and what its answer means."""

import itertools
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import aiohttp

from answerback.domain.sending.failure import Failure
from answerback.providers.contract import Account
from answerback.providers.exchange import NotReachedError, Reply, Wire
from answerback.providers.form_body import Pairs, encoded
from answerback.providers.telesign.authorization import BadKeyError, Request, headers_of
from answerback.providers.telesign.facts import API
from answerback.providers.telesign.failures import BAD_KEY, failure_of_http
from answerback.providers.telesign.statuses import code_of

# A nonce has to be new, not secret: the signature covers it. Drawing a whole one for every text is dear.
_OF_THIS_PROCESS: Final = str(uuid.uuid4())[:24]
_PLACES: Final = itertools.count()


@dataclass(frozen=True, slots=True)
class Answer(Reply):
    """A reply in TeleSign's terms."""

    @property
    def code(self) -> int | None:
        return code_of(self.document) if self.document else None

    @property
    def failure(self) -> Failure:
        """What an answer above 299 means."""
        return failure_of_http(self.status, self.code, self.retry_after)


@dataclass(frozen=True, slots=True)
class Client:
    """One account's way to TeleSign; cheap to make."""

    session: aiohttp.ClientSession
    account: Account

    async def get(self, path: str) -> Answer:
        return await self._ask("GET", path, b"")

    async def post(self, path: str, form: Pairs) -> Answer:
        return await self._ask("POST", path, encoded(form))

    async def _ask(self, method: str, path: str, body: bytes) -> Answer:
        """Raises NotReachedError and AnswerLostError."""
        request = Request(method, path, body, datetime.now(UTC), _nonce())
        try:
            headers = headers_of(self.account.credentials, request)
        except BadKeyError as error:
            raise NotReachedError(BAD_KEY) from error
        address = (self.account.api_base_url or API).rstrip("/") + path
        reply = await Wire(self.session, "TeleSign", API).ask(method, address, headers, body or None)
        return Answer(reply.status, reply.document, reply.retry_after, reply.raw)


def _nonce() -> str:
    """Shaped as a UUID, as TeleSign's own client has it."""
    return f"{_OF_THIS_PROCESS}{next(_PLACES):012x}"
