"""Twilio's error codes as data: https://www.twilio.com/docs/api/errors.

Grouped by what a code means for the text: one row a code, or several alike. To add a code, add a row.
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


_TABLE: dict[Verdict, dict[int | range | tuple[int, ...], str]] = {
    Verdict(FailureClass.INVALID_RECIPIENT, NOBODY): {
        21211: "This is not a phone number that can be texted. Check its digits.",
        21604: "The text names no phone number to go to. Add one to the contact.",
        21614: "This number is not a mobile phone. Ask the customer for another.",
        30014: "Twilio could not read the phone number. Check its digits.",
        30005: "This phone number is unknown or no longer in use. Ask the customer for another.",
    },
    Verdict(FailureClass.OPTED_OUT, CUSTOMER): {
        21610: "The customer has opted out with STOP. Only the customer can undo it, by texting START.",
    },
    Verdict(FailureClass.THROTTLED, NOBODY, BACK_OFF): {
        20429: "Twilio asked to slow down; the text waits and goes out by itself.",
    },
    Verdict(FailureClass.THROTTLED, NOBODY, LATER, MINUTE): {
        21611: "Twilio's queue for the sending number is full; the text waits and goes out by itself.",
        30001: "The text waited at Twilio for longer than allowed. Send it again.",
    },
    Verdict(FailureClass.THROTTLED, PROVIDER, LATER, 5 * MINUTE): {
        30017: "The carrier is congested. Try again later.",
    },
    Verdict(FailureClass.THROTTLED, ADMINISTRATOR, BACK_OFF): {
        30022: "The number sends faster than its 10DLC campaign allows. Lower its rate here, or raise the campaign's.",
        30031: "The rate set for this text is above the account's. Lower the number's rate here.",
    },
    Verdict(FailureClass.THROTTLED, ADMINISTRATOR, LATER, 6 * HOUR): {
        (
            30023,
            30027,
        ): "The 10DLC brand has used up T-Mobile's daily limit. Send it again after midnight Pacific time.",
        (30025, 30026): "The 10DLC brand nears T-Mobile's daily limit. Send it again after midnight Pacific time.",
        63038: "The Twilio account has used up its daily limit of texts. It resets tomorrow; Twilio can raise it.",
    },
    Verdict(FailureClass.FILTERED, ADMINISTRATOR): {
        30007: "Twilio or the carrier filtered the text as unwanted. Reword it, and avoid shortened links.",
        30450: "Twilio's fraud guard blocked the text. Allow the destination in Twilio if it is meant.",
    },
    Verdict(FailureClass.UNREACHABLE, NOBODY): {
        30006: "This is a landline, or its carrier takes no texts. Call instead.",
    },
    Verdict(FailureClass.UNREACHABLE, ADMINISTRATOR): {
        21612: "This phone cannot be reached from this number. Send from another, or ask Twilio about the route.",
    },
    Verdict(FailureClass.UNREACHABLE, CUSTOMER, LATER, 15 * MINUTE): {
        30003: "The phone is switched off, out of reach or refuses texts. Try again later.",
    },
    Verdict(FailureClass.UNREACHABLE, CUSTOMER): {
        30004: "The phone or its carrier blocks texts from this number. Call, or write from another number.",
    },
    Verdict(FailureClass.CONTENT, NOBODY): {
        (21602, 21619): "The text is empty. Write something, or attach a picture.",
        21617: "The text is longer than 1,600 characters. Send it in shorter ones.",
        30019: "The text is larger than the carrier takes. Send it in shorter ones.",
        30009: "A part of the text got lost on the way to Twilio. Send it again.",
        30409: "The text had already left and can no longer be canceled. Its delivery report will tell.",
    },
    Verdict(FailureClass.CONTENT, ADMINISTRATOR): {
        (20001, 20004, 20422): "Twilio does not accept the request's form. Look the code up in Twilio's error list.",
        (21624, 30012, 30013): "Twilio does not accept the text's validity period. Look the code up in its error list.",
        (30028, 30029, 30030): "Twilio does not accept an option of the text. Look the code up in Twilio's error list.",
        30010: "The text costs more than the highest price allowed for it. Raise that in Twilio.",
        (
            35111,
            35114,
            35115,
            35117,
            35118,
            35125,
        ): "Twilio does not accept the time the text is scheduled for. Choose another.",
    },
    Verdict(FailureClass.SENDER, ADMINISTRATOR): {
        21212: "Twilio does not accept the sending number. Check how it is entered.",
        (21601, 21606): "The sending number cannot send texts, or is not in this Twilio account. Check it there.",
        21603: "The text has neither a sending number nor a Messaging Service. Check the number here.",
        21703: "The Messaging Service has no number to send from. Add one in Twilio.",
        (21704, 21705): "The number's Messaging Service is empty or unknown. Correct it in the number's settings.",
        30015: "The sending number is for another kind of channel. Send from another.",
        30016: "Sender and recipient are on channels that do not fit together. Send from another number.",
        (21422, 21421): "This number is not available. Choose another.",
    },
    Verdict(FailureClass.SENDER, PROVIDER, LATER, HOUR): {
        30035: "Twilio is still setting the sending number up. Send it again in an hour.",
    },
    Verdict(FailureClass.ACCOUNT, ADMINISTRATOR): {
        21608: "A Twilio trial account may only text verified numbers. Verify this one, or upgrade the account.",
        21408: "Texting this country is switched off in the Twilio account. Allow it under Messaging, Geo permissions.",
        30002: "The Twilio account is suspended. Settle it with Twilio.",
        (20005, 10001): "The Twilio account is not active. Settle it with Twilio.",
        20008: "These are Twilio's test credentials, which may not do this. Enter the live ones.",
        20403: "The credentials may not do this. Give the API key the right to.",
        20404: "Twilio does not know what was asked for. Check the account's SID and API address.",
        21609: "Twilio does not accept the status address. ANSWERBACK_PUBLIC_URL must have no underscore in its host.",
    },
    Verdict(FailureClass.ACCOUNT, ADMINISTRATOR, LATER, MINUTE): {
        20003: "Twilio does not accept the account's credentials. Enter the current ones in the provider account.",
    },
    Verdict(FailureClass.REGISTRATION, ADMINISTRATOR): {
        30018: "This destination wants the sender registered beforehand. Register it in Twilio.",
        30024: "The sending number is not yet known to the customer's carrier. Finish its registration in Twilio.",
        30032: "The toll-free number is not verified. Complete toll-free verification in Twilio.",
        30033: "The number's 10DLC campaign is suspended. See the campaign's page in Twilio for the reason.",
        30034: "The number is not registered for 10DLC. Add it to an approved campaign in Twilio.",
        (
            *range(30440, 30450),
            30451,
        ): "Toll-free verification was rejected. Correct what Twilio names, and submit again.",
        range(30880, 30899): "The 10DLC campaign was rejected. See the reason in Twilio, correct it and submit again.",
    },
    Verdict(FailureClass.MEDIA, NOBODY): {
        30011: "Pictures cannot be sent to this phone's region. Send the text without it.",
        21623: "The text has more than ten pictures. Send them in several texts.",
        12300: "This kind of file cannot be sent by text. Send a picture, or a link to it.",
    },
    Verdict(FailureClass.MEDIA, ADMINISTRATOR): {
        (11200, 21620): "Twilio could not fetch the picture. It must reach ANSWERBACK_PUBLIC_URL from the internet.",
    },
    Verdict(FailureClass.PROVIDER_TROUBLE, PROVIDER, BACK_OFF): {
        (20500, 30500, 30020, 30021): "Twilio has trouble inside. Try again.",
        20503: "Twilio is not available just now; the text waits and goes out by itself.",
    },
    Verdict(FailureClass.PROVIDER_TROUBLE, PROVIDER, LATER, 5 * MINUTE): {
        30410: "The carrier did not answer Twilio in time. Try again later.",
    },
    Verdict(FailureClass.EXPIRED, NOBODY): {
        30036: "The text could not be delivered within its validity period. Send it again if it still matters.",
    },
    Verdict(FailureClass.UNKNOWN, NOBODY, LATER, 5 * MINUTE): {
        30008: "The text did not arrive, and the carrier gives no reason. Try again once.",
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
