"""How Azure names who is in a call: communication identifiers."""

from typing import Any

from answerback_emulator.acs.answers import refused


def show_phone(phone: str) -> dict[str, Any]:
    """The identifier of a phone number (or SIP address)."""
    return {"kind": "phoneNumber", "rawId": f"4:{phone}", "phoneNumber": {"value": phone}}


def show_app(raw_id: str) -> dict[str, Any]:
    """The identifier of the centre itself in a call."""
    return {"kind": "communicationUser", "rawId": raw_id, "communicationUser": {"id": raw_id}}


def read_phone(given: object, name: str) -> str:
    """The phone an identifier names; only phones can be rung here. Raises AcsError."""
    if isinstance(given, dict):
        number = given.get("phoneNumber")
        value = number.get("value") if isinstance(number, dict) else given.get("value")
        raw = given.get("rawId")
        if isinstance(value, str) and value:
            return value
        if isinstance(raw, str) and raw.startswith("4:"):
            return raw[2:]
    raise refused(400, "BadRequest", f"{name} must name a phone number: the emulator rings phones only")
