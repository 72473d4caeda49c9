"""Sends one text and says what is certain about it: accepted, not sent, or unclear.

Unclear is whatever may have been carried out: a lost or cut answer, and trouble inside Twilio (5xx), which can strike
after the text was taken. Only 503 with Twilio's own error document is a plain refusal: it is given before any work.
"""

from answerback.domain.sending.status import Status
from answerback.providers.contract import Accepted, NotSent, OutboundText, SendResult, Unclear
from answerback.providers.exchange import AnswerLostError, NotReachedError
from answerback.providers.form_body import Pairs
from answerback.providers.twilio.client import Answer, Client
from answerback.providers.twilio.failures import failure_of
from answerback.providers.twilio.statuses import FAILED, STATUSES, parts_of, price_of


async def send(client: Client, text: OutboundText) -> SendResult:
    """POST Messages: https://www.twilio.com/docs/messaging/api/message-resource#create-a-message-resource."""
    try:
        answer = await client.post(client.path("/Messages.json"), form_of(text))
    except (NotReachedError, AnswerLostError) as error:
        return error.result()
    return answer.tell(judge(answer))


def form_of(text: OutboundText) -> Pairs:
    form = [("To", text.to)]
    if text.status_callback:
        form.append(("StatusCallback", text.status_callback))
    if text.messaging_service_id:
        form.append(("MessagingServiceSid", text.messaging_service_id))
    else:
        form.append(("From", text.sender))
    if text.body or not text.media_urls:
        form.append(("Body", text.body))
    form.extend(("MediaUrl", url) for url in text.media_urls)
    return form


def judge(answer: Answer) -> SendResult:
    """What an answer to a send says; never Accepted without an id to find the text by."""
    document = answer.document
    if answer.status < 300:
        sid = document.get("sid") if document else None
        if document is None or not isinstance(sid, str) or not sid:
            return Unclear("Twilio took the text, but its answer cannot be read")
        status = STATUSES.get(document.get("status") or "") or Status.ACCEPTED
        if status in FAILED:
            return NotSent(failure_of(document.get("error_code")))
        return Accepted(sid, status, parts_of(document), price_of(document))
    if answer.status == 408 or (answer.status >= 500 and not _refused_before_work(answer)):
        return Unclear(f"Twilio answered {answer.status}, which leaves open whether it took the text")
    return NotSent(answer.failure)


def _refused_before_work(answer: Answer) -> bool:
    return answer.status == 503 and answer.document is not None and isinstance(answer.document.get("code"), int)
