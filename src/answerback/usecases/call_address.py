"""Reads what can be rung: a phone as people write it, or a SIP address."""

from answerback.domain.calls.address import is_sip
from answerback.domain.numbers.phone import BadPhone, NumberType, parse_phone
from answerback.usecases.refusals import FieldProblem

SIP_LIKE = "Give a phone number like +14155550142, or a SIP address like sip:ana@example.org."


def read_call_address(written: str, field: str) -> str | FieldProblem:
    """E.164 or the SIP address; "" stays ""."""
    written = written.strip()
    if not written:
        return ""
    if written.lower().startswith(("sip:", "sips:")):
        return written if is_sip(written) else FieldProblem(field, "is not a SIP address", SIP_LIKE)
    phone = parse_phone(written)
    if isinstance(phone, BadPhone):
        return FieldProblem(field, "is not a phone number", phone.sentence)
    if phone.type is NumberType.SHORT_CODE:
        return FieldProblem(field, "is a short code, which cannot be called", SIP_LIKE)
    return phone.address
