"""Fixed-window counters in the database, so that every node counts together. Keys never hold personal data in clear."""

from datetime import datetime

from answerback.storage.connection import Database

WINDOW_SECONDS = 900


async def count_hit(connection: Database, key: str) -> tuple[int, datetime]:
    """Hits in the running window with this one, and when the window ends."""
    row = await connection.fetchrow(
        """
        insert into rate_window (key, window_start, hits)
        values ($1, to_timestamp(floor(extract(epoch from now()) / $2) * $2), 1)
        on conflict (key, window_start) do update set hits = rate_window.hits + 1
        returning hits, window_start + make_interval(secs => $2) as ends
        """,
        key,
        float(WINDOW_SECONDS),
    )
    assert row is not None
    return row["hits"], row["ends"]


async def give_back(connection: Database, key: str) -> None:
    """The hit turned out to be a good one."""
    await connection.execute(
        """
        update rate_window set hits = greatest(hits - 1, 0)
        where key = $1 and window_start > now() - interval '1 hour'
        """,
        key,
    )


async def forget(connection: Database, key: str) -> None:
    """Start this key at nothing again, and clear away old windows."""
    await connection.execute("delete from rate_window where key = $1", key)
    await connection.execute("delete from rate_window where window_start < now() - interval '1 day'")
