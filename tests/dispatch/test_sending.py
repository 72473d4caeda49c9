"""What waits in the outbox leaves once, in order, and its fate is told."""

import asyncio
from functools import partial
from typing import Any

from aiohttp import web

from answerback.usecases.queue_text import Queued
from answerback.usecases.refusals import Conflict, Invalid
from answerback.usecases.send_text import SendText, resend_text, send_text
from tests.dispatch.outbound_stage import Carrier, Form, OutboundStage, accepted, refused
from tests.message_stage import OUR_NUMBER, eventually, phone


async def kinds(stage: OutboundStage, message_id: int) -> list[str]:
    rows = await stage.pool.fetch("select kind from event where message_id = $1 order by xid, id", message_id)
    return [row["kind"] for row in rows]


async def test_a_reply_leaves_and_is_accepted(stage: OutboundStage) -> None:
    conversation = await stage.conversation(phone(1))
    async with stage.dispatching():
        message = await stage.send(conversation, "On its way")
        await eventually(lambda: stage.is_status(message, "accepted"))

    [form] = stage.carrier.taken
    assert (form["From"], form["To"], form["Body"]) == (OUR_NUMBER, phone(1), "On its way")
    assert form["StatusCallback"] == stage.inner.door("status", f"?message={message}")
    assert await stage.outbox() == 0
    assert await kinds(stage, message) == ["MessageQueued", "MessageAccepted"]


async def test_answering_ends_the_customers_wait(stage: OutboundStage) -> None:
    conversation = await stage.conversation()

    await stage.send(conversation, "Here I am")

    row = await stage.pool.fetchrow(
        "select waiting_since, unread, state, last_direction, last_preview, last_seq from conversation"
    )
    assert tuple(row) == (None, 0, "active", "outbound", "Here I am", 1)


async def test_texts_of_one_conversation_leave_one_after_the_other(stage: OutboundStage) -> None:
    under_way = most = 0

    async def slow(carrier: Carrier, form: Form) -> web.StreamResponse:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await asyncio.sleep(0.005)
        under_way -= 1
        return accepted()

    stage.carrier.reply = slow
    conversation = await stage.conversation()
    messages = [await stage.send(conversation, f"Text {n}") for n in range(12)]
    async with stage.dispatching():
        await eventually(lambda: stage.is_status(messages[-1], "accepted"))

    assert [form["Body"] for form in stage.carrier.taken] == [f"Text {n}" for n in range(12)]
    assert most == 1


async def test_one_bad_recipient_among_a_thousand_fails_alone_with_a_reason(stage: OutboundStage) -> None:
    async def picky(carrier: Carrier, form: Form) -> web.StreamResponse:
        return refused(21211) if form["To"] == phone(500) else accepted()

    stage.carrier.reply = picky
    for n in range(1000):
        await stage.send(await stage.conversation(phone(n)))
    async with stage.dispatching():
        await eventually(lambda: is_empty(stage), within=30)

    counts = await stage.pool.fetch("select status, count(*) from message group by 1 order by 1")
    assert [tuple(row) for row in counts] == [("accepted", 999), ("failed", 1)]
    failed = await stage.pool.fetchrow(
        "select error_code, error_class, error_sentence from message where status = 'failed'"
    )
    assert failed["error_code"] == "21211"
    assert failed["error_class"] == "invalid_recipient"
    assert failed["error_sentence"]
    assert len(stage.carrier.taken) == 1000


async def is_empty(stage: OutboundStage) -> bool:
    return await stage.outbox() == 0


async def test_replies_overtake_automated_and_bulk_texts(stage: OutboundStage) -> None:
    for lane, word in ((2, "bulk"), (1, "automated"), (0, "reply")):
        for _ in range(3):
            message = await stage.send(await stage.conversation(), word)
            await stage.pool.execute("update outbox set lane = $2 where message_id = $1", message, lane)
    await stage.pool.execute("update number set parts_per_second = 30")
    await stage.inner.directory.refresh()

    async with stage.dispatching():
        await eventually(lambda: is_empty(stage))

    assert [form["Body"] for form in stage.carrier.taken] == ["reply"] * 3 + ["automated"] * 3 + ["bulk"] * 3


async def test_a_five_part_text_uses_five_parts_of_the_rate(stage: OutboundStage) -> None:
    await stage.pool.execute("update number set parts_per_second = 50")
    await stage.inner.directory.refresh()
    for _ in range(20):
        await stage.send(await stage.conversation(), "x" * 153 * 5)
    started = asyncio.get_running_loop().time()

    async with stage.dispatching():
        await eventually(lambda: is_empty(stage))

    # 100 parts; the first second's 50 are there at once, the last text may overdraw by 4.
    assert stage.carrier.times[-1] - started >= (100 - 50 - 5) / 50


async def test_a_throttled_text_is_tried_again_and_arrives_once(stage: OutboundStage) -> None:
    async def busy_at_first(carrier: Carrier, form: Form) -> web.StreamResponse:
        return refused(20429, 429) if len(carrier.taken) < 3 else accepted()

    stage.carrier.reply = busy_at_first
    async with stage.dispatching():
        message = await stage.send(await stage.conversation())
        await eventually(lambda: stage.is_status(message, "accepted"), within=20)

    assert len(stage.carrier.taken) == 3


async def test_a_lost_answer_leaves_the_text_unclear_until_its_callback_comes(stage: OutboundStage) -> None:
    async def cut(carrier: Carrier, form: Form) -> Any:
        return web.Response(status=502, text="bad gateway")

    stage.carrier.reply = cut
    async with stage.dispatching():
        message = await stage.send(await stage.conversation())
        await eventually(lambda: stage.is_status(message, "unclear"))
        assert await stage.outbox() == 0

        await stage.inner.report("SMlost", "delivered", query=f"?message={message}")

    row = await stage.pool.fetchrow(
        "select status, provider_message_id, error_class from message where id = $1", message
    )
    assert tuple(row) == ("delivered", "SMlost", None)
    assert len(stage.carrier.taken) == 1, "never repeated"


async def test_a_number_refused_by_the_provider_as_opted_out_goes_into_the_ledger(stage: OutboundStage) -> None:
    async def opted_out(carrier: Carrier, form: Form) -> web.StreamResponse:
        return refused(21610)

    stage.carrier.reply = opted_out
    async with stage.dispatching():
        message = await stage.send(await stage.conversation(phone(7)))
        await eventually(lambda: stage.is_status(message, "failed"))

    row = await stage.pool.fetchrow("select phone, choice, source, message_id from consent_entry")
    assert tuple(row) == (phone(7), "opt_out", "provider", message)


async def test_two_dispatchers_share_the_work_and_send_each_text_once(stage: OutboundStage) -> None:
    for n in range(200):
        await stage.send(await stage.conversation(), f"Text {n}")
    async with stage.dispatching(), stage.dispatching():
        await eventually(lambda: is_empty(stage))

    assert sorted(form["Body"] for form in stage.carrier.taken) == sorted(f"Text {n}" for n in range(200))


async def test_resending_makes_a_new_message_with_the_same_words_and_files(stage: OutboundStage) -> None:
    async def unlucky_once(carrier: Carrier, form: Form) -> web.StreamResponse:
        return refused(21211) if len(carrier.taken) == 1 else accepted()

    stage.carrier.reply = unlucky_once
    picture = await stage.upload(b"picture")
    async with stage.dispatching():
        first = await stage.send(await stage.conversation(), "Look", media_ids=[picture])
        await eventually(lambda: stage.is_status(first, "failed"))
        outcome = await resend_text(stage.pool, first, stage.inner.seeded.agent_id)
        assert isinstance(outcome, Queued)
        await eventually(lambda: stage.is_status(outcome.message_id, "accepted"))
        again = await resend_text(stage.pool, outcome.message_id, stage.inner.seeded.agent_id)

    assert isinstance(again, Conflict), "what arrived is not sent again"
    assert [form["Body"] for form in stage.carrier.taken] == ["Look", "Look"]
    assert all("MediaUrl" in form for form in stage.carrier.taken)
    assert await stage.pool.fetchval("select array_agg(seq order by seq) from message") == [1, 2]


async def test_a_file_is_attached_once(stage: OutboundStage) -> None:
    picture = await stage.upload(b"picture")
    conversation = await stage.conversation()
    await stage.send(conversation, "Look", media_ids=[picture])

    agent = stage.inner.seeded.agent_id
    assert isinstance(await send_text(stage.pool, SendText(conversation, "Again", agent, [picture])), Invalid)
    assert await stage.pool.fetchval("select count(*) from message") == 1


async def test_a_closed_conversation_takes_no_text(stage: OutboundStage) -> None:
    conversation = await stage.conversation()
    await stage.pool.execute("update conversation set state = 'closed', closed_at = now()")

    outcome = await send_text(stage.pool, SendText(conversation, "Too late", stage.inner.seeded.agent_id))

    assert isinstance(outcome, Conflict)
    assert await stage.outbox() == 0


async def test_an_account_in_trouble_is_held_back_shown_and_released(stage: OutboundStage) -> None:
    async def down(_: Carrier, __: Form) -> web.StreamResponse:
        return refused(20503, status=503)

    stage.carrier.reply = down
    messages = [await stage.send(await stage.conversation(), f"Text {n}") for n in range(5)]
    async with stage.dispatching():

        async def is_shown() -> bool:
            return await stage.pool.fetchval("select count(*) from breaker") == 1

        await eventually(is_shown, within=20)
        stage.carrier.reply = None
        for message in messages:
            await eventually(partial(stage.is_status, message, "accepted"), within=20)

        async def is_over() -> bool:
            return not await is_shown()

        await eventually(is_over)
    rows = await stage.pool.fetch("select kind, data from event where kind like 'Breaker%' order by xid, id")
    assert [row["kind"] for row in rows] == ["BreakerOpened", "BreakerClosed"]
    assert rows[0]["data"]["account_id"] == stage.inner.seeded.account_id
