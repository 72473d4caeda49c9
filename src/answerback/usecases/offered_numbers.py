"""Numbers that set-up can take into use: what the provider lists or a person types, judged before they are added."""

from collections.abc import Sequence

import msgspec

from answerback.domain.numbers.phone import BadPhone, parse_phone
from answerback.domain.sending.eligibility import destinations, why_no_texts, why_unknown
from answerback.providers.contract import AvailableNumber, ProviderError
from answerback.storage.numbers import Number, numbers_of_account
from answerback.usecases.account_settings import AccountDesk
from answerback.usecases.open_account import Opened, open_account
from answerback.usecases.refusals import Invalid, NotFound, ProviderRefused, invalid


class OfferedNumber(msgspec.Struct, frozen=True):
    """`refusal` says why it cannot be used for texts, `way_out` what to do; both null where it can. `destinations` are
    the countries it may text. `number_id` is null until it is added here; `points_here` where the provider tells."""

    address: str
    type: str
    capabilities: list[str]
    country: str
    provider_number_id: str | None
    messaging_service_id: str | None
    sms_url: str | None
    voice_url: str | None
    destinations: list[str]
    refusal: str | None
    way_out: str | None
    number_id: int | None
    points_here: bool | None


class Offer(msgspec.Struct, frozen=True):
    """`gone` are numbers of ours that the provider should list, but does not."""

    items: list[OfferedNumber]
    gone: list[int]


async def offer_numbers(desk: AccountDesk, account_id: int) -> Offer | NotFound | ProviderRefused:
    """All that the account owns there, in use here or not."""
    opened = await open_account(desk, account_id)
    if not isinstance(opened, Opened):
        return opened
    listed = await _list(opened)
    if isinstance(listed, ProviderRefused):
        return listed
    ours = await numbers_of_account(desk.pool, account_id)
    there = {number.address for number in listed}
    types = opened.provider.facts.listed_types
    gone = [number.id for number in ours if number.type in types and number.active and number.address not in there]
    return Offer([_show(desk, opened, number, ours) for number in listed], gone)


async def assess_number(
    desk: AccountDesk, account_id: int, address: str
) -> OfferedNumber | Invalid | NotFound | ProviderRefused:
    """A number typed by hand. One that the provider would list, but does not, is refused with the reason."""
    phone = parse_phone(address)
    if isinstance(phone, BadPhone):
        return invalid("address", "is not a phone number or short code", phone.sentence)
    opened = await open_account(desk, account_id)
    if not isinstance(opened, Opened):
        return opened
    ours = await numbers_of_account(desk.pool, account_id)
    facts = opened.provider.facts
    capabilities = ("sms", "mms") if facts.media else ("sms",)
    typed = AvailableNumber(phone.address, phone.type.value, capabilities, phone.country, "")
    if typed.type not in facts.listed_types:
        return _show(desk, opened, typed, ours)
    listed = await _list(opened)
    if isinstance(listed, ProviderRefused):
        return listed
    found = next((one for one in listed if one.address == phone.address), None)
    if found is not None:
        return _show(desk, opened, found, ours)
    missing = f"The account has no number {phone.address} at {facts.label}."
    return msgspec.structs.replace(_show(desk, opened, typed, ours), refusal=missing, way_out=facts.without_texts)


async def _list(opened: Opened) -> list[AvailableNumber] | ProviderRefused:
    try:
        return await opened.provider.list_numbers(opened.account)
    except ProviderError as error:
        return ProviderRefused(error.failure.sentence)


def _show(desk: AccountDesk, opened: Opened, found: AvailableNumber, ours: Sequence[Number]) -> OfferedNumber:
    facts = opened.provider.facts
    urls = opened.provider.callback_urls(desk.public_url, opened.account)
    refusal = why_no_texts(found.address, found.capabilities, facts.label)
    way_out = facts.without_texts if refusal else None
    if refusal is None and (refusal := why_unknown(found.address, found.country)):
        way_out = "Look for a typing error."
    return OfferedNumber(
        address=found.address,
        type=found.type,
        capabilities=list(found.capabilities),
        country=found.country,
        provider_number_id=found.provider_number_id or None,
        messaging_service_id=found.messaging_service_id,
        sms_url=found.sms_url,
        voice_url=found.voice_url,
        destinations=destinations(opened.provider.name, found.type, found.country),
        refusal=refusal,
        way_out=way_out,
        number_id=next((one.id for one in ours if one.address == found.address), None),
        points_here=found.sms_url == urls.message if facts.sets_callbacks else None,
    )
