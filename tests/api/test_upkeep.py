"""The daily look at providers: what it finds is kept with its evidence, shown, warned of, and mended from there."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from answerback.providers.acs.facts import FACTS as ACS
from answerback.providers.contract import AvailableNumber, CallbackUrls
from answerback.providers.telesign.facts import FACTS as TELESIGN
from answerback.storage.connection import Pool
from answerback.storage.numbers import Number
from answerback.storage.upkeep import claim_due
from answerback.usecases.number_upkeep import judge_number
from answerback.web.api.services import Services, account_desk
from answerback.workers.upkeep import UpkeepWorker
from tests.api.event_log import logged
from tests.api.people import MakePerson
from tests.api.test_set_up import OURS, SID, TOKEN, add_number, carrier

__all__ = ["carrier"]
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
URLS = CallbackUrls("https://texts.example.com/hooks/acs/1", "", "")


@pytest.fixture
async def thief(carrier: str) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody else who holds the account's token."""
    async with httpx.AsyncClient(base_url=carrier, auth=(SID, TOKEN)) as client:
        yield client


async def steal(thief: httpx.AsyncClient, provider_id: str) -> None:
    path = f"/2010-04-01/Accounts/{SID}/IncomingPhoneNumbers/{provider_id}.json"
    answer = await thief.post(path, data={"SmsUrl": "https://elsewhere.example.com/"})
    assert answer.status_code == 200


async def warnings(admin: httpx.AsyncClient) -> list[dict[str, object]]:
    found: list[dict[str, object]] = (await admin.get("/api/v1/trouble")).json()["warnings"]
    return found


async def test_texts_pointed_elsewhere_are_noticed_warned_of_and_pointed_here_again(
    admin: httpx.AsyncClient, carrier: str, services: Services, thief: httpx.AsyncClient, person: MakePerson
) -> None:
    number = await add_number(admin, carrier)
    await admin.post(f"/api/v1/numbers/{number['id']}/connect")
    account = f"/api/v1/provider-accounts/{number['provider_account_id']}"
    after_connecting = (await admin.get(f"{account}/upkeep")).json()
    assert [check["ok"] for one in after_connecting["numbers"] for check in one["checks"]] == [True, True]
    assert await warnings(admin) == []

    known = (await admin.get(f"/api/v1/numbers/{number['id']}")).json()
    await steal(thief, known["provider_number_id"])
    await services.pool.execute("update provider_upkeep set due_at = now()")
    await UpkeepWorker(account_desk(services)).tick()
    [warning] = await warnings((await person("supervisor")).client)
    assert (warning["kind"], warning["number_id"]) == ("callback", number["id"])
    assert "elsewhere.example.com" in str(warning["sentence"])
    assert warning["way_out"]
    events = await logged(admin, "ProviderCheckFailed")
    assert [event["data"]["check"] for event in events] == ["Texts arrive here"]

    await admin.post(f"/api/v1/numbers/{number['id']}/connect")
    assert await warnings(admin) == []
    await logged(admin, "ProviderCheckMended")


async def test_an_account_is_looked_after_once_a_day_by_one_node(
    admin: httpx.AsyncClient, carrier: str, services: Services, pool: Pool
) -> None:
    number = await add_number(admin, carrier)
    account_id = number["provider_account_id"]
    assert await claim_due(pool) is None  # whoever sets it up is still at it
    await pool.execute("update provider_account set created_at = now() - interval '1 hour'")
    assert (await claim_due(pool), await claim_due(pool)) == (account_id, None)
    await pool.execute("update provider_upkeep set due_at = now()")
    await UpkeepWorker(account_desk(services)).tick()
    left = await pool.fetchval("select due_at - now() from provider_upkeep")
    assert timedelta(minutes=14) < left < timedelta(minutes=16)  # the number points nowhere yet: looked at again soon
    await admin.post(f"/api/v1/numbers/{number['id']}/connect")
    assert timedelta(hours=23) < await pool.fetchval("select due_at - now() from provider_upkeep")


async def test_credentials_that_stopped_working_are_noticed_and_new_ones_are_tried_at_once(
    admin: httpx.AsyncClient, carrier: str, services: Services, pool: Pool
) -> None:
    number = await add_number(admin, carrier)
    path = f"/api/v1/provider-accounts/{number['provider_account_id']}"
    await admin.patch(path, json={"credentials": {"auth_token": "f" * 32}})
    await UpkeepWorker(account_desk(services)).tick()
    [warning] = await warnings(admin)
    assert (warning["kind"], warning["number_id"]) == ("check", None)
    assert "Auth token" in str(warning["sentence"])
    await admin.patch(path, json={"credentials": {"auth_token": TOKEN}})
    await UpkeepWorker(account_desk(services)).tick()
    assert all("Auth token" not in str(one["sentence"]) for one in await warnings(admin))


async def test_a_number_given_up_at_the_provider_is_found_gone(admin: httpx.AsyncClient, carrier: str) -> None:
    number = await add_number(admin, carrier, "+12065550199")
    path = f"/api/v1/provider-accounts/{number['provider_account_id']}"
    offer = (await admin.get(f"{path}/available-numbers")).json()
    assert offer["gone"] == [number["id"]]
    assert {one["address"]: one["number_id"] for one in offer["items"]} == {OURS: None, "+18885550100": None}
    [finding] = (await admin.post(f"{path}/check")).json()["numbers"]
    assert "no number +12065550199 any more" in finding["checks"][0]["evidence"]


async def test_an_offered_number_says_what_it_is_and_where_it_may_text(admin: httpx.AsyncClient, carrier: str) -> None:
    number = await add_number(admin, carrier)
    path = f"/api/v1/provider-accounts/{number['provider_account_id']}"
    offered = {one["address"]: one for one in (await admin.get(f"{path}/available-numbers")).json()["items"]}
    assert offered[OURS]["number_id"] == number["id"]
    assert offered[OURS]["destinations"] == ["US", "CA", "PR"]
    assert (offered[OURS]["refusal"], offered[OURS]["points_here"]) == (None, False)
    typed = (await admin.post(f"{path}/assess-number", json={"address": "415 555 0100"})).json()
    assert typed == offered[OURS]
    missing = (await admin.post(f"{path}/assess-number", json={"address": "206 555 0199"})).json()
    assert "no number +12065550199 at Twilio" in missing["refusal"]
    assert missing["way_out"]
    wrong = await admin.post(f"{path}/assess-number", json={"address": "a fax"})
    assert wrong.status_code == 422


async def test_a_number_near_its_cap_is_warned_of(admin: httpx.AsyncClient, carrier: str, pool: Pool) -> None:
    number = await add_number(admin, carrier)
    await admin.patch(f"/api/v1/numbers/{number['id']}", json={"monthly_cap": 100})
    day = "(now() at time zone 'America/Los_Angeles')::date"
    await pool.execute(
        f"insert into number_usage (number_id, day, texts, parts) values ($1, {day}, 1, 79)", number["id"]
    )
    assert await warnings(admin) == []
    await pool.execute("update number_usage set parts = 80")
    [warning] = await warnings(admin)
    assert (warning["kind"], warning["number_id"]) == ("cap", number["id"])
    assert warning["sentence"] == "80 % of this month's 100 parts are used."


@pytest.mark.parametrize(("hours", "ok"), [(1, True), (30, None), (None, None)])
def test_where_a_provider_does_not_tell_a_text_that_came_in_is_the_evidence(hours: int | None, ok: bool | None) -> None:
    last_in = None if hours is None else NOW - timedelta(hours=hours)
    number, found = (
        of_ours("+18885550100", "toll_free"),
        AvailableNumber("+18885550100", "toll_free", ("sms",), "US", ""),
    )
    there, arrive = judge_number(number, found, ACS, urls=URLS, last_in=last_in, now=NOW)
    assert (there.ok, arrive.ok) == (True, ok)
    unlisted, arrive = judge_number(number, None, TELESIGN, urls=URLS, last_in=last_in, now=NOW)
    assert (unlisted.ok, arrive.ok) == (None, ok)
    assert "cannot be seen from here" in unlisted.evidence


def test_a_number_of_direct_routing_is_refused_with_the_reason() -> None:
    number, found = (
        of_ours("+14255550100", "long_code"),
        AvailableNumber("+14255550100", "long_code", ("voice",), "US", ""),
    )
    [check] = judge_number(number, found, ACS, urls=URLS, last_in=None, now=NOW)
    assert check.ok is False
    assert "direct routing" in check.fix
    unlisted = replace(ACS, listed_types=frozenset())
    assert judge_number(number, None, unlisted, urls=URLS, last_in=None, now=NOW)[0].ok is None


def of_ours(address: str, kind: str) -> Number:
    told = {"id": 1, "address": address, "type": kind, "country": "US", "capabilities": ["sms"], "active": True}
    return Number(**{**dict.fromkeys(Number.__struct_fields__), **told})
