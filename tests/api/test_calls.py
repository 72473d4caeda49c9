"""Calling customers and choosing what a number does with calls, over the API, against a server that plays Twilio."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from answerback.storage.connection import Pool
from answerback.storage.credentials import seal_credentials
from answerback.usecases.end_silent_calls import LONGEST_CALL_SECONDS, end_silent_calls
from answerback.web.api.services import Services
from tests.api.people import MakePerson, Person
from tests.providers.canned import Canned, document, hang_up, serving

OURS, CUSTOMER, OWN = "+18885550100", "+14155550142", "+12125550177"
SID = "CA" + "f" * 32
BEFORE = {"sid": "PN1", "voice_url": "https://pbx.example.com/in", "voice_method": "POST", "trunk_sid": None}


@dataclass(slots=True)
class Desk:
    """Ana holds one conversation on one number of a Twilio account at `twilio`, and may call."""

    pool: Pool
    twilio: Canned
    ana: Person
    admin: httpx.AsyncClient
    number_id: int
    conversation_id: int

    async def calls(self, client: httpx.AsyncClient | None = None, key: str = "") -> httpx.Response:
        path = f"/api/v1/conversations/{self.conversation_id}/calls"
        return await (client or self.ana.client).post(path, headers={"Idempotency-Key": key} if key else {})

    async def change_ana(self, **changes: Any) -> None:
        answer = await self.admin.patch(f"/api/v1/users/{self.ana.id}", json=changes)
        assert answer.status_code == 200, answer.text

    async def set_voice(self, **draft: Any) -> httpx.Response:
        return await self.admin.put(f"/api/v1/numbers/{self.number_id}/voice", json=draft)

    async def events(self) -> list[str]:
        rows = await self.pool.fetch("select kind from event where kind like 'Call%' order by xid, id")
        return [row["kind"] for row in rows]


@pytest.fixture
async def twilio() -> AsyncIterator[Canned]:
    async with serving() as opened:
        opened.says(document({"sid": SID, "status": "queued"}, 201))
        yield opened


@pytest.fixture
async def desk(pool: Pool, services: Services, person: MakePerson, admin: httpx.AsyncClient, twilio: Canned) -> Desk:
    ana = await person("agent")
    account = await pool.fetchval("select nextval(pg_get_serial_sequence('provider_account', 'id'))")
    sealed = seal_credentials(services.sealer, account, {"account_sid": "AC" + "a" * 32, "auth_token": "t" * 32})
    await pool.execute(
        "insert into provider_account (id, provider, name, credentials, api_base_url) overriding system value"
        " values ($1, 'twilio', 'Tests', $2, $3)",
        account, sealed, twilio.base_url,
    )  # fmt: skip
    queue = await pool.fetchval("insert into queue (name) values ('Support') returning id")
    stream = await pool.fetchval("insert into workstream (name, queue_id) values ('Texts', $1) returning id", queue)
    number = await pool.fetchval(
        "insert into number (address, provider_account_id, workstream_id, type, country, capabilities,"
        " provider_number_id) values ($1, $2, $3, 'toll_free', 'US', '{sms,voice}', 'PN1') returning id",
        OURS, account, stream,
    )  # fmt: skip
    contact = await pool.fetchval("insert into contact (name) values ('Maria') returning id")
    await pool.execute("insert into contact_phone (phone, contact_id) values ($1, $2)", CUSTOMER, contact)
    conversation = await pool.fetchval(
        "insert into conversation (number_id, workstream_id, queue_id, contact_id, customer_phone, state, agent_id)"
        " values ($1, $2, $3, $4, $5, 'active', $6) returning id",
        number, stream, queue, contact, CUSTOMER, ana.id,
    )  # fmt: skip
    made = Desk(pool, twilio, ana, admin, number, conversation)
    await made.change_ana(granted=["call_customers"], call_address="(212) 555-0177")
    return made


async def test_an_agent_calls_and_their_own_phone_is_rung_first(desk: Desk) -> None:
    answer = await desk.calls()
    assert answer.status_code == 201, answer.text
    call = answer.json()
    assert (call["direction"], call["status"], call["phone"], call["agent_id"]) == (
        "outbound", "ringing", CUSTOMER, desk.ana.id,
    )  # fmt: skip
    form = dict(desk.twilio.asked[0]["form"])
    assert (form["To"], form["From"]) == (OWN, OURS)
    path = f"/api/v1/conversations/{desk.conversation_id}"
    assert (await desk.ana.client.get(f"{path}/calls")).json()["items"] == [call]
    thread = (await desk.ana.client.get(f"{path}/thread")).json()["items"]
    assert [(item["key"], item["kind"], item["call"]) for item in thread] == [(f"c{call['id']}", "call", call)]
    contact = (await desk.ana.client.get(f"/api/v1/contacts/{call['contact_id']}")).json()
    assert contact["calls"] == [call]
    assert await desk.events() == ["CallPlaced", "CallChanged"]


async def test_whether_one_may_call_is_told_before_anybody_tries(desk: Desk) -> None:
    path = f"/api/v1/conversations/{desk.conversation_id}/calling"
    assert (await desk.ana.client.get(path)).json() == {
        "allowed": True, "rings": OWN, "reason": None, "sentence": None,
    }  # fmt: skip
    await desk.change_ana(call_address="")
    told = (await desk.ana.client.get(path)).json()
    assert (told["allowed"], told["reason"]) == (False, "no_phone")
    assert desk.twilio.asked == []


async def test_without_the_permission_nobody_is_rung(desk: Desk) -> None:
    await desk.change_ana(granted=[])
    answer = await desk.calls()
    assert answer.status_code == 403
    assert "call_customers" in answer.json()["detail"]
    assert desk.twilio.asked == []


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ("update app_user set call_address = ''", "no_phone"),
        (f"update app_user set call_address = '{CUSTOMER}'", "own_phone"),
        ("update number set capabilities = '{sms}'", "no_voice_number"),
        ("update number set active = false", "number_inactive"),
        (f"insert into blocked_phone (phone) values ('{CUSTOMER}')", "blocked"),
        ("update conversation set customer_phone = '+442071838750'", "destination_not_allowed"),
    ],
)
async def test_what_stands_in_the_way_is_said_and_nobody_is_rung(desk: Desk, change: str, reason: str) -> None:
    await desk.pool.execute(change)
    answer = await desk.calls()
    problem = answer.json()
    assert (answer.status_code, problem["reason"]) == (422, reason), problem
    assert problem["type"].endswith("/call-refused")
    assert problem["sentence"].endswith(".")
    assert desk.twilio.asked == []
    assert await desk.pool.fetchval("select count(*) from voice_call") == 0


async def test_a_provider_without_calls_is_named(desk: Desk) -> None:
    await desk.pool.execute("update provider_account set provider = 'telesign'")
    answer = await desk.calls()
    assert (answer.status_code, answer.json()["reason"]) == (422, "no_voice_provider")
    assert "TeleSign" in answer.json()["sentence"]
    assert desk.twilio.asked == []


async def test_who_does_not_hold_the_conversation_does_not_call(desk: Desk, person: MakePerson) -> None:
    await desk.pool.execute("update conversation set state = 'open', agent_id = null")
    assert (await desk.calls()).status_code == 404  # an agent of another queue
    admin = await desk.calls(desk.admin)
    assert (admin.status_code, admin.json()["reason"]) == (422, "no_phone")


async def test_the_same_order_many_times_at_once_is_one_call(desk: Desk) -> None:
    answers = await asyncio.gather(*(desk.calls(key="order 1") for _ in range(8)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert len(desk.twilio.asked) == 1
    desk.twilio.says(document({"sid": "CA" + "e" * 32}, 201))
    assert (await desk.calls(key="order 2")).json()["id"] != answers[0].json()["id"]


async def test_a_lost_answer_is_shown_as_unclear_and_never_ordered_again(desk: Desk) -> None:
    desk.twilio.says(hang_up)
    call = (await desk.calls(key="order 1")).json()
    assert call["status"] == "unclear"
    assert "may have rung" in call["trouble"]
    assert (await desk.calls(key="order 1")).json()["id"] == call["id"]
    assert len(desk.twilio.asked) == 1


async def test_what_the_provider_refuses_is_shown_with_its_reason(desk: Desk) -> None:
    desk.twilio.says(document({"code": 21215, "message": "Geo permission configuration", "status": 400}, 400))
    call = (await desk.calls()).json()
    assert call["status"] == "failed"
    assert call["trouble"]


async def test_a_call_whose_process_died_half_way_becomes_unclear_and_a_silent_one_ends(desk: Desk) -> None:
    await desk.calls()
    await desk.pool.execute(
        "update voice_call set status = 'placing', status_rank = 0, started_at = now() - interval '3 min'"
    )
    assert await end_silent_calls(desk.pool)
    assert await desk.pool.fetchval("select status from voice_call") == "unclear"
    await desk.pool.execute(
        "update voice_call set status = 'answered', status_rank = 20, started_at = now() - make_interval(secs => $1)",
        LONGEST_CALL_SECONDS + 60,
    )
    assert await end_silent_calls(desk.pool)
    assert await desk.pool.fetchval("select status from voice_call") == "completed"
    assert not await end_silent_calls(desk.pool)


async def test_ones_own_phone_is_set_by_oneself_and_stays_out_of_the_log(desk: Desk) -> None:
    answer = await desk.ana.client.put("/api/v1/me/call-address", json={"call_address": "sip:ana@example.org"})
    assert answer.json()["call_address"] == "sip:ana@example.org"
    assert (await desk.ana.client.get("/api/v1/session")).json()["user"]["call_address"] == "sip:ana@example.org"
    for wrong in ("12345", "sip:ana", "call me", "+1415"):
        refused = await desk.ana.client.put("/api/v1/me/call-address", json={"call_address": wrong})
        assert refused.status_code == 422, wrong
    logged = await desk.pool.fetch("select data::text as data from event where kind = 'UserChanged'")
    assert not [row for row in logged if "sip:" in row["data"] or OWN in row["data"]]


async def test_a_behaviour_is_set_at_the_provider_and_taken_back_as_it_was(desk: Desk) -> None:
    here = BEFORE | {"voice_url": "http://centre.test/hooks/twilio/1/voice"}
    account = await desk.pool.fetchval("select id from provider_account")
    here["voice_url"] = f"http://centre.test/hooks/twilio/{account}/voice"
    desk.twilio.says(document(BEFORE), document(here))
    set_ = (await desk.set_voice(behaviour="text_thread", words="We text you.", text_back="How can we help?")).json()
    assert [check["ok"] for check in set_["checks"]] == [True]
    assert set_["number"]["voice"] == {
        "behaviour": "text_thread", "words": "We text you.", "language": "en-US", "forward_to": "",
        "text_back": "How can we help?", "before": "https://pbx.example.com/in",
    }  # fmt: skip

    desk.twilio.says(document(here), document(here))
    again = (await desk.set_voice(behaviour="forward", forward_to="(212) 555-0177")).json()["number"]["voice"]
    assert (again["forward_to"], again["text_back"], again["before"]) == (OWN, "", "https://pbx.example.com/in")

    desk.twilio.says(document(here), document(BEFORE))
    back = (await desk.set_voice(behaviour="untouched")).json()["number"]["voice"]
    assert back["behaviour"] == "untouched"
    assert dict(desk.twilio.asked[-1]["form"])["VoiceUrl"] == "https://pbx.example.com/in"
    assert await desk.pool.fetchval("select count(*) from number_voice") == 0


async def test_until_a_behaviour_is_chosen_the_provider_is_not_even_asked(desk: Desk) -> None:
    answer = await desk.set_voice(behaviour="untouched")
    assert answer.json()["checks"] == []
    assert desk.twilio.asked == []


async def test_what_the_provider_refuses_to_set_is_not_stored(desk: Desk) -> None:
    desk.twilio.says(document(BEFORE | {"trunk_sid": "TK1"}))
    answer = (await desk.set_voice(behaviour="greeting", words="Hello")).json()
    assert [check["ok"] for check in answer["checks"]] == [False]
    assert answer["number"]["voice"]["behaviour"] == "untouched"
    desk.twilio.says(document({}, 500))
    assert (await desk.set_voice(behaviour="greeting", words="Hello")).status_code == 502
    assert await desk.pool.fetchval("select count(*) from number_voice") == 0


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        ({"behaviour": "greeting"}, "words"),
        ({"behaviour": "text_thread", "words": "Hi"}, "text_back"),
        ({"behaviour": "forward"}, "forward_to"),
        ({"behaviour": "forward", "forward_to": "12345"}, "forward_to"),
        ({"behaviour": "forward", "forward_to": OURS}, "forward_to"),
        ({"behaviour": "sing"}, "behaviour"),
    ],
)
async def test_a_behaviour_that_lacks_something_says_what(desk: Desk, draft: dict[str, str], field: str) -> None:
    answer = await desk.set_voice(**draft)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == field
    assert desk.twilio.asked == []


async def test_a_number_without_voice_says_so_before_the_provider_is_asked(desk: Desk) -> None:
    await desk.pool.execute("update number set capabilities = '{sms}'")
    answer = await desk.set_voice(behaviour="greeting", words="Hello")
    assert answer.status_code == 422
    assert "no voice" in answer.json()["errors"][0]["problem"]
    assert desk.twilio.asked == []


async def test_a_number_whose_calls_come_here_is_not_removed(desk: Desk) -> None:
    await desk.pool.execute("insert into number_voice (number_id, behaviour) values ($1, 'greeting')", desk.number_id)
    answer = await desk.admin.delete(f"/api/v1/numbers/{desk.number_id}")
    assert answer.status_code == 409
    assert "leave them alone first" in answer.json()["detail"]
