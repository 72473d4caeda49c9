"""Calls at Twilio's voice door: what callers hear, where the call stands, and who is texted back."""

import asyncio
import uuid
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from twilio.request_validator import RequestValidator

from answerback.storage.connection import Pool
from answerback.storage.messages import read_facts
from tests.message_stage import ACCOUNT_SID, AUTH_TOKEN, OUR_NUMBER, Stage, phone

TARGET = "+12125550177"
SORRY = "We will text you back."
TEXT_BACK = "You called us. How can we help?"


def call_form(sid: str, caller: str, status: str = "ringing", **more: str) -> dict[str, str]:
    """A call's webhook as Twilio sends it."""
    return {
        "CallSid": sid,
        "AccountSid": ACCOUNT_SID,
        "From": caller,
        "To": OUR_NUMBER,
        "CallStatus": status,
        "ApiVersion": "2010-04-01",
        "Direction": "inbound",
        **more,
    }


def new_sid() -> str:
    return f"CA{uuid.uuid4().hex}"


async def behave(stage: Stage, behaviour: str, **columns: str) -> None:
    """Let the number do this with calls."""
    names = "".join(f", {name}" for name in columns)
    places = "".join(f", ${index}" for index in range(3, len(columns) + 3))
    await stage.pool.execute(
        f"insert into number_voice (number_id, behaviour{names}) values ($1, $2{places})",
        stage.seeded.number_id,
        behaviour,
        *columns.values(),
    )
    await stage.directory.refresh()


async def knock(stage: Stage, form: Mapping[str, str], query: str = "") -> ET.Element:
    """The TwiML that a signed request hears."""
    url = stage.door("voice", query)
    signature = RequestValidator(AUTH_TOKEN).compute_signature(url, dict(form))
    async with stage.client.post(url, data=form, headers={"X-Twilio-Signature": signature}) as answer:
        assert answer.status == 200, await answer.text()
        return ET.fromstring(await answer.text())


def verbs(twiml: ET.Element) -> list[str]:
    return [verb.tag for verb in twiml]


async def calls(pool: Pool) -> list[dict[str, Any]]:
    return [dict(row) for row in await pool.fetch("select * from voice_call order by id")]


async def texts_back(pool: Pool) -> list[str]:
    rows = await pool.fetch("select body from message where kind = 'outbound' and status = 'queued' order by id")
    return [row["body"] for row in rows]


async def conversations(pool: Pool) -> list[dict[str, Any]]:
    return [dict(row) for row in await pool.fetch("select * from conversation order by id")]


async def kinds(pool: Pool) -> list[str]:
    return [row["kind"] for row in await pool.fetch("select kind from event order by xid, id")]


@pytest.fixture
async def texting(stage: Stage) -> Stage:
    await behave(stage, "text_thread", words=SORRY, text_back=TEXT_BACK)
    return stage


async def test_a_number_left_alone_keeps_no_trace_of_a_call(stage: Stage) -> None:
    assert verbs(await knock(stage, call_form(new_sid(), phone(1)))) == []
    assert await calls(stage.pool) == []


async def test_a_greeting_is_spoken_and_the_call_stands_in_the_contacts_thread(stage: Stage) -> None:
    await behave(stage, "greeting", words="We answer texts & nothing else.", language="es-US")
    sid = new_sid()
    twiml = await knock(stage, call_form(sid, phone(1)))
    assert verbs(twiml) == ["Say", "Hangup"]
    assert (twiml[0].text, twiml[0].get("language")) == ("We answer texts & nothing else.", "es-US")
    await knock(stage, call_form(sid, phone(1), "completed", CallDuration="4"), "?step=ended")
    (call,) = await calls(stage.pool)
    assert (call["status"], call["duration_seconds"], call["handled"]) == ("completed", 4, "greeting")
    (conversation,) = await conversations(stage.pool)
    assert (conversation["state"], conversation["close_reason"]) == ("closed", "not_routed")
    assert (call["conversation_id"], call["contact_id"]) == (conversation["id"], conversation["contact_id"])
    assert await texts_back(stage.pool) == []
    assert await kinds(stage.pool) == ["CallReceived", "CallEnded"]


async def test_a_missed_call_becomes_a_conversation_in_its_queue_with_the_text_back(texting: Stage) -> None:
    sid = new_sid()
    assert verbs(await knock(texting, call_form(sid, phone(1)))) == ["Say", "Hangup"]
    await knock(texting, call_form(sid, phone(1), "completed", CallDuration="3"), "?step=ended")
    (conversation,) = await conversations(texting.pool)
    assert (conversation["state"], conversation["unread"]) == ("open", 1)
    assert conversation["queued_at"] is not None
    assert conversation["waiting_since"] is not None
    assert await texts_back(texting.pool) == [TEXT_BACK]
    (call,) = await calls(texting.pool)
    message = await texting.pool.fetchval("select id from message where kind = 'outbound'")
    assert (call["status"], call["text_back_id"], call["conversation_id"]) == ("missed", message, conversation["id"])
    assert await texting.pool.fetchval("select purpose from outbox") == "automated"
    assert await kinds(texting.pool) == ["ConversationOpened", "CallReceived", "MessageQueued", "CallMissed"]


async def test_the_same_call_told_many_times_at_once_is_one_call_and_one_text(texting: Stage) -> None:
    sid = new_sid()
    await asyncio.gather(*(knock(texting, call_form(sid, phone(1))) for _ in range(20)))
    ended = call_form(sid, phone(1), "completed", CallDuration="3")
    await asyncio.gather(*(knock(texting, ended, "?step=ended") for _ in range(20)))
    assert len(await calls(texting.pool)) == len(await conversations(texting.pool)) == 1
    assert await texts_back(texting.pool) == [TEXT_BACK]
    assert (await kinds(texting.pool)).count("CallMissed") == 1


async def test_an_end_that_overtakes_its_beginning_changes_nothing_in_the_end(texting: Stage) -> None:
    sid = new_sid()
    await knock(texting, call_form(sid, phone(1), "completed", CallDuration="3"), "?step=ended")
    await knock(texting, call_form(sid, phone(1)))
    (call,) = await calls(texting.pool)
    assert call["status"] == "missed"
    assert await texts_back(texting.pool) == [TEXT_BACK]


async def test_a_call_and_a_first_text_at_once_share_one_conversation(texting: Stage) -> None:
    callers = [phone(n) for n in range(20)]
    knocks = [knock(texting, call_form(new_sid(), caller)) for caller in callers]
    texts = [texting.text("Hello?", sender=caller) for caller in callers]
    await asyncio.gather(*knocks, *texts)
    rows = await conversations(texting.pool)
    assert len(rows) == 20
    assert {row["state"] for row in rows} == {"open"}
    assert await texts_back(texting.pool) == [TEXT_BACK] * 20
    placed = {call["conversation_id"] for call in await calls(texting.pool)}
    assert placed == {row["id"] for row in rows}


async def test_a_missed_call_brings_a_closed_conversation_back_and_leaves_an_open_one_in_its_place(
    texting: Stage,
) -> None:
    await knock(texting, call_form(new_sid(), phone(1)))
    await texting.pool.execute("update conversation set state = 'closed', closed_at = now(), close_reason = 'done'")
    await texting.pool.execute("update voice_call set started_at = started_at - interval '1 hour'")
    await knock(texting, call_form(new_sid(), phone(1)))
    (conversation,) = await conversations(texting.pool)
    assert conversation["state"] == "open"
    queued = conversation["queued_at"]
    await knock(texting, call_form(new_sid(), phone(1)))
    (conversation,) = await conversations(texting.pool)
    assert (conversation["queued_at"], conversation["unread"]) == (queued, 3)
    assert "ConversationReopened" in await kinds(texting.pool)


async def test_who_calls_twice_in_a_row_gets_one_text(texting: Stage) -> None:
    await asyncio.gather(*(knock(texting, call_form(new_sid(), phone(1))) for _ in range(3)))
    assert await texts_back(texting.pool) == [TEXT_BACK]
    assert len(await calls(texting.pool)) == 3


@pytest.mark.parametrize("caller", ["anonymous", "+266696687", "Restricted", "sip:bob@example.org"])
async def test_a_withheld_caller_is_greeted_and_counted_but_nobody_is_texted(texting: Stage, caller: str) -> None:
    assert verbs(await knock(texting, call_form(new_sid(), caller))) == ["Say", "Hangup"]
    (call,) = await calls(texting.pool)
    assert (call["phone"], call["contact_id"], call["conversation_id"]) == ("", None, None)
    assert await conversations(texting.pool) == []
    assert await texts_back(texting.pool) == []


async def test_a_blocked_caller_hears_busy_and_is_neither_routed_nor_texted(texting: Stage) -> None:
    await texting.pool.execute("insert into blocked_phone (phone) values ($1)", phone(1))
    twiml = await knock(texting, call_form(new_sid(), phone(1)))
    assert [(verb.tag, verb.get("reason")) for verb in twiml] == [("Reject", "busy")]
    (call,) = await calls(texting.pool)
    assert call["status"] == "declined"
    assert [row["state"] for row in await conversations(texting.pool)] == ["closed"]
    assert await texts_back(texting.pool) == []


async def test_who_opted_out_of_texts_gets_none_and_the_thread_says_why(texting: Stage) -> None:
    await texting.text("STOP", sender=phone(1))
    await knock(texting, call_form(new_sid(), phone(1)))
    assert await texts_back(texting.pool) == []
    refused = await texting.pool.fetchrow("select * from message where status = 'refused'")
    assert (refused["body"], refused["error_class"]) == (TEXT_BACK, "opted_out")
    assert [row["state"] for row in await conversations(texting.pool)][-1] == "open"


async def test_a_forwarded_call_rings_the_target_and_stays_with_its_caller_when_answered(stage: Stage) -> None:
    await behave(stage, "forward", words="One moment.", forward_to=TARGET, text_back=TEXT_BACK)
    sid = new_sid()
    twiml = await knock(stage, call_form(sid, phone(1)))
    assert verbs(twiml) == ["Say", "Dial"]
    dial = twiml[1]
    assert dial.get("callerId") is None  # the caller's own
    assert (dial[0].tag, dial[0].text) == ("Number", TARGET)
    assert dial.get("action") == stage.door("voice", "?step=dialed")
    answered = {"CallSid": new_sid(), "ParentCallSid": sid, "From": phone(1), "To": TARGET, "CallStatus": "in-progress"}
    await knock(stage, answered, "?step=answered")
    assert [call["status"] for call in await calls(stage.pool)] == ["answered"]
    dialed = call_form(sid, phone(1), "in-progress", DialCallStatus="completed", DialCallDuration="61")
    assert verbs(await knock(stage, dialed, "?step=dialed")) == []
    await knock(stage, call_form(sid, phone(1), "completed", CallDuration="70"), "?step=ended")
    (call,) = await calls(stage.pool)
    assert (call["status"], call["duration_seconds"]) == ("completed", 61)
    assert await texts_back(stage.pool) == []


@pytest.mark.parametrize("outcome", ["busy", "no-answer", "failed", "canceled"])
async def test_a_forwarded_call_nobody_took_is_texted_back_and_routed(stage: Stage, outcome: str) -> None:
    await behave(stage, "forward", forward_to=TARGET, text_back=TEXT_BACK)
    sid = new_sid()
    await knock(stage, call_form(sid, phone(1)))
    assert [row["state"] for row in await conversations(stage.pool)] == ["closed"]
    await knock(stage, call_form(sid, phone(1), "in-progress", DialCallStatus=outcome), "?step=dialed")
    await knock(stage, call_form(sid, phone(1), "completed", CallDuration="30"), "?step=ended")
    (call,) = await calls(stage.pool)
    assert call["status"] == "missed"
    assert await texts_back(stage.pool) == [TEXT_BACK]
    assert [row["state"] for row in await conversations(stage.pool)] == ["closed", "open"]
    assert call["conversation_id"] == (await conversations(stage.pool))[-1]["id"]


async def test_a_caller_who_gives_up_while_it_rings_is_missed_too(stage: Stage) -> None:
    await behave(stage, "forward", forward_to="sip:desk@example.org", text_back=TEXT_BACK)
    sid = new_sid()
    twiml = await knock(stage, call_form(sid, phone(1)))
    assert twiml[0][0].tag == "Sip"
    await knock(stage, call_form(sid, phone(1), "no-answer", CallDuration="0"), "?step=ended")
    assert await texts_back(stage.pool) == [TEXT_BACK]


async def test_a_forwarded_call_without_words_for_a_text_back_only_stands_in_the_thread(stage: Stage) -> None:
    await behave(stage, "forward", forward_to=TARGET)
    sid = new_sid()
    await knock(stage, call_form(sid, phone(1)))
    await knock(stage, call_form(sid, phone(1), "in-progress", DialCallStatus="no-answer"), "?step=dialed")
    assert [call["status"] for call in await calls(stage.pool)] == ["missed"]
    assert [row["state"] for row in await conversations(stage.pool)] == ["closed"]


async def test_a_call_to_a_number_of_somebody_else_leaves_no_trace(texting: Stage) -> None:
    form = call_form(new_sid(), phone(1)) | {"To": "+12125559999"}
    assert verbs(await knock(texting, form)) == []
    assert await calls(texting.pool) == []


async def test_a_forged_call_is_refused(texting: Stage) -> None:
    async with texting.client.post(texting.door("voice"), data=call_form(new_sid(), phone(1))) as answer:
        assert answer.status == 403
    assert await calls(texting.pool) == []


async def test_an_agent_may_answer_who_called_though_they_never_wrote(texting: Stage) -> None:
    await knock(texting, call_form(new_sid(), phone(1)))
    async with texting.pool.acquire() as connection:
        (conversation,) = await conversations(texting.pool)
        facts = await read_facts(connection, conversation["id"])
    assert facts is not None
    assert facts.customer_opened


async def test_a_behaviour_chosen_a_moment_ago_counts_for_the_next_call(stage: Stage) -> None:
    await stage.pool.execute(
        "insert into number_voice (number_id, behaviour, words) values ($1, 'greeting', 'Hello')",
        stage.seeded.number_id,
    )
    assert verbs(await knock(stage, call_form(new_sid(), phone(1)))) == ["Say", "Hangup"]
