"""Message templates through the API: written, previewed, approved, changed, archived."""

from typing import Any

import httpx

from answerback.storage.connection import Pool
from tests.api.people import MakePerson
from tests.api.test_settings import make

TEMPLATE = {
    "name": "Order shipped",
    "default_locale": "en-US",
    "texts": {"en-US": "Hi {CustomerFirstName|there}, {order} has left.", "es": "Hola: {order} ha salido."},
    "slots": [{"name": "order", "kind": "text", "sample": "A-1042"}],
}
PATH = "/api/v1/message-templates"


async def approve(admin: httpx.AsyncClient, template: dict[str, Any]) -> dict[str, Any]:
    decision = {"decision": "approved", "version": template["draft"]["version"]}
    answer = await admin.post(f"{PATH}/{template['id']}/decision", json=decision)
    assert answer.status_code == 200, answer.text
    approved: dict[str, Any] = answer.json()
    return approved


async def test_a_template_is_a_draft_until_it_is_approved(admin: httpx.AsyncClient, pool: Pool) -> None:
    template = await make(admin, "message-templates", TEMPLATE)
    assert (template["approved"], template["draft"]["state"], template["draft"]["version"]) == (None, "draft", 1)
    approved = await approve(admin, template)
    assert approved["draft"] is None
    assert approved["approved"]["texts"] == TEMPLATE["texts"]
    assert approved["approved"]["decided_by"]
    trail = await pool.fetch("select kind from event where kind like 'MessageTemplate%' order by id")
    assert [row["kind"] for row in trail] == ["MessageTemplateCreated", "MessageTemplateApproved"]


async def test_new_words_are_a_draft_beside_what_goes_on_being_sent(admin: httpx.AsyncClient) -> None:
    template = await approve(admin, await make(admin, "message-templates", TEMPLATE))
    words = {"texts": {"en-US": "{order} is on its way."}}
    changed = (await admin.patch(f"{PATH}/{template['id']}", json=words)).json()
    assert changed["approved"] == template["approved"]
    assert (changed["draft"]["version"], changed["draft"]["texts"]) == (2, words["texts"])
    again = (await admin.patch(f"{PATH}/{template['id']}", json={"texts": {"en-US": "{order} left."}})).json()
    assert again["draft"]["version"] == 2
    second = await approve(admin, again)
    assert (second["approved"]["version"], second["draft"]) == (2, None)
    versions = (await admin.get(f"{PATH}/{template['id']}/versions")).json()["items"]
    assert [(one["version"], one["state"]) for one in versions] == [(2, "approved"), (1, "retired")]


async def test_a_rejected_draft_says_why_and_becomes_a_draft_again_when_it_is_mended(admin: httpx.AsyncClient) -> None:
    template = await make(admin, "message-templates", TEMPLATE)
    decision = {"decision": "rejected", "version": 1, "reason": "Say who we are"}
    rejected = (await admin.post(f"{PATH}/{template['id']}/decision", json=decision)).json()
    assert (rejected["draft"]["state"], rejected["draft"]["reason"]) == ("rejected", "Say who we are")
    assert (await admin.post(f"{PATH}/{template['id']}/decision", json=decision)).status_code == 409
    mended = await admin.patch(f"{PATH}/{template['id']}", json={"texts": {"en-US": "Bike Shop: {order} has left."}})
    assert (mended.json()["draft"]["state"], mended.json()["draft"]["version"]) == ("draft", 1)


async def test_a_decision_on_words_that_were_changed_meanwhile_is_refused(admin: httpx.AsyncClient) -> None:
    template = await approve(admin, await make(admin, "message-templates", TEMPLATE))
    answer = await admin.post(f"{PATH}/{template['id']}/decision", json={"decision": "approved", "version": 1})
    assert answer.status_code == 409


async def test_words_written_anew_since_they_were_read_are_not_approved_unseen(admin: httpx.AsyncClient) -> None:
    read = await make(admin, "message-templates", TEMPLATE)
    path = f"{PATH}/{read['id']}"
    anew = (await admin.patch(path, json={"texts": {"en-US": "{order}: something else"}})).json()
    decision = {"decision": "approved", "version": 1, "written_at": read["draft"]["written_at"]}
    assert (await admin.post(f"{path}/decision", json=decision)).status_code == 409
    decision["written_at"] = anew["draft"]["written_at"]
    assert (await admin.post(f"{path}/decision", json=decision)).status_code == 200


async def test_what_is_wrong_is_named_field_by_field(admin: httpx.AsyncClient) -> None:
    wrong = {**TEMPLATE, "texts": {"en-US": "{order} {total}", "es": "{"}}
    answer = await admin.post(PATH, json=wrong)
    assert answer.status_code == 422
    told = {error["field"]: error for error in answer.json()["errors"]}
    assert told.keys() == {"texts.en-US", "texts.es"}
    assert told["texts.en-US"]["problem"] == "uses {total}, which is not a slot"
    assert "Add it to the slots" in told["texts.en-US"]["way_out"]
    assert told["texts.es"]["problem"].startswith("at character 1, there is a lone {")


async def test_a_name_belongs_to_one_template(admin: httpx.AsyncClient) -> None:
    await make(admin, "message-templates", TEMPLATE)
    assert (await admin.post(PATH, json=TEMPLATE)).status_code == 409


async def test_each_customer_is_previewed_in_their_language_with_parts(admin: httpx.AsyncClient) -> None:
    template = await make(admin, "message-templates", TEMPLATE)
    maria = await make(admin, "contacts", {"name": "Maria Gonzalez", "phones": ["+17875550142"], "language": "es-PR"})
    james = await make(admin, "contacts", {"name": "James Lee", "phones": ["+12125550123"]})
    wish = {"contact_ids": [maria["id"], james["id"]], "values": {"order": "B-7"}}
    shown = (await admin.post(f"{PATH}/{template['id']}/preview", json=wish)).json()["items"]
    assert [(one["contact_id"], one["locale"], one["body"], one["parts"]) for one in shown] == [
        (maria["id"], "es", "Hola: B-7 ha salido.", 1),
        (james["id"], "en-US", "Hi James, B-7 has left.", 1),
    ]


async def test_without_customers_each_language_is_shown_with_the_samples(admin: httpx.AsyncClient) -> None:
    template = await make(admin, "message-templates", TEMPLATE)
    shown = (await admin.post(f"{PATH}/{template['id']}/preview", json={})).json()["items"]
    assert [one["body"] for one in shown] == ["Hi Maria, A-1042 has left.", "Hola: A-1042 ha salido."]


async def test_without_customers_what_is_given_goes_before_the_samples(admin: httpx.AsyncClient) -> None:
    template = await make(admin, "message-templates", TEMPLATE)
    for values, body in (
        ({"order": "B-7"}, "Hi Maria, B-7 has left."), ({"CustomerFirstName": "Ana"}, "Hi Ana, A-1042 has left.")
    ):  # fmt: skip
        wish = {"values": values, "locale": "en-US"}
        [shown] = (await admin.post(f"{PATH}/{template['id']}/preview", json=wish)).json()["items"]
        assert shown["body"] == body


async def test_what_was_never_approved_is_not_previewed_as_sent(admin: httpx.AsyncClient) -> None:
    template = await make(admin, "message-templates", TEMPLATE)
    assert (await admin.post(f"{PATH}/{template['id']}/preview", json={"draft": False})).status_code == 409


async def test_an_approved_template_is_archived_and_an_unapproved_one_removed(admin: httpx.AsyncClient) -> None:
    template = await make(admin, "message-templates", TEMPLATE)
    assert (await admin.delete(f"{PATH}/{template['id']}")).status_code == 204
    template = await approve(admin, await make(admin, "message-templates", TEMPLATE))
    refused = await admin.delete(f"{PATH}/{template['id']}")
    assert (refused.status_code, "Archive" in refused.text) == (409, True)
    archived = await admin.patch(f"{PATH}/{template['id']}", json={"archived": True})
    assert archived.json()["archived"] is True


async def test_supervisors_write_templates_and_administrators_approve_them(
    admin: httpx.AsyncClient, person: MakePerson
) -> None:
    supervisor, agent = await person("supervisor"), await person("agent")
    written = await supervisor.client.post(PATH, json=TEMPLATE)
    assert written.status_code == 201
    decision = {"decision": "approved", "version": 1}
    path = f"{PATH}/{written.json()['id']}/decision"
    assert (await supervisor.client.post(path, json=decision)).status_code == 403
    assert (await agent.client.post(PATH, json=TEMPLATE)).status_code == 403
    assert (await agent.client.get(PATH)).status_code == 200
    assert (await admin.post(path, json=decision)).status_code == 200
