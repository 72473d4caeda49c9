"""Campaigns among all that happens meanwhile: replies, opt-outs, carriers that filter, another server, a moved time."""

import secrets
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import pytest

from tests.running import Json, Running, eventually
from tests.stories.conftest import Stage
from tests.stories.shop import Shop, new_phone
from tests.stories.test_consent import choices
from tests.stories.test_flows_killed import make_template
from tests.stories.test_sending import all_texts

RECIPIENTS = 60
PEOPLE = 30
QUICK, SLOW = 100, 2
"""Parts a second."""
BULK = 2


@pytest.fixture
async def database(stage: Stage) -> AsyncIterator["asyncpg.Connection[Any]"]:
    """For audiences as files make them, and for what no screen shows."""
    connection = await asyncpg.connect(stage.database_url)
    yield connection
    await connection.close()


class Campaign:
    """One of this shop's number."""

    def __init__(self, shop: Shop, id_: int) -> None:
        self.shop, self.path = shop, f"/campaigns/{id_}"

    async def act(self, action: str, **body: Any) -> Json:
        return await self.shop.api.post(f"{self.path}/{action}", body or None)

    async def becomes(self, state: str) -> Json:
        async def find() -> Json:
            found = await self.shop.api.get(self.path)
            return found if found["state"] == state else None

        return await eventually(f"the campaign {state}", find, within=60)

    async def settles(self) -> dict[str, Json]:
        """Its recipients by phone, once it is done and carriers have said of each text what became of it."""
        await self.becomes("done")

        async def find() -> Json:
            page = (await self.shop.api.get(f"{self.path}/recipients?limit=200"))["items"]
            return page if all(one["outcome"] != "on_the_way" for one in page) else None

        return {one["phone"]: one for one in await eventually("every text settled", find, within=60)}


async def draft(
    shop: Shop, database: "asyncpg.Connection[Any]", phones: Sequence[str], words: str, **more: Any
) -> Campaign:
    """For a list as a file makes it, of people who agreed."""
    await shop.api.patch("/sending-rules", {"courtesy_hours": False})
    await agree(database, phones)
    name = secrets.token_hex(6)
    list_id = await database.fetchval(
        "insert into audience (name, kind, members) values ($1, 'list', $2) returning id", name, len(phones)
    )
    await database.execute(
        "insert into audience_member (audience_id, place, phone)"
        " select $1, ord + 1, phone from unnest($2::text[]) with ordinality as m (phone, ord)",
        list_id,
        list(phones),
    )
    wanted = {"name": name, "audience_id": list_id, "number_ids": [shop.number_id], "opt_out_limit": 1, **more}
    template_id = await make_template(shop, name, words)
    made = await shop.api.post("/campaigns", {**wanted, "variants": [{"template_id": template_id}]})
    return Campaign(shop, made["id"])


async def agree(database: "asyncpg.Connection[Any]", phones: Sequence[str]) -> None:
    await database.execute(
        "insert into consent_entry (phone, choice, source, words) select p, 'opt_in', 'form', 'Yes'"
        " from unnest($1::text[]) p",
        list(phones),
    )


async def set_rate(shop: Shop, parts_per_second: float) -> None:
    await shop.api.patch(f"/numbers/{shop.number_id}", {"parts_per_second": parts_per_second})


async def stop_unheard(shop: Shop, phone: str) -> None:
    """The carrier took note of a STOP, and its webhook never reached us."""
    (at_carrier,) = [one for one in await shop.emulator.get("/emulator/numbers") if one["phone_number"] == shop.number]
    await shop.emulator.post("/emulator/numbers", {**at_carrier, "sms_url": "", "sms_fallback_url": ""})
    await shop.emulator.post(f"/emulator/phones/{phone}/texts", {"to": shop.number, "body": "STOP", "media": []})
    await shop.emulator.post("/emulator/numbers", at_carrier)


async def texts_by_phone(shop: Shop, words: str) -> Counter[str]:
    return Counter(text["to"] for text in await all_texts(shop) if text["body"] == words)


async def test_replies_overtake_a_campaign_that_fills_its_number_and_every_opt_out_counts(
    shop: Shop, database: "asyncpg.Connection[Any]"
) -> None:
    words = "We open at eight from Monday on."
    asking, *phones = (new_phone() for _ in range(RECIPIENTS + 1))
    known_to_carrier, last = phones[0], phones[-1]
    await shop.customer_texts(asking, "Are you open?")
    conversation = (await shop.conversation_with(asking))["id"]
    agent = await shop.hire("Ana")
    await agent.accepts(conversation)
    await stop_unheard(shop, known_to_carrier)
    await set_rate(shop, SLOW)
    campaign = await draft(shop, database, phones, words)

    problem = await agent.api.ask("POST", f"{campaign.path}/start", expect=403)
    assert "permission" in problem["detail"].lower()
    problem = await agent.api.ask("POST", "/conversations", start_of(shop, phones[1]), expect=403)
    assert "may not start" in str(problem).lower() or "permission" in str(problem).lower()

    await campaign.act("start")

    async def is_full() -> bool:
        return await database.fetchval(
            "select count(*) > $3 from outbox where number_id = $1 and lane = $2", shop.number_id, BULK, SLOW
        )

    await eventually("more texts queued than leave in a second", is_full)
    reply = (await agent.replies(conversation, "Yes, until six."))["id"]
    await shop.customer_texts(last, "STOP")
    await eventually("the opt-out", lambda: opted_out(shop, last))
    await set_rate(shop, QUICK)

    recipients = await campaign.settles()
    outcomes = Counter((one["outcome"], one["reason"]) for one in recipients.values())
    assert outcomes == {("delivered", ""): RECIPIENTS - 2, ("failed", "opted_out"): 1, ("refused", "opted_out"): 1}
    assert recipients[known_to_carrier]["error_code"] == "21610"
    assert "START" in recipients[known_to_carrier]["sentence"]
    assert (recipients[last]["outcome"], recipients[last]["rule"]) == ("refused", "opt_out")
    # The lost STOP itself may come as well, should the gaps be looked for in this very minute.
    assert set(zip(await sources(shop, known_to_carrier), await choices(shop, known_to_carrier), strict=True)) in (
        {("form", "opt_in"), ("provider", "opt_out")},
        {("form", "opt_in"), ("provider", "opt_out"), ("keyword", "opt_out")},
    )
    assert await texts_by_phone(shop, words) == Counter(set(phones) - {known_to_carrier, last})
    assert await overtaken(database, reply) > 0
    counts = (await shop.api.get(f"{campaign.path}/results"))["items"]
    assert sum(one["recipients"] for one in counts) == RECIPIENTS


def start_of(shop: Shop, phone: str) -> Json:
    return {"number_id": shop.number_id, "phone": phone, "body": "Hello"}


async def opted_out(shop: Shop, phone: str) -> bool:
    return "opt_out" in await choices(shop, phone)


async def sources(shop: Shop, phone: str) -> list[str]:
    items = (await shop.api.get(f"/consent?phone={phone.replace('+', '%2B')}"))["items"]
    return [entry["source"] for entry in sorted(items, key=lambda entry: entry["id"])]


async def overtaken(database: "asyncpg.Connection[Any]", message_id: int) -> int:
    """Texts of campaigns that were queued before this one and handed over after it."""
    overtaken: int = await database.fetchval(
        """
        select count(*) from event a
        join message m on m.id = a.message_id and m.origin = 'campaign'
        join event ours on ours.message_id = $1 and ours.kind = 'MessageAccepted'
        where a.kind = 'MessageAccepted' and a.message_id < $1 and a.at > ours.at
        """,
        message_id,
    )
    return overtaken


async def test_texts_that_carriers_filter_pause_the_campaign_with_the_reason(
    shop: Shop, database: "asyncpg.Connection[Any]"
) -> None:
    phones = [new_phone() for _ in range(2 * RECIPIENTS)]
    await set_rate(shop, 5)
    campaign = await draft(shop, database, phones, "You won the lotterie!", watch_after=5, failed_limit=1)
    await shop.emulator.put("/emulator/dials", {"filter_words": ["lotterie"]})
    await campaign.act("start")
    paused = await campaign.becomes("paused")
    await shop.emulator.put("/emulator/dials", {"filter_words": []})
    assert "filtered by carriers" in paused["state_reason"]
    assert "before you resume" in paused["state_reason"]
    assert paused["waiting"] > 0
    failed = (await shop.api.get(f"{campaign.path}/recipients?outcome=failed&limit=200"))["items"]
    assert {(one["error_code"], one["reason"]) for one in failed} == {("30007", "filtered")}


async def test_two_servers_send_each_text_that_waited_for_its_time_once(
    shop: Shop, second_server: Running, database: "asyncpg.Connection[Any]"
) -> None:
    """A campaign whose time was moved, and ordered texts, all due at the same moment."""
    words = "The sale begins."
    phones = [new_phone() for _ in range(PEOPLE)]
    configuration_id = await configure(shop, "Your order is ready.")
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    campaign = await draft(shop, database, phones, words, send_at=tomorrow.isoformat())
    await campaign.act("start")
    await campaign.becomes("scheduled")
    assert not await all_texts(shop)
    soon = (datetime.now(UTC) + timedelta(seconds=4)).isoformat()
    items = [{"tocontactid": phone, "optin": True} for phone in phones]
    order = {"configuration_id": configuration_id, "items": items, "send_at": soon}
    ordered = (await shop.api.post("/outbound-messages", order))["items"]
    assert {one["result"] for one in ordered} == {"waits"}
    await campaign.act("reschedule", send_at=soon)
    recipients = await campaign.settles()
    assert {one["outcome"] for one in recipients.values()} == {"delivered"}
    assert await texts_by_phone(shop, words) == Counter(phones)

    async def all_ordered() -> bool:
        return (await texts_by_phone(shop, "Your order is ready.")).total() >= PEOPLE

    await eventually("the ordered texts", all_ordered)
    assert await texts_by_phone(shop, "Your order is ready.") == Counter(phones)


async def configure(shop: Shop, words: str) -> int:
    name = secrets.token_hex(6)
    made = {"name": name, "number_ids": [shop.number_id], "template_id": await make_template(shop, name, words)}
    configuration_id: int = (await shop.api.post("/outbound-configurations", {**made, "show_in_timeline": True}))["id"]
    return configuration_id
