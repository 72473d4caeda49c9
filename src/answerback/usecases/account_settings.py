"""Provider accounts: add, change, remove. Secrets are sealed before they are stored and never leave again."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from answerback.domain.ids import AccountId
from answerback.providers.contract import Account, Provider
from answerback.storage.connection import Pool
from answerback.storage.credentials import open_credentials, seal_credentials
from answerback.storage.provider_accounts import (
    AccountRecord,
    delete_account,
    insert_account,
    lock_account,
    next_account_id,
    update_account,
    uses_of_account,
)
from answerback.storage.sealing import Sealer, SealingError
from answerback.storage.upkeep import set_due
from answerback.usecases.account_rules import account_problems, complete, mask, merge_credentials
from answerback.usecases.account_shapes import AccountChanges, AccountDraft, AccountView, CallbackAddresses
from answerback.usecases.audit import record_setting
from answerback.usecases.changes import given
from answerback.usecases.reach import ReachTest
from answerback.usecases.refusals import InUse, Invalid, NotFound

AT_ONCE: Final = timedelta(0)


@dataclass(frozen=True, slots=True)
class AccountDesk:
    """What work on provider accounts needs."""

    pool: Pool
    sealer: Sealer
    providers: Mapping[str, Provider]
    reach: ReachTest

    @property
    def public_url(self) -> str:
        return self.reach.public_url


async def create_account(desk: AccountDesk, draft: AccountDraft, actor_id: int) -> AccountView | Invalid:
    read = read_draft(desk, draft)
    if isinstance(read, Invalid):
        return read
    url, credentials = read
    async with desk.pool.acquire() as connection, connection.transaction():
        account_id = await next_account_id(connection)
        sealed = seal_credentials(desk.sealer, account_id, credentials)
        account = AccountRecord(
            account_id, draft.provider, draft.name.strip(), sealed, url, draft.signature_mode, draft.active,
            draft.keep_raw_days, draft.monthly_budget, draft.currency, None, datetime.now(UTC),
        )  # fmt: skip
        await insert_account(connection, account)
        data = {"id": account_id, "provider": account.provider, "name": account.name}
        await record_setting(connection, "ProviderAccountCreated", actor_id, data)
    return show_account(desk, account)


def read_draft(desk: AccountDesk, draft: AccountDraft) -> tuple[str, dict[str, str]] | Invalid:
    """The API's address and the credentials of an account to be; what is left out is the provider's own."""
    provider = desk.providers.get(draft.provider)
    facts = provider.facts if provider else None
    url = (draft.api_base_url or (facts.api_base_url if facts else None) or "").rstrip("/")
    credentials = complete(facts, draft.credentials) if facts else {}
    problems = account_problems(desk.providers, draft.provider, name=draft.name, url=url, credentials=credentials)
    return Invalid(problems) if problems else (url, credentials)


async def change_account(
    desk: AccountDesk, account_id: int, changes: AccountChanges, actor_id: int
) -> AccountView | Invalid | NotFound:
    async with desk.pool.acquire() as connection, connection.transaction():
        old = await lock_account(connection, account_id)
        if old is None:
            return NotFound(f"provider account {account_id}")
        credentials, changed_secrets = merge_credentials(_open(desk, old)[0], changes)
        plain = {name: value for name, value in given(changes).items() if name != "credentials"}
        new = replace(old, **plain)
        new = replace(new, name=new.name.strip(), api_base_url=new.api_base_url.rstrip("/"))
        problems = account_problems(
            desk.providers, new.provider, name=new.name, url=new.api_base_url, credentials=credentials
        )
        if problems:
            return Invalid(problems)
        if changed_secrets:
            new = replace(new, credentials=seal_credentials(desk.sealer, account_id, credentials))
        await update_account(connection, new)
        difference = {name: [getattr(old, name), getattr(new, name)] for name in plain}
        audited = {name: values for name, values in difference.items() if values[0] != values[1]} | {
            f"credentials.{name}": "changed" for name in changed_secrets
        }
        if audited:
            data = {"id": account_id, "name": new.name, "changes": audited}
            await record_setting(connection, "ProviderAccountChanged", actor_id, data)
            await set_due(connection, account_id, AT_ONCE)
        return show_account(desk, new)


async def remove_account(pool: Pool, account_id: int, actor_id: int) -> NotFound | InUse | None:
    """Its webhook counts and kept webhooks go with it."""
    async with pool.acquire() as connection, connection.transaction():
        account = await lock_account(connection, account_id)
        if account is None:
            return NotFound(f"provider account {account_id}")
        uses = await uses_of_account(connection, account_id)
        if uses:
            way_out = "Move its numbers to another account, or make it inactive."
            return InUse(f"provider account {account.name}", uses, way_out)
        await delete_account(connection, account_id)
        data = {"id": account_id, "name": account.name}
        await record_setting(connection, "ProviderAccountRemoved", actor_id, data)
    return None


def show_account(desk: AccountDesk, account: AccountRecord) -> AccountView:
    """With masked secrets, and the addresses the provider must call."""
    credentials, problem = _open(desk, account)
    provider = desk.providers.get(account.provider)
    opened = Account(AccountId(account.id), account.provider, credentials, account.api_base_url, account.signature_mode)
    urls = provider.callback_urls(desk.public_url, opened) if provider and problem is None else None
    return AccountView(
        id=account.id,
        provider=account.provider,
        name=account.name,
        api_base_url=account.api_base_url,
        signature_mode=account.signature_mode,
        active=account.active,
        keep_raw_days=account.keep_raw_days,
        monthly_budget=account.monthly_budget,
        currency=account.currency,
        credentials=mask(provider.facts if provider else None, credentials),
        credentials_problem=problem,
        callback_urls=CallbackAddresses(urls.message, urls.status, urls.voice) if urls else None,
        last_inbound_at=account.last_inbound_at,
        created_at=account.created_at,
    )


def _open(desk: AccountDesk, account: AccountRecord) -> tuple[dict[str, str], str | None]:
    """The secrets, or nothing and why."""
    try:
        return open_credentials(desk.sealer, account.id, account.credentials), None
    except SealingError as error:
        return {}, str(error)
