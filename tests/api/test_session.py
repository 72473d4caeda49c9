"""Signing in over real HTTP: cookies, CSRF, sliding sessions, guessing slowed down."""

import asyncio
import socket
from collections.abc import AsyncIterator

import httpx
import pytest
import uvicorn

from answerback.storage.connection import Pool
from answerback.storage.users import User
from answerback.usecases.create_user import UserDraft, create_user
from answerback.web.api.app import make_api
from answerback.web.api.services import Services

PASSWORD = "correct horse battery"


@pytest.fixture
async def server(services: Services) -> AsyncIterator[str]:
    """The API on a real socket."""
    config = uvicorn.Config(make_api(services), lifespan="off", log_config=None, access_log=False)
    running = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as bound:
        task = asyncio.create_task(running.serve(sockets=[bound]))
        yield f"http://127.0.0.1:{bound.getsockname()[1]}"
        running.should_exit = True
        await task


@pytest.fixture
async def browser(server: str) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=server) as client:
        yield client


@pytest.fixture
async def ana(pool: Pool) -> User:
    user = await create_user(
        pool, UserDraft(email="ana@example.org", name="Ana", role="administrator", password=PASSWORD), None
    )
    assert isinstance(user, User)
    return user


async def sign_in(
    client: httpx.AsyncClient, password: str = PASSWORD, email: str = "ana@example.org"
) -> httpx.Response:
    return await client.post("/api/v1/session", json={"email": email, "password": password})


async def test_signing_in_gives_a_cookie_scripts_cannot_read_and_says_what_the_user_may_do(
    browser: httpx.AsyncClient, ana: User
) -> None:
    answer = await sign_in(browser, email="ANA@example.org ")
    assert answer.status_code == 201
    assert answer.json()["user"]["name"] == "Ana"
    assert answer.headers["cache-control"] == "no-store"
    assert "start_conversation" in answer.json()["user"]["permissions"]
    cookie = answer.headers["set-cookie"].lower()
    assert "answerback_session=" in cookie
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert (await browser.get("/api/v1/session")).json() == answer.json()


async def test_only_the_hash_of_the_cookie_is_stored(browser: httpx.AsyncClient, ana: User, pool: Pool) -> None:
    await sign_in(browser)
    stored = await pool.fetchval("select token_hash from session")
    assert browser.cookies["answerback_session"].encode() not in stored
    assert len(stored) == 32


async def test_a_change_by_cookie_without_the_csrf_token_is_refused_and_changes_nothing(
    browser: httpx.AsyncClient, ana: User, pool: Pool
) -> None:
    csrf = (await sign_in(browser)).json()["csrf_token"]
    draft = {"email": "bo@example.org", "name": "Bo", "role": "agent"}
    for headers in ({}, {"X-CSRF-Token": "guess"}):
        refused = await browser.post("/api/v1/users", json=draft, headers=headers)
        assert refused.status_code == 403
        assert refused.json()["errors"][0]["field"] == "X-CSRF-Token"
    assert await pool.fetchval("select count(*) from app_user") == 1
    assert (await browser.post("/api/v1/users", json=draft, headers={"X-CSRF-Token": csrf})).status_code == 201


async def test_signing_out_ends_the_session(browser: httpx.AsyncClient, ana: User) -> None:
    csrf = (await sign_in(browser)).json()["csrf_token"]
    cookie = browser.cookies["answerback_session"]
    assert (await browser.delete("/api/v1/session", headers={"X-CSRF-Token": csrf})).status_code == 204
    again = await browser.get("/api/v1/session", headers={"Cookie": f"answerback_session={cookie}"})
    assert again.status_code == 401


@pytest.mark.parametrize(
    "aged",
    [
        "update session set expires_at = now()",
        "update app_user set active = false",
    ],
)
async def test_an_ended_session_or_inactive_user_is_signed_out_at_once(
    browser: httpx.AsyncClient, ana: User, pool: Pool, aged: str
) -> None:
    await sign_in(browser)
    await pool.execute(aged)
    assert (await browser.get("/api/v1/session")).status_code == 401


async def test_a_session_slides_on_with_use_but_never_beyond_thirty_days(
    browser: httpx.AsyncClient, ana: User, pool: Pool
) -> None:
    await sign_in(browser)
    await pool.execute("update session set seen_at = now() - interval '1 hour', expires_at = now() + interval '1 hour'")
    await browser.get("/api/v1/session")
    assert await pool.fetchval("select expires_at > now() + interval '11 hours' from session")
    await pool.execute(
        "update session set seen_at = now() - interval '1 hour', created_at = now() - interval '29.9 days'"
    )
    await browser.get("/api/v1/session")
    assert await pool.fetchval("select expires_at < now() + interval '3 hours' from session")


async def test_unknown_people_and_wrong_passwords_look_the_same(browser: httpx.AsyncClient, ana: User) -> None:
    wrong = await sign_in(browser, password="not the password")
    unknown = await sign_in(browser, email="nobody@example.org")
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json() == unknown.json()


async def test_guessing_is_slowed_per_account_even_in_parallel(
    browser: httpx.AsyncClient, ana: User, pool: Pool
) -> None:
    answers = await asyncio.gather(*(sign_in(browser, password="guess number one") for _ in range(15)))
    statuses = sorted(answer.status_code for answer in answers)
    assert statuses == [401] * 10 + [429] * 5
    locked = await sign_in(browser)
    assert locked.status_code == 429
    assert 1 <= int(locked.headers["Retry-After"]) <= 900
    refusals = await pool.fetch("select user_id, data from event where kind = 'SignInRefused'")
    assert {row["data"]["reason"] for row in refusals} == {"wrong_password", "too_many_tries"}
    assert not any("example.org" in str(dict(row)) for row in refusals)


async def test_guessing_over_many_accounts_is_slowed_per_address(browser: httpx.AsyncClient, ana: User) -> None:
    for number in range(50):
        assert (await sign_in(browser, email=f"{number}@example.org")).status_code == 401
    assert (await sign_in(browser)).status_code == 429


async def test_signing_in_rightly_does_not_use_up_the_tries(browser: httpx.AsyncClient, ana: User) -> None:
    for _ in range(12):
        assert (await sign_in(browser)).status_code == 201


async def change_password(client: httpx.AsyncClient, csrf: str, current: str, new: str) -> httpx.Response:
    body = {"current_password": current, "new_password": new}
    return await client.put("/api/v1/me/password", json=body, headers={"X-CSRF-Token": csrf})


async def test_people_change_their_own_password_knowing_the_old_one(server: str, ana: User) -> None:
    async with httpx.AsyncClient(base_url=server) as here, httpx.AsyncClient(base_url=server) as there:
        csrf = (await sign_in(here)).json()["csrf_token"]
        await sign_in(there)
        for current, new, field in (
            ("a wild guess of it", "another good one", "current_password"),
            (PASSWORD, "short", "new_password"),
            (PASSWORD, PASSWORD, "new_password"),
        ):
            refused = await change_password(here, csrf, current, new)
            assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, field)
        assert (await change_password(here, csrf, PASSWORD, "another good one")).status_code == 204
        assert (await here.get("/api/v1/session")).status_code == 200
        assert (await there.get("/api/v1/session")).status_code == 401
        assert (await sign_in(there, password="another good one")).status_code == 201


async def test_guessing_the_old_password_from_an_open_session_is_slowed(browser: httpx.AsyncClient, ana: User) -> None:
    csrf = (await sign_in(browser)).json()["csrf_token"]
    for _ in range(10):
        assert (await change_password(browser, csrf, "a wild guess", "another good one")).status_code == 422
    refused = await change_password(browser, csrf, PASSWORD, "another good one")
    assert refused.status_code == 429
    assert refused.headers["Retry-After"]


async def test_a_new_password_ends_the_other_sessions_and_keeps_the_callers(server: str, ana: User) -> None:
    async with httpx.AsyncClient(base_url=server) as here, httpx.AsyncClient(base_url=server) as there:
        csrf = (await sign_in(here)).json()["csrf_token"]
        await sign_in(there)
        changed = await here.patch(
            f"/api/v1/users/{ana.id}", json={"password": "another good one"}, headers={"X-CSRF-Token": csrf}
        )
        assert changed.status_code == 200
        assert (await here.get("/api/v1/session")).status_code == 200
        assert (await there.get("/api/v1/session")).status_code == 401
        assert (await sign_in(there)).status_code == 401
        assert (await sign_in(there, password="another good one")).status_code == 201
