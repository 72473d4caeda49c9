"""A preview asks the gate once for those who are alike: it counts what asking for each by themselves would."""

import random
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from answerback.domain.sending.gate import About, Allowed, Deferred, Purpose, Verdict, check
from answerback.storage.connection import Pool
from answerback.storage.consent import NewEntry, add_entries
from answerback.storage.senders import read_sender
from answerback.usecases.drafts import Draft
from answerback.usecases.load_facts import load_facts
from answerback.usecases.text_batch import request_of
from tests.api.campaigning import Desk
from tests.api.people import MakePerson
from tests.live.centre import Centre

NOW = datetime.now(UTC)
BEGIN = (NOW + timedelta(days=9)).replace(hour=13, minute=30, second=0, microsecond=0)
"""Evening nowhere, morning in the east, night in Hawaii."""
AREAS = ["212", "305", "808", "787", "208", "850", "416", "442", "204"]
EIGHTEEN_MONTHS = timedelta(days=548)
WORDS = {
    "texts": {"en-US": "Order {order} for {CustomerFirstName|you} has left.", "es": "El pedido {order} está aquí."}
}


@pytest.fixture
async def desk(pool: Pool, person: MakePerson) -> Desk:
    centre = Centre(pool)
    queue = await centre.queue()
    numbers = [await centre.number(queue), await centre.number(queue)]
    return Desk(pool, await person("administrator"), centre, numbers)


async def populate(desk: Desk, dice: random.Random) -> list[str]:
    """People of every kind the gate tells apart, and some of whom it cannot tell one from another."""
    brand = await desk.pool.fetchval("insert into brand (name) values ('Acme') returning id")
    await desk.pool.execute("update number set brand_id = $1 where id = $2", brand, desk.numbers[0])
    phones = [f"+1{dice.choice(AREAS)}{dice.choice(['555', '200', '667'])}{place:04}" for place in range(150)]
    for phone in phones:
        await say(desk, dice, phone, brand)
        if dice.random() < 0.3:
            await write(desk, phone, BEGIN - EIGHTEEN_MONTHS + dice.choice([-1, 1]) * timedelta(minutes=1))
        if dice.random() < 0.2:
            zone, state = dice.choice([("Pacific/Honolulu", None), (None, "FL"), ("America/New_York", "NJ")])
            await desk.pool.execute(
                "update contact set name = 'Luz Rivera', time_zone = $2, attributes = $3 where id = ("
                "select contact_id from contact_phone where phone = $1)",
                phone,
                zone,
                {"state": state} if state else {},
            )
        if dice.random() < 0.1:
            await desk.pool.execute("insert into blocked_phone (phone) values ($1)", phone)
        for _ in range(dice.choice([0, 0, 0, 1, 3])):
            await desk.pool.execute(
                "insert into proactive_send (message_id, phone, about, subject, at)"
                " values ((select coalesce(max(message_id), 0) + 1 from proactive_send), $1, 'promotional', '', $2)",
                phone,
                BEGIN - timedelta(hours=dice.choice([1, 23, 25, 100])),
            )
    return phones


async def say(desk: Desk, dice: random.Random, phone: str, brand: int) -> None:
    said = []
    for _ in range(dice.choice([0, 1, 1, 1, 2, 3])):
        number, its_brand = dice.choice([(None, None), (None, None), (desk.numbers[0], None), (None, brand)])
        choice = dice.choice(["opt_in", "opt_in", "opt_in", "opt_out", "pending"])
        said.append(
            NewEntry(
                phone, number, choice, dice.choice(["keyword", "form"]), brand_id=its_brand,
                purpose=dice.choice(["all", "informational", "promotional"]),
                at=NOW - timedelta(days=dice.randint(0, 5)),
                confirm_until=NOW + timedelta(days=30) if choice == "pending" else None,
            )
        )  # fmt: skip
    async with desk.pool.acquire() as connection, connection.transaction():
        await add_entries(connection, said)


async def write(desk: Desk, phone: str, at: datetime) -> None:
    await desk.centre.text(desk.numbers[0], "Are you open?", phone=phone)
    await desk.pool.execute("update conversation set last_inbound_at = $2 where customer_phone = $1", phone, at)


async def one_by_one(desk: Desk, phones: list[str], about: About) -> Counter[tuple[str, bool]]:
    sender = await read_sender(desk.pool, desk.numbers[0])
    assert sender is not None
    facts = await load_facts(desk.pool, sender, phones)
    verdicts: list[Verdict] = []
    for phone in phones:
        opened = facts[phone].wrote_at is not None
        (known,) = (await load_facts(desk.pool, sender, [phone], customer_opened=opened)).values()
        draft = Draft("Order B-7 has left.", Purpose.PROACTIVE, "campaign", about=about, subject="campaign 1")
        verdicts.append(check(request_of(draft, customer_opened=opened), known, BEGIN))
    return Counter((one.reason.value, isinstance(one, Deferred)) for one in verdicts if not isinstance(one, Allowed))


@pytest.mark.parametrize("about", About)
@pytest.mark.parametrize("own_cap", [None, 2])
async def test_a_preview_counts_what_asking_for_each_would(desk: Desk, about: About, own_cap: int | None) -> None:
    phones = await populate(desk, random.Random(11))
    await desk.pool.execute("update sending_rules set own_cap_texts = $1, own_cap_hours = 72", own_cap)
    template = await desk.template(**WORDS, purpose=about.value)
    made = await desk.campaign(
        audience_id=await desk.audience(*phones), variants=[{"template_id": template}], send_at=BEGIN.isoformat()
    )
    await desk.pool.execute("update sending_rules set courtesy_hours = true")
    result = (await desk.preview(made))["result"]
    found = Counter({(one["reason"], one["later"]): one["recipients"] for one in result["reasons"]})
    assert found == await one_by_one(desk, phones, about)
    assert len(found) >= 4
    assert result["texts"] + result["refused"] == len(phones)
