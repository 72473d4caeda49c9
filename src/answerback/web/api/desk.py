"""The agent's desk: everything a screen starts from, offers, presence and colleagues."""

import msgspec
from litestar import Controller, get, post, put
from litestar.params import JSONBody

from answerback.domain.access.permissions import Permission
from answerback.storage.views import AgentView, ConversationView, DeskView, desk, visible_agents
from answerback.storage.views.shapes import Presence
from answerback.usecases.accept_offer import accept_offer
from answerback.usecases.decline_offer import decline_offer
from answerback.usecases.set_presence import set_presence
from answerback.web.api.moved import show_moved
from answerback.web.api.paging import Id
from answerback.web.api.readers import reader_of
from answerback.web.api.services import Caller, Given

DESK = Permission.USE_DESK


class PresenceOrder(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whether work may come."""

    presence: Presence


class Agents(msgspec.Struct, frozen=True):
    """Everybody for supervisors; for agents the colleagues of their queues."""

    items: list[AgentView]


class DeskController(Controller):
    path = "/api/v1"
    tags = ("Desk",)

    @get("/desk", operation_id="getDesk", summary="Everything on the desk", access=DESK)
    async def read(self, services: Given, caller: Caller) -> DeskView:
        """One consistent moment; the live stream goes on from its `cursor`."""
        async with services.pool.acquire() as connection:
            return await desk(connection, reader_of(caller))

    @get("/agents", operation_id="listAgents", summary="Colleagues now", access=DESK)
    async def agents(self, services: Given, caller: Caller) -> Agents:
        """With presence, connection and load."""
        async with services.pool.acquire() as connection:
            return Agents(list((await visible_agents(connection, reader_of(caller))).values()))

    @put("/me/presence", operation_id="setPresence", summary="Set one's presence", access=DESK)
    async def presence(self, services: Given, caller: Caller, data: JSONBody[PresenceOrder]) -> AgentView:
        """Going offline takes open offers back at once."""
        return await set_presence(services.pool, caller.user_id, data.presence)

    @post("/offers/{offer_id:int}/accept", operation_id="acceptOffer", summary="Accept", access=DESK, status_code=200)
    async def accept(self, services: Given, caller: Caller, offer_id: Id) -> ConversationView:
        """The first of several screens wins."""
        return show_moved(await accept_offer(services.pool, reader_of(caller), offer_id))

    @post(
        "/offers/{offer_id:int}/decline", operation_id="declineOffer", summary="Decline", access=DESK, status_code=200
    )
    async def decline(self, services: Given, caller: Caller, offer_id: Id) -> ConversationView:
        """It is offered to somebody else."""
        return show_moved(await decline_offer(services.pool, reader_of(caller), offer_id))
