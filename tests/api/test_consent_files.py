"""Consent in and out as files, brands, and the centre's own rules."""

from typing import Any

import httpx
import pytest

from answerback.storage.connection import Pool
from tests.api.test_settings import make_number

GOOD = "phone,choice,purpose,at,words,url\n+12125550101,opt_in,promotional,2025-03-01,Web form,https://example.org\n"


async def take_in(admin: httpx.AsyncClient, content: str | bytes, status: int = 200, **where: Any) -> dict[str, Any]:
    raw = content.encode() if isinstance(content, str) else content
    files = {"file": ("consent.csv", raw, "text/csv")}
    answer = await admin.post("/api/v1/consent/import", files=files, params=where)
    assert answer.status_code == status, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_good_lines_are_kept_and_each_bad_one_is_named(admin: httpx.AsyncClient) -> None:
    told = await take_in(
        admin,
        GOOD
        + "nonsense,opt_in,,2025-03-01,,\n"
        + "+12125550102,maybe,,2025-03-01,,\n"
        + "+12125550103,opt_in,,,,\n"
        + "+12125550104,opt_in,cheese,2025-03-01,,\n"
        + "+12125550105,opt_in,,yesterday,,\n"
        + "\n"
        + "(212) 555-0106,Opt-Out,,,'said so',\n",
    )
    assert (told["recorded"], told["bad"]) == (2, 5)
    assert [(one["line"], one["field"]) for one in told["problems"]] == [
        (3, "phone"), (4, "choice"), (5, "at"), (6, "purpose"), (7, "at")
    ]  # fmt: skip
    assert all(one["way_out"] for one in told["problems"])
    entries = (await admin.get("/api/v1/consent")).json()["items"]
    assert [(one["phone"], one["choice"], one["source"]) for one in entries] == [
        ("+12125550106", "opt_out", "import"), ("+12125550101", "opt_in", "import")
    ]  # fmt: skip
    assert entries[1]["at"].startswith("2025-03-01")
    assert entries[1]["proof"] == {"url": "https://example.org"}


@pytest.mark.parametrize(
    "content",
    [
        GOOD.replace(",", ";").encode("utf-8-sig"),
        GOOD.replace(",", "\t").encode("utf-16"),
        GOOD.replace("Web form", "Fête").encode("cp1252"),
    ],
)
async def test_other_separators_and_encodings_are_read(admin: httpx.AsyncClient, content: bytes) -> None:
    assert (await take_in(admin, content))["recorded"] == 1


@pytest.mark.parametrize("content", ["", "name,mail\nAna,a@example.org\n", "\x00\x01\x02"])
async def test_a_file_without_the_needed_columns_says_which(admin: httpx.AsyncClient, content: str) -> None:
    told = await take_in(admin, content)
    assert told["recorded"] == 0
    assert told["problems"][0]["line"] == 1
    assert "phone" in told["problems"][0]["way_out"]


async def test_one_date_may_stand_for_the_whole_file_and_an_old_list_undoes_no_stop(
    admin: httpx.AsyncClient, pool: Pool
) -> None:
    number = await make_number(admin)
    stop = {"phone": "+12125550101", "choice": "opt_out", "words": "STOP"}
    assert (await admin.post("/api/v1/consent", json=stop)).status_code == 201
    await take_in(admin, "phone,choice\n+12125550101,opt_in\n", at="2025-01-01T00:00:00Z")
    query = {"phone": "+12125550101", "number_id": number["id"]}
    states = (await admin.get("/api/v1/consent/states", params=query)).json()["items"]
    assert {one["standing"] for one in states} == {"out"}


async def test_the_export_holds_every_line_and_no_formula(admin: httpx.AsyncClient) -> None:
    await take_in(admin, GOOD + '+12125550102,opt_out,,,"=HYPERLINK(1)",\n')
    answer = await admin.get("/api/v1/consent/export")
    assert answer.headers["content-type"].startswith("text/csv")
    lines = answer.text.splitlines()
    assert len(lines) == 3
    assert "'=HYPERLINK(1)" in answer.text
    assert "+12125550101" in answer.text


async def test_numbers_of_a_brand_share_what_customers_said(admin: httpx.AsyncClient) -> None:
    one, two = await make_number(admin), await make_number(admin, "+18885550100")
    brand = (await admin.post("/api/v1/brands", json={"name": "Acme", "number_ids": [one["id"], two["id"]]})).json()
    assert brand["number_ids"] == [one["id"], two["id"]]
    said = {"phone": "+12125550101", "choice": "opt_out", "words": "No more", "brand_id": brand["id"]}
    assert (await admin.post("/api/v1/consent", json=said)).status_code == 201
    for number in (one, two):
        query = {"phone": "+12125550101", "number_id": number["id"]}
        assert (await admin.get("/api/v1/consent/states", params=query)).json()["items"][0]["standing"] == "out"
    assert (await admin.delete(f"/api/v1/brands/{brand['id']}")).status_code == 409
    changed = await admin.patch(f"/api/v1/brands/{brand['id']}", json={"name": "Acme Shoes", "number_ids": [two["id"]]})
    assert changed.json()["number_ids"] == [two["id"]]
    assert (await admin.post("/api/v1/brands", json={"name": "Acme Shoes"})).status_code == 409
    assert (await admin.patch("/api/v1/brands/999", json={"name": "X"})).status_code == 404
    assert (await admin.post("/api/v1/brands", json={"name": "Y", "number_ids": [999]})).status_code == 422


async def test_the_centres_own_rules_are_read_and_changed(admin: httpx.AsyncClient) -> None:
    rules = (await admin.get("/api/v1/sending-rules")).json()
    assert rules["courtesy_hours"] is True
    changed = (await admin.patch("/api/v1/sending-rules", json={"own_cap_texts": 2, "spam_texts": 30})).json()
    assert (changed["own_cap_texts"], changed["spam_texts"], changed["confirm_days"]) == (2, 30, rules["confirm_days"])
    assert (await admin.patch("/api/v1/sending-rules", json={"own_cap_texts": None})).json()["own_cap_texts"] is None
    assert (await admin.patch("/api/v1/sending-rules", json={"spam_texts": 1})).status_code == 422


async def test_a_provider_account_has_a_budget_of_its_own(admin: httpx.AsyncClient) -> None:
    number = await make_number(admin)
    path = f"/api/v1/provider-accounts/{number['provider_account_id']}"
    assert (await admin.get(path)).json()["monthly_budget"] is None
    assert (await admin.patch(path, json={"monthly_budget": 250.5})).json()["monthly_budget"] == 250.5
    assert (await admin.patch(path, json={"monthly_budget": -1})).status_code == 422
    assert (await admin.patch(path, json={"monthly_budget": None})).json()["monthly_budget"] is None
    assert (await admin.get(path)).json()["currency"] == "USD"
    assert (await admin.patch(path, json={"currency": "EUR"})).json()["currency"] == "EUR"
    assert (await admin.patch(path, json={"currency": "eur"})).status_code == 422
