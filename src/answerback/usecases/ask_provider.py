"""Asks the provider itself: are the credentials right; points a number's texts at us."""

from answerback.domain.ids import AccountId
from answerback.providers.contract import Account, AvailableNumber, Check, Provider, ProviderError
from answerback.providers.facts import Facts
from answerback.storage.numbers import Number, get_number
from answerback.usecases.account_settings import AccountDesk, read_draft
from answerback.usecases.account_shapes import AccountDraft
from answerback.usecases.after_outage import after_outage
from answerback.usecases.number_settings import change_number
from answerback.usecases.number_shapes import NumberChanges
from answerback.usecases.number_upkeep import AT_PROVIDER
from answerback.usecases.open_account import Opened, open_account
from answerback.usecases.refusals import Invalid, NotFound, ProviderRefused
from answerback.usecases.upkeep import look_after


async def check_draft(desk: AccountDesk, draft: AccountDraft) -> list[Check] | Invalid:
    """Try an account before it is saved."""
    read = read_draft(desk, draft)
    if isinstance(read, Invalid):
        return read
    url, credentials = read
    account = Account(AccountId(0), draft.provider, credentials, url, draft.signature_mode)
    provider = desk.providers[draft.provider]
    checks = await provider.check_credentials(account)
    return checks if any(check.ok is False for check in checks) else [*checks, after_outage(provider.facts)]


async def connect_number(desk: AccountDesk, number_id: int, actor_id: int) -> list[Check] | NotFound | ProviderRefused:
    """Point the number's texts at this server, through the provider; its voice settings stay as they are."""
    number = await get_number(desk.pool, number_id)
    if number is None:
        return NotFound(f"number {number_id}")
    opened = await open_account(desk, number.provider_account_id)
    if not isinstance(opened, Opened):
        return opened
    provider, account = opened.provider, opened.account
    try:
        found = await find_there(provider, account, number)
        if found is None:
            return [not_there(number, provider.facts)]
        checks = await provider.connect_number(account, found, provider.callback_urls(desk.public_url, account))
    except ProviderError as error:
        return ProviderRefused(error.failure.sentence)
    if found.provider_number_id and number.provider_number_id != found.provider_number_id:
        changes = NumberChanges(provider_number_id=found.provider_number_id)
        await change_number(desk.pool, number_id, changes, actor_id)
    if provider.facts.sets_callbacks:
        await look_after(desk, number.provider_account_id)  # what was wrong before may be right now
    return checks


async def find_there(provider: Provider, account: Account, number: Number) -> AvailableNumber | None:
    if number.provider_number_id is not None:
        return AvailableNumber(
            address=number.address,
            type=number.type,
            capabilities=tuple(number.capabilities),
            country=number.country,
            provider_number_id=number.provider_number_id,
            messaging_service_id=number.messaging_service_id,
        )
    if number.type not in provider.facts.listed_types:
        return AvailableNumber(number.address, number.type, tuple(number.capabilities), number.country, "")
    available = await provider.list_numbers(account)
    return next((each for each in available if each.address == number.address), None)


def not_there(number: Number, facts: Facts) -> Check:
    return Check(AT_PROVIDER, False, f"The account has no number {number.address}.", facts.without_texts)
