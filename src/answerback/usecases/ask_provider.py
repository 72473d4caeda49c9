"""Asks the provider itself: are the credentials right, which numbers are there, point one at us."""

from answerback.domain.ids import AccountId
from answerback.providers.contract import Account, AvailableNumber, Check, Provider, ProviderError
from answerback.storage.credentials import open_credentials
from answerback.storage.numbers import Number, get_number
from answerback.storage.provider_accounts import get_account
from answerback.storage.sealing import SealingError
from answerback.usecases.account_rules import account_problems
from answerback.usecases.account_settings import AccountDesk
from answerback.usecases.account_shapes import AccountDraft
from answerback.usecases.number_settings import change_number
from answerback.usecases.number_shapes import NumberChanges
from answerback.usecases.provider_facts import FACTS
from answerback.usecases.refusals import Invalid, NotFound, ProviderRefused


async def check_draft(desk: AccountDesk, draft: AccountDraft) -> list[Check] | Invalid:
    """Try an account before it is saved."""
    facts = FACTS.get(draft.provider)
    url = (draft.api_base_url or (facts.api_base_url if facts else "")).rstrip("/")
    credentials = {name: value.strip() for name, value in draft.credentials.items() if value.strip()}
    problems = account_problems(desk.providers, draft.provider, name=draft.name, url=url, credentials=credentials)
    if problems:
        return Invalid(problems)
    account = Account(AccountId(0), draft.provider, credentials, url, draft.signature_mode)
    return await desk.providers[draft.provider].check_credentials(account)


async def check_account(desk: AccountDesk, account_id: int) -> list[Check] | NotFound | ProviderRefused:
    opened = await _open(desk, account_id)
    if not isinstance(opened, tuple):
        return opened
    provider, account = opened
    return await provider.check_credentials(account)


async def list_available(desk: AccountDesk, account_id: int) -> list[AvailableNumber] | NotFound | ProviderRefused:
    """The numbers this account owns at the provider, in use here or not."""
    opened = await _open(desk, account_id)
    if not isinstance(opened, tuple):
        return opened
    provider, account = opened
    try:
        return await provider.list_numbers(account)
    except ProviderError as error:
        return ProviderRefused(error.failure.sentence)


async def connect_number(desk: AccountDesk, number_id: int, actor_id: int) -> list[Check] | NotFound | ProviderRefused:
    """Point the number's texts at this server, through the provider; its voice settings stay as they are."""
    number = await get_number(desk.pool, number_id)
    if number is None:
        return NotFound(f"number {number_id}")
    opened = await _open(desk, number.provider_account_id)
    if not isinstance(opened, tuple):
        return opened
    provider, account = opened
    try:
        found = await _find_there(provider, account, number)
        if found is None:
            return [_not_there(number)]
        checks = await provider.connect_number(account, found, provider.callback_urls(desk.public_url, account.id))
    except ProviderError as error:
        return ProviderRefused(error.failure.sentence)
    if number.provider_number_id != found.provider_number_id:
        changes = NumberChanges(provider_number_id=found.provider_number_id)
        await change_number(desk.pool, number_id, changes, actor_id)
    return checks


async def _find_there(provider: Provider, account: Account, number: Number) -> AvailableNumber | None:
    if number.provider_number_id is not None:
        return AvailableNumber(
            address=number.address,
            type=number.type,
            capabilities=tuple(number.capabilities),
            country=number.country,
            provider_number_id=number.provider_number_id,
            messaging_service_id=number.messaging_service_id,
        )
    available = await provider.list_numbers(account)
    return next((each for each in available if each.address == number.address), None)


def _not_there(number: Number) -> Check:
    fix = "Check that the number belongs to this account at the provider, or give its id there by hand."
    return Check("Number at the provider", False, f"The account has no number {number.address}.", fix)


async def _open(desk: AccountDesk, account_id: int) -> tuple[Provider, Account] | NotFound | ProviderRefused:
    record = await get_account(desk.pool, account_id)
    if record is None:
        return NotFound(f"provider account {account_id}")
    provider = desk.providers.get(record.provider)
    if provider is None:
        return ProviderRefused(f"This server has no adapter for {record.provider}. Update it, or remove the account.")
    try:
        credentials = open_credentials(desk.sealer, record.id, record.credentials)
    except SealingError as error:
        return ProviderRefused(str(error))
    account = Account(AccountId(record.id), record.provider, credentials, record.api_base_url, record.signature_mode)
    return provider, account
