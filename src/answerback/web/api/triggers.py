"""Triggers of connectors: subscriptions to one type of news, made and removed by the program that is told."""

from typing import Annotated

from litestar import Controller, Response, delete, post
from litestar.params import JSONBody, Parameter

from answerback.domain.access.permissions import Permission
from answerback.domain.webhooks.types import EventType
from answerback.usecases.subscribe_trigger import MadeTrigger, TriggerDraft, subscribe_trigger, unsubscribe_trigger
from answerback.usecases.webhook_settings import WebhookDesk
from answerback.web.api.paging import Id
from answerback.web.api.services import Caller, Given, Services
from answerback.web.problems import granted, not_found

PATH = "/api/v1/triggers"
SEE_ALL = Permission.VIEW_ALL_CONVERSATIONS
TypeName = Annotated[str, Parameter(max_length=60, description="As in GET /api/v1/webhook-subscriptions/types.")]


class TriggerController(Controller):
    path = PATH
    tags = ("Webhooks out",)

    @post("/{type_name:str}", operation_id="subscribeTrigger", summary="Be told of one type of news", access=SEE_ALL)
    async def subscribe(
        self, services: Given, caller: Caller, type_name: TypeName, data: JSONBody[TriggerDraft]
    ) -> Response[MadeTrigger]:
        """Calls go to the address as for any webhook subscription. `Location` says where to remove it."""
        kinds = {kind.value: kind for kind in EventType if kind is not EventType.TEST}
        if type_name not in kinds:
            raise not_found(f"type of news called {type_name}")
        made = granted(await subscribe_trigger(_desk(services), kinds[type_name], data, caller.user_id))
        return Response(made, headers={"Location": f"{services.public_url}{PATH}/{made.id}"})

    @delete("/{subscription_id:int}", operation_id="unsubscribeTrigger", summary="Stop being told", access=SEE_ALL)
    async def unsubscribe(self, services: Given, caller: Caller, subscription_id: Id) -> None:
        """Only what the same user subscribed to."""
        granted(await unsubscribe_trigger(_desk(services), subscription_id, caller.user_id))


def _desk(services: Services) -> WebhookDesk:
    return WebhookDesk(services.pool, services.sealer)
