"""Credentials explained, numbers inside a Messaging Service, short codes, shared keys."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest

from answerback.domain.ids import MessageId
from answerback.providers.contract import Accepted, Account, AvailableNumber, Check, Genuine, OutboundText
from answerback.providers.twilio.client import address_of
from answerback.providers.twilio.provider import TwilioProvider
from tests.providers.canned import Canned, Reply, document, page
from tests.providers.conformance.carrier import NUMBER, PHONE
from tests.providers.conformance.doors import Doors, open_doors
from tests.providers.conformance.twilio_carrier import SID, TwilioCarrier
from tests.providers.sending import send_one
from tests.running import Api, Running, emulator_running

SERVICE = "MG" + "1" * 32
KEY_SID, KEY_SECRET = "SK" + "b" * 32, "secret"


@dataclass(slots=True)
class Service:
    """An account whose number is in a Messaging Service, at the emulator."""

    carrier: TwilioCarrier
    doors: Doors
    emulator: Api

    async def declare(self, **settings: Any) -> AvailableNumber:
        service = {"sid": SERVICE, "account_sid": SID, "friendly_name": "Support"} | settings
        await self.emulator.post("/emulator/services", service)
        urls = self.carrier.provider.callback_urls("https://old.example.com", self.carrier.account)
        number = {
            "phone_number": NUMBER,
            "account_sid": SID,
            "messaging_service_sid": SERVICE,
            "sms_url": urls.message,
            "voice_url": urls.voice,
        }
        await self.emulator.post("/emulator/numbers", number)
        (listed,) = await self.carrier.provider.list_numbers(self.carrier.account)
        return listed

    async def connect(self, number: AvailableNumber) -> list[Check]:
        urls = self.carrier.provider.callback_urls(self.doors.public_url, self.carrier.account)
        return await self.carrier.provider.connect_number(self.carrier.account, number, urls)

    async def found(self, text: OutboundText) -> list[str]:
        long_ago = datetime.now(UTC) - timedelta(minutes=1)
        found = await self.carrier.provider.find_sent(self.carrier.account, text, long_ago)
        return [one.report.provider_message_id for one in found]

    async def text_arrives(self) -> bool:
        await self.emulator.post(f"/emulator/phones/{PHONE}/texts", {"to": NUMBER, "body": "Hello"})
        request = await self.doors.next()
        return self.carrier.provider.verify(request, self.carrier.account) == Genuine()


@pytest.fixture(scope="module")
def emulator_process() -> Iterator[Running]:
    with emulator_running() as process:
        yield process


@pytest.fixture
async def service(emulator_process: Running) -> AsyncIterator[Service]:
    async with aiohttp.ClientSession() as session, open_doors() as doors:
        emulator = Api(session, emulator_process.base_url)
        carrier = TwilioCarrier.make(emulator, session)
        doors.provider = carrier.provider
        await carrier.open(doors.public_url)
        yield Service(carrier, doors, emulator)


async def test_a_number_of_a_service_is_connected_through_the_service(service: Service) -> None:
    number = await service.declare(inbound_request_url="https://old.example.com/texts")
    assert (number.messaging_service_id, number.sms_url) == (SERVICE, "https://old.example.com/texts")
    checks = await service.connect(number)
    assert all(check.ok for check in checks)
    assert "https://old.example.com/texts" in checks[0].evidence
    assert any("'Support'" in check.evidence for check in checks)
    assert await service.text_arrives()
    (after,) = await service.carrier.provider.list_numbers(service.carrier.account)
    assert after.voice_url == number.voice_url


async def test_a_service_that_leaves_it_to_its_numbers_is_not_changed(service: Service) -> None:
    number = await service.declare(use_inbound_webhook_on_number=True, inbound_request_url="https://old.example.com/x")
    assert number.sms_url == "https://old.example.com/hooks/twilio/1/message"
    assert all(check.ok for check in await service.connect(number))
    assert await service.text_arrives()


async def test_a_text_through_a_service_is_accepted_and_found_though_its_sender_is_picked_later(
    service: Service,
) -> None:
    number = await service.declare()
    account, provider = service.carrier.account, service.carrier.provider
    text = OutboundText(MessageId(1), NUMBER, number.messaging_service_id, PHONE, "Through the service")
    result = await send_one(provider, account, text)
    assert isinstance(result, Accepted)
    assert (result.status, result.parts) == ("accepted", None)
    assert await service.found(text) == [result.provider_message_id]
    assert await service.found(replace(text, messaging_service_id="MG" + "2" * 32)) == []


async def test_webhooks_signed_with_a_shared_key_are_genuine_to_who_holds_it(service: Service) -> None:
    carrier = service.carrier
    key = {"id": "webhooks_sharedkey_01h", "secret": "sharedkeysecret"}
    declared = {"sid": SID, "auth_token": "e" * 32, "shared_keys": [key], "signing_key": key["id"]}
    await service.emulator.post("/emulator/accounts", declared)
    held = {**carrier.account.credentials, "shared_key_id": key["id"], "shared_key_secret": key["secret"]}
    carrier.account = replace(carrier.account, credentials=held)
    assert await service.text_arrives()
    assert all(check.ok for check in await carrier.provider.check_credentials(carrier.account))


async def test_an_api_key_sends_and_is_checked_beside_the_token(service: Service) -> None:
    carrier = service.carrier
    declared = {"sid": SID, "auth_token": "e" * 32, "api_keys": [{"sid": KEY_SID, "secret": KEY_SECRET}]}
    await service.emulator.post("/emulator/accounts", declared)
    held = {**carrier.account.credentials, "api_key_sid": KEY_SID, "api_key_secret": KEY_SECRET}
    carrier.account = replace(carrier.account, credentials=held)
    checks = await carrier.provider.check_credentials(carrier.account)
    assert [(check.name, check.ok) for check in checks] == [
        ("Account SID", True),
        ("Auth token", True),
        ("API key", True),
    ]
    sent = await send_one(carrier.provider, carrier.account, OutboundText(MessageId(1), NUMBER, None, PHONE, "By key"))
    assert isinstance(sent, Accepted)
    wrong = replace(carrier.account, credentials={**held, "api_key_secret": "wrong"})
    assert [check.ok for check in await carrier.provider.check_credentials(wrong)] == [True, True, False]


@pytest.mark.parametrize(
    ("credentials", "name", "words"),
    [
        ({"account_sid": ""}, "Account SID", "empty"),
        ({"account_sid": "AC123"}, "Account SID", "32 digits"),
        ({"account_sid": KEY_SID}, "Account SID", "API key"),
        ({"api_key_sid": KEY_SID}, "API key", "secret"),
        ({"api_key_secret": KEY_SECRET}, "API key", "SID"),
        ({"shared_key_id": "webhooks_sharedkey_01h"}, "Shared key", "missing"),
    ],
)
async def test_credentials_of_a_wrong_shape_are_named_before_they_fail(
    credentials: dict[str, str], name: str, words: str, twilio: TwilioProvider, canned: Canned, at_canned: Account
) -> None:
    canned.says(document({"status": "active", "type": "Full"}))
    held = {**at_canned.credentials, **credentials}
    checks = await twilio.check_credentials(replace(at_canned, credentials=held))
    (bad,) = [check for check in checks if not check.ok]
    assert bad.name == name
    assert words in bad.evidence
    assert bad.fix


@pytest.mark.parametrize(
    ("reply", "ok", "words"),
    [
        (document({"status": "active", "type": "Full", "friendly_name": "Acme"}), True, "'Acme'"),
        (document({"status": "active", "type": "Trial"}), True, "trial"),
        (document({"status": "suspended"}), False, "suspended"),
        (document({"code": 20003}, 401), False, "auth token"),
        (document({"code": 20008}, 403), False, "test credentials"),
        (document({"code": 20404}, 404), False, "no such account"),
        (page("<html>", 200), False, "not answer like Twilio"),
        (page("teapot", 418), False, "418"),
    ],
)
async def test_what_the_server_says_about_the_account_is_put_in_plain_words(
    reply: Reply, ok: bool, words: str, twilio: TwilioProvider, canned: Canned, at_canned: Account
) -> None:
    canned.says(reply)
    check = (await twilio.check_credentials(at_canned))[-1]
    assert check.ok is ok
    assert words in check.evidence + check.fix
    assert ok or check.fix


async def test_a_server_that_is_not_there_is_named_as_such(twilio: TwilioProvider, at_canned: Account) -> None:
    check = (await twilio.check_credentials(replace(at_canned, api_base_url="http://127.0.0.1:1")))[-1]
    assert not check.ok
    assert "refused" in check.evidence
    assert "http://127.0.0.1:1" in check.fix


async def test_a_number_gone_from_the_account_cannot_be_connected_and_says_so(service: Service) -> None:
    gone = AvailableNumber(NUMBER, "long_code", ("sms",), "US", "PN" + "9" * 32)
    for number in (gone, replace(gone, messaging_service_id="MG" + "9" * 32)):
        (check,) = await service.connect(number)
        assert not check.ok
        assert check.fix


async def test_an_application_that_would_take_the_texts_is_taken_off(
    twilio: TwilioProvider, canned: Canned, at_canned: Account
) -> None:
    number = AvailableNumber(NUMBER, "long_code", ("sms",), "US", "PN" + "9" * 32)
    urls = twilio.callback_urls("https://texts.example.com", at_canned)
    canned.says(document({"sms_application_sid": "AP1", "sms_url": ""}), document({"sms_url": urls.message}))
    assert all(check.ok for check in await twilio.connect_number(at_canned, number, urls))
    assert ["SmsApplicationSid", ""] in canned.asked[1]["form"]


async def test_a_change_that_did_not_take_is_not_called_a_success(
    twilio: TwilioProvider, canned: Canned, at_canned: Account
) -> None:
    number = AvailableNumber(NUMBER, "long_code", ("sms",), "US", "PN" + "9" * 32)
    urls = twilio.callback_urls("https://texts.example.com", at_canned)
    canned.says(document({"sms_url": "a", "voice_url": "v"}), document({"sms_url": "a", "voice_url": "w"}))
    assert [check.ok for check in await twilio.connect_number(at_canned, number, urls)] == [False, False]


async def test_short_codes_are_listed_beside_numbers(
    twilio: TwilioProvider, canned: Canned, at_canned: Account
) -> None:
    code = {"sid": "SC1", "short_code": "12345", "sms_url": "https://old.example.com"}
    canned.says(document({"services": []}), document({}), document({"short_codes": [code]}))
    (number,) = await twilio.list_numbers(at_canned)
    assert (number.address, number.type, number.sms_url) == ("12345", "short_code", "https://old.example.com")


@pytest.mark.parametrize(
    ("base", "path", "address"),
    [
        ("https://api.twilio.com", "/v1/Services", "https://messaging.twilio.com/v1/Services"),
        ("https://api.sydney.au1.twilio.com/", "/v1/Services", "https://messaging.sydney.au1.twilio.com/v1/Services"),
        ("https://api.twilio.com", "/2010-04-01/x", "https://api.twilio.com/2010-04-01/x"),
        ("http://127.0.0.1:8001/", "/v1/Services", "http://127.0.0.1:8001/v1/Services"),
        ("", "/2010-04-01/x", "https://api.twilio.com/2010-04-01/x"),
    ],
)
def test_services_are_asked_for_where_twilio_keeps_them(base: str, path: str, address: str) -> None:
    assert address_of(base, path) == address
