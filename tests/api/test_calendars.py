"""Calendars through the API: added, tried out, put on queues and numbers, and refused with the field that is wrong."""

import httpx
import pytest

from tests.api.test_settings import make, make_number

OFFICE = {day: [{"opens": "09:00", "closes": "18:00"}] for day in ("mon", "tue", "wed", "thu", "fri")}
CALENDAR = {"name": "Office", "time_zone": "America/New_York", "week": OFFICE}


async def test_a_calendar_is_added_changed_and_removed(admin: httpx.AsyncClient) -> None:
    made = await make(admin, "calendars", {**CALENDAR, "holidays": {"country": "US", "subdivision": "PR"}})
    assert made["week"]["mon"] == [{"opens": "09:00", "closes": "18:00"}]
    assert made["week"]["sat"] == []
    assert made["now"]["state"] in ("open", "closed", "holiday")
    path = f"/api/v1/calendars/{made['id']}"
    changed = await admin.patch(path, json={"week": {}, "holidays": None})
    assert changed.json()["now"] == {"state": "closed", "name": "", "until": None}
    assert (await admin.get("/api/v1/calendars")).json()["items"] == [changed.json()]
    assert (await admin.delete(path)).status_code == 204
    assert (await admin.get(path)).status_code == 404


async def test_a_calendar_is_tried_out_at_a_moment_before_it_is_saved(admin: httpx.AsyncClient) -> None:
    trial = {"time_zone": "America/New_York", "week": OFFICE, "holidays": {"country": "US"}}
    thanksgiving = {**trial, "at": "2026-11-26T15:00:00Z"}
    said = await admin.post("/api/v1/calendars/preview", json=thanksgiving)
    assert said.json() == {"state": "holiday", "name": "Thanksgiving Day", "until": "2026-11-27T14:00:00Z"}
    monday = await admin.post("/api/v1/calendars/preview", json={**trial, "at": "2026-11-23T15:00:00Z"})
    assert monday.json() == {"state": "open", "name": "", "until": "2026-11-23T23:00:00Z"}


async def test_places_and_their_holidays_can_be_chosen_from(admin: httpx.AsyncClient) -> None:
    places = (await admin.get("/api/v1/calendars/places")).json()["items"]
    assert "PR" in next(place for place in places if place["country"] == "US")["subdivisions"]
    days = (await admin.get("/api/v1/calendars/holidays?country=US&subdivision=PR&year=2026")).json()["items"]
    assert {"date": "2026-01-06", "name": "Epiphany"} in days


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"time_zone": "America/Gotham"}, "time_zone"),
        (
            {"week": {"mon": [{"opens": "09:00", "closes": "12:00"}, {"opens": "11:00", "closes": "13:00"}]}},
            "week.mon",
        ),
        ({"week": {"tue": [{"opens": "24:00", "closes": "12:00"}]}}, "week.tue"),
        ({"special_days": [{"first": "2026-05-02", "last": "2026-05-01", "name": "Trip"}]}, "special_days[0].last"),
        ({"holidays": {"country": "XX"}}, "holidays.country"),
        ({"holidays": {"country": "US", "subdivision": "QC"}}, "holidays.subdivision"),
        ({"holidays": {"country": "US", "names": ["Festivus"]}}, "holidays.names"),
    ],
)
async def test_what_cannot_be_is_refused_at_its_field(
    admin: httpx.AsyncClient, change: dict[str, object], field: str
) -> None:
    answer = await admin.post("/api/v1/calendars", json={**CALENDAR, **change})
    assert answer.status_code == 422, answer.text
    assert [error["field"] for error in answer.json()["errors"]] == [field]


async def test_a_calendar_in_use_stays_and_an_unknown_one_is_refused(admin: httpx.AsyncClient) -> None:
    calendar = await make(admin, "calendars", CALENDAR)
    queue = await make(admin, "queues", {"name": "Support", "calendar_id": calendar["id"]})
    number = await make_number(admin)
    kept = await admin.patch(f"/api/v1/numbers/{number['id']}", json={"calendar_id": calendar["id"]})
    assert (queue["calendar_id"], kept.json()["calendar_id"]) == (calendar["id"], calendar["id"])
    refused = await admin.delete(f"/api/v1/calendars/{calendar['id']}")
    assert refused.status_code == 409
    assert "queue Support" in refused.text
    for path in (f"numbers/{number['id']}", f"queues/{queue['id']}"):
        assert (await admin.patch(f"/api/v1/{path}", json={"calendar_id": 999})).status_code == 422
        assert (await admin.patch(f"/api/v1/{path}", json={"calendar_id": None})).status_code == 200
    assert (await admin.delete(f"/api/v1/calendars/{calendar['id']}")).status_code == 204


async def test_two_calendars_cannot_share_a_name(admin: httpx.AsyncClient) -> None:
    await make(admin, "calendars", CALENDAR)
    assert (await admin.post("/api/v1/calendars", json=CALENDAR)).status_code == 409
