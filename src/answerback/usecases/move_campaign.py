"""Start, reschedule, pause, resume and stop a campaign; and what time does with it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Literal

from answerback.domain.campaigns.states import Action, NotNow, State, move
from answerback.storage import campaign_recipients as recipients
from answerback.storage import campaigns as kept
from answerback.storage.audiences import get_audience
from answerback.storage.campaigns import Campaign
from answerback.storage.connection import Connection, Pool
from answerback.storage.events import NewEvent
from answerback.storage.message_templates import get_template
from answerback.storage.wakeups import notify
from answerback.usecases.audit import record
from answerback.usecases.open_campaign import open_campaign
from answerback.usecases.refusals import Conflict, Invalid, NotFound, invalid

Moved = Campaign | NotFound | Conflict | Invalid
PausedBy = Literal["person", "watch", "number"]
"""By itself: the watch saw too much go wrong, or a number was switched off."""
EVENTS = {
    State.PREPARING: "CampaignStarted",
    State.SCHEDULED: "CampaignScheduled",
    State.RUNNING: "CampaignRunning",
    State.PAUSED: "CampaignPaused",
    State.STOPPED: "CampaignStopped",
    State.DONE: "CampaignDone",
}


async def start_campaign(pool: Pool, campaign_id: int, actor_id: int) -> Moved:
    """Its audience and words are frozen now; it begins at its time, or at once."""
    async with pool.acquire() as connection, connection.transaction():
        opened = await open_campaign(connection, campaign_id, Action.START)
        if not isinstance(opened, tuple):
            return opened
        campaign, following = opened
        versions = await _versions(connection, campaign)
        if isinstance(versions, Conflict):
            return versions
        audience = await get_audience(connection, campaign.audience_id)
        if audience is None or audience.state != "ready":
            return Conflict(f"The audience {campaign.audience_name} is not ready: wait until it is, or choose another.")
        if audience.kind == "list" and not audience.members:
            return Conflict(f"The audience {audience.name} is empty: choose another.")
        await kept.fix_versions(connection, campaign_id, versions)
        return await apply(connection, campaign, following, actor_id=actor_id, started_by=actor_id)


async def reschedule_campaign(pool: Pool, campaign_id: int, send_at: datetime, actor_id: int) -> Moved:
    """It begins at another time; `send_at` in the past: at once."""
    if send_at.tzinfo is None:
        return invalid("send_at", "has no time zone", "Give it as 2026-11-25T14:30:00Z.")
    return await _act(pool, campaign_id, Action.RESCHEDULE, actor_id=actor_id, send_at=send_at)


async def pause_campaign(pool: Pool, campaign_id: int, actor_id: int) -> Moved:
    """From here on nobody is texted; the few seconds' worth in the outbox still leaves."""
    return await _act(pool, campaign_id, Action.PAUSE, actor_id=actor_id)


async def resume_campaign(pool: Pool, campaign_id: int, actor_id: int) -> Moved:
    """It goes on, and is watched anew from now."""
    return await _act(pool, campaign_id, Action.RESUME, actor_id=actor_id)


async def stop_campaign(pool: Pool, campaign_id: int, actor_id: int) -> Moved:
    """For good: whoever still waits is never texted."""
    return await _act(pool, campaign_id, Action.STOP, actor_id=actor_id)


async def prepare_one(pool: Pool) -> bool:
    """One that was started gets its recipients, one whose time has come begins; whether there was any."""
    async with pool.acquire() as connection, connection.transaction():
        campaign = await kept.lock_ready(connection)
        if campaign is None:
            return False
        if campaign.state is State.PREPARING:
            audience = await get_audience(connection, campaign.audience_id)
            assert audience is not None
            await recipients.freeze(connection, campaign.id, audience, campaign.number_ids)
        later = campaign.send_at is not None and campaign.send_at > datetime.now(UTC)
        following = move(campaign.state, Action.WAIT if later else Action.PREPARED)
        assert isinstance(following, State)
        await apply(connection, campaign, following)
        return True


async def finish_done(pool: Pool) -> None:
    """Those that have settled everybody are done."""
    async with pool.acquire() as connection, connection.transaction():
        for campaign_id in await recipients.lock_finished(connection):
            campaign = await kept.get_campaign(connection, campaign_id)
            assert campaign is not None
            await apply(connection, campaign, State.DONE)


async def pause_by_itself(connection: Connection, campaign: Campaign, reason: str, *, by: PausedBy) -> None:
    """Part of a larger transaction that holds the campaign."""
    if not isinstance(move(campaign.state, Action.PAUSE), NotNow):
        await apply(connection, campaign, State.PAUSED, reason=reason, by=by)


async def apply(
    connection: Connection,
    campaign: Campaign,
    state: State,
    *,
    actor_id: int | None = None,
    reason: str = "",
    by: PausedBy = "person",
    send_at: datetime | None = None,
    started_by: int | None = None,
) -> Campaign:
    """Writes the state and tells of it; the caller holds the campaign and has asked whether it may."""
    if state is State.STOPPED:
        await recipients.stop_waiting(connection, campaign.id)
    await kept.set_state(connection, campaign.id, state, reason=reason, send_at=send_at, started_by=started_by)
    data = {"id": campaign.id, "name": campaign.name} | ({"reason": reason} if reason else {})
    data |= {"paused_by": by} if state is State.PAUSED else {}
    await record(connection, NewEvent(EVENTS[state], actor_id, data=data))
    await notify(connection, "campaign")
    written = await kept.get_campaign(connection, campaign.id)
    assert written is not None
    return written


async def _act(
    pool: Pool, campaign_id: int, action: Action, *, actor_id: int, send_at: datetime | None = None
) -> Moved:
    async with pool.acquire() as connection, connection.transaction():
        opened = await open_campaign(connection, campaign_id, action)
        if not isinstance(opened, tuple):
            return opened
        campaign, following = opened
        return await apply(connection, campaign, following, actor_id=actor_id, send_at=send_at)


async def _versions(connection: Connection, campaign: Campaign) -> Sequence[int] | Conflict:
    """What is approved now, of each variant."""
    versions: list[int] = []
    for variant in campaign.variants:
        template = await get_template(connection, variant.template_id)
        if template is None or template.archived or template.approved is None:
            return Conflict(f"The template {variant.name} is archived: choose another one for the campaign.")
        versions.append(template.approved.version)
    return versions
