"""A flow whose server is killed again and again texts each customer exactly once, or says that it does not know."""

from collections import Counter
from pathlib import Path
from typing import Any

import aiohttp
import asyncpg

from tests.running import Running, emulator_running, eventually, new_centre
from tests.stories.shop import Shop, new_phone
from tests.stories.test_hours_and_messages import open_shop

CUSTOMERS = 120
FIRST, SECOND = "Your card is on its way.", "Tell us when it is there."
KILLED_AT = (30, 70, 110)
"""How far it has come each time, in texts that have certainly left."""
PARTS_PER_SECOND = 20
"""Few enough under way at once that most texts leave whenever the server dies."""
LEFT = "select count(*) from message where status in ('accepted', 'sent', 'delivered')"
SETTLED = "select count(*) from message where status not in ('queued', 'sending')"


async def make_template(shop: Shop, name: str, text: str) -> int:
    draft = {"name": name, "default_locale": "en", "purpose": "conversation", "texts": {"en": text}}
    made = await shop.api.post("/message-templates", draft)
    decision = {"decision": "approved", "version": made["draft"]["version"]}
    await shop.api.post(f"/message-templates/{made['id']}/decision", decision)
    template_id: int = made["id"]
    return template_id


async def publish(shop: Shop) -> int:
    """Text, tag, text: begins by the clock for everybody with the tag."""
    steps = {
        "one": {"kind": "send", "template_id": await make_template(shop, "One", FIRST), "next": "mark"},
        "mark": {"kind": "set", "add_tags": ["told"], "next": "two"},
        "two": {"kind": "send", "template_id": await make_template(shop, "Two", SECOND)},
    }
    trigger = {"kind": "scheduled", "begins": "2020-01-01T09:00", "zone": "UTC", "repeats": "FREQ=DAILY", "tag": "card"}
    draft = {"trigger": trigger, "first": "one", "steps": steps}
    flow = await shop.api.post("/flows", {"name": "Card", "number_id": shop.number_id, "draft": draft})
    await shop.api.post(f"/flows/{flow['id']}/publish")
    flow_id: int = flow["id"]
    return flow_id


async def add_customers(shop: Shop) -> list[str]:
    phones = [new_phone() for _ in range(CUSTOMERS)]
    await shop.api.patch("/sending-rules", {"courtesy_hours": False})
    for phone in phones:
        await shop.emulator.post("/emulator/phones", {"number": phone})
        await shop.api.post("/contacts", {"name": "Luz Rivera", "phones": [phone], "tags": ["card"]})
        await shop.api.post("/consent", {"phone": phone, "choice": "opt_in", "words": "Text me about my card"})
    return phones


async def kill_after(server: Running, database: "asyncpg.Connection[Any]", texts: int) -> None:
    """With so many texts gone; with none: once the first run has taken a step."""
    seen = LEFT if texts else "select count(*) from flow_run_step"

    async def came_so_far() -> bool:
        return int(await database.fetchval(seen)) >= max(texts, 1)

    await eventually(f"{texts} texts gone", came_so_far)
    server.process.kill()
    server.process.wait()


async def test_a_flow_killed_in_the_middle_texts_each_customer_once(database_url: str, tmp_path: Path) -> None:
    centre = new_centre(database_url, tmp_path)
    token = centre.make_administrator()
    database = await asyncpg.connect(database_url)
    with emulator_running() as emulator:
        async with aiohttp.ClientSession() as session:
            with centre.serving(tmp_path / "0") as server:
                shop = await open_shop(session, server, emulator, token)
                await shop.api.patch(f"/numbers/{shop.number_id}", {"parts_per_second": PARTS_PER_SECOND})
                phones, flow_id = await add_customers(shop), await publish(shop)
                await database.execute("update flow_schedule set next_at = now() where flow_id = $1", flow_id)
                await kill_after(server, database, 0)
            for place, texts in enumerate(KILLED_AT):
                with centre.serving(tmp_path / str(place + 1)) as server:
                    await kill_after(server, database, texts)
            with centre.serving(tmp_path / "last"):
                await settled(shop, flow_id, database)
                await all_texted_once(shop, phones, database)
                await shop.close()
    await database.close()


async def settled(shop: Shop, flow_id: int, database: "asyncpg.Connection[Any]") -> None:
    """Every run has ended well, exactly as many as there are customers, and nothing is on its way any more."""

    async def done() -> bool:
        return (await shop.api.get(f"/flows/{flow_id}/results"))["outcomes"] == {"done": CUSTOMERS}

    async def quiet() -> bool:
        return int(await database.fetchval(SETTLED)) == 2 * CUSTOMERS

    await eventually("every run at its end", done)
    await eventually("every text settled", quiet)
    [occurrence] = (await shop.api.get(f"/flows/{flow_id}/occurrences"))["items"]
    assert (occurrence["state"], occurrence["began"]) == ("done", CUSTOMERS)


async def all_texted_once(shop: Shop, phones: list[str], database: "asyncpg.Connection[Any]") -> None:
    """A text that was under way when the server died may never have left: then it stands there as unclear."""

    async def missing() -> list[tuple[str, str]]:
        told = {phone: Counter(text["body"] for text in await shop.phone_shows(phone)) for phone in phones}
        assert all(count == 1 for counts in told.values() for count in counts.values()), told
        return [(phone, body) for phone in phones for body in (FIRST, SECOND) if not told[phone][body]]

    async def only_unclear_ones_are_missing() -> bool:
        rows = await database.fetch(
            """
            select c.customer_phone, m.body, m.status from message m join conversation c on c.id = m.conversation_id
            """
        )
        assert len(rows) == 2 * CUSTOMERS
        unclear = {(phone, body) for phone, body, status in rows if status == "unclear"}
        return set(await missing()) <= unclear

    await eventually("every text at its phone", only_unclear_ones_are_missing)
    assert len(await missing()) < CUSTOMERS
