"""Whom a campaign reaches: copied once when it starts, then settled one by one, each in the transaction of its text."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec

from answerback.storage.audience_filters import members_query
from answerback.storage.audiences import Audience
from answerback.storage.connection import Connection


def placed(numbers: str) -> str:
    """Of a member `m`, the number they know, else spread over `numbers` (a parameter): the same one at every look."""
    return f"""
    case when cardinality({numbers}::bigint[]) = 1 then ({numbers}::bigint[])[1] else coalesce(
        (select c.number_id from contact_phone k
         join conversation c on c.contact_id = k.contact_id and c.customer_phone = k.phone
         where k.phone = m.phone and c.number_id = any ({numbers}::bigint[]) order by c.id desc limit 1),
        ({numbers}::bigint[])[1 + (hashtext(m.phone)::bigint + 2147483648) % cardinality({numbers}::bigint[])]) end
    """


class Recipient(msgspec.Struct, frozen=True):
    """One that waits. `values` fill the slots of the template."""

    place: int
    phone: str
    locale: str | None
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of one; `waiting` with a `due_at`: not now."""

    place: int
    state: str
    variant: int
    parts: int = 0
    message_id: int | None = None
    due_at: datetime | None = None
    reason: str = ""
    rule: str = ""
    sentence: str = ""


@dataclass(frozen=True, slots=True)
class Feedable:
    """A running campaign with recipients who are due at a number."""

    campaign_id: int
    pace_by_agents: bool
    reply_share: float


async def freeze(connection: Connection, campaign_id: int, audience: Audience, number_ids: Sequence[int]) -> int:
    """Copies the audience as it is now, each with their number."""
    query, given = members_query(audience)
    numbers, campaign = f"${len(given) + 1}", f"${len(given) + 2}"
    count = await connection.fetchval(
        f"""
        with copied as (
            insert into campaign_recipient (campaign_id, place, phone, number_id, locale, "values")
            select {campaign}, m.place, m.phone, {placed(numbers)}, m.locale, m."values" from ({query}) as m
            returning number_id
        ), counted as (
            select number_id, count(*)::int as recipients from copied group by number_id
        ), noted as (
            update campaign_number n set recipients = c.recipients from counted c
            where n.campaign_id = {campaign} and n.number_id = c.number_id
        )
        select coalesce(sum(recipients), 0)::int from counted
        """,
        *given,
        list(number_ids),
        campaign_id,
    )
    return int(count)


async def numbers_to_feed(connection: Connection) -> list[int]:
    """Numbers of running campaigns with somebody left to text."""
    rows = await connection.fetch(
        """
        select distinct n.number_id from campaign c join campaign_number n on n.campaign_id = c.id
        where c.state = 'running' and n.queued + n.refused + n.stopped < n.recipients
          and (n.held_until is null or n.held_until <= now()) order by 1
        """
    )
    return [row["number_id"] for row in rows]


async def lock_feedable(connection: Connection, number_id: int) -> list[Feedable]:
    """The campaigns that share this number now. Held: they cannot be paused or stopped until the transaction ends, and
    no other feeder works at this number."""
    if not await connection.fetchval("select pg_try_advisory_xact_lock(hashtext('campaign'), $1)", number_id):
        return []
    rows = await connection.fetch(
        """
        select c.id, c.pace_by_agents, c.reply_share from campaign c
        where c.state = 'running' and exists (
            select from campaign_number n where n.campaign_id = c.id and n.number_id = $1
              and (n.held_until is null or n.held_until <= now()))
          and exists (select from campaign_recipient r where r.campaign_id = c.id and r.number_id = $1
                      and r.state = 'waiting' and r.due_at <= now())
        order by c.id for share of c
        """,
        number_id,
    )
    return [Feedable(*row) for row in rows]


async def bulk_parts(connection: Connection, number_id: int, most: int) -> int:
    """Parts that lie in its bulk lane; counting ends at so many texts."""
    parts: int = await connection.fetchval(
        """
        select coalesce(sum(parts), 0)::int from (
            select parts from outbox where number_id = $1 and state = 'queued' and lane = 2 limit $2) o
        """,
        number_id,
        most,
    )
    return parts


async def claim_due(connection: Connection, campaign_id: int, number_id: int, most: int) -> list[Recipient]:
    """The next who may be texted, locked."""
    rows = await connection.fetch(
        """
        select place, phone, locale, "values" from campaign_recipient
        where campaign_id = $1 and number_id = $2 and state = 'waiting' and due_at <= now()
        order by due_at, place limit $3 for update skip locked
        """,
        campaign_id,
        number_id,
        most,
    )
    return [Recipient(*row) for row in rows]


async def settle(connection: Connection, campaign_id: int, number_id: int, settled: Sequence[Settled]) -> None:
    """In the transaction that wrote their texts; the counts move with them."""
    await connection.execute(
        """
        update campaign_recipient r
        set state = s.state, variant = s.variant, message_id = s.message_id, due_at = coalesce(s.due_at, r.due_at),
            settled_at = case when s.state <> 'waiting' then now() end, reason = s.reason, rule = s.rule,
            sentence = s.sentence
        from unnest($2::int[], $3::text[], $4::smallint[], $5::bigint[], $6::timestamptz[], $7::text[], $8::text[],
                    $9::text[]) as s (place, state, variant, message_id, due_at, reason, rule, sentence)
        where r.campaign_id = $1 and r.place = s.place
        """,
        campaign_id,
        [one.place for one in settled],
        [one.state for one in settled],
        [one.variant for one in settled],
        [one.message_id for one in settled],
        [one.due_at for one in settled],
        [one.reason for one in settled],
        [one.rule for one in settled],
        [one.sentence for one in settled],
    )
    await connection.execute(
        """
        update campaign_number set queued = queued + $3, refused = refused + $4, parts = parts + $5
        where campaign_id = $1 and number_id = $2
        """,
        campaign_id,
        number_id,
        sum(one.state == "queued" for one in settled),
        sum(one.state == "refused" for one in settled),
        sum(one.parts for one in settled),
    )


async def hold_number(connection: Connection, campaign_id: int, number_id: int, until: datetime) -> None:
    """Nobody is claimed from this number before."""
    await connection.execute(
        "update campaign_number set held_until = $3 where campaign_id = $1 and number_id = $2",
        campaign_id,
        number_id,
        until,
    )


async def stop_waiting(connection: Connection, campaign_id: int) -> None:
    """They are never texted."""
    await connection.execute(
        """
        with stopped as (
            update campaign_recipient set state = 'stopped', settled_at = now()
            where campaign_id = $1 and state = 'waiting' returning number_id
        ), counted as (
            select number_id, count(*)::int as stopped from stopped group by number_id
        )
        update campaign_number n set stopped = n.stopped + c.stopped from counted c
        where n.campaign_id = $1 and n.number_id = c.number_id
        """,
        campaign_id,
    )


async def lock_finished(connection: Connection) -> list[int]:
    """Running campaigns that have settled everybody."""
    rows = await connection.fetch(
        """
        select c.id from campaign c
        where c.state = 'running' and not exists (
            select from campaign_number n
            where n.campaign_id = c.id and n.queued + n.refused + n.stopped < n.recipients)
        order by c.id for update of c skip locked
        """
    )
    return [row["id"] for row in rows]
