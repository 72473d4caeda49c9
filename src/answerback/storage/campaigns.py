"""Campaigns as people set them up and watch them: name, audience, words, numbers, limits, and how far they are."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import asyncpg
import msgspec

from answerback.domain.campaigns.states import State
from answerback.storage.connection import Connection, Database

SELECT = """
select c.id, c.name, c.audience_id, a.name as audience_name, c.state, c.state_reason, c.edition, c.send_at,
       c.pace_by_agents, c.reply_share, c.filtered_limit, c.opt_out_limit, c.failed_limit, c.watch_after,
       c.started_by, c.created_at, c.started_at, c.ended_at,
       (select jsonb_agg(jsonb_build_object('template_id', v.template_id, 'share', v.share, 'version', v.version,
                                            'name', t.name) order by v.variant)
        from campaign_variant v join message_template t on t.id = v.template_id where v.campaign_id = c.id) as variants,
       (select jsonb_agg(jsonb_build_object('number_id', n.number_id, 'recipients', n.recipients, 'queued', n.queued,
                                            'refused', n.refused, 'stopped', n.stopped, 'parts', n.parts)
                         order by n.number_id)
        from campaign_number n where n.campaign_id = c.id) as numbers,
       (select t.purpose from campaign_variant v join message_template t on t.id = v.template_id
        where v.campaign_id = c.id order by v.variant limit 1) as purpose
from campaign c join audience a on a.id = c.audience_id
"""


class CampaignVariant(msgspec.Struct, frozen=True):
    """`version` is None until the campaign starts: then the approved one of that moment. `share` is a weight."""

    template_id: int
    share: int
    version: int | None = None
    name: str = ""


class CampaignNumber(msgspec.Struct, frozen=True):
    """How far it is with those it texts from this number; `parts` were handed over to be sent."""

    number_id: int
    recipients: int = 0
    queued: int = 0
    refused: int = 0
    stopped: int = 0
    parts: int = 0

    @property
    def waiting(self) -> int:
        return self.recipients - self.queued - self.refused - self.stopped


class Campaign(msgspec.Struct, frozen=True):
    """`recipients` are frozen when it starts: `waiting`, handed over (`queued`), `refused` or `stopped` add up to them.

    `edition` grows with each change. The limits are shares of the latest texts, at which it pauses by itself.
    """

    id: int
    name: str
    audience_id: int
    audience_name: str
    purpose: str
    state: State
    state_reason: str
    edition: int
    send_at: datetime | None
    pace_by_agents: bool
    reply_share: float
    filtered_limit: float
    opt_out_limit: float
    failed_limit: float
    watch_after: int
    number_ids: list[int]
    variants: list[CampaignVariant]
    numbers: list[CampaignNumber]
    recipients: int
    waiting: int
    queued: int
    refused: int
    stopped: int
    parts: int
    started_by: int | None
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None


async def list_campaigns(database: Database, before: int, limit: int) -> list[Campaign]:
    """The newest first."""
    rows = await database.fetch(SELECT + " where c.id < $1 order by c.id desc limit $2", before, limit)
    return [_read(row) for row in rows]


async def get_campaign(database: Database, campaign_id: int) -> Campaign | None:
    row = await database.fetchrow(SELECT + " where c.id = $1", campaign_id)
    return _read(row) if row else None


async def lock_campaign(connection: Connection, campaign_id: int) -> Campaign | None:
    """Held until the transaction ends: no recipient is settled meanwhile."""
    row = await connection.fetchrow("select id from campaign where id = $1 for update", campaign_id)
    return await get_campaign(connection, campaign_id) if row else None


async def insert_campaign(connection: Connection, name: str, audience_id: int, created_by: int) -> int:
    campaign_id: int = await connection.fetchval(
        "insert into campaign (name, audience_id, created_by) values ($1, $2, $3) returning id",
        name,
        audience_id,
        created_by,
    )
    return campaign_id


async def update_campaign(connection: Connection, campaign: Campaign) -> None:
    """All that people set, words and numbers included; only of a draft."""
    await connection.execute(
        """
        update campaign
        set name = $2, audience_id = $3, send_at = $4, pace_by_agents = $5, reply_share = $6, filtered_limit = $7,
            opt_out_limit = $8, failed_limit = $9, watch_after = $10, edition = edition + 1
        where id = $1
        """,
        campaign.id,
        campaign.name,
        campaign.audience_id,
        campaign.send_at,
        campaign.pace_by_agents,
        campaign.reply_share,
        campaign.filtered_limit,
        campaign.opt_out_limit,
        campaign.failed_limit,
        campaign.watch_after,
    )
    await connection.execute("delete from campaign_number where campaign_id = $1", campaign.id)
    await connection.execute(
        "insert into campaign_number (campaign_id, number_id) select $1, unnest($2::bigint[])",
        campaign.id,
        campaign.number_ids,
    )
    await connection.execute("delete from campaign_variant where campaign_id = $1", campaign.id)
    await connection.execute(
        """
        insert into campaign_variant (campaign_id, variant, template_id, share)
        select $1, ord - 1, template_id, share
        from unnest($2::bigint[], $3::int[]) with ordinality as v (template_id, share, ord)
        """,
        campaign.id,
        [variant.template_id for variant in campaign.variants],
        [variant.share for variant in campaign.variants],
    )


async def fix_versions(connection: Connection, campaign_id: int, versions: Sequence[int]) -> None:
    """The words it is going to use, whatever is approved later; in the order of its variants."""
    await connection.execute(
        """
        update campaign_variant v set version = f.version
        from unnest($2::int[]) with ordinality as f (version, ord)
        where v.campaign_id = $1 and v.variant = f.ord - 1
        """,
        campaign_id,
        list(versions),
    )


async def set_state(
    connection: Connection,
    campaign_id: int,
    state: State,
    *,
    reason: str = "",
    send_at: datetime | None = None,
    started_by: int | None = None,
) -> None:
    """With the times that follow from it; `send_at` and `started_by` stay where they are None."""
    await connection.execute(
        """
        update campaign
        set state = $2, state_reason = $3, send_at = coalesce($4, send_at), started_by = coalesce($5, started_by),
            started_at = case when $2 = 'running' then coalesce(started_at, now()) else started_at end,
            watched_from = case when $2 = 'running' then now() else watched_from end,
            ended_at = case when $2 in ('done', 'stopped') then now() end
        where id = $1
        """,
        campaign_id,
        state.value,
        reason,
        send_at,
        started_by,
    )


async def delete_campaign(connection: Connection, campaign_id: int) -> None:
    await connection.execute("delete from campaign where id = $1", campaign_id)


async def lock_ready(connection: Connection) -> Campaign | None:
    """One that is to be prepared, or whose time has come; nobody else works on it until the transaction ends."""
    campaign_id = await connection.fetchval(
        """
        select id from campaign
        where state = 'preparing' or (state = 'scheduled' and send_at <= now())
        order by id limit 1 for update skip locked
        """
    )
    return None if campaign_id is None else await get_campaign(connection, campaign_id)


def _read(row: asyncpg.Record) -> Campaign:
    values: dict[str, Any] = dict(row)
    numbers = msgspec.convert(values["numbers"] or [], list[CampaignNumber])
    counted = {
        field: sum(getattr(number, field) for number in numbers)
        for field in ("recipients", "waiting", "queued", "refused", "stopped", "parts")
    }
    values |= counted | {
        "state": State(values["state"]),
        "purpose": values["purpose"] or "informational",
        "numbers": numbers,
        "number_ids": [number.number_id for number in numbers],
        "variants": msgspec.convert(values["variants"] or [], list[CampaignVariant]),
    }
    return Campaign(**values)
