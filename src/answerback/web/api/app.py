"""Joins the resources into the REST API, mounted under /api."""

from typing import Any

from litestar import Litestar
from litestar.datastructures import ResponseHeader
from litestar.di import Provide

from answerback.web.api.audiences import AudienceController
from answerback.web.api.automated_messages import AutomatedMessageController
from answerback.web.api.body import check_body
from answerback.web.api.calendars import CalendarController
from answerback.web.api.calls import CallController
from answerback.web.api.campaigns import CampaignController
from answerback.web.api.connector import connector_definition, connector_properties
from answerback.web.api.consent import BlockedPhoneController, ConsentController
from answerback.web.api.contacts import ContactController
from answerback.web.api.conversations import ConversationController
from answerback.web.api.description import OPENAPI, openapi_json
from answerback.web.api.desk import DeskController
from answerback.web.api.errors import HANDLERS
from answerback.web.api.events import EventController
from answerback.web.api.flow_addresses import FlowAddressController
from answerback.web.api.flow_occurrences import FlowOccurrenceController
from answerback.web.api.flows import FlowController
from answerback.web.api.idempotency import LARGEST_BODY, Idempotency
from answerback.web.api.kept_webhooks import KeptWebhookController
from answerback.web.api.mask_rules import MaskRuleController
from answerback.web.api.media import MediaController
from answerback.web.api.message_templates import MessageTemplateController
from answerback.web.api.messages import MessageController
from answerback.web.api.moves import MoveController
from answerback.web.api.numbers import NumberController
from answerback.web.api.outbound_configurations import OutboundConfigurationController
from answerback.web.api.outbound_messages import OutboundMessageController
from answerback.web.api.privacy import PrivacyController
from answerback.web.api.provider_accounts import ProviderAccountController
from answerback.web.api.providers import ProviderController
from answerback.web.api.queues import QueueController
from answerback.web.api.raw import RawController
from answerback.web.api.retention import RetentionController
from answerback.web.api.sending_rules import BrandController, SendCheckController, SendingRulesController
from answerback.web.api.services import Services, find_caller
from answerback.web.api.session import CallAddressController, PasswordController, SessionController
from answerback.web.api.setup import SetupController
from answerback.web.api.tokens import TokenController
from answerback.web.api.triggers import TriggerController
from answerback.web.api.trouble import TroubleController
from answerback.web.api.users import UserController
from answerback.web.api.webhook_subscriptions import WebhookSubscriptionController
from answerback.web.api.workstreams import WorkstreamController
from answerback.web.auth.door import Doorkeeper

RESOURCES: tuple[Any, ...] = (
    SessionController,
    PasswordController,
    CallAddressController,
    DeskController,
    ConversationController,
    MoveController,
    MessageController,
    CallController,
    MessageTemplateController,
    FlowController,
    FlowAddressController,
    FlowOccurrenceController,
    CampaignController,
    OutboundConfigurationController,
    OutboundMessageController,
    AudienceController,
    MediaController,
    ContactController,
    ConsentController,
    BlockedPhoneController,
    PrivacyController,
    RetentionController,
    MaskRuleController,
    SendCheckController,
    SendingRulesController,
    BrandController,
    ProviderController,
    ProviderAccountController,
    NumberController,
    WorkstreamController,
    QueueController,
    CalendarController,
    AutomatedMessageController,
    UserController,
    TokenController,
    KeptWebhookController,
    WebhookSubscriptionController,
    TriggerController,
    TroubleController,
    RawController,
    EventController,
    SetupController,
)
NO_SNIFFING = ResponseHeader(name="X-Content-Type-Options", value="nosniff")


def make_api(services: Services) -> Litestar:
    """Routes have their full paths (/api/v1/...), so the application is called with the path as it came in."""

    def provide_services() -> Services:
        return services

    return Litestar(
        route_handlers=[*RESOURCES, openapi_json, connector_definition, connector_properties],
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
