"""Asks what became of one text. Azure Communication Services lists neither what was sent nor what was received."""

from collections.abc import AsyncIterator
from urllib.parse import quote

from answerback.providers.acs.client import Client
from answerback.providers.acs.events import lowered
from answerback.providers.acs.failures import TROUBLE
from answerback.providers.acs.parse import report_of
from answerback.providers.contract import DeliveryReport, InboundText, Malformed, ProviderError
from answerback.providers.exchange import AnswerLostError, NotReachedError

VERSION = "api-version=2026-01-23"


async def look_up(client: Client, provider_message_id: str) -> DeliveryReport | None:
    """GET /deliveryReports/{id}; None also where the resource is too old to have it. Raises ProviderError."""
    try:
        answer = await client.get(f"/deliveryReports/{quote(provider_message_id, safe='')}?{VERSION}")
    except NotReachedError as error:
        raise ProviderError(error.failure) from error
    except AnswerLostError as error:
        raise ProviderError(TROUBLE) from error
    if answer.status in (400, 404):
        return None
    if answer.status >= 300:
        raise ProviderError(answer.failure)
    report = report_of(lowered(answer.document)) if answer.document else None
    if report is None or isinstance(report, Malformed):
        raise ProviderError(TROUBLE)
    return report


async def list_inbound() -> AsyncIterator[InboundText]:
    """Nothing: there is no list of received texts."""
    nothing: tuple[InboundText, ...] = ()
    for text in nothing:
        yield text
