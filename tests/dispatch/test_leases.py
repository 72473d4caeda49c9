"""One dispatcher sends from a number at a time; what a dead one left open is unclear, never repeated."""

import asyncio

from aiohttp import web

from answerback.storage import outbox
from answerback.usecases.queue_text import Queued
from answerback.usecases.send_text import SendText, send_text_within
from tests.dispatch.outbound_stage import Carrier, Form, OutboundStage, accepted
from tests.message_stage import eventually

DEAD = "dispatcher that died"


async def test_a_lease_is_held_by_one_until_it_is_over(stage: OutboundStage) -> None:
    number = stage.inner.seeded.number_id

    assert await outbox.lease_numbers(stage.pool, "one", [number]) == [number]
    assert await outbox.lease_numbers(stage.pool, "two", [number]) == []
    assert await outbox.lease_numbers(stage.pool, "one", [number]) == [number]
    await stage.pool.execute("update number_lease set until = now() - interval '1 second'")
    assert await outbox.renew_leases(stage.pool, "one") == [], "a lease that ran out is not renewed"
    assert await outbox.lease_numbers(stage.pool, "two", [number]) == [number]


async def test_who_lost_the_lease_claims_nothing(stage: OutboundStage) -> None:
    number = stage.inner.seeded.number_id
    await stage.send(await stage.conversation())
    await outbox.lease_numbers(stage.pool, "one", [number])
    await stage.pool.execute("update number_lease set holder = 'two'")

    assert await outbox.claim(stage.pool, "one", {number: 10}, 10) == ([], {number})


async def test_sends_of_a_dead_dispatcher_become_unclear_and_the_rest_leaves(stage: OutboundStage) -> None:
    number = stage.inner.seeded.number_id
    begun = await stage.send(await stage.conversation(), "Begun")
    await outbox.lease_numbers(stage.pool, DEAD, [number])
    [claimed], _ = await outbox.claim(stage.pool, DEAD, {number: 1}, 1)
    waiting = await stage.send(await stage.conversation(), "Waiting")
    await stage.pool.execute("update number_lease set until = now() - interval '1 second'")

    async with stage.dispatching():
        await eventually(lambda: stage.is_status(waiting, "accepted"))

    assert claimed.message_id == begun
    assert await stage.status(begun) == "unclear"
    assert await stage.pool.fetchval("select error_sentence from message where id = $1", begun)
    assert [form["Body"] for form in stage.carrier.taken] == ["Waiting"]
    assert await stage.outbox() == 0


async def test_a_dead_dispatchers_send_is_found_though_nothing_else_waits(stage: OutboundStage) -> None:
    number = stage.inner.seeded.number_id
    begun = await stage.send(await stage.conversation())
    await outbox.lease_numbers(stage.pool, DEAD, [number])
    await outbox.claim(stage.pool, DEAD, {number: 1}, 1)
    await stage.pool.execute("delete from number_lease")

    async with stage.dispatching():
        await eventually(lambda: stage.is_status(begun, "unclear"))


async def test_stopping_finishes_what_is_under_way_and_gives_the_leases_back(stage: OutboundStage) -> None:
    arrived = asyncio.Event()

    async def slow(carrier: Carrier, form: Form) -> web.StreamResponse:
        arrived.set()
        await asyncio.sleep(0.2)  # the carrier's own time
        return accepted()

    stage.carrier.reply = slow
    message = await stage.send(await stage.conversation())
    async with stage.dispatching():
        await arrived.wait()

    assert await stage.status(message) == "accepted"
    assert await stage.pool.fetchval("select count(*) from number_lease") == 0


async def test_results_wait_for_the_database(stage: OutboundStage) -> None:
    """A lock on the message stands for any delay: the text is sent once, and its result comes when it can."""
    message = await stage.send(await stage.conversation())
    async with stage.pool.acquire() as other:
        transaction = other.transaction()
        await transaction.start()
        await other.execute("select from message where id = $1 for update", message)
        async with stage.dispatching():
            await eventually(lambda: stage.was_taken(1))
            await transaction.commit()
            await eventually(lambda: stage.is_status(message, "accepted"))

    assert len(stage.carrier.taken) == 1


async def test_a_claim_whose_answer_was_lost_is_taken_back_and_sent_once(stage: OutboundStage) -> None:
    async with stage.dispatching() as dispatcher:
        first = await stage.send(await stage.conversation())
        await eventually(lambda: stage.is_status(first, "accepted"))
        command = SendText(await stage.conversation(), "Claimed, never heard", stage.inner.seeded.agent_id)
        async with stage.pool.acquire() as connection, connection.transaction():
            outcome = await send_text_within(connection, command)
            assert isinstance(outcome, Queued)
            message = outcome.message_id
            await connection.execute(
                "update outbox set state = 'sending', holder = $1, sending_at = now() - interval '1 minute'"
                " where message_id = $2",
                dispatcher.holder,
                message,
            )
        await eventually(lambda: stage.is_status(message, "accepted"), within=20)

    assert [form["Body"] for form in stage.carrier.taken].count("Claimed, never heard") == 1
