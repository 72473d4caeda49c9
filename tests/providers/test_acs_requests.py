"""Our requests mean what Microsoft's official SDKs' mean: method, path, proof, decoded query and document."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from answerback.domain.ids import AccountId, MessageId
from answerback.providers.acs.provider import AcsProvider
from answerback.providers.acs.tokens import Place
from answerback.providers.contract import Account, OutboundText, ProviderError
from tests.providers.acs_fixtures import FROM, KEY, PEOPLE, SHORT_CODE, TO, TOKEN, UNICODE, captured_requests, describe
from tests.providers.canned import Canned, document
from tests.providers.capturing import capturing

SDK: dict[str, dict[str, Any]] = json.loads((Path(__file__).parent / "fixtures" / "acs_requests.json").read_text())
AHOY = OutboundText(MessageId(7), FROM, None, TO, "Ahoy")
SENDS = {
    "send a text": [AHOY],
    "send unicode from a short code": [replace(AHOY, sender=SHORT_CODE, body=UNICODE)],
    "send to three": [replace(AHOY, message_id=MessageId(n), to=to) for n, to in enumerate(PEOPLE)],
    "send with a token": [AHOY],
}
ENTRA = {"tenant_id": "tenant", "client_id": "client", "client_secret": "quiet"}


class WithToken:
    """A store of tokens that has one."""

    async def token(self, _session: aiohttp.ClientSession, _account: Account) -> str:
        return TOKEN


@pytest.mark.parametrize("name", SENDS)
@pytest.mark.parametrize("slash", ["", "/"])
async def test_a_send_means_what_the_sdks_means(name: str, slash: str) -> None:
    with capturing(describe) as (base, taken):
        credentials = ENTRA if "token" in name else {"access_key": KEY}
        async with aiohttp.ClientSession() as session:
            acs = AcsProvider(session)
            acs._tokens = WithToken()  # type: ignore[assignment]  # the token is asked for elsewhere
            await acs.send(Account(AccountId(1), "acs", credentials, base + slash), SENDS[name])
    assert json.loads(json.dumps(taken)) == [SDK[name]]


async def test_listing_numbers_means_what_the_sdks_means() -> None:
    with capturing(describe) as (base, taken):
        async with aiohttp.ClientSession() as session:
            with pytest.raises(ProviderError):
                await AcsProvider(session).list_numbers(Account(AccountId(1), "acs", {"access_key": KEY}, base))
    assert json.loads(json.dumps(taken)) == [SDK["list numbers"]]


def test_the_fixtures_are_what_the_installed_sdks_send() -> None:
    assert json.loads(json.dumps(captured_requests())) == SDK


async def test_the_next_page_is_asked_for_at_the_same_server_only(canned: Canned) -> None:
    item = {"phoneNumber": "18335550100", "phoneNumberType": "tollFree", "capabilities": {"sms": "outbound"}}
    elsewhere = "https://evil.example.com/phoneNumbers?skip=100&top=100&api-version=2025-06-01"
    canned.says(document({"phoneNumbers": [item], "nextLink": elsewhere}), document({"phoneNumbers": [5, item]}))
    async with aiohttp.ClientSession() as session:
        held = Account(AccountId(1), "acs", {"access_key": KEY}, canned.base_url)
        first, second = await AcsProvider(session).list_numbers(held)
    assert [asked["query"][0] for asked in canned.asked] == [["skip", "0"], ["skip", "100"]]
    assert (first.address, first.type, first.capabilities) == ("+18335550100", "toll_free", ("sms",))
    assert first == second


async def test_a_list_that_never_ends_is_left_after_a_hundred_pages(canned: Canned) -> None:
    canned.says(document({"phoneNumbers": [], "nextLink": "/phoneNumbers?skip=1&api-version=2025-06-01"}))
    async with aiohttp.ClientSession() as session:
        held = Account(AccountId(1), "acs", {"access_key": KEY}, canned.base_url)
        assert await AcsProvider(session).list_numbers(held) == []
    assert len(canned.asked) == 100


def test_the_tenant_cannot_lead_elsewhere() -> None:
    place = Place("../evil?x=", "client", "quiet", "")
    assert place.address == "https://login.microsoftonline.com/..%2Fevil%3Fx%3D/oauth2/v2.0/token"
