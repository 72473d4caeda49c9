"""Users and API tokens through the API: what administrators can do, and what the centre protects itself from."""

import asyncio

import httpx
import pytest

from answerback.storage.connection import Pool
from answerback.storage.views import Reader
from tests.api.people import MakePerson
from tests.live.centre import Centre

BO = {"email": "bo@example.org", "name": "Bo", "role": "agent"}


async def test_a_user_is_added_read_changed_and_removed_with_a_trail(admin: httpx.AsyncClient, pool: Pool) -> None:
    made = await admin.post("/api/v1/users", json={**BO, "password": "plain words in a row"})
    assert made.status_code == 201
    user = made.json()
    plain = {"id": 0, "capacity_units": 6, "active": True, "created_at": "", "call_address": "", "granted": []}
    assert user | {"id": 0, "created_at": ""} == {**BO, **plain}
    assert (await admin.get(f"/api/v1/users/{user['id']}")).json() == user
    changed = await admin.patch(f"/api/v1/users/{user['id']}", json={"capacity_units": 3})
    assert changed.json() == {**user, "capacity_units": 3}
    assert (await admin.delete(f"/api/v1/users/{user['id']}")).status_code == 204
    assert (await admin.get(f"/api/v1/users/{user['id']}")).status_code == 404
    trail = await pool.fetch(
        "select kind, data from event where user_id = $1 and kind like 'User%' order by id", user["id"]
    )
    assert [row["kind"] for row in trail] == ["UserCreated", "UserChanged", "UserRemoved"]
    assert trail[1]["data"]["changes"] == {"capacity_units": [6, 3]}


async def test_the_trail_names_a_changed_address_or_password_without_showing_it(
    admin: httpx.AsyncClient, pool: Pool
) -> None:
    user = (await admin.post("/api/v1/users", json=BO)).json()
    await admin.patch(
        f"/api/v1/users/{user['id']}", json={"email": "new@example.org", "password": "plain words in a row"}
    )
    data = await pool.fetchval("select data from event where kind = 'UserChanged'")
    assert data["changes"] == {"email": "changed", "password": "changed"}


async def test_two_users_cannot_share_an_address_in_any_case(admin: httpx.AsyncClient) -> None:
    await admin.post("/api/v1/users", json=BO)
    second = await admin.post("/api/v1/users", json={**BO, "email": "BO@Example.org"})
    assert second.status_code == 409
    assert second.json()["errors"][0]["field"] == "email"


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        ({**BO, "password": "short"}, "password"),
        ({**BO, "password": "aaaaaaaaaaaaaaaa"}, "password"),
        ({**BO, "password": "bo@example.org 1"}, "password"),
        ({**BO, "password": "Password123!!"}, "password"),
        ({**BO, "email": "nobody"}, "email"),
        ({**BO, "name": "   "}, "name"),
        ({**BO, "role": "king"}, "role"),
        ({**BO, "capacity_units": -1}, "capacity_units"),
        ({**BO, "capacity_units": "6"}, "capacity_units"),
        ({**BO, "shoe_size": 43}, "shoe_size"),
        ({"email": "bo@example.org", "name": "Bo"}, "role"),
        ({**BO, "name": "B\u0000"}, "name"),
    ],
)
async def test_each_unusable_value_is_named_with_a_way_out(
    admin: httpx.AsyncClient, draft: dict[str, object], field: str
) -> None:
    refused = await admin.post("/api/v1/users", json=draft)
    assert refused.status_code == 422
    assert refused.headers["content-type"] == "application/problem+json"
    [error] = refused.json()["errors"]
    assert error["field"] == field
    assert error["problem"]
    assert error["way_out"]


@pytest.mark.parametrize("change", [{"active": False}, {"role": "agent"}])
async def test_the_last_active_administrator_stays(person: MakePerson, change: dict[str, object]) -> None:
    boss = await person("administrator")
    refused = await boss.client.patch(f"/api/v1/users/{boss.id}", json=change)
    assert refused.status_code == 409
    assert "last active administrator" in refused.json()["detail"]
    assert (await boss.client.delete(f"/api/v1/users/{boss.id}")).status_code == 409
    deputy = await person("administrator")
    assert (await deputy.client.patch(f"/api/v1/users/{boss.id}", json=change)).status_code == 200


async def test_two_administrators_who_remove_each_other_at_once_leave_one(person: MakePerson, pool: Pool) -> None:
    one, other = await person("administrator"), await person("administrator")
    answers = await asyncio.gather(
        one.client.patch(f"/api/v1/users/{other.id}", json={"role": "agent"}),
        other.client.patch(f"/api/v1/users/{one.id}", json={"role": "agent"}),
    )
    assert 409 in [answer.status_code for answer in answers] or 403 in [answer.status_code for answer in answers]
    assert await pool.fetchval("select count(*) from app_user where role = 'administrator'") == 1


async def test_changes_of_one_user_at_once_do_not_undo_each_other(admin: httpx.AsyncClient) -> None:
    user = (await admin.post("/api/v1/users", json=BO)).json()
    path = f"/api/v1/users/{user['id']}"
    changes: list[dict[str, object]] = [{"name": "Bob"}, {"capacity_units": 9}, {"role": "supervisor"}]
    await asyncio.gather(*(admin.patch(path, json=change) for change in changes))
    final = (await admin.get(path)).json()
    assert (final["name"], final["capacity_units"], final["role"]) == ("Bob", 9, "supervisor")


async def test_an_inactive_users_offer_goes_back_to_the_queue(person: MakePerson, pool: Pool) -> None:
    boss, agent = await person("administrator"), await person("agent")
    centre = Centre(pool)
    conversation = await centre.conversation(
        await centre.number(await centre.queue()), "offered", Reader(agent.id, "agent")
    )
    await boss.client.patch(f"/api/v1/users/{agent.id}", json={"active": False})
    assert await centre.state(conversation) == "open"


async def test_an_inactive_user_s_tokens_end_at_once(person: MakePerson) -> None:
    boss, agent = await person("administrator"), await person("agent")
    assert (await agent.client.get("/api/v1/session")).status_code == 200
    await boss.client.patch(f"/api/v1/users/{agent.id}", json={"active": False})
    assert (await agent.client.get("/api/v1/session")).status_code == 401
    await boss.client.patch(f"/api/v1/users/{agent.id}", json={"active": True})
    assert (await agent.client.get("/api/v1/session")).status_code == 401


async def test_a_user_with_a_past_cannot_be_removed_only_made_inactive(person: MakePerson, pool: Pool) -> None:
    boss, agent = await person("administrator"), await person("agent")
    await pool.execute("insert into blocked_phone (phone, user_id) values ('+13125550188', $1)", agent.id)
    refused = await boss.client.delete(f"/api/v1/users/{agent.id}")
    assert refused.status_code == 409
    assert refused.json()["type"].endswith("/in-use")
    assert "inactive" in refused.json()["detail"]


async def test_a_token_shows_its_secret_once_works_and_is_revoked(person: MakePerson, pool: Pool) -> None:
    boss, agent = await person("administrator"), await person("agent")
    made = (await boss.client.post("/api/v1/tokens", json={"name": "CRM", "user_id": agent.id})).json()
    assert made["token"].startswith("ab_")
    headers = {"Authorization": f"Bearer {made['token']}"}
    assert (await boss.client.get("/api/v1/session", headers=headers)).json()["user"]["id"] == agent.id
    listed = (await boss.client.get("/api/v1/tokens")).json()["items"]
    assert [item for item in listed if item["id"] == made["id"] and item["used_at"] and "token" not in item]
    assert made["token"] not in str(await pool.fetch("select * from api_token"))
    assert (await boss.client.delete(f"/api/v1/tokens/{made['id']}")).status_code == 204
    assert (await boss.client.get("/api/v1/session", headers=headers)).status_code == 401
    assert (await boss.client.delete(f"/api/v1/tokens/{made['id']}")).status_code == 404


async def test_pages_follow_each_other_without_gap_or_repeat(admin: httpx.AsyncClient) -> None:
    for number in range(5):
        await admin.post("/api/v1/users", json={**BO, "email": f"bo{number}@example.org"})
    seen: list[int] = []
    cursor: str | None = ""
    while cursor is not None:
        query = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        page = (await admin.get("/api/v1/users", params=query)).json()
        assert len(page["items"]) <= 2
        seen += [user["id"] for user in page["items"]]
        cursor = page["next_cursor"]
    assert len(seen) == 6
    assert seen == sorted(set(seen))
