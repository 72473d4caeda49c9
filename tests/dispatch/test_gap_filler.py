"""Texts that never reached our doors are fetched from the provider's list, each once."""

import asyncio
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

from answerback.usecases.receive_texts import Reception
from answerback.workers.gap_filler import GapFiller
from tests.dispatch.outbound_stage import OutboundStage
from tests.message_stage import OUR_NUMBER, SEALER, phone


def received(sid: str, body: str, minutes_ago: float, sender: str = phone(1)) -> dict[str, Any]:
    at = format_datetime(datetime.now(UTC) - timedelta(minutes=minutes_ago))
    return {
        "sid": sid, "status": "received", "to": OUR_NUMBER, "from": sender, "body": body, "direction": "inbound",
        "date_created": at, "date_sent": at, "date_updated": at, "num_segments": "1", "num_media": "0",
        "error_code": None, "price": None, "price_unit": "USD", "messaging_service_sid": None,
    }  # fmt: skip


def filler(stage: OutboundStage) -> GapFiller:
    reception = Reception(stage.pool, stage.inner.directory, SEALER)
    return GapFiller(reception, stage.inner.providers, asyncio.Event())


async def texts(stage: OutboundStage) -> list[tuple[str, bool]]:
    rows = await stage.pool.fetch("select body, late from message order by conversation_id, seq")
    return [(row["body"], row["late"]) for row in rows]


async def test_missed_texts_come_in_their_order_and_known_ones_once(stage: OutboundStage) -> None:
    await stage.inner.text("Known", sender=phone(1), MessageSid="SM1")
    stage.carrier.sent += [
        received("SM1", "Known", 3),
        received("SM3", "Second missed", 1, phone(2)),
        received("SM2", "First missed", 2, phone(2)),
    ]

    assert await filler(stage).fill_all()
    assert await filler(stage).fill_all()

    assert await texts(stage) == [("Known", False), ("First missed", False), ("Second missed", False)]


async def test_a_missed_text_is_late_when_newer_ones_are_shown(stage: OutboundStage) -> None:
    await stage.inner.text("Newer", sender=phone(1), MessageSid="SM1")
    stage.carrier.sent.append(received("SM0", "Older", 5))

    await filler(stage).fill_all()

    assert await texts(stage) == [("Newer", False), ("Older", True)]


async def test_how_far_it_looked_is_remembered_only_when_the_provider_answered(stage: OutboundStage) -> None:
    stage.carrier.list_status = 500
    assert not await filler(stage).fill_all()
    assert await stage.pool.fetchval("select gap_checked_at from provider_account") is None

    stage.carrier.list_status = 200
    assert await filler(stage).fill_all()
    assert await stage.pool.fetchval("select gap_checked_at from provider_account") is not None


async def test_a_missed_stop_counts(stage: OutboundStage) -> None:
    stage.carrier.sent.append(received("SM0", "STOP", 5))

    await filler(stage).fill_all()

    assert await stage.pool.fetchval("select choice from consent_entry") == "opt_out"
