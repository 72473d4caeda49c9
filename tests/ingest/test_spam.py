"""A phone that floods us is blocked by itself, where the centre wants that; with a note, and a person can undo it."""

from answerback.usecases.block_phone import unblock_phone
from answerback.usecases.block_spam import block_spam
from tests.message_stage import Stage, eventually, phone

FLOODER, CUSTOMER = phone(801), phone(802)


async def limit(stage: Stage, texts: int | None) -> None:
    await stage.pool.execute("update sending_rules set spam_texts = $1", texts)
    await stage.directory.refresh()


async def flood(stage: Stage, texts: int, sender: str = FLOODER) -> None:
    for text in range(texts):
        await stage.text(f"Win a prize {text}", sender=sender)


async def is_blocked(stage: Stage, sender: str = FLOODER) -> bool:
    return await stage.pool.fetchval("select exists (select from blocked_phone where phone = $1)", sender)


async def test_so_many_texts_block_a_phone_with_a_note_and_later_ones_go_to_nobody(stage: Stage) -> None:
    await limit(stage, 10)
    await flood(stage, 9)
    await stage.text("Hello", sender=CUSTOMER)
    assert not await is_blocked(stage)
    await flood(stage, 1)
    await eventually(lambda: is_blocked(stage))

    note = await stage.pool.fetchval("select body from message where kind = 'note'")
    assert "10 texts within 10 minutes" in note
    assert "unblock" in note
    assert await stage.pool.fetchval("select count(*) from event where kind = 'PhoneBlocked'") == 1
    assert not await is_blocked(stage, CUSTOMER)
    await stage.pool.execute("update conversation set state = 'closed', closed_at = now(), close_reason = 'ended'")
    await flood(stage, 1)
    assert await stage.pool.fetchval("select state from conversation where customer_phone = $1", FLOODER) == "closed"


async def test_who_was_unblocked_is_not_blocked_again_for_what_they_sent_before(stage: Stage) -> None:
    await limit(stage, 10)
    await flood(stage, 10)
    await eventually(lambda: is_blocked(stage))
    await unblock_phone(stage.pool, FLOODER, stage.seeded.agent_id)
    await flood(stage, 2)
    assert not await block_spam(stage.pool, FLOODER)
    assert not await is_blocked(stage)


async def test_nobody_is_blocked_while_the_centre_does_not_want_it(stage: Stage) -> None:
    await limit(stage, None)
    await flood(stage, 12)
    assert not await block_spam(stage.pool, FLOODER)
    assert not await is_blocked(stage)
