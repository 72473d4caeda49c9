"""Quiet hours where the recipients are, at fixed instants, however a text is going to leave."""

from datetime import UTC, datetime, timedelta

import pytest

from answerback.domain.sending.gate import About, Deferred, Purpose
from answerback.storage.connection import Pool
from answerback.usecases.drafts import Draft, Queued
from answerback.usecases.queue_texts import queue_texts
from tests.api import campaigning, ordering
from tests.api.ordering import item
from tests.api.people import MakePerson
from tests.live.centre import Centre

HONOLULU, SAN_JUAN = "+18085550100", "+17875550100"
IDAHO = "+12085550100"  # an area code with exchanges in Boise and, an hour behind, in the panhandle
MOVED = "+12125550100"  # a number of New York, whose contact lives in Honolulu
PEOPLE = [HONOLULU, SAN_JUAN, IDAHO, MOVED]


def next_july(day: int, hour: int, minute: int) -> datetime:
    """Summer, so that what the clocks show is known."""
    now = datetime.now(UTC)
    here = datetime(now.year, 7, day, hour, minute, tzinfo=UTC)
    return here if here > now + timedelta(days=2) else here.replace(year=now.year + 1)


MORNING, EVENING = next_july(15, 14, 30), next_july(16, 1, 30)
ALLOWED_AGAIN: dict[datetime, dict[str, datetime]] = {
    # 10:30 in San Juan, 8:30 in Boise but 7:30 in the panhandle, 4:30 in Honolulu
    MORNING: {HONOLULU: next_july(15, 18, 0), MOVED: next_july(15, 18, 0), IDAHO: next_july(15, 15, 0)},
    # 21:30 in San Juan, 19:30 in Boise, 18:30 in the panhandle, 15:30 in Honolulu
    EVENING: {SAN_JUAN: next_july(16, 12, 0)},
}
pytestmark = pytest.mark.parametrize("at", ALLOWED_AGAIN, ids=["morning", "evening"])


@pytest.fixture
async def centre(pool: Pool) -> Centre:
    """Everybody agreed; one says where they live."""
    await pool.execute(
        "insert into consent_entry (phone, choice, source, words)"
        " select p, 'opt_in', 'form', 'Yes' from unnest($1::text[]) p",
        PEOPLE,
    )
    return Centre(pool)


async def move(desk: campaigning.Desk | ordering.Desk) -> None:
    answer = await desk.client.put(f"/api/v1/contacts/by-phone/{MOVED}", json={"time_zone": "Pacific/Honolulu"})
    assert answer.status_code == 200, answer.text


async def test_ordered_texts_wait_until_it_is_day_where_they_go(
    pool: Pool, centre: Centre, person: MakePerson, at: datetime
) -> None:
    desk = ordering.Desk(pool, await person("administrator"), centre, [await centre.number(await centre.queue())])
    await move(desk)
    made = await desk.configuration(purpose="informational")
    results = await desk.order(made, *map(item, PEOPLE), send_at=at.isoformat())
    leaves = {one: datetime.fromisoformat(told["due_at"]) for one, told in zip(PEOPLE, results, strict=True)}
    assert leaves == {one: ALLOWED_AGAIN[at].get(one, at) for one in PEOPLE}
    held = {one for one, told in zip(PEOPLE, results, strict=True) if told.get("rule") == "quiet_hours"}
    assert held == ALLOWED_AGAIN[at].keys()


async def test_a_campaign_puts_off_those_who_sleep_and_its_preview_says_how_many(
    pool: Pool, centre: Centre, person: MakePerson, at: datetime
) -> None:
    numbers = [await centre.number(await centre.queue())]
    desk = campaigning.Desk(pool, await person("administrator"), centre, numbers)
    await move(desk)
    made = await desk.campaign(audience_id=await desk.audience(*PEOPLE), send_at=at.isoformat())
    await pool.execute("update sending_rules set courtesy_hours = true")
    result = (await desk.preview(made))["result"]
    (reason,) = result["reasons"]
    asleep = ALLOWED_AGAIN[at]
    assert (result["texts"], result["later"], reason["reason"]) == (len(PEOPLE), len(asleep), "quiet_hours")
    assert datetime.fromisoformat(result["finish_at"]) >= max(asleep.values())

    words = Draft("We open at nine.", Purpose.PROACTIVE, "campaign", about=About.INFORMATIONAL, send_at=at)
    async with pool.acquire() as connection, connection.transaction():
        outcomes = await queue_texts(connection, numbers[0], [(one, words) for one in PEOPLE], keep_deferred=False)
    found = dict(zip(PEOPLE, outcomes, strict=True))
    assert {one: held.until for one, held in found.items() if isinstance(held, Deferred)} == asleep
    assert {one for one, told in found.items() if isinstance(told, Queued)} == set(PEOPLE) - asleep.keys()
