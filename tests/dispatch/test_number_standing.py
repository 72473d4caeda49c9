"""What leaves is counted for its number; what a provider says of a number is remembered; the gate acts on both."""

from aiohttp import web

from answerback.domain.sending.failure import FailureClass
from answerback.domain.sending.gate import RefusalReason
from answerback.usecases.queue_text import RefusedText
from answerback.usecases.send_text import SendText, send_text
from tests.dispatch.outbound_stage import Carrier, Form, OutboundStage, refused
from tests.message_stage import eventually


async def parts_today(stage: OutboundStage) -> int:
    parts: int = await stage.pool.fetchval("select coalesce(sum(parts), 0)::int from number_usage")
    return parts


async def refusal_of(stage: OutboundStage, conversation: int, body: str = "Hello") -> RefusedText:
    outcome = await send_text(stage.pool, SendText(conversation, body, stage.inner.seeded.agent_id, ()))
    assert isinstance(outcome, RefusedText), outcome
    return outcome


async def test_parts_that_left_are_counted_and_parts_that_failed_are_not(stage: OutboundStage) -> None:
    async def fail_the_second(carrier: Carrier, _: Form) -> web.StreamResponse:
        carrier.reply = None
        return refused(21211)

    one, other = await stage.conversation(), await stage.conversation()
    async with stage.dispatching():
        first = await stage.send(one, "a" * 200)
        await eventually(lambda: stage.is_status(first, "accepted"))
        stage.carrier.reply = fail_the_second
        second = await stage.send(other)
        await eventually(lambda: stage.is_status(second, "failed"))
    assert await parts_today(stage) == 2


async def test_a_number_at_its_cap_refuses_until_the_carriers_day_ends(stage: OutboundStage) -> None:
    await stage.pool.execute("update number set daily_cap = 3")
    conversation = await stage.conversation()
    await stage.send(conversation, "a" * 200)  # waits in the outbox: its two parts are spoken for

    refused_text = await refusal_of(stage, conversation, "b" * 200)

    assert refused_text.refusal.reason is RefusalReason.CAP_REACHED
    assert refused_text.refusal.until is not None
    await stage.send(conversation, "one more part")


async def test_a_number_the_carrier_calls_unregistered_is_not_tried_again(stage: OutboundStage) -> None:
    async def say_unregistered(_: Carrier, __: Form) -> web.StreamResponse:
        return refused(30034)

    stage.carrier.reply = say_unregistered
    conversation = await stage.conversation()
    async with stage.dispatching():
        message = await stage.send(conversation)
        await eventually(lambda: stage.is_status(message, "failed"))
    error_class = await stage.pool.fetchval("select error_class from message where id = $1", message)
    assert error_class == FailureClass.REGISTRATION

    assert (await refusal_of(stage, conversation)).refusal.reason is RefusalReason.NOT_REGISTERED
    trail = await stage.pool.fetch("select data from event where kind = 'NumberRegistrationChanged'")
    assert [row["data"]["changes"] for row in trail] == [{"status": ["unknown", "unregistered"]}]


async def test_what_an_administrator_said_of_a_number_outweighs_a_carriers_refusal(stage: OutboundStage) -> None:
    async def say_unregistered(carrier: Carrier, _: Form) -> web.StreamResponse:
        carrier.reply = None
        return refused(30034)

    await stage.pool.execute("insert into number_registration (number_id, status) select id, 'approved' from number")
    stage.carrier.reply = say_unregistered
    conversation = await stage.conversation()
    async with stage.dispatching():
        message = await stage.send(conversation)
        await eventually(lambda: stage.is_status(message, "failed"))
        again = await stage.send(conversation)
        await eventually(lambda: stage.is_status(again, "accepted"))
