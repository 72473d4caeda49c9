"""Tokens of Microsoft Entra ID: asked for once, renewed in time, and no text goes out, or is unclear, without one."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import parse_qs

import aiohttp
import pytest

from answerback.domain.ids import MessageId
from answerback.domain.sending.failure import FailureClass, Retry
from answerback.providers.acs.provider import AcsProvider
from answerback.providers.contract import Accepted, Account, NotSent, OutboundText
from tests.providers.acs_hooks import account
from tests.providers.canned import Canned, break_off, document, hang_up, page, serving
from tests.providers.sending import send_one

TEXT = OutboundText(MessageId(7), "+18335550100", None, "+14255550123", "Olá")
LINE = {"to": TEXT.to, "messageId": "Outgoing_1", "httpStatusCode": 202, "successful": True}


def granted(lasts: int = 3599) -> Any:
    return document({"token_type": "Bearer", "access_token": "a.b.c", "expires_in": lasts})


@pytest.fixture
async def entra() -> AsyncIterator[Canned]:
    async with serving() as server:
        server.says(granted())
        yield server


@pytest.fixture
def by_entra(canned: Canned, entra: Canned) -> Account:
    canned.says(document({"value": [LINE]}, 202))
    app = {"tenant_id": "tenant", "client_id": "client", "client_secret": "qu&et", "authority": f"{entra.base_url}/"}
    return account(canned.base_url, access_key="", **app)


@pytest.fixture
async def acs() -> AsyncIterator[AcsProvider]:
    async with aiohttp.ClientSession() as session:
        yield AcsProvider(session)


async def test_the_token_proves_the_request(acs: AcsProvider, canned: Canned, entra: Canned, by_entra: Account) -> None:
    assert isinstance(await send_one(acs, by_entra, TEXT), Accepted)
    assert canned.headers[0]["authorization"] == "Bearer a.b.c"
    assert not [name for name in canned.headers[0] if name.startswith("x-ms-")]
    assert (entra.asked[0]["method"], entra.asked[0]["path"]) == ("POST", "/tenant/oauth2/v2.0/token")
    assert parse_qs(entra.bodies[0].decode()) == {
        "grant_type": ["client_credentials"],
        "client_id": ["client"],
        "client_secret": ["qu&et"],
        "scope": ["https://communication.azure.com//.default"],
    }


async def test_many_texts_at_once_ask_for_one_token(
    acs: AcsProvider, canned: Canned, entra: Canned, by_entra: Account
) -> None:
    results = await asyncio.gather(*(send_one(acs, by_entra, TEXT) for _ in range(30)))
    assert {type(result) for result in results} == {Accepted}
    assert len(entra.asked) == 1
    await send_one(acs, by_entra, TEXT)
    assert (len(entra.asked), len(canned.asked)) == (1, 31)


async def test_a_token_that_has_ended_is_asked_for_again(acs: AcsProvider, entra: Canned, by_entra: Account) -> None:
    entra.says(granted(lasts=0))
    for _ in range(2):
        await send_one(acs, by_entra, TEXT)
    assert len(entra.asked) == 2


@pytest.mark.parametrize("reply", [document({}, 500), document({}, 429), page("half", 200), hang_up, break_off])
async def test_without_a_token_nothing_was_sent_and_the_text_waits(
    reply: Any, acs: AcsProvider, canned: Canned, entra: Canned, by_entra: Account
) -> None:
    entra.says(reply)
    result = await send_one(acs, by_entra, TEXT)
    assert isinstance(result, NotSent)
    assert (result.failure.cls, result.failure.retry) == (FailureClass.PROVIDER_TROUBLE, Retry.BACK_OFF)
    assert canned.asked == []
    entra.says(granted())
    assert isinstance(await send_one(acs, by_entra, TEXT), Accepted)


@pytest.mark.parametrize("status", [400, 401, 403])
async def test_a_refused_secret_holds_the_texts_back(
    status: int, acs: AcsProvider, entra: Canned, by_entra: Account
) -> None:
    entra.says(document({"error": "invalid_client"}, status))
    result = await send_one(acs, by_entra, TEXT)
    assert isinstance(result, NotSent)
    assert (result.failure.cls, result.failure.retry) == (FailureClass.ACCOUNT, Retry.LATER)
    check = next(check for check in await acs.check_credentials(by_entra) if not check.ok)
    assert (check.name, bool(check.fix)) == ("Microsoft Entra ID", True)


@pytest.mark.parametrize("reply", [document({}, 401), document({}, 500), hang_up])
async def test_what_is_kept_of_a_failure_never_holds_the_secret(
    reply: Any, acs: AcsProvider, entra: Canned, by_entra: Account
) -> None:
    entra.says(reply)
    result = await send_one(acs, by_entra, TEXT)
    assert isinstance(result, NotSent)
    assert result.raw is None
    nowhere = account("http://127.0.0.1:1", **dict(by_entra.credentials) | {"authority": "http://127.0.0.1:1"})
    unreached = await send_one(acs, nowhere, TEXT)
    assert isinstance(unreached, NotSent)
    assert unreached.raw is None


async def test_an_incomplete_app_is_said_to_be_so(acs: AcsProvider, canned: Canned) -> None:
    checks = await acs.check_credentials(account(canned.base_url, access_key="", tenant_id="tenant"))
    assert [check.ok for check in checks] == [True, False]
    assert "missing" in checks[1].evidence
