"""Trouble at providers: which breakers are open, and the texts that did not arrive."""

from typing import Annotated

import msgspec
from litestar import Controller, get, post
from litestar.params import JSONBody, Parameter
from msgspec import Meta

from answerback.domain.access.permissions import Permission
from answerback.domain.sending.failure import FailureClass
from answerback.storage.breakers import OpenBreaker, list_open
from answerback.storage.failed_texts import FailedText, count_failed, list_failed
from answerback.usecases.failed_texts import Retried, leave_failed, retry_failed
from answerback.usecases.warnings import Warned, list_warnings
from answerback.web.api.paging import FIRST_LIMIT, Cursor, Limit, before_id, cut
from answerback.web.api.services import Caller, Given

SEE, MEND = Permission.VIEW_ALL_CONVERSATIONS, Permission.MANAGE_CONVERSATIONS
MOST_COUNTED = 1000
SomeId = Annotated[int, Meta(ge=1, le=2**53)]
Account = Annotated[int | None, Parameter(description="Only those sent through this provider account.", ge=1)]
Number = Annotated[int | None, Parameter(description="Only those of this number.", ge=1)]
Class = Annotated[FailureClass | None, Parameter(description="Only those that failed for this.")]


class Trouble(msgspec.Struct, frozen=True):
    """`failed` counts texts on the work list, up to 1,000."""

    breakers: list[OpenBreaker]
    failed: int
    warnings: list[Warned]


class FailedPage(msgspec.Struct, frozen=True):
    items: list[FailedText]
    next_cursor: str | None


class Chosen(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    message_ids: Annotated[list[SomeId], Meta(min_length=1, max_length=200)]


class RetriedTexts(msgspec.Struct, frozen=True):
    items: list[Retried]


class LeftTexts(msgspec.Struct, frozen=True):
    left: int


class TroubleController(Controller):
    path = "/api/v1"
    tags = ("Trouble",)

    @get("/trouble", operation_id="readTrouble", summary="What is held back, and what did not arrive", access=SEE)
    async def read(self, services: Given) -> Trouble:
        """Breakers that are open now, with the reason and when they try again; how many texts wait for a person; what
        the daily look at providers found wrong, and numbers near one of their caps."""
        return Trouble(
            await list_open(services.pool),
            await count_failed(services.pool, MOST_COUNTED),
            await list_warnings(services.pool),
        )

    @get("/failed-messages", operation_id="listFailedMessages", summary="List texts that did not arrive", access=SEE)
    async def list_all(
        self,
        services: Given,
        *,
        account_id: Account = None,
        number_id: Number = None,
        error_class: Class = None,
        cursor: Cursor = None,
        limit: Limit = FIRST_LIMIT,
    ) -> FailedPage:
        """Failed, not delivered, or unclear and given up; the newest first, until somebody deals with them."""
        rows = await list_failed(
            services.pool,
            before_id(cursor),
            limit + 1,
            account_id=account_id,
            number_id=number_id,
            error_class=error_class.value if error_class else None,
        )
        return FailedPage(*cut(rows, limit, lambda text: (text.message_id,)))

    @post(
        "/failed-messages/retry",
        operation_id="retryFailedMessages",
        summary="Send them again",
        access=MEND,
        idempotent=True,
        status_code=200,
    )
    async def retry(self, services: Given, caller: Caller, data: JSONBody[Chosen]) -> RetriedTexts:
        """Each once and by itself, through the send gate; what cannot be sent again says why."""
        return RetriedTexts(await retry_failed(services.pool, data.message_ids, caller.user_id))

    @post(
        "/failed-messages/leave", operation_id="leaveFailedMessages", summary="Leave them", access=MEND, status_code=200
    )
    async def leave(self, services: Given, caller: Caller, data: JSONBody[Chosen]) -> LeftTexts:
        """Nothing more is to be done about them: they leave the list."""
        return LeftTexts(await leave_failed(services.pool, data.message_ids, caller.user_id))
