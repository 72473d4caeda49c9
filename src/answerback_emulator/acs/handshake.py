"""Event Grid delivers to nobody who has not agreed: the handshakes of its two schemas.

Source: learn.microsoft.com, "Endpoint validation with Event Grid event schema", and CloudEvents' HTTP webhook spec, 4.
"""

import time
from uuid import uuid4

import msgspec

from answerback_emulator.acs.events import VALIDATION, write_event
from answerback_emulator.delivery.courier import Parcel, Receipt
from answerback_emulator.delivery.overrides import Patience
from answerback_emulator.emulator import Emulator
from answerback_emulator.world.records import Account

ORIGIN = "eventgrid.azure.net"
PATIENCE = Patience(connect_s=10, read_s=30, total_s=30, retries=0)
PAUSE_S = 1.0
_RATE = "120"


async def subscribe(emulator: Emulator, account: Account, *, declared: bool = False) -> bool:
    """Whether the account's address has agreed to hear this schema. One that has not is asked again when the account is
    declared again, and before events that wait, though not for each of them."""
    world = emulator.world
    subscription = world.azure.subscription(account.sid)
    wanted = (account.event_url, account.event_schema)
    async with subscription.shaking:
        if subscription.agreed == wanted:
            return True
        if not declared and subscription.refused == wanted and time.monotonic() < subscription.ask_again:
            return False
        if await _agrees(emulator, account):
            subscription.agreed, subscription.refused = wanted, None
            return True
        subscription.agreed, subscription.refused = None, wanted
        subscription.ask_again = time.monotonic() + PAUSE_S * emulator.config.retry_pace
    if emulator.world is world:
        why = "Event Grid's handshake was not answered as it must be: nothing is sent"
        emulator.alert(0, "", account.event_url, why)
    return False


async def _agrees(emulator: Emulator, account: Account) -> bool:
    if account.event_schema == "cloudevents":
        headers = {"WebHook-Request-Origin": ORIGIN, "WebHook-Request-Rate": _RATE}
        receipt = await emulator.courier.carry(
            Parcel("OPTIONS", account.event_url, headers, b"", PATIENCE, account.provider)
        )
        return receipt.status == 200 and receipt.header(b"webhook-allowed-origin") in (ORIGIN, "*")
    code = str(uuid4())
    event = write_event(account, VALIDATION, "", {"validationCode": code})
    headers = grid_headers(account, "SubscriptionValidation", 0) | {"Content-Type": "application/json; charset=utf-8"}
    body = msgspec.json.encode([event])
    receipt = await emulator.courier.carry(Parcel("POST", account.event_url, headers, body, PATIENCE, account.provider))
    return receipt.status == 200 and _code_in(receipt) == code


def grid_headers(account: Account, kind: str, tries: int) -> dict[str, str]:
    """The headers that Event Grid adds to all it posts."""
    return {
        "aeg-subscription-name": f"{account.sid}-EVENTS".upper(),
        "aeg-delivery-count": str(tries),
        "aeg-data-version": "1.0",
        "aeg-metadata-version": "1",
        "aeg-event-type": kind,
    }


def _code_in(receipt: Receipt) -> object:
    try:
        document = msgspec.json.decode(receipt.body)
    except msgspec.DecodeError:
        return None
    return document.get("validationResponse") if isinstance(document, dict) else None
