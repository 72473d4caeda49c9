"""Webhook requests as Twilio makes them, signed by the official validator where a test asks for it."""

from collections.abc import Mapping
from urllib.parse import urlencode, urlsplit

from twilio.request_validator import HMAC_SHA1, RequestValidator

from answerback.domain.ids import AccountId
from answerback.providers.contract import Account, HookRequest
from answerback.providers.facts import Door

FORM = "application/x-www-form-urlencoded; charset=UTF-8"
TOKEN = "0123456789abcdef0123456789abcdef"
ACCOUNT_SID = "AC" + "a" * 32
MESSAGE_SID = "SM" + "c" * 32
URL = "https://texts.example.com/hooks/twilio/1/message"

TEXT = {
    "MessageSid": MESSAGE_SID,
    "SmsSid": MESSAGE_SID,
    "AccountSid": ACCOUNT_SID,
    "From": "+15558675310",
    "To": "+15017122661",
    "Body": "Hello there",
    "NumMedia": "0",
    "NumSegments": "1",
}
STATUS = {"MessageSid": MESSAGE_SID, "MessageStatus": "delivered", "To": "+15558675310", "From": "+15017122661"}


def account(**credentials: str) -> Account:
    """An account with an auth token and whatever else is given."""
    held = {"account_sid": ACCOUNT_SID, "auth_token": TOKEN} | credentials
    return Account(AccountId(1), "twilio", held, "https://api.twilio.com")


def hook(
    fields: Mapping[str, str] | list[tuple[str, str]],
    *,
    url: str = URL,
    door: Door = Door.MESSAGE,
    headers: Mapping[str, str] | None = None,
) -> HookRequest:
    """A POST of these fields."""
    body = urlencode(fields).encode()
    return HookRequest(door, "POST", url, {"content-type": FORM, **(headers or {})}, body, urlsplit(url).query)


def signed_hook(
    fields: Mapping[str, str], *, url: str = URL, secret: str = TOKEN, algorithm: str = HMAC_SHA1
) -> HookRequest:
    """The same, with the official validator's signature."""
    signature = RequestValidator(secret).compute_signature(url, dict(fields), algorithm)
    return hook(fields, url=url, headers={"x-twilio-signature": signature})
