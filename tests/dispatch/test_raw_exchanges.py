"""What a provider said is kept where a text went wrong: whole, sealed, without secrets, and not for ever."""

from collections.abc import Callable

from aiohttp import web

from answerback.storage.raw_exchanges import forget_raw, read_exchanges
from answerback.usecases.keep_raw import LONGEST, Exchange, RawKeeper
from answerback.workers.unclear import UnclearResolver
from tests.dispatch.outbound_stage import Carrier, Form, OutboundStage, Reply, accepted, refused
from tests.message_stage import AUTH_TOKEN, SEALER, eventually, running


def always(answer: Callable[[], web.Response]) -> Reply:
    async def reply(carrier: Carrier, form: Form) -> web.StreamResponse:
        return answer()

    return reply


async def sent(stage: OutboundStage, status: str, body: str = "Hello") -> int:
    """A text that came to this."""
    async with stage.dispatching():
        message = await stage.send(await stage.conversation(), body)
        await eventually(lambda: stage.is_status(message, status))
    return message


async def kept(stage: OutboundStage, message: int) -> list[Exchange]:
    keeper = RawKeeper(SEALER, stage.inner.providers)
    return [keeper.open(one) for one in await read_exchanges(stage.pool, message)]


async def test_a_refused_send_keeps_request_and_answer(stage: OutboundStage) -> None:
    stage.carrier.reply = always(lambda: refused(21211))
    message = await sent(stage, "failed", "To nobody")

    [exchange] = await kept(stage, message)

    assert (exchange.method, exchange.status) == ("POST", 400)
    assert exchange.address.endswith("/Messages.json")
    assert b"Body=To+nobody" in exchange.request
    assert b'"code": 21211' in exchange.answer
    sealed = await stage.pool.fetchval("select sealed from raw_exchange")
    assert b"nobody" not in sealed


async def test_nothing_is_kept_of_a_text_that_goes_well(stage: OutboundStage) -> None:
    stage.carrier.reply = always(lambda: accepted())
    message = await sent(stage, "accepted")
    assert await kept(stage, message) == []


async def test_a_lost_answer_keeps_what_was_asked(stage: OutboundStage) -> None:
    async def hang_up(carrier: Carrier, form: Form) -> web.StreamResponse:
        raise ConnectionResetError

    stage.carrier.reply = hang_up
    message = await sent(stage, "unclear")

    [exchange] = await kept(stage, message)

    assert b"Body=Hello" in exchange.request
    assert exchange.status is None or exchange.status >= 500


async def test_secrets_that_a_provider_repeats_are_taken_out(stage: OutboundStage) -> None:
    document = {"code": 21211, "message": f"You said {AUTH_TOKEN}. " + "x" * LONGEST, "status": 400}
    stage.carrier.reply = always(lambda: web.json_response(document, status=400))
    message = await sent(stage, "failed")

    [exchange] = await kept(stage, message)

    assert b"You said [secret]." in exchange.answer
    assert len(exchange.answer) == LONGEST


async def test_a_report_of_failure_is_kept_as_it_knocked(stage: OutboundStage) -> None:
    stage.carrier.reply = always(lambda: accepted("SM" + "7" * 32))
    message = await sent(stage, "accepted")

    assert (
        await stage.inner.report("SM" + "7" * 32, "undelivered", ErrorCode="30003", RawDlrDoneDate="2611241200") == 200
    )
    await stage.inner.report("SM" + "7" * 32, "sent")

    [exchange] = await kept(stage, message)
    assert b"RawDlrDoneDate=2611241200" in exchange.request
    assert exchange.status is None
    assert await stage.pool.fetchval("select kind from raw_exchange") == "report"


async def test_an_unclear_text_that_proves_to_have_failed_keeps_both(stage: OutboundStage) -> None:
    stage.carrier.reply = always(lambda: web.Response(status=502, text="bad gateway"))
    message = await sent(stage, "unclear")
    [before] = await kept(stage, message)
    assert before.answer == b"bad gateway"
    resolver = UnclearResolver(stage.pool, stage.inner.directory, stage.inner.providers)
    async with running(resolver.run()):
        await stage.inner.report("SM" + "8" * 32, "failed", query=f"?message={message}", ErrorCode="30008")
        await eventually(lambda: stage.is_status(message, "failed"))
    assert len(await kept(stage, message)) == 2


async def test_it_is_kept_for_the_days_of_its_account_and_deleted_in_batches(stage: OutboundStage) -> None:
    stage.carrier.reply = always(lambda: refused(21211))
    messages = [await sent(stage, "failed") for _ in range(3)]
    await stage.pool.execute(
        "update raw_exchange set at = now() - interval '31 days' where message_id = any ($1)", messages[:2]
    )
    assert await forget_raw(stage.pool, 1)
    assert await forget_raw(stage.pool, 1)
    assert not await forget_raw(stage.pool, 1)
    assert [len(await kept(stage, message)) for message in messages] == [0, 0, 1]

    await stage.pool.execute("update provider_account set keep_raw_days = 0")
    message = await sent(stage, "failed")
    assert await kept(stage, message) == []
