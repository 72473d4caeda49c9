"""Reads a sender's opt-outs at Azure, in questions of a hundred.

Source: Azure's REST specification of SMS 2026-01-23, "OptOuts". Accounts that Azure has not let in get 403 or 404.
"""

from collections.abc import Sequence
from typing import Final

from answerback.domain.sending.failure import Failure, FailureClass, Retry, WhoCanFix
from answerback.providers.acs.client import Client
from answerback.providers.acs.failures import TROUBLE
from answerback.providers.contract import ProviderError
from answerback.providers.exchange import AnswerLostError, NotReachedError

CHECK: Final = "/sms/optouts:check?api-version=2026-01-23"
MOST: Final = 100
CLOSED: Final = Failure(
    FailureClass.ACCOUNT,
    None,
    WhoCanFix.ADMINISTRATOR,
    "Azure does not let this resource read its opt-out list. Ask acs_telco_messaging@microsoft.com to let it in, with "
    "the resource's immutable id and its numbers.",
    Retry.NEVER,
)


async def opted_out(client: Client, sender: str, phones: Sequence[str]) -> frozenset[str]:
    """Raises ProviderError. Phones that Azure cannot read count as not opted out."""
    found: set[str] = set()
    for start in range(0, len(phones), MOST):
        found |= await _ask(client, sender, phones[start : start + MOST])
    return frozenset(found)


async def _ask(client: Client, sender: str, phones: Sequence[str]) -> set[str]:
    try:
        answer = await client.post(CHECK, {"from": sender, "recipients": [{"to": phone} for phone in phones]})
    except NotReachedError as error:
        raise ProviderError(error.failure) from error
    except AnswerLostError as error:
        raise ProviderError(TROUBLE) from error
    if answer.status in (403, 404):
        raise ProviderError(CLOSED)
    if answer.status >= 300:
        raise ProviderError(answer.failure)
    lines = (answer.document or {}).get("value")
    if not isinstance(lines, list):
        raise ProviderError(TROUBLE)
    return {str(line.get("to")) for line in lines if isinstance(line, dict) and line.get("isOptedOut") is True}
