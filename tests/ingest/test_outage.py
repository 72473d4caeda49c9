"""While PostgreSQL is away texts go to disk, are answered, and come back in order, each once."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from answerback.storage.connection import Pool
from answerback.storage.pool import create_pool
from answerback.usecases.arrivals import ReceivedText
from answerback.workers.spool import Spool
from tests.database_line import DatabaseLine, database_line
from tests.message_stage import SEALER, Seeded, Stage, eventually, message_stage, phone, text_form


@pytest.fixture
async def line(database_url: str) -> AsyncIterator[DatabaseLine]:
    async with database_line(database_url) as opened:
        yield opened


@pytest.fixture
async def stage(line: DatabaseLine, seeded: Seeded, tmp_path: Path) -> AsyncIterator[Stage]:
    async with await create_pool(line.url) as pool, message_stage(pool, seeded, tmp_path / "spool") as opened:
        yield opened
        await line.mend_if_cut()


async def bodies(pool: Pool) -> list[str]:
    rows = await pool.fetch("select body from message order by conversation_id, seq")
    return [row["body"] for row in rows]


async def test_texts_of_an_outage_are_answered_and_stored_in_order_afterwards(
    stage: Stage, line: DatabaseLine, pool: Pool
) -> None:
    await stage.text("Before", sender=phone(1))
    await line.cut()
    for n in range(5):
        assert await stage.text(f"During {n}", sender=phone(1)) == 200
    assert await bodies(pool) == ["Before"]

    await line.mend()
    assert await stage.text("After", sender=phone(1)) == 200

    expected = ["Before", *(f"During {n}" for n in range(5)), "After"]
    await eventually(lambda: are(pool, expected))
    await eventually(lambda: is_direct(stage))


async def are(pool: Pool, expected: list[str]) -> bool:
    return await bodies(pool) == expected


async def is_direct(stage: Stage) -> bool:
    return not stage.inbound.texts.is_spooling


async def test_a_text_repeated_across_the_outage_is_there_once(stage: Stage, line: DatabaseLine, pool: Pool) -> None:
    form = text_form("Once")
    await stage.post("message", form)
    await line.cut()
    assert await stage.post("message", form) == 200
    await line.mend()

    await eventually(lambda: is_direct(stage))
    assert await bodies(pool) == ["Once"]


async def test_parallel_texts_are_all_there_when_the_line_is_cut_among_them(
    stage: Stage, line: DatabaseLine, pool: Pool
) -> None:
    answered: list[int] = []

    async def post(n: int) -> None:
        answered.append(await stage.text(f"Text {n}"))

    async with asyncio.TaskGroup() as posts:
        for n in range(300):
            posts.create_task(post(n))
        for share in (50, 120, 200):
            await eventually(lambda share=share: have(answered, share))
            await line.cut()
            await line.mend()
    assert set(answered) == {200}

    await eventually(lambda: is_direct(stage))
    assert sorted(await bodies(pool)) == sorted(f"Text {n}" for n in range(300))


async def have(answered: list[int], share: int) -> bool:
    return len(answered) >= share


async def test_reports_wait_out_the_outage_too(stage: Stage, line: DatabaseLine, pool: Pool) -> None:
    await stage.text("Hello")
    await pool.execute(
        "insert into message (conversation_id, seq, kind, origin, provider_account_id, provider_message_id, status,"
        " status_rank) select id, 2, 'outbound', 'agent', $1, 'SM1', 'sent', 30 from conversation",
        stage.seeded.account_id,
    )
    await line.cut()
    assert await stage.report("SM1", "delivered") == 200
    await line.mend()

    async def is_delivered() -> bool:
        return await pool.fetchval("select status from message where provider_message_id = 'SM1'") == "delivered"

    await eventually(is_delivered)


async def test_a_malformed_webhook_waits_out_the_outage_too(stage: Stage, line: DatabaseLine, pool: Pool) -> None:
    form = text_form()
    del form["From"]
    await line.cut()
    assert await stage.post("message", form) == 200
    await line.mend()

    async def is_kept() -> bool:
        return await pool.fetchval("select count(*) from webhook_kept") == 1

    await eventually(is_kept)


async def test_what_a_dead_process_left_on_disk_is_adopted(
    line: DatabaseLine, pool: Pool, seeded: Seeded, tmp_path: Path
) -> None:
    async with await create_pool(line.url) as flaky, message_stage(flaky, seeded, tmp_path / "spool") as first:
        await line.cut()
        assert await first.text("Left behind") == 200
    await line.mend()
    assert await bodies(pool) == []
    assert b"Left" not in b"".join(file.read_bytes() for file in (tmp_path / "spool").iterdir())

    async with message_stage(pool, seeded, tmp_path / "spool"):
        await eventually(lambda: are(pool, ["Left behind"]))
        await eventually(lambda: is_removed(tmp_path / "spool"))


async def is_removed(folder: Path) -> bool:
    return list(folder.glob("*.spool")) == []


async def test_a_text_from_disk_is_marked_late_when_newer_ones_are_shown(
    stage: Stage, line: DatabaseLine, pool: Pool, seeded: Seeded, tmp_path: Path
) -> None:
    await line.cut()
    await stage.text("Older", sender=phone(1))
    async with message_stage(pool, seeded, tmp_path / "another node") as healthy:
        await healthy.text("Newer", sender=phone(1))
    await line.mend()

    await eventually(lambda: are(pool, ["Newer", "Older"]))
    assert await pool.fetchval("select array_agg(late order by seq) from message") == [False, True]


def test_a_torn_line_and_a_strange_line_do_not_stop_the_spool(tmp_path: Path) -> None:
    spool = Spool(tmp_path, "words", str, SEALER)
    spool.append(["one", "two"])
    [file] = tmp_path.glob("words-*.spool")
    content = file.read_bytes().splitlines(keepends=True)
    spool.close()
    file.write_bytes(content[0] + b"not ours\n" + content[1] + b"torn")

    for orphan in Spool(tmp_path, "words", str, SEALER).adopt():
        items, end = orphan.head(10)
        orphan.drop_head(end)
        rest, end = orphan.head(10)
        orphan.drop_head(end)
        emptied = orphan.is_empty

    assert (items, rest, emptied) == (["one", "two"], [], True)
    assert (tmp_path / "words.unreadable").read_bytes() == b"not ours\n"


def test_a_spool_in_use_is_not_adopted(tmp_path: Path) -> None:
    mine = Spool(tmp_path, "texts", ReceivedText, SEALER)
    words = Spool(tmp_path, "words", str, SEALER)
    words.append(["held"])

    assert list(Spool(tmp_path, "words", str, SEALER).adopt()) == []
    assert list(mine.adopt()) == []
    words.close()
