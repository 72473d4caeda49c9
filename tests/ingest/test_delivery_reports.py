"""Delivery reports move our messages forward only, in whatever order they come."""

import asyncio
import itertools

import pytest

from answerback.storage.connection import Pool
from answerback.usecases.queue_text import Queued
from answerback.usecases.send_text import SendText, send_text
from tests.message_stage import Stage, add_account, phone


async def sent_message(stage: Stage, provider_id: str | None = "SM1") -> int:
    await stage.text("Hello", sender=phone(5))
    await stage.pool.execute("update conversation set state = 'active'")
    conversation = await stage.pool.fetchval("select max(id) from conversation")
    outcome = await send_text(stage.pool, SendText(conversation, "Hi", stage.seeded.agent_id))
    assert isinstance(outcome, Queued)
    await stage.pool.execute("delete from outbox")
    await stage.pool.execute(
        "update message set status = 'accepted', status_rank = 20, provider_message_id = $2 where id = $1",
        outcome.message_id,
        provider_id,
    )
    return outcome.message_id


FAILURE = "select status, error_code, error_class, error_sentence from message where id = $1"


async def status_of(pool: Pool, message: int) -> str:
    status: str = await pool.fetchval("select status from message where id = $1", message)
    return status


async def kinds(pool: Pool, message: int) -> list[str]:
    rows = await pool.fetch("select kind from event where message_id = $1 order by xid, id", message)
    return [row["kind"] for row in rows][1:]  # the first is MessageQueued


@pytest.mark.parametrize("order", sorted(set(itertools.permutations(["sent", "delivered", "sent"]))))
async def test_delivered_wins_in_every_order(stage: Stage, order: tuple[str, ...]) -> None:
    message = await sent_message(stage)

    for status in order:
        assert await stage.report("SM1", status) == 200

    row = await stage.pool.fetchrow("select status, sent_at, delivered_at from message where id = $1", message)
    assert row["status"] == "delivered"
    assert row["sent_at"] is not None
    assert row["delivered_at"] is not None


async def test_fifty_equal_reports_in_parallel_make_one_event_each(stage: Stage) -> None:
    message = await sent_message(stage)

    reports = [stage.report("SM1", status) for status in ("sent", "delivered") for _ in range(25)]
    assert set(await asyncio.gather(*reports)) == {200}

    events = await kinds(stage.pool, message)
    assert events.count("MessageDelivered") == 1
    assert events.count("MessageSent") <= 1


async def test_a_failure_tells_class_code_and_sentence_and_a_late_delivery_mends_it(stage: Stage) -> None:
    message = await sent_message(stage)

    await stage.report("SM1", "undelivered", ErrorCode="30003")
    failed = await stage.pool.fetchrow(
        "select status, error_code, error_class, error_sentence from message where id = $1", message
    )
    await stage.report("SM1", "sent")
    still = await status_of(stage.pool, message)
    await stage.report("SM1", "delivered")
    mended = await stage.pool.fetchrow(
        "select status, error_code, error_class, error_sentence from message where id = $1", message
    )

    assert failed["status"] in ("undelivered", "failed")
    assert (failed["error_code"], failed["error_class"]) == ("30003", "unreachable")
    assert failed["error_sentence"]
    assert still == failed["status"]
    assert tuple(mended) == ("delivered", None, None, None)


async def test_the_address_names_the_message_when_its_provider_id_is_not_known_yet(stage: Stage) -> None:
    message = await sent_message(stage, provider_id=None)

    await stage.report("SMnew", "sent", query=f"?message={message}")

    row = await stage.pool.fetchrow("select status, provider_message_id from message where id = $1", message)
    assert tuple(row) == ("sent", "SMnew")


async def test_a_report_cannot_name_another_accounts_message(stage: Stage) -> None:
    message = await sent_message(stage, provider_id=None)
    other = await add_account(stage.pool, api_base_url="http://127.0.0.1:9")
    await stage.pool.execute("update message set provider_account_id = $1 where id = $2", other, message)

    await stage.report("SMforeign", "delivered", query=f"?message={message}")

    assert await status_of(stage.pool, message) == "accepted"
    assert await stage.pool.fetchval("select provider_message_id from early_report") == "SMforeign"


async def test_an_opt_out_told_by_the_provider_goes_into_the_ledger_once(stage: Stage) -> None:
    message = await sent_message(stage)

    for _ in range(2):
        await stage.report("SM1", "failed", ErrorCode="21610")

    rows = await stage.pool.fetch("select phone, choice, source, message_id from consent_entry")
    assert [tuple(row) for row in rows] == [(phone(5), "opt_out", "provider", message)]
    assert "ConsentRecorded" in await kinds(stage.pool, message)
