"""An Azure resource at the emulator with a number of each type, Microsoft's own clients, and a door for its events."""

import base64
import json
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from azure.communication.phonenumbers import PhoneNumbersClient
from azure.communication.sms import SmsClient
from azure.core.credentials import AzureKeyCredential

from answerback.providers.acs.authorization import Request, host_of, signed_headers
from answerback_emulator.settings.config import Config
from answerback_emulator.settings.dials import Dials
from answerback_emulator.world.records import Phone
from tests.emulator.loopback import PATIENCE_S, PHONE, Call, Reply, RunningEmulator, Webhook

RESOURCE = "contoso"
KEY = base64.b64encode(b"an access key of thirty-two bytes").decode()
SPARE = base64.b64encode(b"the other access key of the same").decode()
TOLL_FREE, LONG_CODE, SHORT_CODE, VOICE_ONLY = "+18335550100", "+12065550100", "12345", "+12065550101"
APP = {"tenant_id": "11111111-2222", "client_id": "33333333-4444", "client_secret": "quiet"}
JSON = "application/json"


def agree(call: Call) -> Reply:
    """Answers as an endpoint must that wants Event Grid's events: both handshakes, and 200 for the rest."""
    if call.method == "OPTIONS":
        return Reply(200, headers={"WebHook-Allowed-Origin": call.headers["WebHook-Request-Origin"]}, body="")
    if call.headers.get("aeg-event-type") == "SubscriptionValidation":
        code = json.loads(call.body)[0]["data"]["validationCode"]
        return Reply(200, JSON, json.dumps({"validationResponse": code}))
    return Reply(200, body="")


def agree_but(answer: Callable[[Call], int]) -> Callable[[Call], Reply]:
    """The handshakes as above; events are answered with this status."""
    return lambda call: Reply(answer(call), body="") if is_notification(call) else agree(call)


def is_notification(call: Call) -> bool:
    return call.headers.get("aeg-event-type") == "Notification"


def declare(emulator: RunningEmulator, webhook: Webhook | None, **account: Any) -> None:
    url = webhook.url if webhook is not None else ""
    spare = [{"sid": "secondary", "secret": SPARE}]
    resource = {
        "sid": RESOURCE,
        "provider": "acs",
        "auth_token": KEY,
        "api_keys": spare,
        "event_url": url,
        "entra": APP,
    }
    emulator.admin("POST", "/emulator/accounts", resource | account)
    for number, kind in ((TOLL_FREE, "toll_free"), (LONG_CODE, "long_code"), (SHORT_CODE, "short_code")):
        emulator.admin("POST", "/emulator/numbers", {"account_sid": RESOURCE, "phone_number": number, "type": kind})
    only_voice = {"account_sid": RESOURCE, "phone_number": VOICE_ONLY, "capabilities": ["voice"]}
    emulator.admin("POST", "/emulator/numbers", only_voice)


def sms_client(emulator: RunningEmulator, key: str = KEY, **options: Any) -> SmsClient:
    return SmsClient(emulator.url, AzureKeyCredential(key), **options)


def numbers_client(emulator: RunningEmulator) -> PhoneNumbersClient:
    return PhoneNumbersClient(emulator.url, AzureKeyCredential(KEY))


def asked(emulator: RunningEmulator, method: str, target: str, content: Any = None) -> tuple[int, Any]:
    """A request that Microsoft's client has no method for, signed as it signs; status and JSON."""
    body = b"" if content is None else json.dumps(content).encode()
    signed = Request(method, host_of(emulator.url), target, body, datetime.now(UTC))
    headers = {"Content-Type": JSON, **signed_headers(base64.b64decode(KEY), signed)}
    request = urllib.request.Request(emulator.url + target, data=body or None, method=method, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, json.loads(refused.read())


def notifications(webhook: Webhook, count: int) -> list[Call]:
    """The calls with events, once there are so many."""
    return webhook.wait_for(count, is_notification)


def events_in(call: Call) -> list[dict[str, Any]]:
    content = json.loads(call.body)
    return content if isinstance(content, list) else [content]


def told(webhook: Webhook, count: int) -> list[dict[str, Any]]:
    """The events themselves, once so many calls have come, in the order they came."""
    return [event for call in notifications(webhook, count) for event in events_in(call)]


@pytest.fixture(scope="module")
def quick() -> Iterator[RunningEmulator]:
    """An emulator whose waits between tries are a hundred thousand times shorter."""
    config = Config(phones=[Phone(number=PHONE)], dials=Dials(delay_ms=0), retry_pace=0.00001)
    with RunningEmulator(config) as running:
        yield running


@pytest.fixture
def at_grid(quick: RunningEmulator, webhook: Webhook) -> RunningEmulator:
    """The same, emptied; whatever hears its events agrees to."""
    webhook.answer = agree
    quick.admin("POST", "/emulator/reset")
    return quick


def text_in(emulator: RunningEmulator, body: str = "Olá 👍") -> Any:
    """A text from the phone to the toll-free number."""
    return emulator.text_from(PHONE, body, to=TOLL_FREE)
