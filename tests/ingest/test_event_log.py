"""The log's cursor reads everything once, in order, however late a transaction commits."""

import pytest

from answerback.storage.connection import Pool
from answerback.storage.events import BadCursorError, Event, NewEvent, append, current_cursor, parse_cursor, read_after
from tests.message_stage import eventually


async def test_what_was_appended_is_read_in_order_with_its_facts(pool: Pool) -> None:
    start = await current_cursor(pool)
    await append(pool, [NewEvent("NoteAdded", message_id=7, data={"n": 1}), NewEvent("PhoneBlocked", actor_id=3)])

    events = await read_when_settled(pool, start, 2)

    assert [(event.kind, event.message_id, event.actor_id, event.data) for event in events] == [
        ("NoteAdded", 7, None, {"n": 1}),
        ("PhoneBlocked", None, 3, {}),
    ]
    assert await read_after(pool, events[-1].cursor) == ([], events[-1].cursor)


async def read_when_settled(pool: Pool, cursor: str, count: int, limit: int = 500) -> list[Event]:
    """Transactions of other tests in the same server hold the edge back for a moment."""
    events: list[Event] = []

    async def have_enough() -> bool:
        nonlocal cursor
        more, cursor = await read_after(pool, cursor, limit)
        events.extend(more)
        return len(events) >= count

    await eventually(have_enough)
    return events


async def test_a_transaction_that_commits_late_is_not_skipped(pool: Pool) -> None:
    cursor = await current_cursor(pool)
    async with pool.acquire() as slow, pool.acquire() as quick:
        late = slow.transaction()
        await late.start()
        await append(slow, [NewEvent("NoteAdded", message_id=1)])
        await append(quick, [NewEvent("NoteAdded", message_id=2)])

        before, cursor = await read_after(pool, cursor)
        await late.commit()
        after = await read_when_settled(pool, cursor, 2)

    assert before == [], "nothing above a running transaction is read yet"
    assert [event.message_id for event in after] == [1, 2]


async def test_reading_in_small_steps_misses_nothing(pool: Pool) -> None:
    cursor = await current_cursor(pool)
    for first in range(0, 9, 3):
        await append(pool, [NewEvent("NoteAdded", message_id=first + step) for step in range(3)])

    read = [event.message_id for event in await read_when_settled(pool, cursor, 9, limit=2)]

    assert read == list(range(9))


@pytest.mark.parametrize("text", ["", "7", "a-1", "1-", "-1", "1-2-3", "9" * 20 + "-1", "1-" + "9" * 20])
def test_other_texts_are_no_cursors(text: str) -> None:
    with pytest.raises(BadCursorError):
        parse_cursor(text)
