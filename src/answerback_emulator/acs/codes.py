"""Azure's codes for what became of a text, its words for them, and which of Twilio's faults they stand for.

Source: learn.microsoft.com, "Troubleshooting response codes for SMS".
"""

DELIVERED, OPTED_OUT, FILTERED, NOBODY, NO_REPORT = 2000, 4007, 4005, 4004, 5002

_WORDS = {
    2000: "No Error",
    4000: "Message is rejected due to fraudulent activity",
    4001: "Invalid Source/From number format",
    4002: "Invalid Destination/To number format",
    4003: "Message failed to deliver due to unsupported destination",
    4004: "Message failed to deliver since Destination/To number does not exist",
    4005: "Message blocked by Destination carrier",
    4006: "The Destination/To number is not reachable",
    4007: "The Destination/To number has opted out of receiving messages from you",
    4008: "You have exceeded the maximum number of messages allowed for your profile",
    4009: "Message is rejected by Microsoft Entitlement System",
    4010: "Message was blocked due to the toll-free number not being verified",
    4020: "Message blocked by carrier for volumetric limits",
    5000: "Message failed to deliver",
    5001: "Message failed to deliver due to temporary unavailability of application/system",
    5002: "Carrier does not support delivery report",
    9999: "Message failed to deliver due to unknown error/failure",
}
_BEFORE_CARRIER = frozenset({4000, 4001, 4002, 4003, 4007, 4008, 4009, 4010})

# A phone's fault is declared once, by Twilio's code as a rule; other carriers see the same fault.
_AS_AT_TWILIO = {
    21610: 4007,
    30001: 5001,
    30002: 4009,
    30003: 4006,
    30004: 4005,
    30005: 4004,
    30006: 4006,
    30007: 4005,
    30008: 9999,
    30017: 5001,
    30022: 4008,
    30023: 4020,
    30032: 4010,
    30034: 4005,
    30410: 5001,
    30500: 5000,
}


def details_of(code: int) -> str:
    """A report's deliveryStatusDetails, as "2000: No Error"."""
    return f"{code}: {_WORDS.get(code, 'Message failed to deliver')}"


def code_of(declared: int) -> int:
    """The code for a fault declared of a phone: Azure's own, or the one that means what Twilio's means."""
    return declared if declared < 10_000 else _AS_AT_TWILIO.get(declared, 9999)


def stops_before_carrier(code: int) -> bool:
    """Whether a text with this code never left Azure."""
    return code in _BEFORE_CARRIER
