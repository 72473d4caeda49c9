"""Outbound configurations."""

import msgspec
from litestar import Controller, delete, get, patch, post
from litestar.params import JSONBody

from answerback.domain.access.permissions import Permission
from answerback.storage.outbound_configurations import OutboundConfiguration, get_configuration, list_configurations
from answerback.usecases.outbound_configurations import (
    OutboundConfigurationChanges,
    OutboundConfigurationDraft,
    change_configuration,
    create_configuration,
    remove_configuration,
)
from answerback.web.api.paging import FIRST_LIMIT, Cursor, Id, Limit, after_id, cut
from answerback.web.api.services import Caller, Given
from answerback.web.problems import granted, not_found

MANAGE, SEND = Permission.MANAGE_OUTREACH, Permission.SEND_OUTREACH


class OutboundConfigurationPage(msgspec.Struct, frozen=True):
    items: list[OutboundConfiguration]
    next_cursor: str | None


class OutboundConfigurationController(Controller):
    path = "/api/v1/outbound-configurations"
    tags = ("Outbound messages",)

    @get("/", operation_id="listOutboundConfigurations", summary="List outbound configurations", access=SEND)
    async def list_all(
        self, services: Given, cursor: Cursor = None, limit: Limit = FIRST_LIMIT
    ) -> OutboundConfigurationPage:
        """In the order they were added."""
        rows = await list_configurations(services.pool, after_id(cursor), limit + 1)
        return OutboundConfigurationPage(*cut(rows, limit, lambda one: (one.id,)))

    @post(
        "/",
        operation_id="createOutboundConfiguration",
        summary="Add an outbound configuration",
        access=MANAGE,
        idempotent=True,
    )
    async def create(
        self, services: Given, caller: Caller, data: JSONBody[OutboundConfigurationDraft]
    ) -> OutboundConfiguration:
        """Its id is what texts are ordered with. The purpose is the template's."""
        return granted(await create_configuration(services.pool, data, caller.user_id))

    @get(
        "/{configuration_id:int}",
        operation_id="getOutboundConfiguration",
        summary="One outbound configuration",
        access=MANAGE,
    )
    async def read(self, services: Given, configuration_id: Id) -> OutboundConfiguration:
        """With its numbers and the purpose of its template."""
        found = await get_configuration(services.pool, configuration_id)
        if found is None:
            raise not_found(f"outbound configuration {configuration_id}")
        return found

    @patch(
        "/{configuration_id:int}",
        operation_id="changeOutboundConfiguration",
        summary="Change an outbound configuration",
        access=MANAGE,
    )
    async def change(
        self, services: Given, caller: Caller, configuration_id: Id, data: JSONBody[OutboundConfigurationChanges]
    ) -> OutboundConfiguration:
        """For texts ordered from now on; switched off, it takes no orders."""
        return granted(await change_configuration(services.pool, configuration_id, data, caller.user_id))

    @delete(
        "/{configuration_id:int}",
        operation_id="removeOutboundConfiguration",
        summary="Remove an outbound configuration",
        access=MANAGE,
    )
    async def remove(self, services: Given, caller: Caller, configuration_id: Id) -> None:
        """Only one that no text was ordered with; switch others off."""
        granted(await remove_configuration(services.pool, configuration_id, caller.user_id))
