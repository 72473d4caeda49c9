"""What knocks at the doors and is not an ordinary text: forged, unknown, unreadable, too large."""

from typing import Any

import pytest
from twilio.request_validator import RequestValidator

from answerback.storage.credentials import seal_credentials
from answerback.storage.sealing import Sealer
from answerback.usecases.refusals import Conflict, NotFound
from answerback.usecases.replay_webhook import ReplayDesk, Replayed, drop_webhook, replay_webhook
from tests.message_stage import ACCOUNT_SID, SEALER, Stage, add_number, eventually, text_form


async def answer_to(stage: Stage, url: str, **request: Any) -> tuple[int, dict[str, Any]]:
    async with stage.client.post(url, **request) as response:
        assert response.content_type == "application/problem+json"
        return response.status, await response.json()


async def test_a_forged_webhook_is_refused_with_the_reason_and_counted(stage: Stage) -> None:
    for _ in range(3):
        status, problem = await answer_to(
            stage, stage.door("message"), data=text_form(), headers={"X-Twilio-Signature": "bm90IGl0"}
        )
        assert status == 403
    assert problem["type"].endswith("/webhook-refused")
    assert problem["detail"]

    async def is_counted() -> bool:
        return await stage.pool.fetchval("select hits from webhook_tally where outcome = 'refused'") == 3

    await eventually(is_counted)
    assert await stage.pool.fetchval("select reason from webhook_tally") == problem["detail"]
    assert await stage.pool.fetchval("select count(*) from event where kind = 'WebhookRefused'") == 1
    assert await stage.pool.fetchval("select count(*) from message") == 0


async def test_observing_lets_it_in_and_counts_what_would_have_been_refused(stage: Stage) -> None:
    await stage.pool.execute("update provider_account set signature_mode = 'observe'")
    await stage.directory.refresh()

    async with stage.client.post(stage.door("message"), data=text_form("Unsigned")) as response:
        assert response.status == 200

    async def is_counted() -> bool:
        return await stage.pool.fetchval("select hits from webhook_tally where outcome = 'observed'") == 1

    await eventually(is_counted)
    assert await stage.pool.fetchval("select body from message") == "Unsigned"


@pytest.mark.parametrize(
    "path",
    [
        "/hooks/twilio/999/message",
        "/hooks/twilio/x/message",
        "/hooks/acs/{}/message",
        "/hooks/twilio/{}/fax",
        "/hooks/",
    ],
)
async def test_an_unknown_address_is_not_found(stage: Stage, path: str) -> None:
    status, problem = await answer_to(stage, stage.url + path.format(stage.seeded.account_id), data=text_form())

    assert status == 404
    assert problem["detail"]


async def test_a_body_beyond_any_webhook_is_turned_away(stage: Stage) -> None:
    status, _ = await answer_to(stage, stage.door("message"), data=b"x" * 300_000)

    assert status == 413


async def test_a_malformed_webhook_is_kept_sealed_and_answered(stage: Stage) -> None:
    form = text_form("Precious words")
    del form["From"]

    assert await stage.post("message", form) == 200

    row = await stage.pool.fetchrow("select door, reason, url, headers, body, outcome from webhook_kept")
    assert (row["door"], row["reason"], row["outcome"]) == ("message", "From: is missing", "kept")
    assert b"Precious" not in row["body"]
    assert "x-twilio-signature" not in row["headers"]
    assert await stage.pool.fetchval("select count(*) from event where kind = 'WebhookKept'") == 1


async def test_a_text_to_a_number_we_do_not_have_waits_until_the_number_is_added(stage: Stage) -> None:
    await stage.text("For later", to="+14155550177")
    kept = await stage.pool.fetchval("select id from webhook_kept where reason = 'unknown_number'")
    desk = ReplayDesk(stage.pool, SEALER, stage.providers)

    too_early = await replay_webhook(desk, kept, None)
    await add_number(stage.pool, stage.seeded.account_id, stage.seeded.workstream_id, address="+14155550177")
    in_time = await replay_webhook(desk, kept, None)

    assert isinstance(too_early, Conflict)
    assert in_time == Replayed(kept)
    assert await stage.pool.fetchval("select body from message") == "For later"
    assert await stage.pool.fetchval("select outcome from webhook_kept") == "replayed"
    assert await replay_webhook(desk, kept, None) == NotFound(f"kept webhook {kept}")


async def test_the_first_text_to_a_number_added_a_moment_ago_finds_it(stage: Stage) -> None:
    await stage.directory.refresh()  # so that looking again at once is not allowed
    await add_number(stage.pool, stage.seeded.account_id, stage.seeded.workstream_id, address="+14155550177")

    assert await stage.text("Anybody there?", to="+14155550177") == 200

    assert await stage.pool.fetchval("select body from message") == "Anybody there?"
    assert await stage.pool.fetchval("select count(*) from webhook_kept") == 0


async def test_a_webhook_signed_with_a_token_entered_a_moment_ago_is_genuine(stage: Stage) -> None:
    await stage.pool.execute(
        "update provider_account set credentials = $1",
        seal_credentials(SEALER, stage.seeded.account_id, {"account_sid": ACCOUNT_SID, "auth_token": "another-token"}),
    )
    form = text_form("New keys")
    url = stage.door("message")
    signature = RequestValidator("another-token").compute_signature(url, form)

    async def is_taken() -> bool:  # at the latest a second after the accounts were last read
        async with stage.client.post(url, data=form, headers={"X-Twilio-Signature": signature}) as response:
            return response.status == 200

    await eventually(is_taken)
    assert await stage.pool.fetchval("select body from message") == "New keys"


async def test_what_nobody_can_unseal_stays_kept_and_says_why(stage: Stage) -> None:
    await stage.text("For later", to="+14155550177")
    kept = await stage.pool.fetchval("select id from webhook_kept")
    other_key = ReplayDesk(stage.pool, Sealer(["another key that is long enough, too"]), stage.providers)

    assert isinstance(await replay_webhook(other_key, kept, None), Conflict)
    assert await stage.pool.fetchval("select outcome from webhook_kept") == "kept"


async def test_a_kept_webhook_can_be_dropped(stage: Stage) -> None:
    await stage.text("Nobody's", to="+14155550177")
    kept = await stage.pool.fetchval("select id from webhook_kept")

    await drop_webhook(stage.pool, kept, None)

    assert await stage.pool.fetchval("select outcome from webhook_kept") == "dropped"


async def test_a_call_is_answered_without_words(stage: Stage) -> None:
    call = {"CallSid": "CA" + "0" * 32, "From": "+12125550100", "To": "+14155550100", "CallStatus": "ringing"}

    assert await stage.post("voice", call) == 200
    assert await stage.pool.fetchval("select count(*) from webhook_kept") == 0
