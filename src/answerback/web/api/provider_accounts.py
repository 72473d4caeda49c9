"""Provider accounts: settings, and asking the provider whether they are right."""

from datetime import datetime
from typing import Annotated

import msgspec
from litestar import Controller, delete, get, patch, post
from litestar.params import JSONBody
from msgspec import Meta

from answerback.domain.access.permissions import Permission
from answerback.providers.contract import Check
from answerback.storage.provider_accounts import get_account, list_accounts
from answerback.storage.round_trip import find_sent_test
from answerback.storage.views import MessageView, messages_by_id
from answerback.usecases.account_settings import change_account, create_account, remove_account, show_account
from answerback.usecases.account_shapes import AccountChanges, AccountDraft, AccountView
from answerback.usecases.ask_provider import check_draft
from answerback.usecases.offered_numbers import Offer, OfferedNumber, assess_number, offer_numbers
from answerback.usecases.send_test_text import send_test_text
from answerback.usecases.upkeep import Upkeep, look_after, show_upkeep
from answerback.usecases.webhook_health import WebhookHealth, read_health
from answerback.web.api.paging import FIRST_LIMIT, Cursor, Id, Limit, after_id, cut
from answerback.web.api.sent import show_sent
from answerback.web.api.services import Caller, Given, account_desk
from answerback.web.problems import granted, not_found

MANAGE = Permission.MANAGE_SETTINGS


class AccountPage(msgspec.Struct, frozen=True):
    items: list[AccountView]
    next_cursor: str | None


class Checks(msgspec.Struct, frozen=True):
    """Findings in the order they were made."""

    checks: list[Check]


class TypedNumber(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """As a person writes it."""

    address: Annotated[str, Meta(min_length=1, max_length=40, examples=["+1 888 555 0100"])]


class TestMessage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text to a phone you can look at."""

    number_id: Annotated[int, Meta(ge=1, le=2**53)]
    to: Annotated[str, Meta(min_length=1, max_length=40, examples=["+13125550188"])]
    body: Annotated[str, Meta(min_length=1, max_length=1600)] | None = None


class RoundTrip(msgspec.Struct, frozen=True):
    """A test text, and when it was answered from the phone it went to; null until then."""

    message: MessageView
    answered_at: datetime | None


class ProviderAccountController(Controller):
    path = "/api/v1/provider-accounts"
    tags = ("Provider accounts",)

    @get("/", operation_id="listProviderAccounts", summary="List provider accounts", access=MANAGE)
    async def list_all(self, services: Given, cursor: Cursor = None, limit: Limit = FIRST_LIMIT) -> AccountPage:
        """Secrets are shown by their last four characters only."""
        rows = await list_accounts(services.pool, after_id(cursor), limit + 1)
        page, next_cursor = cut(rows, limit, lambda account: (account.id,))
        desk = account_desk(services)
        return AccountPage([show_account(desk, account) for account in page], next_cursor)

    @post("/", operation_id="createProviderAccount", summary="Add an account", access=MANAGE, idempotent=True)
    async def create(self, services: Given, caller: Caller, data: JSONBody[AccountDraft]) -> AccountView:
        """Its secrets are sealed and never shown again. Check it first with POST /provider-accounts/check."""
        return granted(await create_account(account_desk(services), data, caller.user_id))

    @post(
        "/check",
        operation_id="checkProviderAccountDraft",
        summary="Try an account before saving it",
        access=MANAGE,
        status_code=200,
        asks_provider=True,
    )
    async def check_draft(self, services: Given, data: JSONBody[AccountDraft]) -> Checks:
        """Asks the provider; changes nothing there or here. Findings say what to mend."""
        return Checks(granted(await check_draft(account_desk(services), data)))

    @get("/{account_id:int}", operation_id="getProviderAccount", summary="One account", access=MANAGE)
    async def read(self, services: Given, account_id: Id) -> AccountView:
        """With the addresses the provider must call."""
        account = await get_account(services.pool, account_id)
        if account is None:
            raise not_found(f"provider account {account_id}")
        return show_account(account_desk(services), account)

    @patch("/{account_id:int}", operation_id="changeProviderAccount", summary="Change an account", access=MANAGE)
    async def change(
        self, services: Given, caller: Caller, account_id: Id, data: JSONBody[AccountChanges]
    ) -> AccountView:
        """Credentials that are left out stay as they are."""
        return granted(await change_account(account_desk(services), account_id, data, caller.user_id))

    @delete("/{account_id:int}", operation_id="removeProviderAccount", summary="Remove an account", access=MANAGE)
    async def remove(self, services: Given, caller: Caller, account_id: Id) -> None:
        """Only one without numbers and texts; make others inactive."""
        granted(await remove_account(services.pool, account_id, caller.user_id))

    @post(
        "/{account_id:int}/check",
        operation_id="checkProviderAccount",
        summary="Check a saved account",
        access=MANAGE,
        status_code=200,
        asks_provider=True,
    )
    async def check(self, services: Given, account_id: Id) -> Upkeep:
        """Asks the provider now whether credentials, public address and numbers are right; done daily by itself too."""
        return granted(await look_after(account_desk(services), account_id))

    @get("/{account_id:int}/upkeep", operation_id="getUpkeep", summary="What the last check found", access=MANAGE)
    async def upkeep(self, services: Given, account_id: Id) -> Upkeep:
        """Without asking the provider. `checked_at` is null until somebody looked."""
        if await get_account(services.pool, account_id) is None:
            raise not_found(f"provider account {account_id}")
        return await show_upkeep(services.pool, account_id)

    @get(
        "/{account_id:int}/available-numbers",
        operation_id="listAvailableNumbers",
        summary="Numbers at the provider",
        access=MANAGE,
        asks_provider=True,
    )
    async def available(self, services: Given, account_id: Id) -> Offer:
        """Every number the account owns there, with where its texts and calls go now and why it could not be used."""
        return granted(await offer_numbers(account_desk(services), account_id))

    @post(
        "/{account_id:int}/assess-number",
        operation_id="assessNumber",
        summary="Judge a typed number",
        access=MANAGE,
        status_code=200,
        asks_provider=True,
    )
    async def assess(self, services: Given, account_id: Id, data: JSONBody[TypedNumber]) -> OfferedNumber:
        """What it is, where it may text, and why it could not be used. Nothing is added."""
        return granted(await assess_number(account_desk(services), account_id, data.address))

    @get("/{account_id:int}/webhooks", operation_id="getWebhookCounts", summary="What its doors saw", access=MANAGE)
    async def webhooks(self, services: Given, account_id: Id) -> WebhookHealth:
        """Outcomes, repeats and times of a day and of thirty; what was refused, or would have been, and why."""
        account = await get_account(services.pool, account_id)
        if account is None:
            raise not_found(f"provider account {account_id}")
        return await read_health(services.pool, account)

    @post(
        "/{account_id:int}/test-message",
        operation_id="sendTestMessage",
        summary="Send a test text",
        access=MANAGE,
        idempotent=True,
    )
    async def test_message(
        self, services: Given, caller: Caller, account_id: Id, data: JSONBody[TestMessage]
    ) -> MessageView:
        """Passes the send gate like every text; follow its status with GET /messages/{id} or the stream."""
        if await get_account(services.pool, account_id) is None:
            raise not_found(f"provider account {account_id}")
        outcome = await send_test_text(
            services.pool, account_id, data.number_id, data.to, body=data.body, author_id=caller.user_id
        )
        return await show_sent(services.pool, outcome)

    @get(
        "/{account_id:int}/test-message/{message_id:int}",
        operation_id="followTestMessage",
        summary="How far a test text got",
        access=MANAGE,
    )
    async def follow_test(self, services: Given, account_id: Id, message_id: Id) -> RoundTrip:
        """There, and back: the answer from that phone has come in through the webhook."""
        found = await find_sent_test(services.pool, account_id, message_id)
        if found is None:
            raise not_found(f"text {message_id} of this account")
        return RoundTrip((await messages_by_id(services.pool, [message_id]))[message_id], found.answered_at)
