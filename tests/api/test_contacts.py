"""Contacts, consent and blocked phones through the API."""

import asyncio
from typing import Any

import httpx
import pytest

from answerback.storage.connection import Pool
from tests.api.people import MakePerson

MARIA = {"name": "Maria Gonzalez", "phones": ["(787) 555-0142", "+1 787-555-0143"], "language": "es"}


async def add(admin: httpx.AsyncClient, body: dict[str, Any]) -> dict[str, Any]:
    answer = await admin.post("/api/v1/contacts", json=body)
    assert answer.status_code == 201, answer.text
    contact: dict[str, Any] = answer.json()
    return contact


async def test_a_contact_is_added_with_phones_in_one_form(admin: httpx.AsyncClient) -> None:
    contact = await add(admin, MARIA)
    assert contact["phones"] == ["+17875550142", "+17875550143"]
    assert (contact["conversations"], contact["consent"], contact["blocked"]) == ([], [], False)
    assert (await admin.get(f"/api/v1/contacts/{contact['id']}")).json() == contact


async def test_a_phone_belongs_to_one_contact_and_the_refusal_names_it(admin: httpx.AsyncClient) -> None:
    maria = await add(admin, MARIA)
    refused = await admin.post("/api/v1/contacts", json={"name": "James", "phones": ["+13125550188", "7875550143"]})
    assert refused.status_code == 409
    [error] = refused.json()["errors"]
    assert error["field"] == "phones[1]"
    assert f"contact {maria['id']} (Maria Gonzalez)" in error["problem"]


async def test_one_phone_given_to_two_contacts_at_once_goes_to_one(admin: httpx.AsyncClient, pool: Pool) -> None:
    calls = [admin.post("/api/v1/contacts", json={"name": f"N{n}", "phones": ["+13125550188"]}) for n in range(8)]
    statuses = sorted([answer.status_code for answer in await asyncio.gather(*calls)])
    assert statuses == [201] + [409] * 7
    assert await pool.fetchval("select count(*) from contact") == 1


async def test_phones_are_added_and_removed_as_a_whole(admin: httpx.AsyncClient, pool: Pool) -> None:
    contact = await add(admin, MARIA)
    path = f"/api/v1/contacts/{contact['id']}"
    changed = await admin.patch(path, json={"phones": ["+17875550143", "+13125550188"], "name": "Maria G."})
    assert changed.json()["phones"] == ["+17875550143", "+13125550188"]
    assert changed.json()["language"] == "es"
    assert (await admin.patch(path, json={"language": None})).json()["language"] is None
    trail = await pool.fetch("select data from event where kind = 'ContactChanged' order by id")
    assert [row["data"]["fields"] for row in trail] == [["created"], ["name", "phones"], ["language"]]
    assert "787" not in str(trail)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"phones": []}, "phones"),
        ({"phones": ["+17875550142", "hello"]}, "phones[1]"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"time_zone": "../../etc/passwd"}, "time_zone"),
        ({"language": "spanish!"}, "language"),
        ({"attributes": {"vip": ["yes"]}}, "attributes[...]"),
        ({"name": "x" * 201}, "name"),
    ],
)
async def test_what_cannot_be_is_refused_by_field(admin: httpx.AsyncClient, change: dict[str, Any], field: str) -> None:
    contact = await add(admin, MARIA)
    refused = await admin.patch(f"/api/v1/contacts/{contact['id']}", json=change)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == field


@pytest.mark.parametrize(
    ("text", "found"),
    [("gonz", 1), ("787555", 1), ("+1 (787) 555-01", 1), ("17875550142", 1), ("5550142", 0), ("100%", 0), ("%", 0)],
)
async def test_a_search_finds_part_of_a_name_or_the_beginning_of_a_phone(
    admin: httpx.AsyncClient, text: str, found: int
) -> None:
    await add(admin, MARIA)
    await add(admin, {"name": "James", "phones": ["+13125550188"]})
    page = await admin.get("/api/v1/contacts", params={"q": text})
    assert len(page.json()["items"]) == found


async def test_contacts_are_paged_newest_first_while_new_ones_come(admin: httpx.AsyncClient) -> None:
    made = [(await add(admin, {"phones": [f"+1312555010{n}"]}))["id"] for n in range(5)]
    first = (await admin.get("/api/v1/contacts", params={"limit": 2})).json()
    await add(admin, {"phones": ["+13125550199"]})
    second = (await admin.get("/api/v1/contacts", params={"limit": 3, "cursor": first["next_cursor"]})).json()
    assert [item["id"] for item in first["items"] + second["items"]] == made[::-1]
    assert second["next_cursor"] is None


async def test_consent_is_an_appended_ledger_that_shows_with_the_contact(admin: httpx.AsyncClient, pool: Pool) -> None:
    contact = await add(admin, MARIA)
    for choice, words in (("opt_out", "Said so on the phone"), ("opt_in", "Asked for texts by letter")):
        body = {"phone": "787 555 0142", "choice": choice, "words": words}
        entry = await admin.post("/api/v1/consent", json=body)
        assert entry.status_code == 201
        assert entry.json()["source"] == "api"
    ledger = (await admin.get("/api/v1/consent", params={"phone": "+17875550142"})).json()["items"]
    assert [entry["choice"] for entry in ledger] == ["opt_in", "opt_out"]
    assert (await admin.get(f"/api/v1/contacts/{contact['id']}")).json()["consent"] == ledger
    event = await pool.fetchrow("select * from event where kind = 'ConsentRecorded' order by id limit 1")
    assert event["contact_id"] == contact["id"]
    assert "787" not in str(event["data"])


async def test_consent_needs_the_customers_words(admin: httpx.AsyncClient) -> None:
    refused = await admin.post("/api/v1/consent", json={"phone": "7875550142", "choice": "opt_in", "words": "  "})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == "words"


async def test_a_phone_is_blocked_and_unblocked(person: MakePerson, pool: Pool) -> None:
    boss = (await person("supervisor")).client
    contact = await add(boss, MARIA)
    blocked = await boss.post("/api/v1/blocked-phones", json={"phone": "787-555-0142", "reason": "abuse"})
    assert blocked.json()["phone"] == "+17875550142"
    assert (await boss.post("/api/v1/blocked-phones", json={"phone": "7875550142"})).status_code == 409
    assert (await boss.get(f"/api/v1/contacts/{contact['id']}")).json()["blocked"] is True
    assert len((await boss.get("/api/v1/blocked-phones")).json()["items"]) == 1
    assert (await boss.delete("/api/v1/blocked-phones/+17875550142")).status_code == 204
    assert (await boss.delete("/api/v1/blocked-phones/+17875550142")).status_code == 404
    kinds = await pool.fetch("select kind, contact_id from event where kind like 'Phone%' order by id")
    assert [tuple(row) for row in kinds] == [("PhoneBlocked", contact["id"]), ("PhoneUnblocked", contact["id"])]


async def test_another_system_keeps_a_contact_by_its_phone(admin: httpx.AsyncClient) -> None:
    path = "/api/v1/contacts/by-phone/787-555-0142"
    made = await admin.put(path, json={"name": "Maria", "attributes": {"crm": "7", "tier": "gold"}, "tags": ["vip"]})
    assert (made.status_code, made.json()["phones"]) == (200, ["+17875550142"])
    kept = await admin.put(
        path, json={"language": "es", "attributes": {"tier": None, "city": "Ponce"}, "tags": ["new"]}
    )
    assert kept.json() == {
        **made.json(),
        "language": "es",
        "attributes": {"crm": "7", "city": "Ponce"},
        "tags": ["new", "vip"],
    }
    bad = await admin.put("/api/v1/contacts/by-phone/787-555-0199", json={"time_zone": "Mars/Olympus"})
    assert (bad.status_code, (await admin.get("/api/v1/contacts?q=0199")).json()["items"]) == (422, [])
    assert (await admin.put("/api/v1/contacts/by-phone/12", json={})).status_code == 422
