"""Event Grid's door: the key in its address, the two handshakes, and what is answered to events."""

import json
from urllib.parse import urlsplit

import aiohttp
import pytest

from answerback.providers.acs.hooks import answer, callback_urls, verify
from answerback.providers.acs.provider import AcsProvider
from answerback.providers.contract import AvailableNumber, Forged, Genuine
from tests.providers.acs_hooks import RECEIVED, TEXT, account, event, hook

CODE = "512d38b6-c7b8-40c8-89fe-f46f9e9622b6"
VALIDATION = event("Microsoft.EventGrid.SubscriptionValidationEvent", {"validationCode": CODE, "validationUrl": "x"})


@pytest.mark.parametrize("method", ["POST", "OPTIONS"])
def test_the_key_in_the_address_opens_the_door(method: str) -> None:
    assert verify(hook([], method=method), account()) == Genuine()


@pytest.mark.parametrize("query", ["", "key=", "key=wrong", "KEY=sesame", "other=sesame", "key=sesame2", "key=%ff"])
def test_without_it_the_request_is_forged_and_says_why(query: str) -> None:
    verdict = verify(hook([], query=query), account())
    assert isinstance(verdict, Forged)
    assert "Event Grid subscription" in verdict.reason
    assert "sesame" not in verdict.reason


def test_an_account_without_a_key_lets_nobody_in() -> None:
    assert isinstance(verify(hook([], query="key="), account(webhook_key="")), Forged)
    assert isinstance(verify(hook([], query=""), account(webhook_key="", webhook_key_old="")), Forged)


def test_the_former_key_opens_it_until_it_is_emptied() -> None:
    changed = account(webhook_key="new", webhook_key_old="sesame")
    assert verify(hook([]), changed) == verify(hook([], query="key=new"), changed) == Genuine()
    assert isinstance(verify(hook([]), account(webhook_key="new", webhook_key_old="")), Forged)


@pytest.mark.parametrize("key", ["sesame", "a b&c=d/é+%", "👍"])
def test_the_address_we_show_carries_the_key_whatever_is_in_it(key: str) -> None:
    held = account(webhook_key=key)
    address = callback_urls("https://texts.example.com/", held).message
    assert address.startswith("https://texts.example.com/hooks/acs/1?key=")
    assert address.isascii()
    assert verify(hook([], query=urlsplit(address).query), held) == Genuine()


@pytest.mark.parametrize("content", [[VALIDATION], VALIDATION])
def test_the_validation_code_is_sent_back_at_once(content: object) -> None:
    said = answer(hook(content))
    assert (said.status, said.content_type) == (200, "application/json")
    assert json.loads(said.body) == {"validationResponse": CODE}


def test_a_question_by_options_allows_the_origin_that_asks() -> None:
    asked = hook(b"", method="OPTIONS", webhook_request_origin="eventgrid.azure.net", webhook_request_rate="120")
    said = answer(asked)
    assert said.status == 200
    assert dict(said.headers) == {"webhook-allowed-origin": "eventgrid.azure.net", "webhook-allowed-rate": "120"}
    assert answer(hook(b"", method="OPTIONS")).headers == ()


@pytest.mark.parametrize("content", [[event(RECEIVED, TEXT)], [], b"{", [1]])
def test_everything_else_is_noted_with_200(content: object) -> None:
    assert (answer(hook(content)).status, answer(hook(content)).body) == (200, b"")


@pytest.mark.parametrize(
    ("public", "able", "oks"),
    [
        ("https://texts.example.com", ("sms", "voice"), [None, True]),
        ("https://texts.example.com", ("voice",), [False]),
    ],
)
async def test_connecting_tells_the_steps_in_the_portal(public: str, able: tuple[str, ...], oks: list[object]) -> None:
    held = account()
    async with aiohttp.ClientSession() as session:
        provider = AcsProvider(session)
        urls = provider.callback_urls(public, held)
        number = AvailableNumber("+18335550100", "toll_free", able, "US", "18335550100")
        checks = await provider.connect_number(held, number, urls)
    assert [check.ok for check in checks] == oks
    assert all(check.fix for check in checks if not check.ok)
    told = {entry.value for check in checks for entry in check.entries}
    assert (urls.message in told) is ("sms" in able)
