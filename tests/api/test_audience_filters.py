"""Saved filters find contacts by what is known of them."""

from typing import Any

import httpx
import pytest

from answerback.domain.audiences.conditions import Filter
from answerback.storage.audience_filters import members_query
from answerback.storage.audiences import get_audience
from answerback.storage.connection import Pool


@pytest.fixture
async def contacts(pool: Pool) -> None:
    """Ana in New York, Ben in Puerto Rico, Cy in Toronto without a language, and one without a phone."""
    await pool.execute(
        """
        insert into contact (id, name, language, tags) values
            (11, 'Ana', 'en-US', '{vip,new}'), (12, 'Ben', 'es', '{vip}'), (13, 'Cy', null, '{}'),
            (14, 'Di', 'en', '{}')
        """
    )
    await pool.execute(
        """
        insert into contact_phone (phone, contact_id, created_at) values
            ('+12125550111', 11, '2025-01-02'), ('+13055550111', 11, '2025-01-01'),
            ('+17875550112', 12, '2025-01-01'), ('+14165550113', 13, '2025-01-01')
        """
    )
    await pool.execute(
        """
        insert into consent_entry (phone, purpose, choice, source, at) values
            ('+12125550111', 'promotional', 'opt_in', 'import', '2025-01-01'),
            ('+17875550112', 'promotional', 'opt_in', 'import', '2025-01-01'),
            ('+17875550112', 'all', 'opt_out', 'keyword', '2025-02-01')
        """
    )


@pytest.mark.parametrize(
    ("conditions", "found"),
    [
        ([], ["+13055550111", "+17875550112", "+14165550113"]),
        ([{"about": "tag", "any_of": ["vip"]}], ["+13055550111", "+17875550112"]),
        ([{"about": "tag", "any_of": ["vip"], "is_not": True}], ["+14165550113"]),
        ([{"about": "language", "any_of": ["en"]}], ["+13055550111"]),
        ([{"about": "language", "any_of": ["en"], "is_not": True}], ["+17875550112", "+14165550113"]),
        ([{"about": "area_code", "any_of": ["212", "416"]}], ["+12125550111", "+14165550113"]),
        ([{"about": "country", "any_of": ["PR", "CA"]}], ["+17875550112", "+14165550113"]),
        ([{"about": "country", "any_of": ["US"], "is_not": True}], ["+17875550112", "+14165550113"]),
        ([{"about": "consent", "purpose": "promotional"}], ["+12125550111"]),
        ([{"about": "last_text", "direction": "inbound", "when": "never"}, {"about": "tag", "any_of": ["new"]}],
         ["+13055550111"]),
        ([{"about": "last_text", "direction": "outbound", "when": "since", "at": "2025-01-01T00:00:00Z"}], []),
        ([{"about": "last_text", "direction": "outbound", "when": "before", "at": "2025-01-01T00:00:00Z"}], []),
    ],
)  # fmt: skip
async def test_a_filter_finds(
    admin: httpx.AsyncClient, contacts: None, conditions: list[dict[str, Any]], found: list[str]
) -> None:
    answer = await admin.post("/api/v1/audiences/preview", json={"filter": {"all_of": conditions}})
    assert answer.status_code == 200, answer.text
    assert [member["phone"] for member in answer.json()["sample"]] == found
    assert answer.json()["members"] == len(found)


async def test_those_whom_a_campaign_has_not_texted_are_found(
    admin: httpx.AsyncClient, pool: Pool, contacts: None
) -> None:
    campaign_id = await pool.fetchval(
        """
        with audience as (insert into audience (name, kind) values ('Old', 'list') returning id)
        insert into campaign (name, audience_id) select 'Old', id from audience returning id
        """
    )
    await pool.execute(
        """
        insert into campaign_recipient (campaign_id, place, phone, number_id, state, message_id) values
            ($1, 1, '+12125550111', 1, 'queued', 1), ($1, 2, '+17875550112', 1, 'refused', null)
        """,
        campaign_id,
    )
    condition = {"about": "campaign", "campaign_id": campaign_id}
    for is_not, expected in ((False, [11]), (True, [12, 13])):
        wanted = {"filter": {"all_of": [condition | {"is_not": is_not}]}}
        found = (await admin.post("/api/v1/audiences/preview", json=wanted)).json()
        assert [member["place"] for member in found["sample"]] == expected


async def test_a_saved_filter_is_looked_up_anew_and_can_be_embedded(
    admin: httpx.AsyncClient, pool: Pool, contacts: None
) -> None:
    wanted = {"all_of": [{"about": "tag", "any_of": ["vip"]}]}
    saved = (await admin.post("/api/v1/audiences", json={"name": "VIPs", "filter": wanted})).json()
    assert (saved["kind"], saved["state"]) == ("filter", "ready")
    address = f"/api/v1/audiences/{saved['id']}/members"
    first = (await admin.get(address, params={"limit": 1})).json()
    assert [member["place"] for member in first["items"]] == [11]
    rest = (await admin.get(address, params={"limit": 1, "cursor": first["next_cursor"]})).json()
    assert [member["place"] for member in rest["items"]] == [12]
    await pool.execute("update contact set tags = '{}' where id = 11")
    audience = await get_audience(pool, saved["id"])
    assert audience is not None
    assert isinstance(audience.filter, Filter)
    query, values = members_query(audience)
    rows = await pool.fetch(f'select phone, locale, "values" from ({query}) as m', *values)
    assert [tuple(row) for row in rows] == [("+17875550112", "es", {})]


@pytest.mark.parametrize(
    "condition",
    [
        {"about": "shoe_size", "any_of": ["9"]},
        {"about": "last_text", "direction": "inbound", "when": "since"},
        {"about": "last_text", "direction": "inbound", "when": "never", "at": "2025-01-01T00:00:00Z"},
        {"about": "area_code", "any_of": ["1"]},
    ],
)
async def test_conditions_that_make_no_sense_are_refused(admin: httpx.AsyncClient, condition: dict[str, Any]) -> None:
    body = {"name": "Odd", "filter": {"all_of": [condition]}}
    assert (await admin.post("/api/v1/audiences", json=body)).status_code == 422
