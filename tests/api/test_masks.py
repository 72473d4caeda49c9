"""Masks: what agents see of card numbers and the like, what is stored of them, and who may look beneath."""

from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from answerback.providers.contract import InboundText
from answerback.storage.connection import Pool
from answerback.usecases.arrivals import ReceivedText
from answerback.usecases.directory import Directory
from answerback.usecases.receive_texts import Reception, receive_texts
from answerback.web.api.services import Services
from tests.api.people import MakePerson
from tests.api.test_settings import make_number
from tests.live.centre import Centre

PATH = "/api/v1/mask-rules"
SAID = "My card is 4111 1111 1111 1111"
SHOWN = "My card is •••• •••• •••• 1111"


@pytest.fixture
def centre(pool: Pool) -> Centre:
    return Centre(pool)


async def add(admin: httpx.AsyncClient, status: int = 201, **draft: Any) -> dict[str, Any]:
    answer = await admin.post(PATH, json={"name": "Cards", "kind": "card", **draft})
    assert answer.status_code == status, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def said(centre: Centre, body: str = SAID) -> tuple[int, int]:
    """A customer wrote: (conversation, message)."""
    conversation = await centre.text(await centre.number(await centre.queue()), body)
    return conversation, await centre.pool.fetchval("select max(id) from message")


async def seen(client: httpx.AsyncClient, message: int) -> dict[str, Any]:
    answer = await client.get(f"/api/v1/messages/{message}")
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def test_without_masks_everything_is_seen(admin: httpx.AsyncClient, centre: Centre) -> None:
    _, message = await said(centre)
    assert ((await seen(admin, message))["body"], (await seen(admin, message))["masked"]) == (SAID, False)


async def test_a_mask_covers_text_preview_and_history_but_not_what_is_stored(
    admin: httpx.AsyncClient, centre: Centre
) -> None:
    await add(admin)
    conversation, message = await said(centre)
    shown = await seen(admin, message)
    assert (shown["body"], shown["masked"]) == (SHOWN, True)
    row = (await admin.get(f"/api/v1/conversations/{conversation}")).json()
    assert row["last_preview"] == SHOWN
    contact = (await admin.get(f"/api/v1/contacts/{row['contact_id']}")).json()
    assert contact["conversations"][0]["last_preview"] == SHOWN
    assert await centre.pool.fetchval("select body from message") == SAID


async def test_a_search_does_not_find_what_is_covered(admin: httpx.AsyncClient, centre: Centre) -> None:
    await said(centre)

    async def found(text: str) -> int:
        return len((await admin.get("/api/v1/conversations", params={"q": text})).json()["items"])

    assert (await found("4111 1111"), await found("my card")) == (1, 1)
    await add(admin)
    assert (await found("4111 1111"), await found("my card")) == (0, 1)


async def test_who_may_reveals_one_text_and_that_is_noted(
    admin: httpx.AsyncClient, centre: Centre, person: MakePerson
) -> None:
    await add(admin)
    _, message = await said(centre)
    supervisor = await person("supervisor")
    revealed = await supervisor.client.post(f"/api/v1/messages/{message}/reveal")
    assert revealed.json() == {"body": SAID}
    noted = await centre.pool.fetchrow("select actor_id, message_id from event where kind = 'MaskedRevealed'")
    assert (noted["actor_id"], noted["message_id"]) == (supervisor.id, message)
    assert (await (await person("agent")).client.post(f"/api/v1/messages/{message}/reveal")).status_code == 403


async def test_a_mask_at_storage_leaves_nothing_to_reveal(
    admin: httpx.AsyncClient, services: Services, pool: Pool
) -> None:
    number = await make_number(admin)
    await add(admin, applies="storage")
    directory = Directory(pool, services.sealer)
    await directory.refresh()
    text = InboundText("SM1", number["address"], "+12125550101", SAID)
    item = ReceivedText(number["provider_account_id"], number["id"], text, datetime.now(UTC))
    await receive_texts(Reception(pool, directory, services.sealer), [item])
    row = await pool.fetchrow("select body, encoding, parts from message")
    assert (row["body"], row["encoding"], row["parts"]) == (SHOWN, "gsm_7", 1)
    assert await pool.fetchval("select last_preview from conversation") == SHOWN


async def test_a_mask_is_tried_before_it_is_saved(admin: httpx.AsyncClient) -> None:
    trial = {"text": "Case ACC-123456, card 4111111111111111", "kind": "pattern", "pattern": r"ACC-\d{6}"}
    told = (await admin.post(f"{PATH}/try", json=trial)).json()
    assert told == {"text": "Case •••-••••••, card 4111111111111111"}
    await add(admin)
    told = (await admin.post(f"{PATH}/try", json=trial)).json()
    assert told == {"text": "Case •••-••••••, card ••••••••••••1111"}


async def test_a_pattern_that_could_take_long_is_refused_at_its_place(admin: httpx.AsyncClient) -> None:
    told = await add(admin, 422, kind="pattern", pattern="(a+)+$")
    [problem] = told["errors"]
    assert (problem["field"], problem["problem"]) == ("pattern", "cannot be used at character 1")


async def test_masks_are_changed_and_removed_with_a_trail(
    admin: httpx.AsyncClient, centre: Centre, person: MakePerson
) -> None:
    rule = await add(admin)
    await add(admin, 409)
    _, message = await said(centre)
    off = await admin.patch(f"{PATH}/{rule['id']}", json={"active": False})
    assert off.json() == {**rule, "active": False}
    assert (await seen(admin, message))["body"] == SAID
    assert (await admin.patch(f"{PATH}/{rule['id']}", json={"kind": "pattern"})).status_code == 422
    assert (await admin.delete(f"{PATH}/{rule['id']}")).status_code == 204
    assert (await admin.get(PATH)).json() == {"items": []}
    trail = await centre.pool.fetch("select kind from event where kind like 'MaskRule%' order by id")
    assert [row["kind"] for row in trail] == ["MaskRuleCreated", "MaskRuleChanged", "MaskRuleRemoved"]
    assert (await (await person("supervisor")).client.get(PATH)).status_code == 403
