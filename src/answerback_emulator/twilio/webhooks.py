"""Makes a signed Twilio webhook out of a URL and fields; POST carries them as a form, GET in the query."""

from secrets import token_hex

from answerback_emulator.delivery.courier import Parcel
from answerback_emulator.delivery.overrides import read_overrides
from answerback_emulator.twilio.forms import write_form
from answerback_emulator.twilio.signing import signature_headers
from answerback_emulator.world.records import Account

_FORM = "application/x-www-form-urlencoded; charset=UTF-8"


def new_event_token() -> str:
    """One token per event, the same when the event is delivered again."""
    raw = token_hex(16)
    return f"{raw[:8]}-{raw[8:12]}-{raw[12:16]}-{raw[16:20]}-{raw[20:]}"


def wrap_webhook(
    account: Account, url: str, fields: list[tuple[str, str]], *, token: str, method: str = "POST"
) -> Parcel:
    """The request to make; the fragment steers the connection and is neither sent nor signed."""
    bare, patience = read_overrides(url)
    headers = {
        "Accept": "*/*",
        "User-Agent": "TwilioProxy/1.1",
        "I-Twilio-Idempotency-Token": token,
    }
    if method == "GET":
        full = f"{bare}{'&' if '?' in bare else '?'}{write_form(fields)}"
        return Parcel("GET", full, headers | signature_headers(account, full, ()), b"", patience, account.provider)
    headers["Content-Type"] = _FORM
    headers |= signature_headers(account, bare, fields)
    return Parcel("POST", bare, headers, write_form(fields).encode(), patience, account.provider)
