"""Every adapter hands on the exchange as it was where a text was not plainly taken; never its credentials."""

from collections.abc import AsyncIterator, Mapping

import aiohttp
import pytest

from answerback.bootstrap import make_providers
from answerback.domain.ids import AccountId, MessageId
from answerback.providers.contract import Accepted, Account, NotSent, OutboundText, Provider, Unclear
from answerback.providers.exchange import TIMEOUT
from tests.providers.canned import Canned, document, hang_up
from tests.providers.sending import send_one

TEXT = OutboundText(MessageId(7), "+18335550100", None, "+14255550123", "Hello-there")
CREDENTIALS: dict[str, dict[str, str]] = {
    "twilio": {"account_sid": "AC" + "1" * 32, "auth_token": "a-secret-of-the-account"},
    "acs": {"access_key": "YS1zZWNyZXQtb2YtdGhlLWFjY291bnQ="},
    "telesign": {"customer_id": "C0", "api_key": "YS1zZWNyZXQtb2YtdGhlLWFjY291bnQ="},
}
TAKEN: dict[str, tuple[dict[str, object], int]] = {
    "twilio": ({"sid": "SM" + "1" * 32, "status": "queued"}, 201),
    "acs": ({"value": [{"to": TEXT.to, "messageId": "m", "httpStatusCode": 202, "successful": True}]}, 202),
    "telesign": ({"reference_id": "R" * 32, "status": {"code": 290}}, 200),
}


@pytest.fixture
async def providers() -> AsyncIterator[Mapping[str, Provider]]:
    async with aiohttp.ClientSession(timeout=TIMEOUT) as session:
        yield make_providers(session)


def account_at(canned: Canned, name: str) -> Account:
    return Account(AccountId(1), name, CREDENTIALS[name], canned.base_url)


@pytest.mark.parametrize("name", CREDENTIALS)
async def test_a_refusal_brings_request_and_answer(
    providers: Mapping[str, Provider], canned: Canned, name: str
) -> None:
    canned.says(document({"code": 20001, "why": "No."}, 400))
    result = await send_one(providers[name], account_at(canned, name), TEXT)
    assert isinstance(result, NotSent)
    assert result.raw is not None
    assert (result.raw.method, result.raw.status) == ("POST", 400)
    assert b"Hello-there" in result.raw.request
    assert b"No." in result.raw.answer
    assert result.raw.address.startswith(canned.base_url)
    assert b"secret" not in result.raw.request


@pytest.mark.parametrize("name", CREDENTIALS)
async def test_a_lost_answer_brings_the_request(providers: Mapping[str, Provider], canned: Canned, name: str) -> None:
    canned.says(hang_up)
    result = await send_one(providers[name], account_at(canned, name), TEXT)
    assert isinstance(result, Unclear)
    assert result.raw is not None
    assert b"Hello-there" in result.raw.request
    assert (result.raw.status, result.raw.answer) == (None, b"")


@pytest.mark.parametrize("name", CREDENTIALS)
async def test_a_text_that_is_taken_brings_nothing(
    providers: Mapping[str, Provider], canned: Canned, name: str
) -> None:
    canned.says(document(*TAKEN[name]))
    assert isinstance(await send_one(providers[name], account_at(canned, name), TEXT), Accepted)
