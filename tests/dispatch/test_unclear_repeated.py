"""Where the provider knows repeated requests, an unclear text is asked for again in the same words."""

import json

from answerback.providers.acs.provider import AcsProvider
from answerback.storage.credentials import seal_credentials
from answerback.usecases.queue_text import Queued
from answerback.usecases.send_text import resend_text
from answerback.workers.unclear import UnclearResolver
from tests.dispatch.outbound_stage import OutboundStage
from tests.message_stage import SEALER, eventually, phone, running
from tests.providers.canned import Canned, document, page, serving

KEY = {"access_key": "YS1zZWNyZXQtb2YtdGhlLWFjY291bnQ=", "webhook_key": "k"}


async def move_to_azure(stage: OutboundStage, canned: Canned) -> None:
    """The stage's account is one of Azure's, its API at `canned`."""
    account = stage.inner.seeded.account_id
    await stage.pool.execute(
        "update provider_account set provider = 'acs', credentials = $2, api_base_url = $3 where id = $1",
        account,
        seal_credentials(SEALER, account, KEY),
        canned.base_url,
    )
    await stage.inner.directory.refresh()
    stage.inner.providers = {"acs": AcsProvider(stage.inner.client)}


def taken(to: str) -> dict[str, object]:
    return {"value": [{"to": to, "messageId": "Outgoing_1", "httpStatusCode": 202, "successful": True}]}


async def test_azure_is_asked_again_with_the_same_repeatability_ids(stage: OutboundStage) -> None:
    async with serving() as canned:
        await move_to_azure(stage, canned)
        canned.says(page("bad gateway", 502), document(taken(phone(1)), 202))
        async with stage.dispatching():
            message = await stage.send(await stage.conversation(phone(1)), "Did it leave?")
            await eventually(lambda: stage.is_status(message, "unclear"))
        await stage.pool.execute("update unclear_send set due_at = now()")

        resolver = UnclearResolver(stage.pool, stage.inner.directory, stage.inner.providers)
        async with running(resolver.run()):
            await eventually(lambda: stage.is_status(message, "accepted"))

        first, second = (json.loads(body)["smsRecipients"][0] for body in canned.bodies[:2])
        assert first == second
        assert first["repeatabilityRequestId"]


async def test_what_azure_refuses_on_asking_again_has_failed_with_its_reason(stage: OutboundStage) -> None:
    async with serving() as canned:
        await move_to_azure(stage, canned)
        no = {"to": phone(1), "httpStatusCode": 400, "successful": False, "errorMessage": "Invalid To phone number"}
        canned.says(page("bad gateway", 502), document({"value": [no]}, 202))
        async with stage.dispatching():
            message = await stage.send(await stage.conversation(phone(1)), "Did it leave?")
            await eventually(lambda: stage.is_status(message, "unclear"))
        await stage.pool.execute("update unclear_send set due_at = now()")

        resolver = UnclearResolver(stage.pool, stage.inner.directory, stage.inner.providers)
        async with running(resolver.run()):
            await eventually(lambda: stage.is_status(message, "failed"))

        assert await stage.pool.fetchval("select error_class from message where id = $1", message) == (
            "invalid_recipient"
        )
        assert await stage.pool.fetchval("select count(*) from raw_exchange where message_id = $1", message) == 2


async def test_what_a_person_sent_again_meanwhile_is_not_asked_for_again(stage: OutboundStage) -> None:
    async with serving() as canned:
        await move_to_azure(stage, canned)
        canned.says(page("bad gateway", 502), document(taken(phone(1)), 202))
        async with stage.dispatching():
            message = await stage.send(await stage.conversation(phone(1)), "Did it leave?")
            await eventually(lambda: stage.is_status(message, "unclear"))
            again = await resend_text(stage.pool, message, stage.inner.seeded.agent_id)
            assert isinstance(again, Queued)
            await eventually(lambda: stage.is_status(again.message_id, "accepted"))
        await stage.pool.execute("update unclear_send set due_at = now()")

        resolver = UnclearResolver(stage.pool, stage.inner.directory, stage.inner.providers)
        async with running(resolver.run()):

            async def looked_twice() -> bool:
                await stage.pool.execute("update unclear_send set due_at = now()")
                return await stage.pool.fetchval("select attempts from unclear_send") >= 2

            await eventually(looked_twice)
        assert len(canned.bodies) == 2
        assert await stage.status(message) == "unclear"
