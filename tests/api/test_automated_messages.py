"""Automated messages, limits, survey and media through the API: shown with their cost, refused where they cannot be."""

import httpx

from answerback.domain.automation.triggers import STARTERS, Trigger, placeholders_of
from answerback.domain.automation.wording import check_wording
from tests.api.test_settings import make, make_number

PATH = "/api/v1/automated-messages"


async def test_every_trigger_is_listed_off_with_words_to_begin_with(admin: httpx.AsyncClient) -> None:
    listed = (await admin.get(PATH)).json()
    assert [item["trigger"] for item in listed["items"]] == [trigger.value for trigger in Trigger]
    assert not any(item["active"] or item["saved"] for item in listed["items"])
    assert listed["part_price"] is None
    closed = next(item for item in listed["items"] if item["trigger"] == "out_of_hours")
    english = next(wording for wording in closed["wordings"] if wording["language"] == "en")
    assert "tomorrow at 9 AM" in english["sample"]
    assert (english["parts"], english["encoding"]) == (1, "gsm_7")
    reopens = next(one for one in closed["placeholders"] if one["name"] == "ReopensAt")
    assert (reopens["sample"], reopens["samples"]["fr"]) == ("tomorrow at 9 AM", "demain à 09:00")


async def test_a_message_is_set_for_all_and_for_one_number_and_given_up(admin: httpx.AsyncClient) -> None:
    number = await make_number(admin)
    body = {"active": True, "texts": {"en": "Hi {CustomerFirstName|there}", "es-PR": "Hola \u00c1"}}
    saved = await admin.put(f"{PATH}/greeting", json=body)
    assert saved.status_code == 200, saved.text
    assert [(one["language"], one["encoding"]) for one in saved.json()["wordings"]] == [
        ("en", "gsm_7"),
        ("es-PR", "ucs_2"),
    ]
    own = await admin.put(f"{PATH}/greeting?number_id={number['id']}", json={**body, "active": False})
    items = (await admin.get(PATH)).json()["items"]
    assert items[0] == saved.json()
    assert items[-1] == own.json()
    for query in (f"?number_id={number['id']}", ""):
        assert (await admin.delete(f"{PATH}/greeting{query}")).status_code == 204
        assert (await admin.delete(f"{PATH}/greeting{query}")).status_code == 404
    assert not (await admin.get(PATH)).json()["items"][0]["saved"]


async def test_what_cannot_be_said_is_refused_at_its_language(admin: httpx.AsyncClient) -> None:
    texts = {"en": "You are {Position}", "es": "Hola {", "xx-nowhere": "Hi", "fr": " "}
    answer = await admin.put(f"{PATH}/greeting", json={"active": True, "texts": texts})
    assert answer.status_code == 422
    problems = {error["field"]: error["problem"] for error in answer.json()["errors"]}
    assert problems == {
        "texts.en": "names {Position}, which this message does not know",
        "texts.es": "at character 6, there is a lone {: write {{ to have it in the text",
        "texts.xx-nowhere": "is not a language",
        "texts.fr": "is empty",
    }
    only_spanish = await admin.put(f"{PATH}/greeting", json={"active": True, "texts": {"es": "Hola"}})
    assert [error["field"] for error in only_spanish.json()["errors"]] == ["texts.en"]
    assert (await admin.put(f"{PATH}/shouting", json={"active": True, "texts": {}})).status_code in (404, 422)
    unknown = await admin.put(f"{PATH}/greeting?number_id=99", json={"active": True, "texts": {"en": "Hi"}})
    assert unknown.status_code == 404


def test_the_words_to_begin_with_can_be_saved_as_they_are() -> None:
    for trigger in Trigger:
        assert list(check_wording(STARTERS[trigger], placeholders_of(trigger), "en")) == []


async def test_limits_are_data(admin: httpx.AsyncClient) -> None:
    path = f"{PATH}/limits"
    assert (await admin.get(path)).json() == {"fallback_language": "en", "most_an_hour": 4, "most_a_day": 12}
    changed = await admin.patch(path, json={"most_an_hour": 2, "fallback_language": "es"})
    assert changed.json() == {"fallback_language": "es", "most_an_hour": 2, "most_a_day": 12}
    assert (await admin.patch(path, json={"fallback_language": "nowhere-x"})).status_code == 422
    assert (await admin.patch(path, json={"most_an_hour": 0})).status_code == 422


async def test_a_workstream_carries_its_survey_and_what_files_it_takes(admin: httpx.AsyncClient) -> None:
    queue = await make(admin, "queues", {"name": "Support"})
    made = await make(admin, "workstreams", {"name": "Texts", "queue_id": queue["id"]})
    assert made["survey"] == {"active": False, "questions": {}, "thanks": {}, "answer_hours": 24}
    assert made["media"] == {"receive": ["image", "audio", "video", "file"], "send": True}
    path = f"/api/v1/workstreams/{made['id']}"
    survey = {"active": True, "questions": {"en": "How did {AgentFirstName} do? Reply 1-5."}, "thanks": {"en": "Ta"}}
    changed = await admin.patch(path, json={"survey": survey, "media": {"receive": ["image"], "send": False}})
    assert changed.json()["survey"] == {**survey, "answer_hours": 24}
    assert changed.json()["media"] == {"receive": ["image"], "send": False}
    without = await admin.patch(path, json={"survey": {"active": True, "questions": {"en": "{Position}"}}})
    assert [error["field"] for error in without.json()["errors"]] == ["survey.questions.en"]
    empty = await admin.patch(path, json={"survey": {"active": True}})
    assert [error["field"] for error in empty.json()["errors"]] == ["survey.questions.en"]
