"""An Azure resource with a number for calls, its official client, and the events its centre hears."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from azure.communication.callautomation import CallAutomationClient, PhoneNumberIdentifier, TextSource
from azure.core.credentials import AzureKeyCredential

from tests.emulator.acs_world import KEY, RESOURCE, agree
from tests.emulator.loopback import Call, RunningEmulator, Webhook

LINE = "+18335550100"
AGENT = "+12125550177"
SPEECH = "https://speech.example.com"
WELCOME = TextSource(text="Welcome to Contoso", source_locale="en-US", voice_kind="female")


def phone(number: str) -> PhoneNumberIdentifier:
    return PhoneNumberIdentifier(number)


@dataclass
class Centre:
    """The centre's side: its client, and what came to its webhook as (type, data), in order."""

    client: CallAutomationClient
    webhook: Webhook
    emulator: RunningEmulator

    @property
    def url(self) -> str:
        return f"{self.webhook.url}/calls?key=k"

    def event(self, kind: str, place: int = 1) -> dict[str, Any]:
        """The data of the first (or a later) event of this kind, once it came."""
        call = self.webhook.wait_for(place, lambda one: kind_of(one) == kind)[place - 1]
        data: dict[str, Any] = event_in(call)["data"]
        return data

    def kinds(self) -> list[str]:
        """All but Event Grid's handshake."""
        return [kind_of(call) for call in self.webhook.calls if "SubscriptionValidation" not in call.body]

    def incoming(self, place: int = 1) -> str:
        """What the IncomingCall event carries to answer the call with."""
        return str(self.event("IncomingCall", place)["incomingCallContext"])


def kind_of(call: Call) -> str:
    """The type of the event a call brought, without its prefix; "" for a handshake without a body."""
    if not call.body:
        return ""
    event = event_in(call)
    return str(event.get("eventType") or event["type"]).removeprefix("Microsoft.Communication.")


def event_in(call: Call) -> dict[str, Any]:
    """The one event a call brought, alone or in an array."""
    told = json.loads(call.body)
    event: dict[str, Any] = told[0] if isinstance(told, list) else told
    return event


@pytest.fixture
def centre(emulator: RunningEmulator, webhook: Webhook) -> Iterator[Centre]:
    webhook.answer = agree
    account = {"sid": RESOURCE, "provider": "acs", "auth_token": KEY, "event_url": f"{webhook.url}/grid"}
    emulator.admin("POST", "/emulator/accounts", account)
    emulator.admin("POST", "/emulator/numbers", {"account_sid": RESOURCE, "phone_number": LINE})
    emulator.admin("POST", "/emulator/phones", {"number": AGENT, "name": "Anna's desk"})
    with CallAutomationClient(emulator.url, AzureKeyCredential(KEY), retry_total=0) as client:
        yield Centre(client, webhook, emulator)
