"""Asks TeleSign what became of one text. It lists neither what was sent nor what was received."""

from collections.abc import AsyncIterator

from answerback.providers.contract import DeliveryReport, InboundText, Malformed, ProviderError
from answerback.providers.exchange import AnswerLostError, NotReachedError
from answerback.providers.telesign.client import Client
from answerback.providers.telesign.failures import TROUBLE
from answerback.providers.telesign.send import MESSAGING
from answerback.providers.telesign.statuses import report_of

NO_SUCH_REFERENCE = 11011


async def look_up(client: Client, provider_message_id: str) -> DeliveryReport | None:
    """GET /v1/messaging/{reference_id}. Raises ProviderError."""
    try:
        answer = await client.get(f"{MESSAGING}/{provider_message_id}")
    except NotReachedError as error:
        raise ProviderError(error.failure) from error
    except AnswerLostError as error:
        raise ProviderError(TROUBLE) from error
    if answer.status == 404 or answer.code == NO_SUCH_REFERENCE:
        return None
    if answer.status >= 300:
        raise ProviderError(answer.failure)
    report = report_of(answer.document) if answer.document else None
    if report is None or isinstance(report, Malformed):
        raise ProviderError(TROUBLE)
    return report


async def list_inbound() -> AsyncIterator[InboundText]:
    """Nothing: TeleSign has no list of received texts."""
    nothing: tuple[InboundText, ...] = ()
    for text in nothing:
        yield text
