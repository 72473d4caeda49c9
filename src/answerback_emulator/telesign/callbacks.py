"""TeleSign's callbacks: JSON, signed over the body alone, tried three times.

Source: developer.telesign.com, "Callback service": anything but 200 is tried again after 10 and after 30 seconds.
"""

import base64
import hmac
from typing import Any

import msgspec

from answerback_emulator.callbacks import send_callback
from answerback_emulator.delivery.courier import Parcel, Receipt
from answerback_emulator.delivery.overrides import Patience
from answerback_emulator.emulator import Emulator
from answerback_emulator.telesign.answers import show_report
from answerback_emulator.telesign.signing_in import key_of
from answerback_emulator.world.records import Account, Text

WAITS_S = (10.0, 30.0)
_ONCE = Patience(retries=0)


def report(emulator: Emulator, text: Text) -> None:
    """Tell the page of the text's present status and, where there is a callback address, the customer's server."""
    emulator.announcer.tell("status", lambda: {"sid": text.sid, "status": text.status})
    url = text.callback_url
    if not url:
        return
    content = show_report(text)

    async def post() -> None:
        await post_signed(emulator, text, url, content)

    send_callback(emulator, text, url, post)


async def post_signed(emulator: Emulator, text: Text, url: str, content: dict[str, Any], *, tried: int = 0) -> Receipt:
    """One try now; further ones, if it was not answered with 200, follow by themselves."""
    account = emulator.world.accounts.get(text.account_sid)
    if account is None:
        return Receipt(None, "ct")
    receipt = await emulator.courier.carry(wrap(account, url, content))
    if receipt.status == 200:
        return receipt
    if tried == len(WAITS_S):
        emulator.alert(receipt.status or 0, text.sid, url, "The callback was not answered with 200 in three tries")
        return receipt

    async def again() -> None:
        await post_signed(emulator, text, url, content, tried=tried + 1)

    wait = WAITS_S[tried] * emulator.config.retry_pace
    emulator.later(wait, lambda: emulator.lines.submit(f"{text.sid} again", again))
    return receipt


def wrap(account: Account, url: str, content: dict[str, Any]) -> Parcel:
    """The request to make. Both headers carry the signature: one behind the customer's id, one bare."""
    body = msgspec.json.encode(content)
    signature = sign(account, body)
    headers = {
        "Accept": "*/*",
        "User-Agent": "TeleSign-Callback/1.0",
        "Content-Type": "application/json",
        "Authorization": f"TSA {account.sid}:{signature}",
        "X-TS-Authorization": signature,
    }
    return Parcel("POST", url, headers, body, _ONCE, account.provider)


def sign(account: Account, body: bytes) -> str:
    """HMAC-SHA256 of the raw body under the API key, in base 64."""
    return base64.b64encode(hmac.digest(key_of(account), body, "sha256")).decode()
