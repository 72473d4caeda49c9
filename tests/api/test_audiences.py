"""Audiences over the API: files become lists, filters are saved, problems are told line by line."""

import asyncio
from typing import Any

import httpx

from answerback.storage.connection import Pool
from answerback.storage.deadlines import forget_expired
from answerback.usecases import audience_upload
from answerback.usecases.import_audience import import_block
from tests.api.people import MakePerson

FILES = "/api/v1/audiences/files"
SAMPLE = (
    "phone,language,first_name\n+12125550101,en,Ana\n(212) 555-0102,es,Ben\nnonsense,en,Cy\n212.555.0101,en,Ana again\n"
)


async def upload(
    client: httpx.AsyncClient, content: str | bytes, name: str = "Spring", status: int = 201, key: str | None = None
) -> dict[str, Any]:
    raw = content.encode() if isinstance(content, str) else content
    files = {"file": ("people.csv", raw, "text/csv")}
    headers = {"Idempotency-Key": key} if key else {}
    answer = await client.post(FILES, params={"name": name}, files=files, headers=headers)
    assert answer.status_code == status, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def import_all(admin: httpx.AsyncClient, pool: Pool, audience_id: int, **columns: Any) -> dict[str, Any]:
    answer = await admin.post(f"/api/v1/audiences/{audience_id}/import", json={"phone": 0, **columns})
    assert answer.status_code == 200, answer.text
    while await import_block(pool):
        pass
    found: dict[str, Any] = (await admin.get(f"/api/v1/audiences/{audience_id}")).json()
    return found


async def test_a_file_becomes_a_list(admin: httpx.AsyncClient, pool: Pool) -> None:
    uploaded = await upload(admin, SAMPLE)
    assert uploaded["state"] == "uploaded"
    assert [column["use"] for column in uploaded["layout"]["columns"]] == ["phone", "locale", "value"]
    assert uploaded["layout"]["encoding"] == "UTF-8"

    done = await import_all(admin, pool, uploaded["id"], locale=1, values={"first_name": 2})
    assert done["state"] == "ready"
    assert (done["members"], done["problems"], done["duplicates"], done["lines"]) == (2, 1, 1, 5)
    assert done["bytes_done"] == done["bytes"] == len(SAMPLE)
    members = (await admin.get(f"/api/v1/audiences/{done['id']}/members")).json()["items"]
    assert members == [
        {"place": 2, "phone": "+12125550101", "locale": "en", "values": {"first_name": "Ana"}},
        {"place": 3, "phone": "+12125550102", "locale": "es", "values": {"first_name": "Ben"}},
    ]
    problems = (await admin.get(f"/api/v1/audiences/{done['id']}/problems")).json()["items"]
    assert [(one["line"], one["kind"]) for one in problems] == [(4, "problem"), (5, "duplicate")]
    assert "line 2" in problems[1]["sentence"]
    events = [row["kind"] for row in await pool.fetch("select kind from event where kind like 'Audience%' order by id")]
    assert events == ["AudienceUploaded", "AudienceImportStarted", "AudienceImported"]
    assert await pool.fetchval("select count(*) from audience_block") == 0


async def test_problems_come_as_a_file_that_runs_no_formulas(admin: httpx.AsyncClient, pool: Pool) -> None:
    uploaded = await upload(admin, "phone,note\n=cmd(),x\n2125550101,=1+1\n")
    done = await import_all(admin, pool, uploaded["id"], values={"note": 1})
    assert (done["members"], done["problems"], done["notes"]) == (1, 1, 1)
    answer = await admin.get(f"/api/v1/audiences/{done['id']}/problems.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    assert "'=cmd()" in answer.text
    assert ",=1+1" not in answer.text


async def test_five_in_a_hundred_bad_numbers_are_counted_exactly_block_by_block(
    admin: httpx.AsyncClient, pool: Pool, monkeypatch: Any
) -> None:
    monkeypatch.setattr(audience_upload, "BLOCK_CHARACTERS", 4000)
    lines = [f"bad-{n}" if n % 20 == 0 else f"+1212555{n:04d}" for n in range(4000)]
    uploaded = await upload(admin, "\n".join(["phone", *lines, lines[1]]))
    assert await pool.fetchval("select count(*) from audience_block") > 5
    done = await import_all(admin, pool, uploaded["id"])
    assert (done["members"], done["problems"], done["duplicates"], done["lines"]) == (3800, 200, 1, 4002)
    problems = await pool.fetch("select line, kind from audience_problem order by id")
    assert [row["line"] for row in problems] == [*range(2, 4002, 20), 4002]


async def test_many_importers_at_once_read_each_block_once(
    admin: httpx.AsyncClient, pool: Pool, monkeypatch: Any
) -> None:
    monkeypatch.setattr(audience_upload, "BLOCK_CHARACTERS", 1000)
    uploaded = await upload(admin, "phone\n" + "".join(f"+1212555{n:04d}\n" for n in range(1000)))
    await admin.post(f"/api/v1/audiences/{uploaded['id']}/import", json={"phone": 0})

    async def work() -> None:
        while (await pool.fetchval("select state from audience")) == "importing":
            await import_block(pool)

    await asyncio.gather(work(), work(), work())
    found = (await admin.get(f"/api/v1/audiences/{uploaded['id']}")).json()
    assert (found["state"], found["members"], found["duplicates"]) == ("ready", 1000, 0)


async def test_windows_files_and_their_encoding_are_told(admin: httpx.AsyncClient) -> None:
    uploaded = await upload(admin, "Telefon;Name\n+12125550101;Jürgen\n".encode("cp1252"))
    assert uploaded["layout"]["encoding"] == "Windows-1252"
    assert uploaded["layout"]["rows"] == [["+12125550101", "Jürgen"]]


async def test_the_same_key_again_gives_the_list_that_is_there(admin: httpx.AsyncClient) -> None:
    first = await upload(admin, SAMPLE, key="k1")
    again = await upload(admin, SAMPLE, key="k1")
    assert again["id"] == first["id"]
    assert (await upload(admin, SAMPLE, status=409))["errors"][0]["field"] == "name"


async def test_a_file_with_nothing_in_it_and_strange_columns_are_refused(admin: httpx.AsyncClient) -> None:
    assert (await upload(admin, "\n\n", status=422))["errors"][0]["field"] == "file"
    uploaded = await upload(admin, SAMPLE)
    address = f"/api/v1/audiences/{uploaded['id']}/import"
    assert (await admin.post(address, json={"phone": 7})).status_code == 422
    assert (await admin.post(address, json={"phone": 0, "values": {"CustomerName": 2}})).status_code == 422


async def test_a_list_without_members_has_failed_and_columns_are_chosen_once(
    admin: httpx.AsyncClient, pool: Pool
) -> None:
    uploaded = await upload(admin, "phone,name\nx,y\n")
    done = await import_all(admin, pool, uploaded["id"])
    assert (done["state"], done["problems"]) == ("failed", 1)
    address = f"/api/v1/audiences/{uploaded['id']}/import"
    assert (await admin.post(address, json={"phone": 0})).status_code == 200
    assert (await admin.post(address, json={"phone": 1})).status_code == 409


async def test_audiences_are_renamed_put_away_and_removed(admin: httpx.AsyncClient) -> None:
    uploaded = await upload(admin, SAMPLE)
    address = f"/api/v1/audiences/{uploaded['id']}"
    changed = (await admin.patch(address, json={"name": "Summer", "archived": True})).json()
    assert (changed["name"], changed["archived"]) == ("Summer", True)
    assert (await admin.get("/api/v1/audiences")).json()["items"] == []
    assert len((await admin.get("/api/v1/audiences", params={"archived": True})).json()["items"]) == 1
    assert (await admin.delete(address)).status_code == 204
    assert (await admin.get(address)).status_code == 404


async def test_agents_have_nothing_to_do_with_audiences(person: MakePerson) -> None:
    agent = (await person("agent")).client
    assert (await agent.get("/api/v1/audiences")).status_code == 403
    assert (await upload(agent, SAMPLE, status=403))["status"] == 403


async def test_a_file_that_nobody_imports_goes_after_a_week(admin: httpx.AsyncClient, pool: Pool) -> None:
    old, _ = await upload(admin, SAMPLE), await upload(admin, SAMPLE, "Later")
    used = await upload(admin, SAMPLE, "Used")
    await pool.execute("insert into campaign (name, audience_id) values ('Draft', $1)", used["id"])
    await pool.execute(
        "update audience set created_at = now() - interval '8 days' where id = any ($1)", [old["id"], used["id"]]
    )
    await forget_expired(pool)
    assert [row["name"] for row in await pool.fetch("select name from audience order by id")] == ["Later", "Used"]
    answer = await admin.delete(f"/api/v1/audiences/{used['id']}")
    assert answer.status_code == 409
    assert "campaign" in answer.json()["detail"]
