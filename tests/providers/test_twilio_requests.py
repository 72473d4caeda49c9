"""Our requests mean what the official SDK's mean: method, path, credentials, decoded query and form."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from answerback.domain.ids import MessageId
from answerback.providers.contract import Account, AvailableNumber, CallbackUrls, OutboundText, ProviderError
from answerback.providers.twilio.lookup import CLOCK_SLACK
from answerback.providers.twilio.provider import TwilioProvider
from tests.providers.canned import Canned, document
from tests.providers.make_fixtures import (
    FROM,
    HOOK,
    KEY,
    KEY_SECRET,
    MESSAGE,
    NUMBER,
    SERVICE,
    SHORT_CODE,
    STATUS,
    TO,
    UNICODE,
    captured_requests,
)
from tests.providers.sending import send_one

SDK: dict[str, dict[str, Any]] = json.loads((Path(__file__).parent / "fixtures" / "twilio_requests.json").read_text())
SINCE = datetime(2026, 11, 1, tzinfo=UTC)
URLS = CallbackUrls(message=HOOK, status=STATUS, voice="https://texts.example.com/hooks/twilio/1/voice")
AHOY = OutboundText(MessageId(7), FROM, None, TO, "Ahoy", status_callback=STATUS)
BY_SERVICE = replace(AHOY, messaging_service_id=SERVICE, status_callback=None)
PICTURES = ("https://texts.example.com/a.jpg", "https://texts.example.com/b.png?x=1&y")


def number(sid: str, kind: str = "long_code", service: str | None = None) -> AvailableNumber:
    return AvailableNumber(FROM, kind, ("sms",), "US", sid, service)


async def drained(items: AsyncIterator[object]) -> None:
    async for _ in items:
        pass


Ask = Callable[[TwilioProvider, Account], Awaitable[object]]
SENDS: dict[str, Ask] = {
    "send a text": lambda t, a: send_one(t, a, AHOY),
    "send unicode": lambda t, a: send_one(t, a, replace(AHOY, body=UNICODE)),
    "send pictures": lambda t, a: send_one(t, a, replace(AHOY, body="", media_urls=PICTURES, status_callback=None)),
    "send through a service": lambda t, a: send_one(
        t, a, replace(AHOY, messaging_service_id=SERVICE, status_callback=None)
    ),
}
READS: dict[str, Ask] = {
    "look up a message": lambda t, a: t.look_up(a, MESSAGE),
    "list equal texts": lambda t, a: t.find_sent(a, AHOY, SINCE),
    "list equal texts of a service": lambda t, a: t.find_sent(a, replace(AHOY, messaging_service_id=SERVICE), SINCE),
    "list since": lambda t, a: drained(t.list_inbound(a, SINCE + CLOCK_SLACK)),
    "fetch the account": lambda t, a: t.check_credentials(a),
}


def meaning(request: dict[str, Any]) -> dict[str, Any]:
    """Names in any order, but the values of one name in theirs."""
    return request | {part: sorted(request[part], key=lambda pair: pair[0]) for part in ("query", "form")}


@pytest.mark.parametrize("name", SENDS | READS)
async def test_a_request_means_what_the_sdks_means(
    name: str, twilio: TwilioProvider, canned: Canned, at_canned: Account
) -> None:
    canned.says(document({}))
    await (SENDS | READS)[name](twilio, at_canned)
    assert [meaning(asked) for asked in canned.asked] == [meaning(SDK[name])]


async def test_an_api_key_signs_in_where_the_account_has_one(
    twilio: TwilioProvider, canned: Canned, at_canned: Account
) -> None:
    canned.says(document({}))
    credentials = {**at_canned.credentials, "api_key_sid": KEY, "api_key_secret": KEY_SECRET}
    await send_one(twilio, replace(at_canned, credentials=credentials), AHOY)
    assert [meaning(asked) for asked in canned.asked] == [meaning(SDK["send with an API key"])]


async def test_listing_numbers_asks_for_numbers_short_codes_and_services(
    twilio: TwilioProvider, canned: Canned, at_canned: Account
) -> None:
    canned.says(document({"services": [{"sid": SERVICE}]}), document({}))
    await twilio.list_numbers(at_canned)
    asked = [meaning(one) for one in canned.asked]
    names = ("list services", "list a service's numbers", "list numbers", "list short codes")
    for name in names:
        assert meaning(SDK[name]) in asked
    assert len(asked) == len(names) + 1  # and the short codes of the service


@pytest.mark.parametrize(
    ("chosen", "names"),
    [
        (number(NUMBER), ["fetch a number", "set a number's texts"]),
        (number(NUMBER, service=SERVICE), ["fetch a service", "set a service's texts"]),
        (number(SHORT_CODE, "short_code"), [None, "set a short code's texts"]),
    ],
)
async def test_connecting_a_number_changes_what_the_sdk_would_and_nothing_of_its_voice(
    chosen: AvailableNumber, names: list[str | None], twilio: TwilioProvider, canned: Canned, at_canned: Account
) -> None:
    canned.says(document({"sid": "x"}))
    await twilio.connect_number(at_canned, chosen, URLS)
    asked = [meaning(one) for one in canned.asked]
    assert len(asked) == len(names)
    for one, name in zip(asked, names, strict=True):
        assert name is None or one == meaning(SDK[name])
        assert not [field for field, _ in one["form"] if "voice" in field.lower()]


async def test_media_of_received_texts_are_asked_for_as_the_sdk_does(
    twilio: TwilioProvider, canned: Canned, at_canned: Account
) -> None:
    text = {"sid": MESSAGE, "direction": "inbound", "from": TO, "to": FROM, "num_media": "1", "body": ""}
    canned.says(document({"messages": [text]}), document({"media_list": []}))
    await drained(twilio.list_inbound(at_canned, SINCE))
    assert meaning(canned.asked[1]) == meaning(SDK["list media"])


async def test_the_next_page_is_asked_for_at_the_same_server_only(
    twilio: TwilioProvider, canned: Canned, at_canned: Account
) -> None:
    elsewhere = "https://evil.example.com/2010-04-01/next?Page=1"
    canned.says(document({"messages": [], "next_page_uri": elsewhere}), document({"messages": []}))
    await drained(twilio.list_inbound(at_canned, SINCE + timedelta(days=1)))
    assert [asked["path"] for asked in canned.asked][1:] == ["/2010-04-01/next"]


async def test_a_refused_question_says_why(twilio: TwilioProvider, canned: Canned, at_canned: Account) -> None:
    canned.says(document({"code": 20003, "message": "Authenticate", "status": 401}, 401))
    with pytest.raises(ProviderError, match="does not accept the account's credentials"):
        await twilio.list_numbers(at_canned)


async def test_an_address_that_knows_no_such_account_is_not_an_account_without_numbers(
    twilio: TwilioProvider, canned: Canned, at_canned: Account
) -> None:
    canned.says(document({}, 404))
    with pytest.raises(ProviderError, match="API address"):
        await twilio.list_numbers(at_canned)


def test_the_fixtures_are_what_the_installed_sdk_sends() -> None:
    assert json.loads(json.dumps(captured_requests())) == SDK
