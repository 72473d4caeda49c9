"""TeleSign's statuses in the centre's words, and the values found in its JSON, in answers as in callbacks."""

from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from answerback.domain.ids import MessageId
from answerback.domain.sending.status import Status
from answerback.providers.contract import DeliveryReport, Malformed, Price
from answerback.providers.telesign.failures import failure_of

LONGEST_ID = 64
LARGEST_ROW_ID = 2**63 - 1

# 250 and 599 say that no more will be known: the text has left, that is all.
_BY_STATUS: dict[Status, tuple[int, ...]] = {
    Status.ACCEPTED: (290, 291, 292, 293, 294, 295, 296, 297, 298, 299),
    Status.SENT: (203, 250, 599),
    Status.DELIVERED: (200,),
    Status.UNDELIVERED: (207, 210, 211, 221, 222, 503, 504, 505, 506, 507, 512, 513, 514, 515),
    Status.FAILED: (220, 229, 230, 231, 233, 237, 238, 286, 500, 502, 508, 510, 511),
}
STATUSES: dict[int, Status] = {code: status for status, codes in _BY_STATUS.items() for code in codes}
FAILED = frozenset((Status.FAILED, Status.UNDELIVERED))


def report_of(document: dict[str, Any]) -> DeliveryReport | Malformed:
    """A report from a callback, or from the answer to a look-up."""
    reference = reference_of(document)
    if isinstance(reference, Malformed):
        return reference
    code = code_of(document)
    if code is None:
        return Malformed("status.code", "is missing or no number")
    status = STATUSES.get(code)
    if status is None:
        return Malformed("status.code", f"{code} is no status this version knows")
    failed = status in FAILED
    return DeliveryReport(
        provider_message_id=reference,
        status=status,
        error_code=str(code) if failed else None,
        failure=failure_of(code) if failed else None,
        at=read_date(status_of(document).get("updated_on")),
        our_message_id=our_message_of(document.get("external_id")),
        parts=parts_of(document),
        price=price_of(document),
    )


def reference_of(document: dict[str, Any]) -> str | Malformed:
    value = document.get("reference_id")
    if not isinstance(value, str) or not value.strip():
        return Malformed("reference_id", "is missing")
    if len(value) > LONGEST_ID or not value.isprintable():
        return Malformed("reference_id", f"is not an id of at most {LONGEST_ID} printable characters")
    return value.strip()


def status_of(document: dict[str, Any]) -> dict[str, Any]:
    status = document.get("status")
    return status if isinstance(status, dict) else {}


def code_of(document: dict[str, Any]) -> int | None:
    """The status code, which errors of the API also have; a number, or digits in a string."""
    code = status_of(document).get("code")
    if isinstance(code, int) and not isinstance(code, bool):
        return code
    if isinstance(code, str) and code.isascii() and code.isdecimal() and len(code) <= 6:
        return int(code)
    return None


def our_message_of(external_id: object) -> MessageId | None:
    """The id we sent along; None where it cannot be one of ours, as another program may use the account too."""
    text = str(external_id).strip() if isinstance(external_id, (str, int)) else ""
    if not (text.isascii() and text.isdecimal() and len(text) < 20) or int(text) > LARGEST_ROW_ID:
        return None
    return MessageId(int(text))


def parts_of(document: dict[str, Any]) -> int | None:
    """`additional_info` is there only where TeleSign has enabled it for the account."""
    count = _additional(document).get("message_parts_count")
    return count if isinstance(count, int) and not isinstance(count, bool) and 0 < count < 1000 else None


def price_of(document: dict[str, Any]) -> Price | None:
    currency = _additional(document).get("currency")
    try:
        amount = Decimal(str(_additional(document).get("price")))
    except InvalidOperation:
        return None
    if not amount.is_finite() or not isinstance(currency, str) or len(currency) != 3:
        return None
    return Price(abs(amount), currency.upper())


def _additional(document: dict[str, Any]) -> dict[str, Any]:
    info = document.get("additional_info")
    return info if isinstance(info, dict) else {}


def read_date(value: object) -> datetime | None:
    """RFC 3339, as in "2026-05-29T17:38:49.049000Z"; without a zone it is UTC."""
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment is not None and moment.tzinfo is None else moment
