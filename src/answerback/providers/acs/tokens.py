"""How a request proves who sent it by Microsoft Entra ID instead: a token, asked for once and used until it ends.

https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow
"""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import quote, urlencode

import aiohttp

from answerback.domain.sending.failure import Failure, FailureClass, Retry, WhoCanFix
from answerback.providers.contract import Account
from answerback.providers.exchange import AnswerLostError, NotReachedError, Wire

SCOPE = "https://communication.azure.com//.default"  # the double slash is real
AUTHORITY = "https://login.microsoftonline.com"
EARLY_SECONDS = 300  # a token is renewed this long before it ends
ENTRA = ("tenant_id", "client_id", "client_secret")

_TROUBLE = Failure(
    FailureClass.PROVIDER_TROUBLE,
    None,
    WhoCanFix.PROVIDER,
    "Microsoft Entra ID gives no token just now; the text waits and goes out by itself.",
    Retry.BACK_OFF,
)
_NOT_LET_IN = Failure(
    FailureClass.ACCOUNT,
    None,
    WhoCanFix.ADMINISTRATOR,
    "Microsoft Entra ID does not accept the tenant, client or secret. Enter the current ones in the account.",
    Retry.LATER,
    timedelta(minutes=1),
)


def uses_entra(credentials: Mapping[str, str]) -> bool:
    return all(credentials.get(name, "").strip() for name in ENTRA)


@dataclass(frozen=True, slots=True)
class Place:
    """Whose token, and where it is asked for."""

    tenant: str
    client: str
    secret: str
    authority: str

    @property
    def address(self) -> str:
        return f"{(self.authority or AUTHORITY).rstrip('/')}/{quote(self.tenant, safe='')}/oauth2/v2.0/token"


class Tokens:
    """Tokens by place. Whoever needs one while it is being asked for waits for the same answer."""

    def __init__(self) -> None:
        self._held: dict[Place, tuple[str, float]] = {}
        self._asking: dict[Place, asyncio.Task[str]] = {}

    async def token(self, session: aiohttp.ClientSession, account: Account) -> str:
        """By the client credentials grant (RFC 6749, 4.4). Raises NotReachedError: nothing was sent without one."""
        place = Place(*(account.credentials.get(name, "").strip() for name in (*ENTRA, "authority")))
        held = self._held.get(place)
        if held is not None and time.monotonic() < held[1]:
            return held[0]
        asking = self._asking.get(place)
        if asking is None:
            asking = self._asking[place] = asyncio.create_task(self._ask(session, place))
            asking.add_done_callback(lambda _: self._asking.pop(place, None))
        return await asyncio.shield(asking)

    async def _ask(self, session: aiohttp.ClientSession, place: Place) -> str:
        """What was asked stays out of the errors: the secret is in it."""
        form = {"grant_type": "client_credentials", "client_id": place.client, "client_secret": place.secret}
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        body = urlencode({**form, "scope": SCOPE}).encode()
        try:
            reply = await Wire(session, "Microsoft Entra ID", AUTHORITY).ask("POST", place.address, headers, body)
        except NotReachedError as error:
            raise NotReachedError(error.failure) from None
        except AnswerLostError:
            raise NotReachedError(_TROUBLE) from None
        document = reply.document or {}
        token, lasts = document.get("access_token"), document.get("expires_in")
        if reply.status == 200 and isinstance(token, str):
            seconds = lasts if isinstance(lasts, int) else 0
            self._held[place] = (token, time.monotonic() + max(seconds - EARLY_SECONDS, seconds / 2))
            return token
        # An answer of 200 that cannot be read was cut short.
        busy = reply.status == 200 or reply.status >= 500 or reply.status == 429
        raise NotReachedError(_TROUBLE if busy else _NOT_LET_IN)
