"""Delivery codes of Azure Communication Services as data: https://learn.microsoft.com/azure/communication-services/
resources/troubleshooting/voice-video-calling/troubleshooting-codes (SMS). To add a code, add a row."""

from datetime import timedelta
from typing import NamedTuple

from answerback.domain.sending.failure import Failure, FailureClass, Retry, WhoCanFix
from answerback.domain.sending.status import Status

ADMINISTRATOR, CUSTOMER = WhoCanFix.ADMINISTRATOR, WhoCanFix.CUSTOMER
PROVIDER, NOBODY = WhoCanFix.PROVIDER, WhoCanFix.NOBODY
LATER = Retry.LATER
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
FAILED, UNDELIVERED = Status.FAILED, Status.UNDELIVERED


class Row(NamedTuple):
    """`status` is failed where the text never left Azure, undelivered where a carrier or phone did not take it."""

    status: Status
    cls: FailureClass
    who_can_fix: WhoCanFix
    sentence: str
    retry: Retry = Retry.NEVER
    after: timedelta | None = None

    def failure(self, code: str | None) -> Failure:
        return Failure(self.cls, code, self.who_can_fix, self.sentence, self.retry, self.after)


DELIVERED_CODE, NO_REPORT = 2000, 5002
"""5002: the carrier gives no report. The text has left; it may have arrived."""

TABLE: dict[int, Row] = {
    4000: Row(
        FAILED, FailureClass.FILTERED, ADMINISTRATOR, "Azure stopped the text as suspected fraud. Ask its support."
    ),
    4001: Row(
        FAILED, FailureClass.SENDER, ADMINISTRATOR, "The sending number is not accepted. Check it in the resource."
    ),
    4002: Row(FAILED, FailureClass.INVALID_RECIPIENT, NOBODY, "This is not a phone number. Check its digits."),
    4003: Row(
        FAILED,
        FailureClass.ACCOUNT,
        ADMINISTRATOR,
        "Azure does not text this country from this number. Send from another.",
    ),
    4004: Row(UNDELIVERED, FailureClass.INVALID_RECIPIENT, NOBODY, "There is no such phone number. Check its digits."),
    4005: Row(UNDELIVERED, FailureClass.FILTERED, ADMINISTRATOR, "The carrier blocked the text. Reword it."),
    4006: Row(
        UNDELIVERED,
        FailureClass.UNREACHABLE,
        CUSTOMER,
        "The phone is switched off or out of reach. Try again later.",
        LATER,
        15 * MINUTE,
    ),
    4007: Row(
        FAILED,
        FailureClass.OPTED_OUT,
        CUSTOMER,
        "The customer has opted out. Only the customer can undo it, by texting START.",
    ),
    4008: Row(
        FAILED,
        FailureClass.THROTTLED,
        ADMINISTRATOR,
        "The number has sent all it may for now. Try again later.",
        LATER,
        DAY,
    ),
    4009: Row(
        FAILED, FailureClass.ACCOUNT, ADMINISTRATOR, "The Azure subscription may not text. Ask Microsoft's support."
    ),
    4010: Row(
        FAILED,
        FailureClass.REGISTRATION,
        ADMINISTRATOR,
        "The toll-free number is not verified. Complete its verification in the Azure portal, Regulatory Documents.",
    ),
    4020: Row(
        FAILED,
        FailureClass.FILTERED,
        ADMINISTRATOR,
        "The carrier takes no more texts of this kind just now. Slow down, then try again.",
        LATER,
        DAY,
    ),
    5000: Row(
        UNDELIVERED,
        FailureClass.UNKNOWN,
        NOBODY,
        "The text did not arrive, and the carrier gives no reason. Try again once.",
    ),
    5001: Row(
        UNDELIVERED,
        FailureClass.PROVIDER_TROUBLE,
        PROVIDER,
        "The carrier could not take the text just now. Try again later.",
        LATER,
        15 * MINUTE,
    ),
    9999: Row(
        UNDELIVERED,
        FailureClass.UNKNOWN,
        NOBODY,
        "The text did not arrive, and nobody says why. Try again once.",
        LATER,
        5 * MINUTE,
    ),
}
UNKNOWN_CODE = Row(
    UNDELIVERED,
    FailureClass.UNKNOWN,
    ADMINISTRATOR,
    "The text did not arrive, for a reason this version does not know. Look it up in Azure's list of SMS codes.",
)
