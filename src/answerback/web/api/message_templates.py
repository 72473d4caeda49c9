"""Message templates."""

from typing import Annotated

import msgspec
from litestar import Controller, delete, get, patch, post
from litestar.params import JSONBody
from msgspec import Meta

from answerback.domain.access.permissions import Permission
from answerback.storage.message_templates import (
    MessageTemplate,
    TemplateVersion,
    get_template,
    list_templates,
    list_versions,
)
from answerback.usecases.preview_template import Preview, preview_template
from answerback.usecases.template_settings import (
    Locale,
    TemplateChanges,
    TemplateDecision,
    TemplateDraft,
    change_template,
    create_template,
    decide_template,
    remove_template,
)
from answerback.web.api.paging import FIRST_LIMIT, Cursor, Id, Limit, after_id, cut
from answerback.web.api.services import Caller, Given
from answerback.web.problems import granted, not_found

USE, MANAGE = Permission.USE_DESK, Permission.MANAGE_OUTREACH


class TemplatePage(msgspec.Struct, frozen=True):
    items: list[MessageTemplate]
    next_cursor: str | None


class TemplateVersions(msgspec.Struct, frozen=True):
    items: list[TemplateVersion]


class PreviewWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whose texts to show. `values` by slot; samples stand in for what is left out."""

    contact_ids: Annotated[list[Annotated[int, Meta(ge=1, le=2**53)]], Meta(max_length=50)] = []
    locale: Locale | None = None
    values: Annotated[dict[str, Annotated[str, Meta(max_length=500)]], Meta(max_length=30)] = {}
    draft: bool = True


class Previews(msgspec.Struct, frozen=True):
    items: list[Preview]


class MessageTemplateController(Controller):
    path = "/api/v1/message-templates"
    tags = ("Message templates",)

    @get("/", operation_id="listMessageTemplates", summary="List message templates", access=USE)
    async def list_all(self, services: Given, cursor: Cursor = None, limit: Limit = FIRST_LIMIT) -> TemplatePage:
        """In the order they were added, each with what is approved and what is being worked on."""
        rows = await list_templates(services.pool, after_id(cursor), limit + 1)
        return TemplatePage(*cut(rows, limit, lambda template: (template.id,)))

    @post("/", operation_id="createMessageTemplate", summary="Add a template", access=MANAGE, idempotent=True)
    async def create(self, services: Given, caller: Caller, data: JSONBody[TemplateDraft]) -> MessageTemplate:
        """As a draft; it can be sent once it is approved."""
        return granted(await create_template(services.pool, data, caller.user_id))

    @get("/{template_id:int}", operation_id="getMessageTemplate", summary="One template", access=USE)
    async def read(self, services: Given, template_id: Id) -> MessageTemplate:
        """With its approved version and its draft."""
        template = await get_template(services.pool, template_id)
        if template is None:
            raise not_found(f"message template {template_id}")
        return template

    @patch("/{template_id:int}", operation_id="changeMessageTemplate", summary="Change a template", access=MANAGE)
    async def change(
        self, services: Given, caller: Caller, template_id: Id, data: JSONBody[TemplateChanges]
    ) -> MessageTemplate:
        """New words make a draft; what is approved goes on being sent until that draft is approved."""
        return granted(await change_template(services.pool, template_id, data, caller.user_id))

    @post(
        "/{template_id:int}/decision",
        operation_id="decideMessageTemplate",
        summary="Approve or reject the draft",
        access=Permission.APPROVE_TEMPLATES,
        status_code=200,
    )
    async def decide(
        self, services: Given, caller: Caller, template_id: Id, data: JSONBody[TemplateDecision]
    ) -> MessageTemplate:
        """Approving it retires the version before. Texts already on their way keep the words they began with."""
        return granted(await decide_template(services.pool, template_id, data, caller.user_id))

    @get(
        "/{template_id:int}/versions",
        operation_id="listMessageTemplateVersions",
        summary="What it said before",
        access=USE,
    )
    async def versions(self, services: Given, template_id: Id) -> TemplateVersions:
        """The newest first, with who wrote and who approved each."""
        return TemplateVersions(await list_versions(services.pool, template_id))

    @post(
        "/{template_id:int}/preview",
        operation_id="previewMessageTemplate",
        summary="Show what customers would get",
        access=USE,
        status_code=200,
    )
    async def preview(self, services: Given, template_id: Id, data: JSONBody[PreviewWish]) -> Previews:
        """The words, language and parts of each text, or what is missing. Nothing is sent."""
        return Previews(
            granted(
                await preview_template(
                    services.pool,
                    template_id,
                    contact_ids=data.contact_ids,
                    locale=data.locale,
                    values=data.values,
                    draft=data.draft,
                )
            )
        )

    @delete("/{template_id:int}", operation_id="removeMessageTemplate", summary="Remove a template", access=MANAGE)
    async def remove(self, services: Given, caller: Caller, template_id: Id) -> None:
        """Only one that was never approved; archive others."""
        granted(await remove_template(services.pool, template_id, caller.user_id))
