"""What was just added is known at its first webhook, whoever added it; wrong addresses do not become queries."""

import asyncio

from answerback.storage.connection import Pool
from answerback.usecases.directory import Directory
from tests.message_stage import SEALER, Stage, add_account, add_number, text_form

NOBODY = 999_999
FEW = 20
"""Far more than are allowed, far fewer than are asked: time may pass between."""


class CountingDirectory(Directory):
    """Counts its looks into the database."""

    looks = 0

    async def refresh(self) -> None:
        self.looks += 1
        await super().refresh()


async def test_the_first_webhook_to_an_account_made_a_moment_ago_finds_it(stage: Stage) -> None:
    await stage.directory.refresh()
    stage.seeded.account_id = await add_account(stage.pool, api_base_url="http://127.0.0.1:9")
    await add_number(stage.pool, stage.seeded.account_id, stage.seeded.workstream_id, address="+14155550188")

    assert await stage.text("First", to="+14155550188") == 200

    assert await stage.pool.fetchval("select body from message") == "First"


async def test_it_is_found_also_amid_a_flood_of_wrong_addresses(stage: Stage) -> None:
    async def stray() -> int:
        async with stage.client.post(f"{stage.url}/hooks/twilio/{NOBODY}/message", data=text_form()) as response:
            return response.status

    strays = [asyncio.create_task(stray()) for _ in range(100)]
    for _ in range(FEW):
        await stage.directory.look_again(NOBODY)
    stage.seeded.account_id = await add_account(stage.pool, api_base_url="http://127.0.0.1:9")
    await add_number(stage.pool, stage.seeded.account_id, stage.seeded.workstream_id, address="+14155550188")

    assert await stage.text("First", to="+14155550188") == 200
    assert set(await asyncio.gather(*strays)) == {404}


async def test_a_flood_of_wrong_addresses_shares_few_looks(pool: Pool) -> None:
    directory = CountingDirectory(pool, SEALER)

    found = await asyncio.gather(*(directory.find_entry(NOBODY + stray) for stray in range(1000)))

    assert set(found) == {None}
    assert directory.looks < FEW


async def test_forgeries_one_after_the_other_use_up_few_looks_and_do_not_wait(pool: Pool) -> None:
    directory = CountingDirectory(pool, SEALER)

    for _ in range(1000):
        await directory.look_again(NOBODY)

    assert directory.looks < FEW
