"""What became of a campaign: read from its recipients, their texts, the replies and the consent ledger."""

from datetime import datetime
from typing import Literal

import msgspec

from answerback.storage.connection import Connection, Database

Outcome = Literal["waiting", "refused", "stopped", "on_the_way", "delivered", "failed", "unclear"]
OUTCOME = """
    case when r.state <> 'queued' then r.state
         when m.status = 'delivered' then 'delivered'
         when m.status in ('failed', 'undelivered', 'refused', 'canceled') then 'failed'
         when m.status = 'unclear' then 'unclear'
         else 'on_the_way' end
"""
REPLIED = """
    r.state = 'queued' and exists (
        select from conversation t join conversation c on c.contact_id = t.contact_id and c.number_id = t.number_id
        where t.id = m.conversation_id and c.last_inbound_at > r.settled_at)
"""
OPTED_OUT = """
    r.state = 'queued' and (coalesce(m.error_class, '') = 'opted_out' or exists (
        select from consent_entry e where e.phone = r.phone and e.choice = 'opt_out' and e.at >= r.settled_at))
"""
SELECT = f"""
    select r.place, r.phone, r.number_id, r.locale, r."values", {OUTCOME} as outcome, r.variant, r.due_at, r.message_id,
           m.conversation_id, r.settled_at, m.delivered_at, m.parts, m.error_code,
           coalesce(nullif(r.reason, ''), m.error_class, '') as reason, r.rule,
           coalesce(nullif(r.sentence, ''), m.error_sentence, '') as sentence,
           {REPLIED} as replied, {OPTED_OUT} as opted_out
    from campaign_recipient r left join message m on m.id = r.message_id
"""
CONDITIONS = {
    **{outcome: f"r.state = '{outcome}'" for outcome in ("waiting", "refused", "stopped")},
    **{
        outcome: f"r.state = 'queued' and ({OUTCOME}) = '{outcome}'"
        for outcome in ("on_the_way", "delivered", "failed", "unclear")
    },
    "replied": REPLIED,
    "opted_out": OPTED_OUT,
}
"""Literals, so that PostgreSQL sees which partial index applies."""


class CampaignRecipient(msgspec.Struct, frozen=True):
    """`variant` counts from 0, None before its turn. Of one that waits, `reason` says why it was put off until
    `due_at`. `opted_out` and `replied`: after the text."""

    place: int
    phone: str
    number_id: int
    locale: str | None
    values: dict[str, str]
    outcome: Outcome
    variant: int | None
    due_at: datetime
    message_id: int | None
    conversation_id: int | None
    settled_at: datetime | None
    delivered_at: datetime | None
    parts: int | None
    error_code: str | None
    reason: str
    rule: str
    sentence: str
    replied: bool
    opted_out: bool


class OutcomeCount(msgspec.Struct, frozen=True):
    """Recipients of one variant (None: before their turn) with one outcome and one reason."""

    variant: int | None
    outcome: Outcome
    reason: str
    recipients: int
    replied: int
    opted_out: int
    parts: int


async def list_recipients(
    database: Database, campaign_id: int, *, wanted: str | None, after: int, limit: int
) -> list[CampaignRecipient]:
    """In the order of the audience. `wanted`: an outcome, `replied` or `opted_out`."""
    condition = CONDITIONS.get(wanted or "", "true")
    rows = await database.fetch(
        SELECT + f" where r.campaign_id = $1 and r.place > $2 and {condition} order by r.place limit $3",
        campaign_id,
        after,
        limit,
    )
    return [CampaignRecipient(**row) for row in rows]


class CampaignResults(msgspec.Struct, frozen=True):
    """Exact as of `counted_at`: every recipient is counted in one item."""

    items: list[OutcomeCount]
    counted_at: datetime


async def read_counted(database: Database, campaign_id: int, *, rests: float | None = None) -> CampaignResults | None:
    """What was kept, at most `rests` times as old as it took to count."""
    row = await database.fetchrow(
        """
        select items, counted_at from campaign_result
        where campaign_id = $1 and ($2::float8 is null or counted_at + make_interval(secs => seconds * $2) > now())
        """,
        campaign_id,
        rests,
    )
    return CampaignResults(msgspec.convert(row["items"], list[OutcomeCount]), row["counted_at"]) if row else None


async def keep_counted(database: Database, campaign_id: int, counted: CampaignResults, seconds: float) -> None:
    await database.execute(
        """
        insert into campaign_result (campaign_id, counted_at, seconds, items) values ($1, $2, $3, $4)
        on conflict (campaign_id) do update
        set counted_at = excluded.counted_at, seconds = excluded.seconds, items = excluded.items
        """,
        campaign_id,
        counted.counted_at,
        seconds,
        msgspec.to_builtins(counted.items),
    )


async def lock_counting(connection: Connection, campaign_id: int) -> bool:
    """Whether nobody else counts this campaign; until the transaction ends."""
    locked: bool = await connection.fetchval(
        "select pg_try_advisory_xact_lock(hashtextextended('campaign results ' || $1::bigint, 0))", campaign_id
    )
    return locked


async def count_outcomes(database: Database, campaign_id: int) -> list[OutcomeCount]:
    """Looks at each text: some 150,000 recipients a second."""
    rows = await database.fetch(
        f"""
        select variant, outcome, reason, count(*)::int as recipients,
               (count(*) filter (where replied))::int as replied,
               (count(*) filter (where opted_out))::int as opted_out, coalesce(sum(parts), 0)::int as parts
        from (
            select r.variant, {OUTCOME} as outcome, coalesce(nullif(r.reason, ''), m.error_class, '') as reason,
                   case when r.state = 'queued' then m.parts end as parts,
                   {REPLIED} as replied, {OPTED_OUT} as opted_out
            from campaign_recipient r left join message m on m.id = r.message_id
            where r.campaign_id = $1) each
        group by variant, outcome, reason order by variant nulls last, outcome, reason
        """,
        campaign_id,
    )
    return [OutcomeCount(**row) for row in rows]
