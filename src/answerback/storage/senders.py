"""What the send gate asks about a number of ours, its account, and the centre's rules: everything but the recipient."""

from dataclasses import dataclass
from decimal import Decimal

from answerback.storage.connection import Database


@dataclass(frozen=True, slots=True)
class SenderFacts:
    """One number with its account, registration, limits, and the centre's own rules for sending."""

    number_id: int
    brand_id: int | None
    number_name: str
    number_type: str
    number_country: str
    number_active: bool
    capabilities: frozenset[str]
    provider_account_id: int
    provider: str
    account_active: bool
    registration_status: str
    overridden: bool
    daily_cap: int | None
    weekly_cap: int | None
    monthly_cap: int | None
    price_per_part: Decimal | None
    currency: str
    monthly_budget: Decimal | None
    account_budget: Decimal | None
    courtesy_hours: bool
    own_cap_texts: int | None
    own_cap_hours: int
    media_allowed: bool
    fail_over: bool


COLUMNS = """
    n.id as number_id, n.brand_id, coalesce(nullif(n.name, ''), n.address) as number_name, n.type as number_type,
    n.country as number_country, n.active as number_active, n.capabilities, n.provider_account_id, a.provider,
    a.active as account_active, coalesce(r.status, 'unknown') as registration_status,
    coalesce(r.override_reason <> '', false) as overridden, n.daily_cap, n.weekly_cap, n.monthly_cap,
    n.price_per_part, a.currency, n.monthly_budget, a.monthly_budget as account_budget,
    s.courtesy_hours, s.own_cap_texts, s.own_cap_hours, (ws.media ->> 'send')::boolean as media_allowed,
    ws.fail_over
"""
JOINS = """
    join provider_account a on a.id = n.provider_account_id
    join workstream ws on ws.id = n.workstream_id
    left join number_registration r on r.number_id = n.id
    cross join sending_rules s
"""


async def read_sender(database: Database, number_id: int) -> SenderFacts | None:
    row = await database.fetchrow(f"select {COLUMNS} from number n {JOINS} where n.id = $1", number_id)
    return SenderFacts(**{**row, "capabilities": frozenset(row["capabilities"])}) if row else None


async def read_spending(database: Database, sender: SenderFacts) -> tuple[Decimal, Decimal]:
    """Money reckoned to be gone this month, what waits included: of the number, and of its whole account."""
    row = await database.fetchrow(
        """
        select coalesce(sum(cost) filter (where id = $1), 0) as number, coalesce(sum(cost), 0) as account
        from (
            select n.id, n.price_per_part
                   * (coalesce((select sum(u.parts) from number_usage u where u.number_id = n.id and u.day >=
                                date_trunc('month', now() at time zone 'America/Los_Angeles')::date), 0)
                      + coalesce((select sum(o.parts) from outbox o
                                  where o.number_id = n.id and o.state = 'queued'), 0)) as cost
            from number n where n.provider_account_id = $2 and n.price_per_part is not null) each
        """,
        sender.number_id,
        sender.provider_account_id,
    )
    assert row is not None
    return row["number"], row["account"]
