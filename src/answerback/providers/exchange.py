"""One HTTP exchange with a provider, and how far it got: an answer, never left, or lost on the way.

Redirects are not followed: credentials belong to the configured address only.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Final

import aiohttp
import msgspec
from yarl import URL

from answerback.domain.sending.failure import Failure, FailureClass, Retry, WhoCanFix
from answerback.providers.contract import Accepted, NotSent, SendResult, Unclear
from answerback.providers.raw import RawExchange

# How long a provider is waited for; the session it is asked through is made with it. Running out of time while
# connecting, waiting for a free connection included, means: nothing has left yet.
TIMEOUT: Final = aiohttp.ClientTimeout(total=15, connect=5, sock_connect=5)
LONGEST_WAIT: Final = timedelta(hours=1)

Document = dict[str, Any]


class NotReachedError(Exception):
    """The request certainly did not leave; `failure` says why, `raw` what it would have been."""

    def __init__(self, failure: Failure, raw: RawExchange | None = None) -> None:
        super().__init__(failure.sentence)
        self.failure = failure
        self.raw = raw

    def result(self) -> NotSent:
        """For the text that was in it."""
        return NotSent(self.failure, self.raw)


class AnswerLostError(Exception):
    """The request left, no whole answer came back: it may have been carried out."""

    def __init__(self, why: str, raw: RawExchange | None = None) -> None:
        super().__init__(why)
        self.raw = raw

    def result(self) -> Unclear:
        """For the text that was in it."""
        return Unclear(str(self), self.raw)


@dataclass(frozen=True, slots=True)
class Reply:
    """`document` is None where the body is not a JSON object, as when it is cut short. `raw` is the exchange as it
    was."""

    status: int
    document: Document | None
    retry_after: timedelta | None = None
    raw: RawExchange | None = None

    def tell(self, result: SendResult) -> SendResult:
        """The result, with this exchange where it is not a plain success."""
        return result if isinstance(result, Accepted) else replace(result, raw=self.raw)


@dataclass(frozen=True, slots=True)
class Wire:
    """The way to one provider. `name` is for sentences; `example` shows what an address of its API looks like."""

    session: aiohttp.ClientSession
    name: str
    example: str

    async def ask(self, method: str, address: str, headers: Mapping[str, str], body: bytes | None = None) -> Reply:
        """Raises NotReachedError and AnswerLostError."""
        url = self._usable(address)
        try:
            async with self.session.request(method, url, data=body, headers=headers, allow_redirects=False) as response:
                answer = await response.read()
                raw = RawExchange(method, address, body or b"", response.status, answer)
                return _read(raw, response.headers.get("Retry-After"))
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotReachedError(self._unreachable(error), RawExchange(method, address, body or b"")) from error
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise AnswerLostError(self._how_lost(error), RawExchange(method, address, body or b"")) from error

    def _usable(self, address: str) -> URL:
        try:
            url = URL(address, encoded=True)
            if url.scheme in ("http", "https") and url.host and url.port:
                return url
        except ValueError as error:
            raise NotReachedError(self._bad_address()) from error
        raise NotReachedError(self._bad_address())

    def _bad_address(self) -> Failure:
        return Failure(
            FailureClass.ACCOUNT,
            None,
            WhoCanFix.ADMINISTRATOR,
            f"The account's API address cannot be used. It must look like {self.example}.",
            Retry.NEVER,
        )

    def _unreachable(self, error: Exception) -> Failure:
        match error:
            case aiohttp.ClientConnectorDNSError():
                cause = "its name was not found"
            case aiohttp.ClientConnectorCertificateError() | aiohttp.ClientConnectorSSLError():
                cause = "its certificate is not trusted"
            case aiohttp.ConnectionTimeoutError():
                cause = "it did not answer in time"
            case _:
                cause = "the connection was refused"
        return Failure(
            FailureClass.PROVIDER_TROUBLE,
            None,
            WhoCanFix.ADMINISTRATOR,
            f"{self.name} could not be reached: {cause}. The text waits; check this server's way to the internet.",
            Retry.BACK_OFF,
        )

    def _how_lost(self, error: Exception) -> str:
        match error:
            case TimeoutError():
                return f"{self.name} did not answer in time"
            case aiohttp.ClientPayloadError():
                return f"{self.name}'s answer was cut short"
            case _:
                return f"the connection to {self.name} broke before its answer came"


def _read(raw: RawExchange, retry_after: str | None) -> Reply:
    try:
        document = msgspec.json.decode(raw.answer)
    except (msgspec.DecodeError, UnicodeDecodeError):
        document = None
    return Reply(raw.status or 0, document if isinstance(document, dict) else None, _wait(retry_after), raw)


def _wait(header: str | None) -> timedelta | None:
    """Retry-After, given in seconds or as a date; at most an hour."""
    if not header:
        return None
    if header.strip().isdecimal():
        return min(timedelta(seconds=int(header.strip()[:6])), LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(header)
    except ValueError:
        return None
    return min(max(until.astimezone(UTC) - datetime.now(UTC), timedelta(0)), LONGEST_WAIT)
