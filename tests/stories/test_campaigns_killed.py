"""A campaign whose server is killed again and again, and fed by two at the end, texts each recipient exactly once."""

from collections import Counter
from pathlib import Path
from typing import Any

import aiohttp
import asyncpg

from tests.running import Running, emulator_running, eventually, free_port, new_centre
from tests.stories.shop import Shop, new_phone
from tests.stories.test_flows_killed import LEFT, SETTLED, make_template
from tests.stories.test_hours_and_messages import open_shop

RECIPIENTS = 240
KILLED_AT = (20, 80, 150)
"""How far it has come each time, in texts that have left."""
WORDS = "We open at eight from Monday on."


async def start(shop: Shop, database: "asyncpg.Connection[Any]", phones: list[str]) -> int:
    """For a list as a file makes it."""
    await shop.api.patch("/sending-rules", {"courtesy_hours": False})
    await shop.api.patch(f"/numbers/{shop.number_id}", {"parts_per_second": 40})
    for phone in phones:
        await shop.emulator.post("/emulator/phones", {"number": phone})
    await database.execute(
        "insert into consent_entry (phone, choice, source, words) select p, 'opt_in', 'form', 'Yes'"
        " from unnest($1::text[]) p",
        phones,
    )
    audience_id = await database.fetchval(
        "insert into audience (name, kind, members) values ('Everybody', 'list', $1) returning id", len(phones)
    )
    await database.execute(
        "insert into audience_member (audience_id, place, phone)"
        " select $1, ord + 1, phone from unnest($2::text[]) with ordinality as m (phone, ord)",
        audience_id,
        phones,
    )
    draft = {
        "name": "Opening hours",
        "audience_id": audience_id,
        "number_ids": [shop.number_id],
        "variants": [{"template_id": await make_template(shop, "Hours", WORDS)}],
        "failed_limit": 1,
    }
    campaign = await shop.api.post("/campaigns", draft)
    await shop.api.post(f"/campaigns/{campaign['id']}/start")
    campaign_id: int = campaign["id"]
    return campaign_id


async def kill_after(server: Running, database: "asyncpg.Connection[Any]", texts: int) -> None:
    async def came_so_far() -> bool:
        return int(await database.fetchval(LEFT)) >= texts

    await eventually(f"{texts} texts gone", came_so_far)
    server.process.kill()
    server.process.wait()


async def test_a_campaign_killed_in_the_middle_texts_each_recipient_once(database_url: str, tmp_path: Path) -> None:
    centre = new_centre(database_url, tmp_path)
    token = centre.make_administrator()
    database = await asyncpg.connect(database_url)
    with emulator_running() as emulator:
        async with aiohttp.ClientSession() as session:
            phones = [new_phone() for _ in range(RECIPIENTS)]
            with centre.serving(tmp_path / "0") as server:
                shop = await open_shop(session, server, emulator, token)
                campaign_id = await start(shop, database, phones)
                await kill_after(server, database, 1)
            for place, texts in enumerate(KILLED_AT):
                with centre.serving(tmp_path / str(place + 1)) as server:
                    await kill_after(server, database, texts)
            with (
                centre.serving(tmp_path / "last"),
                centre.serving(tmp_path / "beside", port=free_port()),
            ):
                await all_texted_once(shop, database, campaign_id, phones)
                await shop.close()
    await database.close()


async def all_texted_once(shop: Shop, database: "asyncpg.Connection[Any]", campaign_id: int, phones: list[str]) -> None:
    """Totals add up to everybody. A text that was under way when the server died may stand there as unclear."""

    async def settled() -> bool:
        campaign = await shop.api.get(f"/campaigns/{campaign_id}")
        assert campaign["state"] in ("running", "done"), campaign
        return campaign["state"] == "done" and int(await database.fetchval(SETTLED)) == RECIPIENTS

    await eventually("the campaign done and every text settled", settled, within=60)
    campaign = await shop.api.get(f"/campaigns/{campaign_id}")
    assert (campaign["recipients"], campaign["queued"], campaign["waiting"]) == (RECIPIENTS, RECIPIENTS, 0)
    counts = (await shop.api.get(f"/campaigns/{campaign_id}/results"))["items"]
    assert sum(one["recipients"] for one in counts) == RECIPIENTS
    rows = await database.fetch(
        "select c.customer_phone, m.status from message m join conversation c on c.id = m.conversation_id"
    )
    assert Counter(row["customer_phone"] for row in rows) == Counter(phones)
    unclear = {row["customer_phone"] for row in rows if row["status"] == "unclear"}
    for phone in phones:
        told = [text["body"] for text in await shop.phone_shows(phone)]
        assert told == [WORDS] or (not told and phone in unclear), (phone, told)
