"""TeleSign's codes and its words for them: what became of a text (below 1000), and what is wrong with a request.

Source: developer.telesign.com, "SMS: statuses and errors".
"""

IN_PROGRESS, AT_GATEWAY, DELIVERED = 290, 203, 200
FILTERED, NOBODY, NO_SUCH_SENDER, OPTED_OUT = 515, 507, 508, 510

_WORDS = {
    200: "Delivered to handset",
    203: "Delivered to gateway",
    207: "Error delivering SMS to handset (reason unknown)",
    210: "Temporary phone error",
    211: "Permanent phone error",
    220: "Gateway/network cannot route message",
    221: "Message expired before delivery",
    222: "SMS not supported",
    229: "Message blocked by customer request",
    230: "Message blocked by TeleSign",
    231: "Invalid/unsupported message content",
    233: "Message blocked by high risk score",
    237: "Blocked country",
    238: "Blocked prefix",
    250: "Final status unknown",
    286: "Transaction not attempted: phone type",
    290: "Message in progress",
    292: "Queued by gateway",
    295: "Status delayed",
    500: "Transaction not attempted",
    502: "Campaign error",
    503: "Carrier rejected - temporary problem",
    504: "Carrier rejected - permanent error",
    505: "Error on gateway - temporary error",
    506: "Error on gateway - permanent error",
    507: "Invalid destination address",
    508: "Invalid source address",
    510: "Message blocked by subscriber",
    511: "Low credit",
    512: "Roaming error",
    513: "Mobile number portability error",
    514: "Absent subscriber",
    515: "Suspected spam",
    599: "Status not available",
    10002: "The nonce has already been used",
    10003: "The nonce has a wrong length",
    10004: "The date is outside the allowed window",
    10005: "The date cannot be read",
    10008: "Invalid signature",
    10015: "Invalid customer ID",
    10017: "The requested resource was not found",
    10019: "Rate limit exceeded",
    10020: "Hard limit of requests exceeded",
    10030: "The wallet is empty",
    10031: "The request's host is not allowed",
    10032: "Blocked by TeleSign",
    10033: "Unverified phone number on a trial account",
    11000: "Invalid value for parameter phone_number",
    11003: "Invalid value for parameter account_lifecycle_event",
    11009: "Invalid value for parameter message",
    11010: "Invalid value for parameter originating_ip",
    11011: "Invalid value for parameter reference_id",
    11017: "Invalid value for parameter message_type",
    12000: "Missing required parameter phone_number",
    12009: "Missing required parameter message",
    12017: "Missing required parameter message_type",
}
_HTTP = {10017: 404, 10019: 429, 10020: 429, 10030: 402, 10031: 400, 10032: 400, 10033: 400}
_BEFORE_CARRIER = frozenset({220, 229, 230, 231, 233, 237, 238, 286, 500, 502, 508, 510, 511})

# A phone's fault is declared once, by Twilio's code as a rule; other carriers see the same fault.
_AS_AT_TWILIO = {
    21610: 510,
    30001: 503,
    30002: 500,
    30003: 514,
    30004: 211,
    30005: 507,
    30006: 222,
    30007: 515,
    30008: 207,
    30010: 511,
    30017: 503,
    30019: 231,
    30022: 505,
    30023: 505,
    30032: 502,
    30034: 502,
    30410: 221,
    30500: 505,
}


def words_of(code: int) -> str:
    """The description beside a code."""
    return _WORDS.get(code, f"Code {code}")


def http_status_of(code: int) -> int:
    """How a request with this error is answered: 401 for all that is wrong with signing in, else 400."""
    return _HTTP.get(code, 401 if code < 11000 else 400)


def status_code_of(declared: int) -> int:
    """The status for a fault declared of a phone: TeleSign's own code, or the one that means what Twilio's means."""
    return declared if declared < 1000 else _AS_AT_TWILIO.get(declared, 207)


def stops_before_carrier(code: int) -> bool:
    """Whether a text with this code never left TeleSign."""
    return code in _BEFORE_CARRIER
