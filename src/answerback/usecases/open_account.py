"""A saved provider account with its secrets opened, and the adapter that speaks for it."""

from dataclasses import dataclass

from answerback.domain.ids import AccountId
from answerback.providers.contract import Account, Provider
from answerback.storage.credentials import open_credentials
from answerback.storage.provider_accounts import AccountRecord, get_account
from answerback.storage.sealing import SealingError
from answerback.usecases.account_settings import AccountDesk
from answerback.usecases.refusals import NotFound, ProviderRefused


@dataclass(frozen=True, slots=True)
class Opened:
    """Never log it."""

    provider: Provider
    account: Account
    record: AccountRecord


async def open_account(desk: AccountDesk, account_id: int) -> Opened | NotFound | ProviderRefused:
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
    return Opened(provider, account, record)
