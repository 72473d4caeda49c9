"""One request to Twilio, with the account's credentials, and what its answer means."""

import base64
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

import aiohttp

from answerback.domain.sending.failure import Failure
from answerback.providers.contract import Account, ProviderError
from answerback.providers.exchange import AnswerLostError, Document, NotReachedError, Reply, Wire
from answerback.providers.form_body import Pairs, encoded
from answerback.providers.twilio.failures import failure_of, failure_of_http

DEFAULT_API = "https://api.twilio.com"


@dataclass(frozen=True, slots=True)
class Answer(Reply):
    """A reply in Twilio's terms."""

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
        return await self._ask("POST", path, encoded(form))

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
        wire = Wire(self.session, "Twilio", DEFAULT_API)
        reply = await wire.ask(method, address_of(self.account.api_base_url, path), headers, body)
        return Answer(reply.status, reply.document, reply.retry_after, reply.raw)


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
