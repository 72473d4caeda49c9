"""A campaign, held for one thing that people do with it: there or not, and whether it can be done now."""

from answerback.domain.campaigns.states import Action, NotNow, State, move
from answerback.storage.campaigns import Campaign, lock_campaign
from answerback.storage.connection import Connection
from answerback.usecases.refusals import Conflict, NotFound


async def open_campaign(
    connection: Connection, campaign_id: int, action: Action
) -> tuple[Campaign, State] | NotFound | Conflict:
    """Held until the transaction ends; with the state that follows."""
    campaign = await lock_campaign(connection, campaign_id)
    if campaign is None:
        return NotFound(f"campaign {campaign_id}")
    following = move(campaign.state, action)
    return Conflict(following.sentence) if isinstance(following, NotNow) else (campaign, following)
