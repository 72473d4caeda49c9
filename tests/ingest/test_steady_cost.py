"""The cost of a text does not grow with what is open or stored, also when the statistics are of a quieter hour."""

from answerback.storage.connection import Connection, Pool
from tests.message_stage import Seeded, phone

QUIET_NIGHT = """
    with person as (insert into contact select from generate_series(1, 200) returning id)
    insert into conversation (number_id, workstream_id, queue_id, contact_id, customer_phone, state, closed_at,
                              close_reason)
    select $1, w.id, $2, p.id, '+1646' || p.id, 'closed', now(), 'auto_closed' from person p, workstream w
"""
RECEIVE = "receive_texts($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
BATCH = 20


async def test_a_morning_after_a_quiet_night_reads_no_more_pages_a_text(pool: Pool, seeded: Seeded) -> None:
    async with pool.acquire() as connection:
        await connection.execute(QUIET_NIGHT, seeded.number_id, seeded.queue_id)
        await connection.execute("analyze")
        await _pages_read(connection, seeded, 0)
        first = await _pages_read(connection, seeded, 1)
        for batch in range(2, 200):
            await connection.fetch(f"select from {RECEIVE}", *_texts(seeded, batch))
        await connection.execute("discard plans")  # as a connection that joins in the middle of the rush
        await _pages_read(connection, seeded, 200)
        last = await _pages_read(connection, seeded, 201)

    assert last < 2 * first


async def _pages_read(connection: Connection, seeded: Seeded, batch: int) -> int:
    told = await connection.fetchval(
        f"explain (analyze, buffers, timing off, format json) select from {RECEIVE}", *_texts(seeded, batch)
    )
    plan = told[0]["Plan"]
    pages: int = plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]
    return pages


def _texts(seeded: Seeded, batch: int) -> tuple[list[object], ...]:
    """A batch of texts, each from a phone that is new."""
    places = range(batch * BATCH, (batch + 1) * BATCH)
    same = (["Hello"], [1], ["gsm_7"], [None], [None], [True], [False], [None])
    return (
        [seeded.account_id] * BATCH,
        [f"SM{place}" for place in places],
        [seeded.number_id] * BATCH,
        [phone(place) for place in places],
        *(column * BATCH for column in same),
    )
