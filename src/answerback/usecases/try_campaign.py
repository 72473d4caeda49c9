"""A campaign on trial: its preview is asked for and read, and its text is sent to one's own phone."""

from datetime import UTC, datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from answerback.domain.campaigns.states import State
from answerback.domain.numbers.phone import BadPhone, parse_phone
from answerback.domain.sending.gate import Deferred, Purpose
from answerback.domain.templates.template import Unwritable
from answerback.storage.audiences import get_audience
from answerback.storage.campaign_previews import ask_preview, members_after, read_preview
from answerback.storage.campaign_recipients import Recipient
from answerback.storage.campaigns import get_campaign, lock_campaign
from answerback.storage.connection import Pool
from answerback.storage.wakeups import notify
from answerback.usecases.campaign_letters import NOBODY, open_letters, why_unwritable
from answerback.usecases.campaign_tally import PreviewResult
from answerback.usecases.drafts import Draft, Queued, RefusedText
from answerback.usecases.queue_texts import queue_texts
from answerback.usecases.refusals import Conflict, Invalid, NotFound, invalid


class CampaignPreview(msgspec.Struct, frozen=True):
    """`reached` of `total` are counted. Not `current`: the campaign was changed since."""

    state: Literal["asked", "running", "done", "failed"]
    current: bool
    total: int
    reached: int
    result: PreviewResult | None


class CampaignTest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Without `values` the text is written as for the first member of the audience."""

    to: Annotated[str, Meta(min_length=1, max_length=30, examples=["+12125550123"])]
    variant: Annotated[int, Meta(ge=0, le=4)] = 0
    values: dict[str, str] | None = None
    locale: Annotated[str, Meta(max_length=20)] | None = None


async def ask_for_preview(pool: Pool, campaign_id: int) -> CampaignPreview | NotFound | Conflict:
    async with pool.acquire() as connection, connection.transaction():
        campaign = await lock_campaign(connection, campaign_id)
        if campaign is None:
            return NotFound(f"campaign {campaign_id}")
        if campaign.state is not State.DRAFT:
            return Conflict("The campaign was started: look at its results instead.")
        await ask_preview(connection, campaign_id, campaign.edition)
        await notify(connection, "campaign")
    return await see_preview(pool, campaign_id)


async def see_preview(pool: Pool, campaign_id: int) -> CampaignPreview | NotFound:
    campaign, kept = await get_campaign(pool, campaign_id), await read_preview(pool, campaign_id)
    if campaign is None or kept is None:
        return NotFound(f"preview of campaign {campaign_id}")
    result = None if kept.result is None else msgspec.convert(kept.result, PreviewResult)
    return CampaignPreview(kept.state, kept.edition == campaign.edition, kept.total, kept.reached, result)


async def send_campaign_test(
    pool: Pool, campaign_id: int, test: CampaignTest, actor_id: int
) -> Queued | RefusedText | NotFound | Invalid:
    """One text, through the gate like every other, from the first of the campaign's numbers."""
    phone = parse_phone(test.to)
    if isinstance(phone, BadPhone):
        return invalid("to", "is not a phone number", phone.sentence)
    async with pool.acquire() as connection, connection.transaction():
        campaign = await get_campaign(connection, campaign_id)
        if campaign is None:
            return NotFound(f"campaign {campaign_id}")
        if test.variant >= len(campaign.variants):
            return invalid("variant", "is not one", f"Give 0 to {len(campaign.variants) - 1}.")
        letters = await open_letters(connection, campaign)
        one = Recipient(0, phone.address, test.locale, test.values or {})
        audience = await get_audience(connection, campaign.audience_id)
        if test.values is None and audience is not None:
            first = await members_after(connection, audience, campaign.number_ids, after=-1, limit=1)
            one = Recipient(0, phone.address, test.locale or (first[0].locale if first else None),
                            first[0].values if first else {})  # fmt: skip
        text = letters.write(one, NOBODY, test.variant)
        if isinstance(text, Unwritable):
            return invalid("values", "do not make a text", why_unwritable(text))
        key = f"campaign test {campaign_id} {datetime.now(UTC).timestamp()}"
        draft = Draft(text.body, Purpose.TEST, "campaign", actor_id, client_key=key)
        (outcome,) = await queue_texts(connection, campaign.number_ids[0], [(phone.address, draft)])
        assert not isinstance(outcome, Deferred)
        return outcome
