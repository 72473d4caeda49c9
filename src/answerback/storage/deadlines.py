"""What is due: deadlines are columns with partial indexes, so that looking costs little and survives a crash."""

from typing import Final

from answerback.storage.agents import STALE_SECONDS
from answerback.storage.connection import Connection, Database
from answerback.storage.webhook_deliveries import forget_settled

BATCH = 100
KEPT_CALLS_DAYS: Final = 30

DUE: Final = {
    "offer": "select id from conversation where state = 'offered' and offer_expires_at <= now()",
    "wake": "select id from conversation where state = 'waiting' and wake_at <= now()",
    "close": "select id from conversation where state <> 'closed' and auto_close_at <= now()",
}

NEXT = """
    select extract(epoch from least(
        (select min(offer_expires_at) from conversation where state = 'offered'),
        (select min(wake_at) from conversation where state = 'waiting' and wake_at is not null),
        (select min(auto_close_at) from conversation where state <> 'closed' and auto_close_at is not null),
        (select min(capacity_until) from conversation where state = 'wrap_up'),
        (select min(affinity_until) from conversation where state = 'open' and affinity_until is not null),
        (select min(lost_at) from agent_status where lost_at is not null) + make_interval(secs => $1),
        (select min(look_at) from calendar),
        (select min(seen_at) from agent_connection) + make_interval(secs => $2),
        (select min(due_at) from outbox where state = 'scheduled')
    ) - clock_timestamp())::float
"""

RELEASE = """
    update conversation c set capacity_until = null, version = c.version + 1
    from (select id from conversation where state = 'wrap_up' and capacity_until <= now()
          order by id limit $1 for update skip locked) due
    where c.id = due.id returning c.id, c.contact_id, c.agent_id
"""

END_AFFINITY = """
    update conversation c set affinity_until = null
    from (select id from conversation where state = 'open' and affinity_until <= now()
          order by id limit $1 for update skip locked) due
    where c.id = due.id returning c.id
"""


async def due_conversations(connection: Connection, deadline: str) -> list[int]:
    """Some of the conversations whose deadline (a key of DUE) has come. Lock before acting: others look too."""
    return [row["id"] for row in await connection.fetch(f"{DUE[deadline]} limit {BATCH}")]


async def release_capacity(connection: Connection) -> list[tuple[int, int, int]]:
    """Wrap-ups that stop taking capacity now: (conversation, contact, agent)."""
    return [(row["id"], row["contact_id"], row["agent_id"]) for row in await connection.fetch(RELEASE, BATCH)]


async def end_affinity(connection: Connection) -> int:
    """Stop waiting for the affinity agent where the grace time is over; how often that was."""
    return len(await connection.fetch(END_AFFINITY, BATCH))


async def seconds_to_next(database: Database, grace_seconds: float) -> float | None:
    """Seconds until the next deadline of any kind, negative when overdue; None when there is none."""
    seconds: float | None = await database.fetchval(NEXT, grace_seconds, float(STALE_SECONDS))
    return seconds


async def forget_expired(database: Database) -> None:
    """Remove what has served: sessions, answers kept for repeats, rate counters, files that nobody imported."""
    await database.execute("delete from session where expires_at < now()")
    await database.execute("delete from idempotency_key where created_at < now() - interval '24 hours'")
    await forget_settled(database, KEPT_CALLS_DAYS)
    await database.execute("delete from webhook_pace where hour < now() - interval '30 days'")
    await database.execute("delete from rate_window where window_start < now() - interval '1 day'")
    await database.execute(
        """
        delete from audience a where a.state = 'uploaded' and a.created_at < now() - interval '7 days'
          and not exists (select from campaign c where c.audience_id = a.id)
        """
    )
