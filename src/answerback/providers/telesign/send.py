"""Sends one text and says what is certain about it: accepted, not sent, or unclear.

Unclear is whatever may have been carried out: a lost or cut answer, and trouble inside TeleSign (5xx).
"""

from answerback.domain.sending.failure import Failure, FailureClass, Retry, WhoCanFix
from answerback.domain.sending.status import Status
from answerback.providers.contract import Accepted, NotSent, OutboundText, SendResult, Unclear
from answerback.providers.exchange import AnswerLostError, NotReachedError
from answerback.providers.form_body import Pairs
from answerback.providers.telesign.client import Answer, Client
from answerback.providers.telesign.failures import failure_of
from answerback.providers.telesign.statuses import FAILED, STATUSES

MESSAGING = "/v1/messaging"

# What TeleSign calls the reason of a text: alerts, reminders and notifications (ARN), marketing, one-time passwords.
MESSAGE_TYPES = {"promotional": "MKT", "campaign": "MKT", "otp": "OTP"}
ORDINARY = "ARN"

_NO_PICTURES = Failure(
    FailureClass.MEDIA, None, WhoCanFix.NOBODY, "TeleSign numbers send no pictures. Send the text without.", Retry.NEVER
)


async def send(client: Client, text: OutboundText) -> SendResult:
    """POST /v1/messaging: https://developer.telesign.com/enterprise/reference/sms."""
    if text.media_urls:
        return NotSent(_NO_PICTURES)
    try:
        answer = await client.post(MESSAGING, form_of(text))
    except (NotReachedError, AnswerLostError) as error:
        return error.result()
    return answer.tell(judge(answer))


def form_of(text: OutboundText) -> Pairs:
    """`external_id` comes back in the signed body of every report: it finds the text even if this answer is lost."""
    form = [
        ("phone_number", text.to.removeprefix("+")),
        ("message", text.body),
        ("message_type", MESSAGE_TYPES.get(text.purpose, ORDINARY)),
        ("sender_id", text.sender.removeprefix("+")),
        ("external_id", str(text.message_id)),
    ]
    if text.status_callback:
        form.append(("callback_url", text.status_callback))
    return form


def judge(answer: Answer) -> SendResult:
    """What an answer to a send says; never Accepted without an id to find the text by."""
    if answer.status < 300:
        reference = answer.document.get("reference_id") if answer.document else None
        if not isinstance(reference, str) or not reference:
            return Unclear("TeleSign took the text, but its answer cannot be read")
        status = STATUSES.get(answer.code or 0, Status.ACCEPTED)
        if status in FAILED and answer.code is not None:
            return NotSent(failure_of(answer.code))
        return Accepted(reference, status)
    if answer.status == 408 or answer.status >= 500:
        return Unclear(f"TeleSign answered {answer.status}, which leaves open whether it took the text")
    return NotSent(answer.failure)
