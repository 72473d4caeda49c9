"""How numbers stand with the carriers, through the API: registration, what follows from it, caps with live counts."""

from typing import Any

import httpx

from answerback.storage.connection import Pool
from tests.api.people import MakePerson
from tests.api.test_settings import make_number


async def standing_of(client: httpx.AsyncClient, number_id: int) -> dict[str, Any]:
    answer = await client.get("/api/v1/numbers/standings")
    assert answer.status_code == 200, answer.text
    [one] = [each for each in answer.json()["items"] if each["number_id"] == number_id]
    found: dict[str, Any] = one
    return found


async def register(admin: httpx.AsyncClient, number_id: int, **changes: Any) -> dict[str, Any]:
    answer = await admin.patch(f"/api/v1/numbers/{number_id}/registration", json=changes)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_a_new_number_is_of_unknown_standing_and_carriers_decide(admin: httpx.AsyncClient) -> None:
    number = await make_number(admin)
    standing = await standing_of(admin, number["id"])
    assert standing["kind"] == "10dlc_campaign"
    assert standing["registration"]["status"] == "unknown"
    assert standing["refusal"] is None
    assert standing["usage"] == []


async def test_an_approved_campaign_brings_its_throughput_and_daily_cap(admin: httpx.AsyncClient, pool: Pool) -> None:
    number = await make_number(admin)
    assert (number["parts_per_second"], number["daily_cap"]) == (1.0, None)
    campaign = {"reference": "CM1", "brand_kind": "standard", "trust_score": 60}
    standing = await register(admin, number["id"], status="approved", **campaign)
    assert [(one["period"], one["cap"], one["used"]) for one in standing["usage"]] == [("day", 40_000, 0)]
    now = (await admin.get(f"/api/v1/numbers/{number['id']}")).json()
    assert (now["parts_per_second"], now["daily_cap"]) == (120.0, 40_000)
    trail = await pool.fetch("select kind from event where kind like 'Number%' order by xid, id")
    assert [row["kind"] for row in trail] == ["NumberCreated", "NumberRegistrationChanged", "NumberChanged"]


async def test_limits_that_an_administrator_set_stay(admin: httpx.AsyncClient) -> None:
    number = await make_number(admin)
    path = f"/api/v1/numbers/{number['id']}"
    await admin.patch(path, json={"parts_per_second": 7, "daily_cap": 500})
    await register(admin, number["id"], status="approved", brand_kind="low_volume")
    now = (await admin.get(path)).json()
    assert (now["parts_per_second"], now["daily_cap"]) == (7.0, 500)


async def test_an_override_says_who_and_why_and_ends_when_its_reason_is_taken_away(admin: httpx.AsyncClient) -> None:
    number = await make_number(admin)
    refused = await register(admin, number["id"], status="pending", details={"use_case": "Customer care"})
    assert "waits for its 10DLC campaign" in refused["refusal"]
    reason = "The carrier confirmed by phone"
    overridden = (await register(admin, number["id"], override_reason=f" {reason} "))["registration"]
    assert overridden["override_reason"] == reason
    assert overridden["override_by"] is not None
    assert overridden["details"] == {"use_case": "Customer care"}
    ended = (await register(admin, number["id"], override_reason=""))["registration"]
    assert (ended["override_reason"], ended["override_by"]) == ("", None)


async def test_a_registration_says_which_field_does_not_fit_the_number(admin: httpx.AsyncClient) -> None:
    toll_free = await make_number(admin, "+18885550100")
    path = f"/api/v1/numbers/{toll_free['id']}/registration"
    answer = await admin.patch(path, json={"trust_score": 80})
    assert answer.status_code == 422
    assert "trust_score" in answer.text
    canadian = await make_number(admin, "+14165550100")
    answer = await admin.patch(f"/api/v1/numbers/{canadian['id']}/registration", json={"status": "approved"})
    assert answer.status_code == 422
    assert (await admin.patch("/api/v1/numbers/999999/registration", json={})).status_code == 404


async def test_only_an_administrator_changes_a_registration(admin: httpx.AsyncClient, person: MakePerson) -> None:
    number = await make_number(admin)
    supervisor = await person("supervisor")
    answer = await supervisor.client.patch(f"/api/v1/numbers/{number['id']}/registration", json={"status": "approved"})
    assert answer.status_code == 403


async def test_caps_count_live_what_was_sent(admin: httpx.AsyncClient, pool: Pool) -> None:
    number = await make_number(admin)
    caps = {"daily_cap": 100, "weekly_cap": 1000, "monthly_cap": 2000}
    await admin.patch(f"/api/v1/numbers/{number['id']}", json=caps)
    await pool.execute(
        "insert into number_usage select $1, (now() at time zone 'America/Los_Angeles')::date, 60, 85", number["id"]
    )
    usage = (await standing_of(admin, number["id"]))["usage"]
    told = [(one["period"], one["cap"], one["used"], one["waiting"], one["near"]) for one in usage]
    assert told == [("day", 100, 85, 0, True), ("week", 1000, 85, 0, False), ("month", 2000, 85, 0, False)]
