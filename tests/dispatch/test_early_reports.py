"""A report that comes before its text's id is known waits for it; one of no text of ours is kept for a person."""

import pytest
from aiohttp import web

from answerback.usecases.apply_reports import ReportDesk
from answerback.workers.early_reports import EarlyReports
from tests.dispatch.outbound_stage import Carrier, Form, OutboundStage, accepted
from tests.message_stage import SEALER, eventually, phone, running, sid

WAITING = "select count(*) from early_report"


@pytest.fixture
def early(stage: OutboundStage) -> EarlyReports:
    return EarlyReports(ReportDesk(stage.pool, SEALER))


async def is_applied(stage: OutboundStage) -> bool:
    return await stage.pool.fetchval(WAITING) == 0


async def test_a_report_before_the_answer_of_its_send_is_applied(stage: OutboundStage, early: EarlyReports) -> None:
    async def report_first(_: Carrier, __: Form) -> web.StreamResponse:
        ours = sid()
        for status in ("sent", "delivered", "delivered"):
            assert await stage.inner.report(ours, status) == 200
        return accepted(ours)

    stage.carrier.reply = report_first
    async with stage.dispatching(), running(early.run()):
        message = await stage.send(await stage.conversation())
        await eventually(lambda: stage.is_status(message, "delivered"))
        await eventually(lambda: is_applied(stage))

    assert await stage.pool.fetchval("select count(*) from event where kind = 'MessageDelivered'") == 1
    assert await stage.pool.fetchval("select count(*) from webhook_kept") == 0


async def test_the_answer_of_the_send_makes_its_report_due(stage: OutboundStage, early: EarlyReports) -> None:
    await stage.inner.report("SM1", "delivered")
    await stage.pool.execute("update early_report set due_at = now() + interval '1 hour'")

    async def answer(_: Carrier, __: Form) -> web.StreamResponse:
        return accepted("SM1")

    stage.carrier.reply = answer
    async with stage.dispatching():
        message = await stage.send(await stage.conversation())
        await eventually(lambda: is_due(stage))
    await early.look()

    assert await stage.status(message) == "delivered"


async def test_an_early_report_of_failure_teaches_and_keeps_what_was_said(
    stage: OutboundStage, early: EarlyReports
) -> None:
    async def report_first(_: Carrier, __: Form) -> web.StreamResponse:
        await stage.inner.report("SM1", "failed", ErrorCode="21610")
        return accepted("SM1")

    stage.carrier.reply = report_first
    async with stage.dispatching(), running(early.run()):
        message = await stage.send(await stage.conversation(phone(7)))
        await eventually(lambda: stage.is_status(message, "failed"))
        await eventually(lambda: is_applied(stage))

    opted_out = await stage.pool.fetch("select phone, message_id from consent_entry where source = 'provider'")
    assert [tuple(row) for row in opted_out] == [(phone(7), message)]
    assert await stage.pool.fetch("select message_id from raw_exchange") == [(message,)]


async def test_a_report_of_no_text_of_ours_is_kept_in_the_end(stage: OutboundStage, early: EarlyReports) -> None:
    await stage.inner.report("SMforeign", "delivered")
    assert await stage.pool.fetchval("select count(*) from webhook_kept") == 0

    for _ in range(4):
        await stage.pool.execute("update early_report set due_at = now()")
        await early.look()

    kept = await stage.pool.fetch("select door, reason, outcome from webhook_kept")
    assert [tuple(row) for row in kept] == [("status", "unknown_message", "kept")]
    assert await stage.pool.fetchval("select count(*) from event where kind = 'WebhookKept'") == 1
    assert await stage.pool.fetchval(WAITING) == 0


async def is_due(stage: OutboundStage) -> bool:
    return await stage.pool.fetchval("select exists (select from early_report where due_at <= now())")
