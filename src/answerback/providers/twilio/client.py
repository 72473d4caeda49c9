"""One HTTP exchange with Twilio, and how far it got: an answer, never left, or lost on the way.

Redirects are not followed: Twilio sends none, and credentials belong to the configured address only.
"""

import base64
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

import aiohttp
import msgspec
from yarl import URL

from answerback.domain.sending.failure import Failure, FailureClass, Retry, WhoCanFix
from answerback.providers.contract import Account, ProviderError
from answerback.providers.twilio.failures import failure_of, failure_of_http

DEFAULT_API = "https://api.twilio.com"
# Connecting, waiting for a free connection included, so that running out of time here means: nothing has left yet.
TIMEOUT = aiohttp.ClientTimeout(total=15, connect=5, sock_connect=5)
LONGEST_WAIT = timedelta(hours=1)

Document = dict[str, Any]
Pairs = Sequence[tuple[str, str]]


class NotReachedError(Exception):
    """The request certainly did not leave; `failure` says why."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.sentence)
        self.failure = failure


class AnswerLostError(Exception):
    """The request left, no whole answer came back: it may have been carried out."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`document` is None where the body is not a JSON object, as when it is cut short."""

    status: int
    document: Document | None
    retry_after: timedelta | None = None

    @property
    def failure(self) -> Failure:
        """What an answer above 299 means."""
        code = self.document.get("code") if self.document else None
        if isinstance(code, int):
            return failure_of(code, self.retry_after)
        return failure_of_http(self.status, self.retry_after)


@dataclass(frozen=True, slots=True)
class Client:
    """One account's way to Twilio; cheap to make."""

    session: aiohttp.ClientSession
    account: Account

    def path(self, rest: str) -> str:
        return f"/2010-04-01/Accounts/{self.account.credentials.get('account_sid', '')}{rest}"

    async def get(self, path: str, params: Pairs = ()) -> Answer:
        return await self._ask("GET", f"{path}?{urlencode(params)}" if params else path, None)

    async def post(self, path: str, form: Pairs) -> Answer:
        return await self._ask("POST", path, urlencode(form).encode())

    async def fetch(self, path: str, params: Pairs = ()) -> Document | None:
        """The document; None where there is none. Raises ProviderError for anything else."""
        try:
            answer = await self.get(path, params)
        except NotReachedError as error:
            raise ProviderError(error.failure) from error
        except AnswerLostError as error:
            raise ProviderError(failure_of(20503)) from error
        if answer.status == 404:
            return None
        if answer.status != 200 or answer.document is None:
            raise ProviderError(answer.failure if answer.status >= 300 else failure_of(20500))
        return answer.document

    async def pages(
        self, path: str, key: str, params: Pairs = (), *, may_be_absent: bool = False
    ) -> AsyncIterator[Document]:
        """Every item of a list under `key`, page after page. Raises ProviderError."""
        page = await self.fetch(path, params)
        if page is None and not may_be_absent:
            raise ProviderError(failure_of(20404))
        while page is not None:
            for item in page.get(key, ()):
                yield item
            following = page.get("next_page_uri") or page.get("meta", {}).get("next_page_url")
            if not following:
                return
            # Only path and query: the address of the next page never decides where the credentials go.
            parts = urlsplit(following)
            page = await self.fetch(f"{parts.path}?{parts.query}")

    async def _ask(self, method: str, path: str, body: bytes | None) -> Answer:
        headers = {"Accept": "application/json", **authorization(self.account.credentials)}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        url = _usable(address_of(self.account.api_base_url, path))
        try:
            async with self.session.request(
                method, url, data=body, headers=headers, timeout=TIMEOUT, allow_redirects=False
            ) as response:
                return _read(response.status, response.headers.get("Retry-After"), await response.read())
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotReachedError(_unreachable(error)) from error
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise AnswerLostError(_how_lost(error)) from error


def authorization(credentials: Mapping[str, str]) -> dict[str, str]:
    """HTTP Basic with the API key where there is one, else with the account's auth token."""
    user, password = credentials.get("api_key_sid", ""), credentials.get("api_key_secret", "")
    if not user or not password:
        user, password = credentials.get("account_sid", ""), credentials.get("auth_token", "")
    return {"Authorization": "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode("ascii")}


def address_of(api_base_url: str, path: str) -> str:
    """Messaging Services live on a host of their own at Twilio; any other server is taken to hold everything."""
    base = (api_base_url or DEFAULT_API).rstrip("/")
    if path.startswith("/v1/") and base.startswith("https://api.") and base.endswith(".twilio.com"):
        base = base.replace("https://api.", "https://messaging.", 1)
    return base + path


def _usable(address: str) -> URL:
    try:
        url = URL(address, encoded=True)
        if url.scheme in ("http", "https") and url.host and url.port:
            return url
    except ValueError as error:
        raise NotReachedError(_BAD_ADDRESS) from error
    raise NotReachedError(_BAD_ADDRESS)


def _read(status: int, retry_after: str | None, body: bytes) -> Answer:
    try:
        document = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        document = None
    return Answer(status, document if isinstance(document, dict) else None, _wait(retry_after))


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


_BAD_ADDRESS = Failure(
    FailureClass.ACCOUNT,
    None,
    WhoCanFix.ADMINISTRATOR,
    f"The account's API address cannot be used. It must look like {DEFAULT_API}.",
    Retry.NEVER,
)


def _unreachable(error: Exception) -> Failure:
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
        f"Twilio could not be reached: {cause}. The text waits; check this server's way to the internet.",
        Retry.BACK_OFF,
    )


def _how_lost(error: Exception) -> str:
    match error:
        case TimeoutError():
            return "Twilio did not answer in time"
        case aiohttp.ClientPayloadError():
            return "Twilio's answer was cut short"
        case _:
            return "the connection to Twilio broke before its answer came"
