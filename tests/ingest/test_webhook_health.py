"""What a webhook did to its account's health: counted in memory, written once a second, no query of its own."""

from datetime import UTC, datetime, timedelta

from answerback.storage.connection import Pool
from answerback.storage.provider_accounts import AccountRecord, get_account
from answerback.usecases.webhook_health import read_health
from answerback.workers.tally import Tally
from tests.message_stage import Stage, eventually


async def account_of(stage: Stage) -> AccountRecord:
    account = await get_account(stage.pool, stage.seeded.account_id)
    assert account is not None
    return account


async def test_a_text_told_twice_is_one_accepted_one_repeated_and_both_are_timed(stage: Stage) -> None:
    for _ in range(2):
        assert await stage.text("hello", MessageSid="SM" + "1" * 32, sender="+14155550199") == 200

    async def counted() -> bool:
        day = (await read_health(stage.pool, await account_of(stage))).day
        return (day.accepted, day.repeated) == (2, 1)

    await eventually(counted)
    day = (await read_health(stage.pool, await account_of(stage))).day
    assert day.handling is not None
    assert 0 < day.handling.half <= day.handling.most


async def test_times_from_the_providers_mark_and_tries_it_counts_are_shown(stage: Stage) -> None:
    account_id, tally, now = stage.seeded.account_id, Tally(stage.pool), datetime.now(UTC)
    tally.note_told(account_id, "SM1", now - timedelta(seconds=8))
    tally.note_told(account_id, "SM2", None)
    tally.note_handled(account_id, 0.004, is_retry=True)
    await tally.flush()
    day = (await read_health(stage.pool, await account_of(stage))).day
    assert (day.retried, day.repeated) == (1, 0)
    assert day.travel is not None
    assert 8 <= day.travel.half < 10


async def test_enforcing_is_suggested_after_a_day_in_which_nothing_would_have_been_refused(stage: Stage) -> None:
    account_id = stage.seeded.account_id
    await stage.pool.execute("update provider_account set signature_mode = 'observe'")
    await put(stage.pool, account_id, "accepted", hours=2)
    assert not await suggests(stage)  # watched for two hours only
    await put(stage.pool, account_id, "accepted", hours=30)
    assert await suggests(stage)
    await put(stage.pool, account_id, "observed", hours=3)
    assert not await suggests(stage)
    await stage.pool.execute("update webhook_pace set hour = hour - interval '30 hours' where measure = 'observed'")
    assert await suggests(stage)
    await stage.pool.execute("update provider_account set signature_mode = 'enforce'")
    assert not await suggests(stage)


async def suggests(stage: Stage) -> bool:
    return (await read_health(stage.pool, await account_of(stage))).may_enforce


async def put(pool: Pool, account_id: int, measure: str, *, hours: int) -> None:
    await pool.execute(
        "insert into webhook_pace (provider_account_id, hour, measure, hits)"
        " values ($1, date_trunc('hour', now()) - make_interval(hours => $3), $2, 5)",
        account_id,
        measure,
        hours,
    )
