"""Every refusal is problem+json that says what happened and what to do; nothing of the server's insides gets out."""

from typing import Any

import httpx
import pytest

from answerback.web.api.services import Services

JSON = {"content-type": "application/json"}
NAME = "/api/v1/queues"

# what is sent, the status, the slug, and the field that is named
TABLE: list[tuple[str, dict[str, Any], int, str, str | None]] = [
    ("not JSON", {"content": b"{", "headers": JSON}, 400, "bad-request", None),
    ("no body", {"content": b"", "headers": JSON}, 400, "bad-request", None),
    ("not UTF-8", {"content": b'{"name": "\xff"}', "headers": JSON}, 400, "bad-request", None),
    ("half a character", {"content": rb'{"name": "\ud800"}', "headers": JSON}, 400, "bad-request", None),
    ("a deep hole", {"content": b"[" * 100_000, "headers": JSON}, 422, "validation-failed", "body"),
    ("a list", {"json": []}, 422, "validation-failed", "body"),
    ("nothing in it", {"json": {}}, 422, "validation-failed", "name"),
    ("an unknown field", {"json": {"name": "A", "colour": "red"}}, 422, "validation-failed", "colour"),
    ("a wrong type", {"json": {"name": 7}}, 422, "validation-failed", "name"),
    ("text for a number", {"json": {"name": "A", "priority_group": "7"}}, 422, "validation-failed", "priority_group"),
    ("an inner one", {"json": {"name": "A", "members": [1, "b"]}}, 422, "validation-failed", "members[1]"),
    ("a zero character", {"json": {"name": "A\x00"}}, 422, "validation-failed", "name"),
    ("an empty name", {"json": {"name": ""}}, 422, "validation-failed", "name"),
    ("a huge number", {"json": {"name": "A", "members": [10**30]}}, 422, "validation-failed", "members[0]"),
    ("a form", {"data": {"name": "A"}}, 415, "unsupported-media-type", None),
    ("too much", {"json": {"name": "A" * 7_000_000}}, 413, "payload-too-large", None),
]


@pytest.mark.parametrize(("sent", "status", "slug", "field"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
async def test_a_bad_body_is_refused_in_words(
    admin: httpx.AsyncClient, sent: dict[str, Any], status: int, slug: str, field: str | None
) -> None:
    check_problem(await admin.post(NAME, **sent), status, slug, field)


@pytest.mark.parametrize(
    ("method", "path", "status", "slug", "field"),
    [
        ("GET", "/api/v1/nothing", 404, "not-found", None),
        ("GET", "/api/v1/queues/7", 404, "not-found", None),
        ("GET", "/api/v1/queues/seven", 404, "not-found", None),
        ("GET", "/api/v1/queues/0", 422, "validation-failed", "queue_id"),
        ("GET", "/api/v1/queues/99999999999999999999", 422, "validation-failed", "queue_id"),
        ("PUT", "/api/v1/queues", 405, "method-not-allowed", None),
        ("GET", "/api/v1/queues?limit=0", 422, "validation-failed", "limit"),
        ("GET", "/api/v1/queues?limit=201", 422, "validation-failed", "limit"),
        ("GET", "/api/v1/queues?limit=many", 422, "validation-failed", "limit"),
        ("GET", "/api/v1/queues?cursor=%21%21", 422, "validation-failed", "cursor"),
        ("GET", "/api/v1/queues?cursor=WyJhIl0", 422, "validation-failed", "cursor"),
        ("GET", "/api/v1/contacts?q=a%00b", 400, "bad-request", None),
        ("GET", "/api/v1/events?after=now", 422, "validation-failed", "after"),
        ("GET", "/api/v1/consent?phone=nobody", 422, "validation-failed", "phone"),
        ("GET", "/api/v1/conversations?state=asleep", 422, "validation-failed", "state"),
        ("DELETE", "/api/v1/blocked-phones/+13125550188", 404, "not-found", None),
    ],
)
async def test_a_bad_address_or_query_is_refused_in_words(
    admin: httpx.AsyncClient, method: str, path: str, *, status: int, slug: str, field: str | None
) -> None:
    check_problem(await admin.request(method, path), status, slug, field)


def check_problem(answer: httpx.Response, status: int, slug: str, field: str | None) -> None:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["type"] == f"https://answerback.dev/problems/{slug}"
    assert problem["status"] == status
    assert problem["title"]
    assert problem["detail"].endswith((".", "!"))
    assert "Traceback" not in answer.text
    errors = problem.get("errors", [])
    assert all(error["field"] and error["problem"] and error["way_out"] for error in errors)
    assert field is None or [error["field"] for error in errors] == [field]


async def test_while_the_database_is_away_the_api_says_so_and_when_to_come_back(
    admin: httpx.AsyncClient, services: Services
) -> None:
    await services.pool.close()
    answer = await admin.get("/api/v1/queues")
    check_problem(answer, 503, "database-away", None)
    assert int(answer.headers["retry-after"]) > 0
