"""A TeleSign account at the emulator with one number, and TeleSign's own client pointed at it."""

import json
from typing import Any

from telesign.messaging import MessagingClient

from tests.emulator.loopback import Call, RunningEmulator, Webhook

CUSTOMER = "FFFFFFFF-EEEE-DDDD-1234-AB1234567890"
KEY = "EXAMPLE----TE8sTgg45yusumoN6BYsBVkh+yRJ5czgsnCehZaOYldPJdmFh6NeX8kunZ2zU1YWaUw/0wV6xfw=="
SENDER = "+12065550100"


def declare(emulator: RunningEmulator, webhook: Webhook, **number: object) -> None:
    account = {"sid": CUSTOMER, "provider": "telesign", "auth_token": KEY, "event_url": webhook.url}
    emulator.admin("POST", "/emulator/accounts", account)
    emulator.admin("POST", "/emulator/numbers", {"account_sid": CUSTOMER, "phone_number": SENDER, **number})


def client_of(emulator: RunningEmulator, key: str = KEY, customer: str = CUSTOMER, **options: Any) -> MessagingClient:
    return MessagingClient(customer, key, rest_endpoint=emulator.url, **options)


def told(call: Call) -> Any:
    return json.loads(call.body)


def codes_of(webhook: Webhook, reference: str) -> list[int]:
    """The statuses told of one text, in the order they came."""
    told_of = [told(call) for call in webhook.calls]
    return [
        one["status"]["code"] for one in told_of if one["reference_id"] == reference and one["sub_resource"] == "sms"
    ]
