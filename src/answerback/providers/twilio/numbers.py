"""Lists the numbers and short codes of an account, with the Messaging Service each is in."""

from answerback.domain.numbers.phone import country_of, type_of
from answerback.providers.contract import AvailableNumber
from answerback.providers.exchange import Document
from answerback.providers.twilio.client import Client

SERVICES = "/v1/Services"
LARGEST_PAGE = [("PageSize", "1000")]
LARGEST_SERVICE_PAGE = [("PageSize", "100")]


async def list_numbers(client: Client) -> list[AvailableNumber]:
    """`sms_url` is where texts really go: the service's address, unless it leaves that to its numbers.

    Services and short codes may be absent: a server that only carries texts has none.
    """
    services = await _services_by_number(client)
    found = []
    path = client.path("/IncomingPhoneNumbers.json")
    async for number in client.pages(path, "incoming_phone_numbers", LARGEST_PAGE):
        found.append(_number(number, services.get(number["sid"])))
    async for code in client.pages(
        client.path("/SMS/ShortCodes.json"), "short_codes", LARGEST_PAGE, may_be_absent=True
    ):
        found.append(_short_code(code, services.get(code["sid"])))
    return found


async def _services_by_number(client: Client) -> dict[str, Document]:
    members = {}
    async for service in client.pages(SERVICES, "services", LARGEST_SERVICE_PAGE, may_be_absent=True):
        for kind, key in (("PhoneNumbers", "phone_numbers"), ("ShortCodes", "short_codes")):
            path = f"{SERVICES}/{service['sid']}/{kind}"
            async for member in client.pages(path, key, LARGEST_SERVICE_PAGE, may_be_absent=True):
                members[member["sid"]] = service
    return members


def _number(number: Document, service: Document | None) -> AvailableNumber:
    address = number["phone_number"]
    able = number.get("capabilities") or {}
    return AvailableNumber(
        address=address,
        type=type_of(address),
        capabilities=tuple(name for name in ("sms", "mms", "voice") if able.get(name) or able.get(name.upper())),
        country=country_of(address) or "",
        provider_number_id=number["sid"],
        messaging_service_id=service["sid"] if service else None,
        sms_url=_texts_go_to(number, service),
        voice_url=number.get("voice_url") or None,
    )


def _short_code(code: Document, service: Document | None) -> AvailableNumber:
    return AvailableNumber(
        address=code["short_code"],
        type="short_code",
        capabilities=("sms", "mms"),  # short codes have no voice; which carriers take MMS is not told here
        country=code.get("country_code") or "US",
        provider_number_id=code["sid"],
        messaging_service_id=service["sid"] if service else None,
        sms_url=_texts_go_to(code, service),
    )


def _texts_go_to(number: Document, service: Document | None) -> str | None:
    holder = number if service is None or service.get("use_inbound_webhook_on_number") else service
    return holder.get("sms_url" if holder is number else "inbound_request_url") or None
