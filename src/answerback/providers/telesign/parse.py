"""Turns TeleSign's callbacks into the centre's values: delivery reports and customers' texts, both as JSON.

The names inside `user_response` are not published, so a text is looked for under every name that has been seen.
"""

from typing import Any

import msgspec

from answerback.providers.contract import Happening, HookRequest, InboundText, Malformed
from answerback.providers.telesign.statuses import read_date, reference_of, report_of, status_of

SENDER = ("phone_number", "from", "sender")
RECIPIENT = ("sender_id", "to", "recipient", "destination")
BODY = ("mo_message", "message", "text", "body")
SHORT_CODE_LENGTH = 6
REPLACEMENT = "\ufffd"


def parse(request: HookRequest) -> tuple[Happening, ...]:
    """One thing a callback; nothing from a knock without a body, as people and health checks do."""
    if request.method != "POST":
        return ()
    try:
        document = msgspec.json.decode(request.body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return (Malformed("body", "is not JSON"),)
    if not isinstance(document, dict):
        return (Malformed("body", "is not a JSON object"),)
    kind = str(document.get("sub_resource") or "").strip().lower()
    if kind.startswith("mo") or "user_response" in document:
        return (text_of(document),)
    return (report_of(document),)


def text_of(document: dict[str, Any]) -> InboundText | Malformed:
    """A customer's text; its body may be empty."""
    reference = reference_of(document)
    if isinstance(reference, Malformed):
        return reference
    response = document.get("user_response")
    if not isinstance(response, dict):
        return Malformed("user_response", "is missing")
    sender, recipient = address_of(_first(response, SENDER)), address_of(_first(response, RECIPIENT))
    if not sender:
        return Malformed("user_response.phone_number", "is missing or no address")
    if not recipient:
        return Malformed("user_response.sender_id", "is missing or no address")
    body = next((response[name] for name in BODY if isinstance(response.get(name), str)), None)
    if body is None:
        return Malformed("user_response.mo_message", "is missing")
    return InboundText(
        provider_message_id=reference,
        to=recipient,
        sender=sender,
        body=body.replace("\0", REPLACEMENT),  # PostgreSQL's text cannot hold NUL
        provider_at=read_date(status_of(document).get("updated_on") or document.get("submit_timestamp")),
    )


def address_of(written: str) -> str:
    """TeleSign's numbers have no plus; a short code of up to six digits never has one. "" for what is no address."""
    if not written.isprintable():
        return ""
    if written.isascii() and written.isdecimal() and len(written) > SHORT_CODE_LENGTH:
        return f"+{written}"
    return written


def _first(response: dict[str, Any], names: tuple[str, ...]) -> str:
    values = (response.get(name) for name in names)
    return next((str(value).strip() for value in values if isinstance(value, (str, int)) and str(value).strip()), "")
