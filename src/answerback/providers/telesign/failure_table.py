"""TeleSign's status and error codes as data: https://developer.telesign.com/enterprise/reference/sms.

Grouped by what a code means for the text. To add a code, add a row. Codes from 10000 are errors of the API.
"""

from datetime import timedelta
from typing import NamedTuple

from answerback.domain.sending.failure import Failure, FailureClass, Retry, WhoCanFix

ADMINISTRATOR, CUSTOMER = WhoCanFix.ADMINISTRATOR, WhoCanFix.CUSTOMER
PROVIDER, NOBODY = WhoCanFix.PROVIDER, WhoCanFix.NOBODY
LATER, BACK_OFF = Retry.LATER, Retry.BACK_OFF
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


class Verdict(NamedTuple):
    """What the codes of a group have in common."""

    cls: FailureClass
    who_can_fix: WhoCanFix
    retry: Retry = Retry.NEVER
    after: timedelta | None = None


_TABLE: dict[Verdict, dict[int | tuple[int, ...], str]] = {
    Verdict(FailureClass.INVALID_RECIPIENT, NOBODY): {
        507: "The carrier knows no such phone number. Check its digits.",
        (11000, 12000): "This is not a phone number that can be texted. Check its digits.",
        11001: "The phone number's country code is not one TeleSign knows. Check its digits.",
    },
    Verdict(FailureClass.OPTED_OUT, CUSTOMER): {
        510: "The customer has opted out. Only the customer can undo it, by texting START.",
    },
    Verdict(FailureClass.THROTTLED, NOBODY, BACK_OFF): {
        10019: "TeleSign asked to slow down; the text waits and goes out by itself.",
    },
    Verdict(FailureClass.THROTTLED, ADMINISTRATOR, LATER, HOUR): {
        10020: "The TeleSign account has reached its hard limit of requests. Ask TeleSign to raise it.",
    },
    Verdict(FailureClass.FILTERED, ADMINISTRATOR): {
        229: "TeleSign blocked the text, as your organisation asked for this number. Ask its support to undo that.",
        (230, 10032): "TeleSign blocked the text or the number. Ask TeleSign's support for the reason.",
        233: "TeleSign blocked the text because the number has a high risk score. Call instead.",
        515: "The carrier filtered the text as suspected spam. Reword it, and avoid shortened links.",
    },
    Verdict(FailureClass.UNREACHABLE, NOBODY): {
        211: "The phone cannot receive texts, and this will not change by itself. Call instead.",
        222: "The phone or its carrier takes no texts. Call instead.",
        286: "TeleSign does not text this type of phone. Call instead.",
        504: "The carrier refused the text for good. Call instead.",
        513: "The number was moved to another carrier, and the text could not follow it. Send it again.",
    },
    Verdict(FailureClass.UNREACHABLE, ADMINISTRATOR): {
        220: "TeleSign has no route to this phone. Ask TeleSign about the destination.",
    },
    Verdict(FailureClass.UNREACHABLE, CUSTOMER, LATER, 15 * MINUTE): {
        210: "The phone cannot receive texts just now. Try again later.",
        512: "The phone is roaming where texts do not reach it. Try again later.",
        514: "The phone is switched off or out of reach. Try again later.",
    },
    Verdict(FailureClass.CONTENT, NOBODY): {
        231: "The text has content that is not allowed or not supported. Reword it.",
        (11009, 12009): "The text is empty or longer than 1,600 characters. Shorten it.",
    },
    Verdict(FailureClass.CONTENT, ADMINISTRATOR): {
        (
            11003,
            11004,
            11005,
            11010,
            11016,
            11017,
            12017,
        ): "TeleSign does not accept the request's form. Look the code up in its error list.",
    },
    Verdict(FailureClass.SENDER, ADMINISTRATOR): {
        (508, 11013): "The sending number is not accepted. Ask TeleSign to allow it as a sender ID of the account.",
    },
    Verdict(FailureClass.REGISTRATION, ADMINISTRATOR): {
        502: "The sending number's campaign is missing or wrong. Complete its registration with TeleSign.",
    },
    Verdict(FailureClass.ACCOUNT, ADMINISTRATOR): {
        237: "Texting this country is blocked in the TeleSign account. Ask TeleSign to allow it.",
        238: "Texting this range of numbers is blocked in the TeleSign account. Ask TeleSign to allow it.",
        (511, 10030): "The TeleSign account has no credit left. Add some in the TeleSign portal.",
        10017: "TeleSign does not know what was asked for. Check the account's API address.",
        10031: "This server's address is not on the account's list of allowed hosts. Add it in the TeleSign portal.",
        10033: "A TeleSign trial account may only text verified numbers. Verify this one, or upgrade the account.",
        10015: "TeleSign does not know the customer ID. Copy it from the TeleSign portal.",
        (10002, 10003): "TeleSign does not accept the request's nonce. Look for a proxy that repeats requests.",
    },
    Verdict(FailureClass.ACCOUNT, ADMINISTRATOR, LATER, MINUTE): {
        10008: "TeleSign does not accept the account's API key. Enter the current one in the provider account.",
        (10004, 10005): "TeleSign does not accept the time of the request. Set this server's clock by a time service.",
    },
    Verdict(FailureClass.PROVIDER_TROUBLE, PROVIDER, LATER, 5 * MINUTE): {
        (500, 505): "TeleSign has trouble inside, and the text did not leave. Try again later.",
        503: "The carrier cannot take the text just now. Try again later.",
    },
    Verdict(FailureClass.PROVIDER_TROUBLE, PROVIDER): {
        506: "The gateway to the carrier refused the text for good. Ask TeleSign's support.",
    },
    Verdict(FailureClass.EXPIRED, NOBODY): {
        221: "The text could not be delivered within its validity period. Send it again if it still matters.",
    },
    Verdict(FailureClass.UNKNOWN, NOBODY): {
        207: "The text did not arrive, and TeleSign gives no reason. Try again once.",
    },
}


def _spread() -> dict[int, Failure]:
    failures = {}
    for verdict, rows in _TABLE.items():
        for codes, sentence in rows.items():
            for code in (codes,) if isinstance(codes, int) else codes:
                failures[code] = Failure(
                    verdict.cls, str(code), verdict.who_can_fix, sentence, verdict.retry, verdict.after
                )
    return failures


FAILURES: dict[int, Failure] = _spread()
