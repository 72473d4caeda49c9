"""Calls.json: accepts an outgoing call so that clients can be tried; nobody's phone rings."""

import time
from secrets import token_hex
from typing import Any

from answerback_emulator.twilio.answers import Answer, ApiCall, TwilioError, resource
from answerback_emulator.twilio.shapes import API, rfc2822


def create_call(call: ApiCall) -> Answer:
    """POST Calls.json: 201 with a queued call."""
    to, sender = call.form.get("To"), call.form.get("From")
    if not to:
        raise TwilioError(21201, "No 'To' number is specified")
    number = call.emulator.world.numbers.get(sender)
    if number is None or "voice" not in number.capabilities:
        raise TwilioError(21210, f"'From' phone number not verified: {sender}")
    if not call.form.get("Url") and not call.form.get("Twiml"):
        raise TwilioError(21205, "Url parameter is required.")
    sid, now = "CA" + token_hex(16), rfc2822(time.time())
    content: dict[str, Any] = {
        "sid": sid,
        "account_sid": call.account.sid,
        "api_version": "2010-04-01",
        "date_created": now,
        "date_updated": now,
        "direction": "outbound-api",
        "to": to,
        "to_formatted": to,
        "from": sender,
        "from_formatted": sender,
        "phone_number_sid": number.sid,
        "status": "queued",
        "price_unit": "USD",
        "subresource_uris": {},
        "uri": f"{API}{call.account.sid}/Calls/{sid}.json",
    }
    return resource(201, content)
