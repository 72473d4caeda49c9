"""A webhook that is refused is kept whole, one of a kind now and then, for whoever mends the cause."""

from answerback.storage.raw_exchanges import forget_raw
from answerback.storage.webhooks import read_kept
from answerback.usecases.keep_webhook import open_contents
from answerback.web.hooks.samples import BETWEEN_SECONDS, MOST_KINDS, Samples
from tests.message_stage import SEALER, Stage, text_form


async def knock_forged(stage: Stage, body: str) -> None:
    headers = {"X-Twilio-Signature": "bm90IGl0"}
    async with stage.client.post(stage.door("message"), data=text_form(body), headers=headers) as response:
        assert response.status == 403


async def test_the_first_of_a_kind_is_kept_and_waits_for_nobody(stage: Stage) -> None:
    for place in range(3):
        await knock_forged(stage, f"Forged {place}")

    [row] = await stage.pool.fetch("select id, outcome, headers from webhook_kept")
    assert row["outcome"] == "refused"
    assert "x-twilio-signature" not in row["headers"]
    kept = await read_kept(stage.pool, row["id"])
    assert kept is not None
    assert b"Forged+0" in open_contents(SEALER, kept).body
    assert await stage.pool.fetchval("select count(*) from event where kind = 'WebhookKept'") == 0


async def test_samples_are_deleted_in_time_and_what_waits_for_a_person_is_not(stage: Stage) -> None:
    await knock_forged(stage, "Forged")
    await stage.text("To a number we do not have", To="+14155559999")
    await stage.pool.execute("update webhook_kept set received_at = now() - interval '31 days'")

    await forget_raw(stage.pool, 100)

    assert [row["outcome"] for row in await stage.pool.fetch("select outcome from webhook_kept")] == ["kept"]


def test_a_flood_of_kinds_or_of_one_kind_is_not_kept() -> None:
    now = 0.0
    samples = Samples(lambda: now)
    assert samples.wants(1, "message", "No signature.")
    assert not samples.wants(1, "message", "No signature.")
    assert samples.wants(1, "status", "No signature.")
    now = BETWEEN_SECONDS
    assert samples.wants(1, "message", "No signature.")
    for account in range(2, MOST_KINDS + 2):
        samples.wants(account, "message", "No signature.")
    assert not samples.wants(0, "message", "No signature.")
