"""STOP, START and HELP act at once, and are answered once, by us only where nobody else does."""

from pathlib import Path

import pytest

from answerback.storage.connection import Pool
from answerback.usecases.queue_text import Queued, RefusedText
from answerback.usecases.send_text import SendText, send_text
from tests.message_stage import Seeded, Stage, message_stage, phone, seed

CUSTOMER = phone(77)


async def ledger(stage: Stage) -> list[tuple[str, str]]:
    rows = await stage.pool.fetch("select choice, source from consent_entry order by id")
    return [(row["choice"], row["source"]) for row in rows]


async def outbound(stage: Stage) -> list[str]:
    rows = await stage.pool.fetch("select body from message where kind = 'outbound' order by id")
    return [row["body"] for row in rows]


async def reply(stage: Stage, body: str = "Hello again") -> Queued | RefusedText:
    conversation = await stage.pool.fetchval("select max(id) from conversation")
    await stage.pool.execute("update conversation set state = 'active', closed_at = null where id = $1", conversation)
    outcome = await send_text(stage.pool, SendText(conversation, body, stage.seeded.agent_id))
    assert isinstance(outcome, Queued | RefusedText)
    return outcome


async def test_stop_is_recorded_with_its_event_and_sends_are_refused(stage: Stage) -> None:
    await stage.text("Stop!", sender=CUSTOMER)

    assert await ledger(stage) == [("opt_out", "keyword")]
    event = await stage.pool.fetchrow("select data, message_id from event where kind = 'ConsentRecorded'")
    assert event["data"]["choice"] == "opt_out"
    assert event["message_id"] == await stage.pool.fetchval("select id from message")
    refused = await reply(stage)
    assert isinstance(refused, RefusedText)
    assert refused.refusal.reason == "opted_out"
    kept = await stage.pool.fetchrow("select status, error_sentence from message where id = $1", refused.message_id)
    assert tuple(kept) == ("refused", refused.refusal.sentence)
    assert await stage.pool.fetchval("select count(*) from outbox") == 0


async def test_start_restores(stage: Stage) -> None:
    await stage.text("STOP", sender=CUSTOMER)
    await stage.text("start", sender=CUSTOMER)

    assert await ledger(stage) == [("opt_out", "keyword"), ("opt_in", "keyword")]
    assert isinstance(await reply(stage), Queued)


async def test_no_second_answer_where_the_provider_answers(stage: Stage) -> None:
    await stage.text("STOP", sender=CUSTOMER)
    await stage.text("HELP", sender=CUSTOMER)

    assert await outbound(stage) == []


@pytest.fixture
async def on_our_own(pool: Pool) -> Seeded:
    return await seed(pool, provider_answers=False)


async def test_we_confirm_once_where_nobody_else_does(pool: Pool, on_our_own: Seeded, tmp_path: Path) -> None:
    async with message_stage(pool, on_our_own, tmp_path) as stage:
        await stage.text("STOP", sender=CUSTOMER)
        await stage.text("STOP", sender=CUSTOMER)

        [confirmation] = await outbound(stage)
        assert "START" in confirmation
        lane = await pool.fetchval("select lane from outbox")
        assert lane == 1
        origin = await pool.fetchrow("select origin, status from message where kind = 'outbound'")
        assert tuple(origin) == ("automated", "queued")


async def test_a_keyword_that_the_provider_recognised_is_not_answered_again(
    pool: Pool, on_our_own: Seeded, tmp_path: Path
) -> None:
    async with message_stage(pool, on_our_own, tmp_path) as stage:
        await stage.text("aufhören", sender=CUSTOMER, OptOutType="STOP")

        assert await ledger(stage) == [("opt_out", "keyword")]
        assert await outbound(stage) == []


async def test_stop_repeated_by_the_provider_is_recorded_once(stage: Stage) -> None:
    for _ in range(2):
        await stage.text("STOP", sender=CUSTOMER, MessageSid="SM" + "7" * 32)

    assert await ledger(stage) == [("opt_out", "keyword")]


async def test_stop_opens_nothing_and_closes_nothing(stage: Stage) -> None:
    await stage.text("STOP", sender=CUSTOMER)
    assert await stage.pool.fetchval("select state from conversation") == "closed"

    await stage.text("I have a question", sender=phone(78))
    await stage.text("STOP", sender=phone(78))

    row = await stage.pool.fetchrow("select state, last_seq from conversation where customer_phone = $1", phone(78))
    assert tuple(row) == ("open", 2)


async def test_stop_holds_back_what_has_not_left_yet(stage: Stage) -> None:
    await stage.text("Hi", sender=CUSTOMER)
    queued = await reply(stage, "Too late")

    await stage.text("STOP", sender=CUSTOMER)

    assert await stage.pool.fetchval("select status from message where id = $1", queued.message_id) == "refused"
    assert await stage.pool.fetchval("select count(*) from outbox") == 0


async def test_yes_is_an_answer_unless_the_customer_had_opted_out(stage: Stage) -> None:
    await stage.text("Yes", sender=CUSTOMER)
    assert await stage.pool.fetchval("select state from conversation") == "open"
    assert await ledger(stage) == []

    await stage.text("STOP", sender=CUSTOMER)
    await stage.text("Yes", sender=CUSTOMER)
    assert await ledger(stage) == [("opt_out", "keyword"), ("opt_in", "keyword")]


async def pending(stage: Stage, purpose: str = "promotional") -> None:
    await stage.pool.execute(
        """
        insert into consent_entry (phone, number_id, purpose, choice, source, confirm_until)
        values ($1, $2, $3, 'pending', 'form', now() + interval '1 day')
        """,
        CUSTOMER,
        stage.seeded.number_id,
        purpose,
    )


async def test_yes_confirms_a_double_opt_in_for_what_was_asked(stage: Stage) -> None:
    await pending(stage)
    await stage.text("¡Sí!", sender=CUSTOMER)
    assert await ledger(stage) == [("pending", "form"), ("opt_in", "keyword")]
    purposes = await stage.pool.fetch("select purpose from consent_entry order by id")
    assert [row["purpose"] for row in purposes] == ["promotional", "promotional"]
    [answer] = await outbound(stage)  # Twilio answers YES, but knows no SI
    assert "gracias" in answer
    await stage.text("Yes", sender=CUSTOMER)  # nothing is asked any more: an answer like any other
    assert len(await ledger(stage)) == 2


async def test_on_toll_free_numbers_start_confirms_and_yes_is_an_answer(stage: Stage) -> None:
    await stage.pool.execute("update number set type = 'toll_free'")
    await stage.directory.refresh()
    await pending(stage)
    await stage.text("Yes", sender=CUSTOMER)
    assert await ledger(stage) == [("pending", "form")]
    await stage.text("Start", sender=CUSTOMER)
    assert await stage.pool.fetchval("select purpose from consent_entry order by id desc limit 1") == "promotional"


async def test_a_yes_that_comes_too_late_is_an_answer(stage: Stage) -> None:
    await stage.pool.execute(
        """
        insert into consent_entry (phone, number_id, purpose, choice, source, at, confirm_until)
        values ($1, $2, 'promotional', 'pending', 'form', now() - interval '9 days', now() - interval '2 days')
        """,
        CUSTOMER,
        stage.seeded.number_id,
    )
    await stage.text("Yes", sender=CUSTOMER)
    assert await ledger(stage) == [("pending", "form")]
    assert await stage.pool.fetchval("select state from conversation") == "open"


async def test_a_word_the_carrier_does_not_know_is_answered_by_us_in_its_language(stage: Stage) -> None:
    await stage.text("Arrêt", sender=CUSTOMER)
    assert await ledger(stage) == [("opt_out", "keyword")]
    [answer] = await outbound(stage)
    assert "vous ne recevrez plus" in answer


async def test_stop_to_a_number_of_a_brand_speaks_of_the_brand(stage: Stage) -> None:
    brand = await stage.pool.fetchval("insert into brand (name) values ('Acme') returning id")
    await stage.pool.execute("update number set brand_id = $1", brand)
    await stage.directory.refresh()
    await stage.text("STOP", sender=CUSTOMER)
    row = await stage.pool.fetchrow("select number_id, brand_id from consent_entry")
    assert tuple(row) == (None, brand)
