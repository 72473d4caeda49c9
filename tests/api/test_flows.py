"""Flows: written, checked, published, begun, run and tried, through the API and the real runner."""

from typing import Any

import httpx

from answerback.storage.connection import Pool
from answerback.web.api.services import Services
from tests.api.flowing import (
    PATH,
    PHONE,
    begin,
    diary,
    flowing,
    make_flow,
    make_template,
    run_of,
    say,
    until,
)
from tests.api.people import MakePerson
from tests.api.test_settings import make, make_number
from tests.api.test_webhook_subscriptions import Receiver, receiver
from tests.message_stage import eventually

__all__ = ["receiver"]


async def test_a_flow_texts_waits_for_the_reply_and_goes_where_it_leads(
    admin: httpx.AsyncClient, services: Services, database_url: str, pool: Pool
) -> None:
    slots = [{"name": "case", "kind": "text", "sample": "A-1"}]
    created = await make_template(admin, "Created", "Case {case} is open. Was this quick? 1 or 2", slots=slots)
    sorry = await make_template(admin, "Sorry", "We are sorry. A person will look at it.")
    queue = await make(admin, "queues", {"name": "Complaints"})
    flow = await make_flow(
        admin,
        {
            "ask": {"kind": "send", "template_id": created, "values": {"case": "trigger.case"}, "next": "hear"},
            "hear": {
                "kind": "await_reply",
                "seconds": 3600,
                "answers": [{"words": ["2"], "next": "sorry"}],
                "next": "mark",
            },
            "sorry": {"kind": "send", "template_id": sorry, "next": "hand"},
            "hand": {"kind": "hand_over", "queue_id": queue["id"], "note": "Not happy", "next": "mark"},
            "mark": {"kind": "set", "attributes": {"last_case": "trigger.case"}, "add_tags": ["asked"]},
        },
    )
    async with flowing(services, database_url):
        [begun] = await begin(admin, flow, PHONE, case="A-7")
        await until(admin, flow, begun["run_id"], "listening")
        await say(pool, " 2! ")
        ended = await until(admin, flow, begun["run_id"], "ended")
    assert (ended["outcome"], ended["problem"]) == ("done", "")
    texts = await pool.fetch("select body from message where kind = 'outbound' order by id")
    assert [row["body"] for row in texts] == [
        "Case A-7 is open. Was this quick? 1 or 2",
        "We are sorry. A person will look at it.",
    ]
    assert [kind for kind, _ in await diary(admin, flow, begun["run_id"])] == [
        "send", "await_reply", "reply", "send", "hand_over", "set", "end",
    ]  # fmt: skip
    conversation = await pool.fetchrow("select state, queue_id from conversation where state <> 'closed'")
    assert (conversation["state"], conversation["queue_id"]) == ("open", queue["id"])
    contact = (await admin.get("/api/v1/contacts")).json()["items"][0]
    assert (contact["attributes"], contact["tags"]) == ({"last_case": "A-7"}, ["asked"])


async def test_every_run_takes_each_step_once_whatever_the_number_of_nodes(
    admin: httpx.AsyncClient, services: Services, database_url: str, pool: Pool
) -> None:
    text = await make_template(admin, "Hello", "Hello!")
    flow = await make_flow(
        admin, {"a": {"kind": "send", "template_id": text, "next": "b"}, "b": {"kind": "send", "template_id": text}}
    )
    phones = [f"+1212555{number:04}" for number in range(100, 140)]
    async with flowing(services, database_url, nodes=3):
        begun = await begin(admin, flow, *phones)

        async def all_ended() -> bool:
            results = (await admin.get(f"{PATH}/{flow['id']}/results")).json()["outcomes"]
            return results == {"done": len(phones)}

        await eventually(all_ended)
    assert len({one["run_id"] for one in begun}) == len(phones)
    sent = await pool.fetchrow("select count(*) as texts, count(distinct conversation_id) as threads from message")
    assert (sent["texts"], sent["threads"]) == (2 * len(phones), len(phones))


async def test_silence_leads_its_own_way_when_the_time_is_over(
    admin: httpx.AsyncClient, services: Services, database_url: str, pool: Pool
) -> None:
    steps = {
        "hear": {"kind": "await_reply", "seconds": 3600, "silent": "gone"},
        "gone": {"kind": "end", "outcome": "silent"},
    }
    flow = await make_flow(admin, steps)
    async with flowing(services, database_url):
        [begun] = await begin(admin, flow, PHONE)
        await until(admin, flow, begun["run_id"], "listening")
        await pool.execute("update flow_run set resume_at = now()")
        assert (await until(admin, flow, begun["run_id"], "ended"))["outcome"] == "silent"


async def test_a_call_is_signed_its_answer_kept_and_a_lost_one_asked_again_under_the_same_id(
    admin: httpx.AsyncClient, services: Services, database_url: str, pool: Pool, receiver: Receiver
) -> None:
    receiver.answers = [503]
    steps = {
        "ask": {"kind": "call", "url": receiver.url, "body": {"case": "trigger.case"}, "next": "look"},
        "look": {"kind": "branch", "cases": [{"when": "answer.status == 200", "next": "yes"}]},
        "yes": {"kind": "end", "outcome": "answered"},
    }
    flow = await make_flow(admin, steps)
    async with flowing(services, database_url):
        [begun] = await begin(admin, flow, PHONE, case="A-7")

        async def refused_once() -> bool:
            return ("answer", "answered 503") in await diary(admin, flow, begun["run_id"])

        await eventually(refused_once)
        await pool.execute("update flow_run set resume_at = now()")
        assert (await until(admin, flow, begun["run_id"], "ended"))["outcome"] == "answered"
    assert [bytes(body) for body in receiver.bodies] == [b'{"case":"A-7"}'] * 2
    assert len({request.headers["webhook-id"] for request in receiver.heard}) == 1
    assert receiver.heard[0].headers["webhook-signature"].startswith("v1,")


async def test_a_text_that_the_gate_refuses_ends_the_run_with_the_reason_or_leads_its_own_way(
    admin: httpx.AsyncClient, services: Services, database_url: str
) -> None:
    text = await make_template(admin, "Hello", "Hello!")
    await admin.post("/api/v1/consent", json={"phone": PHONE, "choice": "opt_out", "words": "by phone"})
    flow = await make_flow(admin, {"a": {"kind": "send", "template_id": text}})
    async with flowing(services, database_url):
        [begun] = await begin(admin, flow, PHONE)
        ended = await until(admin, flow, begun["run_id"], "ended")
    assert ended["outcome"] == "refused"
    assert "START" in ended["problem"]


async def test_an_opt_out_ends_what_is_under_way(
    admin: httpx.AsyncClient, services: Services, database_url: str
) -> None:
    flow = await make_flow(admin, {"hear": {"kind": "await_reply", "seconds": 3600}})
    async with flowing(services, database_url):
        [begun] = await begin(admin, flow, PHONE)
        await until(admin, flow, begun["run_id"], "listening")
        await admin.post("/api/v1/consent", json={"phone": PHONE, "choice": "opt_out", "words": "by phone"})
        assert (await until(admin, flow, begun["run_id"], "ended"))["outcome"] == "opted_out"


async def test_news_begins_a_flow_once_for_each_event_that_meets_its_condition(
    admin: httpx.AsyncClient, services: Services, database_url: str
) -> None:
    trigger = {"kind": "automated", "event": "contact.changed", "when": "contact.language == 'es'"}
    flow = await make_flow(admin, {"end": {"kind": "end", "outcome": "seen"}}, trigger=trigger)
    async with flowing(services, database_url, nodes=2):
        await make(admin, "contacts", {"phones": ["+12125550101"], "language": "en"})
        await make(admin, "contacts", {"phones": ["+12125550102"], "language": "es"})

        async def seen() -> bool:
            return (await admin.get(f"{PATH}/{flow['id']}/results")).json()["outcomes"] == {"seen": 1}

        await eventually(seen)


async def test_the_same_key_begins_one_run_and_a_customer_is_in_a_flow_once_at_a_time(
    admin: httpx.AsyncClient,
) -> None:
    flow = await make_flow(admin, {"hear": {"kind": "await_reply", "seconds": 3600}}, again="after_end")
    items = [{"phone": PHONE, "key": "case 7"}, {"phone": "+12125550124", "key": "case 7"}, {"phone": PHONE}]
    begun = (await admin.post(f"{PATH}/{flow['id']}/runs", json={"items": items})).json()["items"]
    assert [one["run_id"] is not None for one in begun] == [True, False, False]
    assert "before" in begun[1]["problem"]


async def test_runs_end_on_the_version_they_began_with(
    admin: httpx.AsyncClient, services: Services, database_url: str, pool: Pool
) -> None:
    def steps(outcome: str) -> dict[str, Any]:
        return {
            "hear": {"kind": "await_reply", "seconds": 3600, "silent": "end"},
            "end": {"kind": "end", "outcome": outcome},
        }

    flow = await make_flow(admin, steps("first"))
    async with flowing(services, database_url):
        [begun] = await begin(admin, flow, PHONE)
        await until(admin, flow, begun["run_id"], "listening")
        draft = {**flow["draft"], "steps": steps("second")}
        await admin.patch(f"{PATH}/{flow['id']}", json={"draft": draft})
        assert (await admin.post(f"{PATH}/{flow['id']}/publish")).json()["version"] == 2
        await pool.execute("update flow_run set resume_at = now()")
        assert (await until(admin, flow, begun["run_id"], "ended"))["outcome"] == "first"


async def test_what_is_wrong_with_a_draft_is_named_step_by_step_and_stops_its_publishing(
    admin: httpx.AsyncClient,
) -> None:
    number = await make_number(admin)
    steps = {
        "a": {"kind": "send", "template_id": 99, "next": "b"},
        "b": {"kind": "branch", "cases": [{"when": "1 +", "next": "a"}]},
    }
    draft = {"trigger": {"kind": "automated", "event": "message.burnt"}, "first": "a", "steps": steps}
    flow = await make(admin, "flows", {"name": "Broken", "number_id": number["id"], "draft": draft})
    refused = await admin.post(f"{PATH}/{flow['id']}/publish")
    assert refused.status_code == 422
    fields = {error["field"] for error in refused.json()["errors"]}
    assert {
        "draft.trigger.event",
        "draft.steps.a.template_id",
        "draft.steps.b.cases[0].when",
        "draft.steps.a",
    } <= fields
    assert (await admin.patch(f"{PATH}/{flow['id']}", json={"active": True})).status_code == 422
    assert (await admin.post(f"{PATH}/{flow['id']}/runs", json={"items": [{"phone": PHONE}]})).status_code == 409
    assert (await admin.delete(f"{PATH}/{flow['id']}")).status_code == 204


async def test_a_trial_runs_on_the_real_engine_and_leaves_nothing_behind(admin: httpx.AsyncClient, pool: Pool) -> None:
    hello = await make_template(admin, "Hello", "Hello {CustomerFirstName|there}, all well?")
    number = await make_number(admin)
    steps = {
        "hi": {"kind": "send", "template_id": hello, "next": "hear"},
        "hear": {
            "kind": "await_reply",
            "seconds": 600,
            "answers": [{"words": ["no"], "next": "wait"}],
            "silent": "end",
        },
        "wait": {"kind": "wait", "seconds": 86400, "next": "ask"},
        "ask": {"kind": "call", "url": "https://crm.example.org/", "next": "end"},
        "end": {"kind": "end", "outcome": "told"},
    }
    draft = {"trigger": {"kind": "automated"}, "first": "hi", "steps": steps}
    before = await pool.fetchval("select count(*) from message") + await pool.fetchval("select count(*) from contact")
    trial = {"draft": draft, "number_id": number["id"], "facts": {"case": "A-7"}}

    waiting = (await admin.post(f"{PATH}/simulations", json=trial)).json()
    assert (waiting["state"], waiting["step"]) == ("listening", "hear")
    assert waiting["lines"][0]["text"] == "Hello there, all well?"

    told = (await admin.post(f"{PATH}/simulations", json={**trial, "replies": ["No!"]})).json()
    assert (told["state"], told["outcome"]) == ("ended", "told")
    assert [line["kind"] for line in told["lines"]] == ["send", "await_reply", "reply", "wait", "call", "answer", "end"]
    assert told["lines"][-1]["at"] > told["lines"][0]["at"]

    silent = (await admin.post(f"{PATH}/simulations", json={**trial, "replies": [None]})).json()
    assert silent["outcome"] == "told"
    after = await pool.fetchval("select count(*) from message") + await pool.fetchval("select count(*) from contact")
    assert (before, await pool.fetchval("select count(*) from flow_run")) == (after, 0)


async def test_flows_are_for_those_who_manage_outreach(admin: httpx.AsyncClient, person: MakePerson) -> None:
    agent, supervisor = await person("agent"), await person("supervisor")
    assert (await agent.client.get(PATH)).status_code == 403
    assert (await supervisor.client.get(PATH)).status_code == 200


async def test_a_person_stops_a_run(admin: httpx.AsyncClient) -> None:
    flow = await make_flow(admin, {"hear": {"kind": "await_reply", "seconds": 3600}})
    [begun] = await begin(admin, flow, PHONE)
    path = f"{PATH}/{flow['id']}/runs/{begun['run_id']}/stop"
    assert (await admin.post(path)).status_code == 204
    assert (await run_of(admin, flow, begun["run_id"]))["outcome"] == "stopped"
    assert (await admin.post(path)).status_code == 404
    assert (await admin.delete(f"{PATH}/{flow['id']}")).status_code == 409


async def test_a_trial_draws_the_same_lots_each_time(admin: httpx.AsyncClient) -> None:
    number = await make_number(admin)
    ends = {f"end{place}": {"kind": "end", "outcome": f"way {place}"} for place in range(8)}
    ways = [{"weight": 1, "next": name} for name in ends]
    draft = {
        "trigger": {"kind": "automated"},
        "first": "lot",
        "steps": {"lot": {"kind": "split", "ways": ways}, **ends},
    }
    trial = {"draft": draft, "number_id": number["id"]}
    outcomes = {(await admin.post(f"{PATH}/simulations", json=trial)).json()["outcome"] for _ in range(5)}
    assert len(outcomes) == 1
