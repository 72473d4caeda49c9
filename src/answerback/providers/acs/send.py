"""Sends texts, up to a hundred recipients a request, and says for each what is certain: accepted, not sent, unclear.

https://learn.microsoft.com/rest/api/communication/sms/send. HTTP 202 says nothing of the single texts. Each recipient
has a repeatability id, made from what stays the same when a lost request is repeated, so that it is carried out once.
"""

import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

from answerback.domain.sending.failure import Failure, FailureClass, Retry, WhoCanFix
from answerback.domain.sending.status import Status
from answerback.providers.acs.client import Answer, Client
from answerback.providers.acs.failures import FORGOTTEN, failure_of_item
from answerback.providers.contract import Accepted, NotSent, OutboundText, SendResult, Unclear
from answerback.providers.exchange import AnswerLostError, NotReachedError

SEND = "/sms?api-version=2021-03-07"
TAG = "answerback-"

_NO_PICTURES = Failure(
    FailureClass.MEDIA, None, WhoCanFix.NOBODY, "Azure's numbers send no pictures. Send the text without.", Retry.NEVER
)


async def send(client: Client, texts: Sequence[OutboundText]) -> list[SendResult]:
    """All of one sender and with the same words."""
    if texts[0].media_urls:
        return [NotSent(_NO_PICTURES)] * len(texts)
    try:
        answer = await client.post(SEND, document_of(client.account.api_base_url, texts))
    except (NotReachedError, AnswerLostError) as error:
        return [error.result()] * len(texts)
    return [answer.tell(result) for result in judge(answer, texts)]


def document_of(endpoint: str, texts: Sequence[OutboundText]) -> dict[str, Any]:
    """A single text is tagged with our id, so that its report finds it even if this answer is lost. A tag belongs to
    the whole request, so texts sent together have none: their repeated request tells their ids."""
    options: dict[str, Any] = {"enableDeliveryReport": True}
    if len(texts) == 1:
        options["tag"] = f"{TAG}{texts[0].message_id}"
    return {
        "from": texts[0].sender,
        "smsRecipients": [_recipient(endpoint, text) for text in texts],
        "message": texts[0].body,
        "smsSendOptions": options,
    }


def _recipient(endpoint: str, text: OutboundText) -> dict[str, str]:
    at = text.first_tried_at or datetime.now(UTC)
    name = f"{endpoint.rstrip('/')}/{text.message_id}/{at.isoformat(timespec='microseconds')}"
    return {
        "to": text.to,
        "repeatabilityRequestId": str(uuid.uuid5(uuid.NAMESPACE_URL, name)),
        "repeatabilityFirstSent": format_datetime(at.astimezone(UTC), usegmt=True),
    }


def judge(answer: Answer, texts: Sequence[OutboundText]) -> list[SendResult]:
    if answer.status == 408 or answer.status >= 500:
        why = f"Azure answered {answer.status}, which leaves open whether it took the text"
        return [Unclear(why)] * len(texts)
    if answer.status >= 300:
        return [NotSent(answer.failure)] * len(texts)
    items = answer.document.get("value") if answer.document else None
    if not isinstance(items, list):
        return [Unclear("Azure took the text, but its answer cannot be read")] * len(texts)
    # By recipient, and for the same recipient twice in their order.
    lines: dict[str, list[Mapping[str, Any]]] = {}
    for item in items:
        if isinstance(item, dict):
            lines.setdefault(_digits(item.get("to")), []).append(item)
    results: list[SendResult] = []
    for text in texts:
        found = lines.get(_digits(text.to))
        results.append(_judge_line(found.pop(0)) if found else Unclear("Azure's answer does not name it"))
    return results


def _judge_line(line: Mapping[str, Any]) -> SendResult:
    status, message_id = line.get("httpStatusCode"), line.get("messageId")
    code = status if isinstance(status, int) else 0
    if line.get("successful") is not False and 200 <= code < 300:
        if isinstance(message_id, str) and message_id:
            return Accepted(message_id, Status.ACCEPTED)
        return Unclear("Azure took the text, but gave no id for it")
    if code == 408 or code >= 500 or code < 400:
        return Unclear(f"Azure answered {code} for it, which leaves open whether it took the text")
    said = str(line.get("errorMessage") or "")
    if FORGOTTEN.search(said):
        return Unclear("Azure no longer knows whether it took the text when it was first asked to")
    return NotSent(failure_of_item(code, said))


def _digits(address: object) -> str:
    return str(address or "").strip().removeprefix("+")
