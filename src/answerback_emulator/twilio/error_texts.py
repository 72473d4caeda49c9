"""Twilio's words for the codes a message can end with, and which of them stop it before the carrier."""

_TEXTS = {
    11200: "HTTP retrieval failure",
    21610: "Attempt to send to unsubscribed recipient",
    30001: "Queue overflow",
    30002: "Account suspended",
    30003: "Unreachable destination handset",
    30004: "Message blocked",
    30005: "Unknown destination handset",
    30006: "Landline or unreachable carrier",
    30007: "Message filtered",
    30008: "Unknown error",
    30010: "Message price exceeds max price",
    30017: "Carrier network congestion",
    30019: "Content size exceeds carrier limit",
    30022: "US A2P 10DLC - Rate limits exceeded",
    30023: "US A2P 10DLC - Daily message cap reached",
    30032: "Toll-free number has not been verified",
    30034: "Message from an unregistered number",
    30410: "Provider timeout error",
    30500: "Twilio internal error",
}
_BEFORE_CARRIER = frozenset({11200, 21610, 30001, 30002, 30010, 30022, 30023, 30034, 30500})


def error_text(code: int) -> str:
    """What the code means, as the API and the console word it."""
    return _TEXTS.get(code, f"Error {code}")


def stops_before_carrier(code: int) -> bool:
    """Whether a message with this code ends "failed" (never left) rather than "undelivered"."""
    return code in _BEFORE_CARRIER
