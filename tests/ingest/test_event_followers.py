"""A follower handles each event exactly once, whoever else follows and whatever breaks in between."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress

from answerback.storage.connection import Connection, Pool
from answerback.storage.event_followers import begin_following
from answerback.storage.events import Event, NewEvent, append
from answerback.storage.wakeups import Wakeups
from answerback.workers.follower import Follower
from tests.message_stage import eventually


class Diary:
    """Writes down what it was given, in the transaction that moves the position; fails when told to."""

    def __init__(self) -> None:
        self.failures = 0

    async def write(self, connection: Connection, events: Sequence[Event]) -> None:
        numbers = [event.data["n"] for event in events]
        await connection.execute("insert into diary select * from unnest($1::int[])", numbers)
        if self.failures:
            self.failures -= 1
            raise RuntimeError("the server stops here")


async def open_diary(pool: Pool) -> Diary:
    await pool.execute("create table diary (n int)")
    return Diary()


async def happen(pool: Pool, numbers: Sequence[int], kind: str = "NoteAdded") -> None:
    await append(pool, [NewEvent(kind, data={"n": number}) for number in numbers])


async def written(pool: Pool) -> list[int]:
    return [row["n"] for row in await pool.fetch("select n from diary order by ctid")]


def follower(pool: Pool, database_url: str, diary: Diary) -> Follower:
    return Follower(pool, Wakeups(database_url), "diary", kinds=frozenset({"NoteAdded"}), handle=diary.write)


async def test_events_of_its_kinds_are_handled_in_order_from_the_beginning_of_following(
    pool: Pool, database_url: str
) -> None:
    diary = await open_diary(pool)
    await happen(pool, [0])
    await begin_following(pool, "diary")
    following = follower(pool, database_url, diary)
    await happen(pool, range(1, 450))
    await happen(pool, [999], kind="PhoneBlocked")

    async def all_written() -> bool:
        await following.step()
        return len(await written(pool)) >= 449

    await eventually(all_written)
    assert await written(pool) == list(range(1, 450))


async def test_what_broke_half_way_is_handled_again_and_leaves_no_trace(pool: Pool, database_url: str) -> None:
    diary = await open_diary(pool)
    await begin_following(pool, "diary")
    following = follower(pool, database_url, diary)
    await happen(pool, [1, 2])
    diary.failures = 2

    async def all_written() -> bool:
        with suppress(RuntimeError):
            await following.step()
        return len(await written(pool)) >= 2

    await eventually(all_written)
    assert await written(pool) == [1, 2]
    assert diary.failures == 0


async def test_two_nodes_handle_each_event_once(pool: Pool, database_url: str) -> None:
    diary = await open_diary(pool)
    await begin_following(pool, "diary")
    wakeups = Wakeups(database_url)
    nodes = [Follower(pool, wakeups, "diary", kinds=frozenset({"NoteAdded"}), handle=diary.write) for _ in range(2)]
    async with wakeups.running(), asyncio.TaskGroup() as tasks:
        running = [tasks.create_task(node.run()) for node in nodes]
        for number in range(60):
            await happen(pool, [number])

        async def all_written() -> bool:
            return len(await written(pool)) >= 60

        await eventually(all_written)
        for task in running:
            task.cancel()
    assert sorted(await written(pool)) == list(range(60))


async def test_a_transaction_that_commits_late_is_handled_too(pool: Pool, database_url: str) -> None:
    diary = await open_diary(pool)
    await begin_following(pool, "diary")
    following = follower(pool, database_url, diary)
    async with pool.acquire() as slow:
        late = slow.transaction()
        await late.start()
        await append(slow, [NewEvent("NoteAdded", data={"n": 1})])
        await happen(pool, [2])
        await following.step()
        await late.commit()

    async def all_written() -> bool:
        await following.step()
        return len(await written(pool)) >= 2

    await eventually(all_written)
    assert sorted(await written(pool)) == [1, 2]
