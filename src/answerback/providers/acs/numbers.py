"""Lists the numbers of a resource: https://learn.microsoft.com/rest/api/communication/phonenumbers.

Numbers of direct routing are not among them, since Azure carries no texts for those; nor are short codes.
"""

from typing import Any
from urllib.parse import urlsplit

from answerback.domain.numbers.phone import country_of
from answerback.providers.acs.client import Client
from answerback.providers.acs.failures import TROUBLE
from answerback.providers.contract import AvailableNumber, ProviderError
from answerback.providers.exchange import AnswerLostError, NotReachedError

FIRST_PAGE = "/phoneNumbers?skip=0&top=100&api-version=2025-06-01"
MOST_PAGES = 100
TYPES = {"tollfree": "toll_free", "geographic": "long_code", "mobile": "long_code"}


async def list_numbers(client: Client) -> list[AvailableNumber]:
    """Raises ProviderError."""
    target: str | None = FIRST_PAGE
    found: list[AvailableNumber] = []
    for _ in range(MOST_PAGES):
        if target is None:
            break
        try:
            answer = await client.get(target)
        except NotReachedError as error:
            raise ProviderError(error.failure) from error
        except AnswerLostError as error:
            raise ProviderError(TROUBLE) from error
        if answer.status >= 300 or answer.document is None:
            raise ProviderError(answer.failure if answer.status >= 300 else TROUBLE)
        found.extend(_number(item) for item in answer.document.get("phoneNumbers", ()) if isinstance(item, dict))
        # Only path and query: the address of the next page never decides where the credentials go.
        following = urlsplit(str(answer.document.get("nextLink") or ""))
        target = f"{following.path}?{following.query}" if following.path else None
    return found


def _number(item: dict[str, Any]) -> AvailableNumber:
    address = str(item.get("phoneNumber") or "")
    address = address if address.startswith("+") else f"+{address}"
    able = item.get("capabilities")
    capabilities = able if isinstance(able, dict) else {}
    texts = "inbound" in str(capabilities.get("sms")) or "outbound" in str(capabilities.get("sms"))
    calls = str(capabilities.get("calling") or "none") != "none"
    return AvailableNumber(
        address=address,
        type=TYPES.get(str(item.get("phoneNumberType") or "").lower(), "long_code"),
        capabilities=(*(("sms",) if texts else ()), *(("voice",) if calls else ())),
        country=country_of(address) or str(item.get("countryCode") or ""),
        provider_number_id=str(item.get("id") or address.removeprefix("+")),
    )
