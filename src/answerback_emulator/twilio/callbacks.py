"""Posts a signed status callback of a text or call."""

from dataclasses import dataclass

from answerback_emulator.callbacks import send_callback
from answerback_emulator.emulator import Emulator
from answerback_emulator.twilio.webhooks import new_event_token, wrap_webhook
from answerback_emulator.world.records import Method


@dataclass(frozen=True, slots=True)
class Callback:
    """What to tell whom: `sid` is the text or call it is about."""

    account_sid: str
    sid: str
    status: str
    url: str
    fields: list[tuple[str, str]]
    method: Method = "POST"


def post_callback(emulator: Emulator, callback: Callback) -> None:
    """Queue the callback."""
    sid, url = callback.sid, callback.url
    token = new_event_token()

    async def post() -> None:
        account = emulator.world.accounts.get(callback.account_sid)
        if account is not None:
            parcel = wrap_webhook(account, url, callback.fields, token=token, method=callback.method)
            receipt = await emulator.courier.carry(parcel)
            if not receipt.succeeded:
                emulator.alert(11200, sid, url, "The status callback was not answered with 2xx")

    send_callback(emulator, callback, url, post)
