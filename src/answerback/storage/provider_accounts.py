"""Provider accounts as settings. Secrets come sealed and leave sealed; opening them is the caller's business."""

from dataclasses import dataclass
from datetime import datetime

from answerback.storage.connection import Connection, Database

SELECT = """
select id, provider, name, credentials, api_base_url, signature_mode, active, keep_raw_days,
       monthly_budget::float8 as monthly_budget, currency, last_inbound_at, created_at
from provider_account
"""


@dataclass(frozen=True, slots=True)
class AccountRecord:
    """One row; `credentials` is sealed (storage/credentials.py). What the provider said of texts that went wrong is
    kept for `keep_raw_days`."""

    id: int
    provider: str
    name: str
    credentials: bytes
    api_base_url: str
    signature_mode: str
    active: bool
    keep_raw_days: int
    monthly_budget: float | None
    currency: str
    last_inbound_at: datetime | None
    created_at: datetime


async def list_accounts(connection: Database, after: int, limit: int) -> list[AccountRecord]:
    rows = await connection.fetch(SELECT + " where id > $1 order by id limit $2", after, limit)
    return [AccountRecord(**row) for row in rows]


async def get_account(connection: Database, account_id: int) -> AccountRecord | None:
    row = await connection.fetchrow(SELECT + " where id = $1", account_id)
    return AccountRecord(**row) if row else None


async def lock_account(connection: Connection, account_id: int) -> AccountRecord | None:
    row = await connection.fetchrow(SELECT + " where id = $1 for update", account_id)
    return AccountRecord(**row) if row else None


async def next_account_id(connection: Connection) -> int:
    """Drawn before the row is written, because the seal is bound to it."""
    account_id: int = await connection.fetchval("select nextval(pg_get_serial_sequence('provider_account', 'id'))")
    return account_id


async def insert_account(connection: Connection, account: AccountRecord) -> None:
    await connection.execute(
        """
        insert into provider_account (id, provider, name, credentials, api_base_url, signature_mode, active,
                                      keep_raw_days, monthly_budget, currency)
        overriding system value values ($1, $2, $3, $4, $5, $6, $7, $8, $9::float8::numeric, $10)
        """,
        account.id,
        account.provider,
        account.name,
        account.credentials,
        account.api_base_url,
        account.signature_mode,
        account.active,
        account.keep_raw_days,
        account.monthly_budget,
        account.currency,
    )


async def update_account(connection: Connection, account: AccountRecord) -> None:
    """Everything but the provider, which stays."""
    await connection.execute(
        """
        update provider_account set name = $2, credentials = $3, api_base_url = $4, signature_mode = $5, active = $6,
            keep_raw_days = $7, monthly_budget = $8::float8::numeric, currency = $9
        where id = $1
        """,
        account.id,
        account.name,
        account.credentials,
        account.api_base_url,
        account.signature_mode,
        account.active,
        account.keep_raw_days,
        account.monthly_budget,
        account.currency,
    )


async def delete_account(connection: Connection, account_id: int) -> None:
    await connection.execute("delete from provider_account where id = $1", account_id)


async def uses_of_account(connection: Database, account_id: int) -> tuple[str, ...]:
    """What needs this account, in words."""
    rows = await connection.fetch(
        """
        (select 'number ' || address as use from number where provider_account_id = $1 order by address limit 5)
        union all
        (select 'texts that came or went through it' from message where provider_account_id = $1 limit 1)
        """,
        account_id,
    )
    return tuple(row["use"] for row in rows)
