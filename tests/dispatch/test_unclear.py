"""A send whose answer was lost is looked up at the provider, and bound when it is found there."""

from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

from aiohttp import web

from answerback.workers.unclear import UnclearResolver
from tests.dispatch.outbound_stage import Carrier, Form, OutboundStage
from tests.message_stage import OUR_NUMBER, eventually, phone, running


def at_the_provider(sid: str, to: str, body: str, status: str = "delivered") -> dict[str, Any]:
    now = format_datetime(datetime.now(UTC))
    return {
        "sid": sid, "status": status, "to": to, "from": OUR_NUMBER, "body": body, "direction": "outbound-api",
        "date_created": now, "date_sent": now, "date_updated": now, "num_segments": "1", "error_code": None,
        "price": None, "price_unit": "USD", "messaging_service_sid": None,
    }  # fmt: skip


async def lose_the_answer(carrier: Carrier, form: Form) -> web.StreamResponse:
    carrier.sent.append(at_the_provider(f"SM{len(carrier.taken):032}", form["To"], form["Body"]))
    return web.Response(status=502, text="bad gateway")


async def make_due(stage: OutboundStage) -> None:
    await stage.pool.execute("update unclear_send set due_at = now()")


def resolver(stage: OutboundStage) -> UnclearResolver:
    return UnclearResolver(stage.pool, stage.inner.directory, stage.inner.providers)


async def test_a_text_found_at_the_provider_is_bound(stage: OutboundStage) -> None:
    stage.carrier.reply = lose_the_answer
    async with stage.dispatching():
        message = await stage.send(await stage.conversation(phone(1)), "Did it leave?")
        await eventually(lambda: stage.is_status(message, "unclear"))
    await make_due(stage)

    async with running(resolver(stage).run()):
        await eventually(lambda: stage.is_status(message, "delivered"))

    row = await stage.pool.fetchrow("select provider_message_id, error_class from message where id = $1", message)
    assert tuple(row) == (f"SM{1:032}", None)
    assert len(stage.carrier.taken) == 1


async def test_two_equal_texts_are_bound_to_two_at_the_provider(stage: OutboundStage) -> None:
    stage.carrier.reply = lose_the_answer
    conversation = await stage.conversation(phone(1))
    async with stage.dispatching():
        messages = [await stage.send(conversation, "OK") for _ in range(2)]
        for message in messages:
            await eventually(lambda message=message: stage.is_status(message, "unclear"))
    await make_due(stage)

    async with running(resolver(stage).run()):
        for message in messages:
            await eventually(lambda message=message: stage.is_status(message, "delivered"))

    ids = await stage.pool.fetch("select provider_message_id from message order by id")
    assert [row["provider_message_id"] for row in ids] == [f"SM{1:032}", f"SM{2:032}"]


async def test_what_is_not_found_stays_unclear_and_is_not_repeated(stage: OutboundStage) -> None:
    async def never_took_it(carrier: Carrier, form: Form) -> web.StreamResponse:
        return web.Response(status=502, text="bad gateway")

    stage.carrier.reply = never_took_it
    async with stage.dispatching():
        message = await stage.send(await stage.conversation())
        await eventually(lambda: stage.is_status(message, "unclear"))

        async with running(resolver(stage).run()):
            for _ in range(6):
                await eventually(lambda: has_been_asked(stage))
                await make_due(stage)
            await eventually(lambda: is_given_up(stage))

    assert await stage.status(message) == "unclear"
    assert len(stage.carrier.taken) == 1


async def has_been_asked(stage: OutboundStage) -> bool:
    """Not due now: it was taken and put off."""
    return not await stage.pool.fetchval("select exists (select from unclear_send where due_at <= now())")


async def is_given_up(stage: OutboundStage) -> bool:
    return await stage.pool.fetchval("select count(*) from unclear_send") == 0
