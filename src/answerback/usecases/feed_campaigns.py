"""Feeds the texts of running campaigns into the outbox shortly before they may leave, a number at a time.

One transaction claims recipients, asks the gate, writes texts and settles the recipients: whatever dies, each has one
text or none. What may not leave now waits as a recipient, so that pausing, opting out and quiet hours count to the end.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import asyncpg

from answerback.domain.campaigns.pacing import parts_ahead, shares, texts_for
from answerback.domain.campaigns.watch import Limits, reason_to_pause
from answerback.domain.sending.gate import Deferred, Purpose, RefusalReason
from answerback.domain.templates.template import Unwritable
from answerback.domain.text.parts import size_of
from answerback.storage import campaign_recipients as recipients
from answerback.storage.campaign_outlook import look_at_latest, reply_desk, running_campaigns
from answerback.storage.campaign_recipients import Feedable, Recipient, Settled
from answerback.storage.campaigns import get_campaign, lock_campaign
from answerback.storage.connection import Connection, Pool
from answerback.storage.contacts import get_contacts, owners_of
from answerback.storage.numbers import get_number
from answerback.storage.senders import read_sender
from answerback.usecases.campaign_letters import NOBODY, CampaignLetters, Known, open_letters, why_unwritable
from answerback.usecases.drafts import Draft, Queued, RefusedText
from answerback.usecases.move_campaign import pause_by_itself
from answerback.usecases.queue_texts import queue_texts

MOST: Final = 1000
TRIES: Final = 5
HOLDS_NUMBER: Final = frozenset({RefusalReason.CAP_REACHED, RefusalReason.BUDGET_SPENT})
Written = tuple[Recipient, int, str]
"""With its variant and body."""


async def feed_number(pool: Pool, number_id: int) -> list[int]:
    """The campaigns that moved."""
    for left in reversed(range(TRIES)):
        try:
            async with pool.acquire() as connection, connection.transaction():
                return await _feed(connection, number_id)
        except asyncpg.DeadlockDetectedError:
            if not left:
                raise
    raise AssertionError


async def pause_unfit(pool: Pool) -> None:
    """Running campaigns that go wrong: a number that cannot send, or too much that is filtered, opted out or failed."""
    for campaign_id in await running_campaigns(pool):
        async with pool.acquire() as connection, connection.transaction():
            campaign = await get_campaign(connection, campaign_id)
            assert campaign is not None
            limits = Limits(
                campaign.filtered_limit, campaign.opt_out_limit, campaign.failed_limit, campaign.watch_after
            )
            reason = reason_to_pause(await look_at_latest(connection, campaign_id), limits)
            if reason is not None:
                campaign = await lock_campaign(connection, campaign_id)
                assert campaign is not None
                await pause_by_itself(connection, campaign, reason, by="watch")


async def _feed(connection: Connection, number_id: int) -> list[int]:
    sharing = await recipients.lock_feedable(connection, number_id)
    number = await get_number(connection, number_id)
    if not sharing or number is None:
        return []
    if await _is_unfit(connection, number_id, sharing):
        return [one.campaign_id for one in sharing]
    most = parts_ahead(number.parts_per_second, 0)
    room = parts_ahead(number.parts_per_second, await recipients.bulk_parts(connection, number_id, most))
    if room < 1:
        return []
    claimed: dict[int, list[Recipient]] = {}
    for one in sharing:
        limit = min(room, MOST)
        if one.pace_by_agents:
            limit = min(limit, texts_for(await reply_desk(connection, number_id), one.reply_share))
        claimed[one.campaign_id] = await recipients.claim_due(connection, one.campaign_id, number_id, limit)
    given = shares(room, {campaign_id: len(found) for campaign_id, found in claimed.items()})
    for campaign_id, found in claimed.items():
        await _feed_campaign(connection, campaign_id, number_id, found, room=given[campaign_id])
    return [campaign_id for campaign_id, found in claimed.items() if found]


async def _is_unfit(connection: Connection, number_id: int, sharing: Sequence[Feedable]) -> bool:
    """A number that is switched off would have everybody refused: the campaign waits instead."""
    sender = await read_sender(connection, number_id)
    assert sender is not None
    if sender.number_active and sender.account_active:
        return False
    for one in sharing:
        campaign = await get_campaign(connection, one.campaign_id)
        assert campaign is not None
        reason = f"The number {sender.number_name} is switched off. Switch it on, then resume."
        await pause_by_itself(connection, campaign, reason, by="number")
    return True


async def _feed_campaign(
    connection: Connection, campaign_id: int, number_id: int, found: Sequence[Recipient], *, room: int
) -> None:
    """As many of those found as have room, in parts; a long text may overdraw it."""
    campaign = await get_campaign(connection, campaign_id)
    assert campaign is not None
    letters = await open_letters(connection, campaign)
    known = await names_of(connection, [one.phone for one in found])
    settled: list[Settled] = []
    written: list[Written] = []
    for one in found:
        if room < 1:
            break
        variant = letters.variant_of(one.phone)
        text = letters.write(one, known.get(one.phone, NOBODY), variant)
        if isinstance(text, Unwritable):
            settled.append(
                Settled(
                    one.place, "refused", variant, reason="template", sentence=why_unwritable(text), rule="template"
                )
            )
        else:
            written.append((one, variant, text.body))
            room -= size_of(text.body)[1]
    drafts = [(one.phone, _draft(letters, body, campaign.started_by)) for one, _, body in written]
    outcomes = await queue_texts(connection, number_id, drafts, keep_deferred=False)
    settled += [_settled(one, outcome) for one, outcome in zip(written, outcomes, strict=True)]
    await recipients.settle(connection, campaign_id, number_id, settled)
    until = _held_until(outcomes)
    if until is not None:
        await recipients.hold_number(connection, campaign_id, number_id, until)


def _draft(letters: CampaignLetters, body: str, author_id: int | None) -> Draft:
    subject = f"campaign {letters.campaign_id}"
    return Draft(body, Purpose.PROACTIVE, "campaign", author_id, about=letters.about, subject=subject)


def _settled(written: Written, outcome: Queued | RefusedText | Deferred) -> Settled:
    one, variant, body = written
    match outcome:
        case Queued(message_id):
            return Settled(one.place, "queued", variant, parts=size_of(body)[1], message_id=message_id)
        case RefusedText(message_id, why):
            return Settled(
                one.place, "refused", variant, message_id=message_id,
                reason=why.reason.value, rule=why.rule, sentence=why.sentence,
            )  # fmt: skip
        case Deferred():
            return Settled(
                one.place, "waiting", variant, due_at=outcome.until,
                reason=outcome.reason.value, rule=outcome.rule, sentence=outcome.sentence,
            )  # fmt: skip


def _held_until(outcomes: Sequence[Queued | RefusedText | Deferred]) -> datetime | None:
    """A cap or budget of the number is used up: nobody else need be asked before."""
    held = [one.until for one in outcomes if isinstance(one, Deferred) and one.reason in HOLDS_NUMBER]
    return min(held, default=None)


async def names_of(connection: Connection, phones: Sequence[str]) -> dict[str, Known]:
    """Name and language of the contacts that have them."""
    owners = await owners_of(connection, phones)
    contacts = await get_contacts(connection, [contact_id for contact_id, _ in owners.values()])
    return {
        phone: (contacts[contact_id].name.strip(), contacts[contact_id].language)
        for phone, (contact_id, _) in owners.items()
        if contact_id in contacts
    }
