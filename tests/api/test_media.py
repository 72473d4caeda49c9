"""Files to attach: what is taken, who may see it, and that a browser runs nothing in it."""

from typing import Any

import pytest

from answerback.storage.connection import Pool
from tests.api.people import MakePerson, Person
from tests.live.centre import Centre

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 100


async def upload(person: Person, content: bytes = PNG, kind: str = "image/png", name: str = "cat.png") -> Any:
    return await person.client.post("/api/v1/media", files={"file": (name, content, kind)})


async def test_a_picture_is_uploaded_sent_and_seen_by_who_may_see_the_conversation(
    person: MakePerson, pool: Pool
) -> None:
    boss, stranger = await person("supervisor"), await person("agent")
    media = (await upload(boss)).json()
    assert (media["content_type"], media["size"], media["state"]) == ("image/png", len(PNG), "stored")
    path = f"/api/v1/media/{media['id']}"
    assert (await stranger.client.get(path)).status_code == 404
    shown = await boss.client.get(path)
    assert shown.content == PNG
    assert shown.headers["content-disposition"].startswith("inline")
    assert shown.headers.get_list("x-content-type-options") == ["nosniff"]
    assert "immutable" in shown.headers["cache-control"]
    centre = Centre(pool)
    conversation = await centre.text(await centre.number(await centre.queue()))
    sent = await boss.client.post(
        f"/api/v1/conversations/{conversation}/messages", json={"body": "Look", "media_ids": [media["id"]]}
    )
    assert sent.status_code == 201, sent.text
    assert [each["id"] for each in sent.json()["media"]] == [media["id"]]
    assert (await stranger.client.get(path)).status_code == 404
    assert (await boss.client.get(path)).status_code == 200


async def test_a_file_can_be_sent_once_and_only_by_who_uploaded_it(person: MakePerson, pool: Pool) -> None:
    boss, other = await person("supervisor"), await person("supervisor")
    media = (await upload(boss)).json()
    centre = Centre(pool)
    conversation = await centre.text(await centre.number(await centre.queue()))
    path, body = f"/api/v1/conversations/{conversation}/messages", {"body": "Look", "media_ids": [media["id"]]}
    assert (await other.client.post(path, json=body)).status_code == 422
    assert (await boss.client.post(path, json=body)).status_code == 201
    again = await boss.client.post(path, json=body)
    assert (again.status_code, again.json()["errors"][0]["field"]) == (422, "media_ids")


@pytest.mark.parametrize(
    ("content", "kind", "problem"),
    [
        (b"<script>alert(1)</script>", "text/html", "text/html"),
        (b"<svg/>", "image/svg+xml", "svg"),
        (b"", "image/png", "empty"),
        (b"0" * (5 * 1024 * 1024 + 1), "image/png", "5 MB"),
    ],
)
async def test_what_phones_do_not_take_is_refused(person: MakePerson, content: bytes, kind: str, problem: str) -> None:
    refused = await upload(await person("agent"), content, kind)
    assert refused.status_code == 422
    assert problem in refused.json()["errors"][0]["problem"]


async def test_a_file_name_cannot_break_out_of_its_header(person: MakePerson) -> None:
    agent = await person("agent")
    media = (await upload(agent, b"%PDF-1.4", "application/pdf", '../a"; b=\u00e9.pdf')).json()
    shown = await agent.client.get(f"/api/v1/media/{media['id']}")
    way, _, name = shown.headers["content-disposition"].partition("; ")
    assert way == "attachment"
    assert name.startswith("filename*=UTF-8''")
    assert not set(name.removeprefix("filename*=UTF-8''")) & set(' "/\\;=')


async def test_an_upload_without_a_file_is_refused(person: MakePerson) -> None:
    agent = await person("agent")
    for sent in ({"files": {"other": ("a", b"b", "image/png")}}, {"data": {"file": "text"}}, {"json": {}}):
        refused = await agent.client.post("/api/v1/media", **sent)
        assert refused.status_code in (400, 415, 422), refused.text
        assert refused.headers["content-type"] == "application/problem+json"
