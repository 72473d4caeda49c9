"""Joins the resources into the REST API, mounted under /api."""

from typing import Any

from litestar import Litestar
from litestar.datastructures import ResponseHeader
from litestar.di import Provide

from answerback.web.api.body import check_body
from answerback.web.api.consent import BlockedPhoneController, ConsentController
from answerback.web.api.contacts import ContactController
from answerback.web.api.conversations import ConversationController
from answerback.web.api.description import OPENAPI, openapi_json
from answerback.web.api.desk import DeskController
from answerback.web.api.errors import HANDLERS
from answerback.web.api.events import EventController
from answerback.web.api.idempotency import LARGEST_BODY, Idempotency
from answerback.web.api.kept_webhooks import KeptWebhookController
from answerback.web.api.media import MediaController
from answerback.web.api.messages import MessageController
from answerback.web.api.moves import MoveController
from answerback.web.api.numbers import NumberController
from answerback.web.api.provider_accounts import ProviderAccountController
from answerback.web.api.queues import QueueController
from answerback.web.api.services import Services, find_caller
from answerback.web.api.session import PasswordController, SessionController
from answerback.web.api.setup import SetupController
from answerback.web.api.tokens import TokenController
from answerback.web.api.users import UserController
from answerback.web.api.workstreams import WorkstreamController
from answerback.web.auth.door import Doorkeeper

RESOURCES: tuple[Any, ...] = (
    SessionController,
    PasswordController,
    DeskController,
    ConversationController,
    MoveController,
    MessageController,
    MediaController,
    ContactController,
    ConsentController,
    BlockedPhoneController,
    ProviderAccountController,
    NumberController,
    WorkstreamController,
    QueueController,
    UserController,
    TokenController,
    KeptWebhookController,
    EventController,
    SetupController,
)
NO_SNIFFING = ResponseHeader(name="X-Content-Type-Options", value="nosniff")


def make_api(services: Services) -> Litestar:
    """Routes have their full paths (/api/v1/...), so the application is called with the path as it came in."""

    def provide_services() -> Services:
        return services

    return Litestar(
        route_handlers=[*RESOURCES, openapi_json],
        dependencies={
            "services": Provide(provide_services, sync_to_thread=False),
            "caller": Provide(find_caller, sync_to_thread=False),
        },
        middleware=[Doorkeeper(services.identify), Idempotency(services.pool, services.patience_seconds)],
        before_request=check_body,
        exception_handlers=HANDLERS,
        openapi_config=OPENAPI,
        response_headers=[ResponseHeader(name="Cache-Control", value="no-store"), NO_SNIFFING],
        request_max_body_size=LARGEST_BODY,
        logging_config=None,
    )
