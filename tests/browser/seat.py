"""Somebody before a browser: signed in, with a page of their own; and what they do most."""

import asyncio
import random
import re
import secrets
from dataclasses import dataclass, field
from typing import Any, ClassVar

from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Route, ViewportSize, expect

from tests.running import PASSWORD
from tests.stories.shop import Shop

WIDE: ViewportSize = {"width": 1440, "height": 900}


@dataclass(slots=True)
class Seat:
    """A person and their browser. Further tabs of the same browser share its session."""

    id: int
    name: str
    email: str
    context: BrowserContext
    page: Page
    csrf_token: str

    async def ask(self, method: str, path: str, body: Any = None) -> Any:
        """The REST API in this person's name."""
        answer = await self.context.request.fetch(
            f"/api/v1{path}", method=method, data=body, headers={"X-CSRF-Token": self.csrf_token}
        )
        assert answer.ok, f"{method} {path} answered {answer.status}: {await answer.text()}"
        return await answer.json()

    async def says(self, presence: str) -> None:
        await self.ask("PUT", "/me/presence", {"presence": presence})

    async def another_tab(self, path: str = "/desk") -> Page:
        page = await self.context.new_page()
        await page.goto(path)
        await expect(conversations(page)).to_be_visible()
        return page

    async def accepts(self, who: str = "") -> None:
        """Take the offer (of this customer) on screen."""
        card = offer(self.page, who)
        customer = await card.get_by_role("heading").inner_text()
        async with self.page.expect_response("**/accept") as answered:
            await card.get_by_role("button", name="Accept").click()
        accepted = await (await answered.value).json()
        await expect(self.page).to_have_url(re.compile(rf"/desk/{accepted['id']}$"))
        # A customer may have several, and the thread is drawn a little after the address.
        await expect(thread(self.page)).to_contain_text(accepted["last_preview"])
        await expect(self.page.get_by_role("heading", level=1, name=customer, exact=True)).to_be_visible()
        await expect(composer(self.page)).to_be_visible()

    async def replies(self, body: str) -> None:
        await composer(self.page).fill(body)
        await composer(self.page).press("Control+Enter")


def conversations(page: Page) -> Locator:
    """The list at the left."""
    return page.get_by_role("region", name="Conversations")


def offer(page: Page, who: str = "") -> Locator:
    return page.get_by_role("region", name="Offers").get_by_role("article").filter(has_text=who)


def composer(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Reply", exact=True)


def thread(page: Page) -> Locator:
    return page.get_by_role("log", name="Conversation")


def text_of(page: Page, body: str) -> Locator:
    """One text in the thread, with its delivery beside it."""
    return thread(page).get_by_role("article").filter(has_text=body)


def shown_phone(phone: str) -> str:
    """+14150000000 as the desktop writes it."""
    return f"({phone[2:5]}) {phone[5:8]}-{phone[8:]}"


async def dawdle(route: Route, at_most_seconds: float) -> None:
    await asyncio.sleep(random.uniform(0, at_most_seconds))
    await route.continue_()


@dataclass(slots=True)
class Seats:
    """Opens browsers for people and closes them; keeps what went wrong in their pages."""

    browser: Browser
    shop: Shop
    slow_answers_ms: ClassVar[int] = 0  # how much later each answer of the API comes, at most
    base_url: str = ""
    taken: list[Seat] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    async def open_browser(self, **options: Any) -> BrowserContext:
        settings = {"viewport": WIDE, "locale": "en-US", "timezone_id": "America/New_York", **options}
        base_url = self.base_url or self.shop.api.base_url.removesuffix("/api/v1")
        context = await self.browser.new_context(base_url=base_url, reduced_motion="reduce", **settings)
        context.on("weberror", lambda error: self.problems.append(str(error.error)))
        context.on("console", lambda message: self._note(message))
        self.contexts.append(context)
        if self.slow_answers_ms:
            await context.route("**/api/v1/**", lambda route: dawdle(route, self.slow_answers_ms / 1000))
        return context

    async def sit(self, name: str, *, role: str = "agent", presence: str = "available", **options: Any) -> Seat:
        """A new person of the shop's queue, their screen live. `capacity` is theirs, other options the browser's."""
        email = f"{secrets.token_hex(6)}@centre.example"
        capacity = options.pop("capacity", 6)
        person = {"email": email, "name": name, "role": role, "capacity_units": capacity, "password": PASSWORD}
        user_id = (await self.shop.api.post("/users", person))["id"]
        if role != "administrator":
            members = [seat.id for seat in self.taken] + [user_id]
            await self.shop.api.put(f"/queues/{self.shop.queue_id}/members", {"user_ids": members})
        context = await self.open_browser(**options)
        answer = await context.request.post("/api/v1/session", data={"email": email, "password": PASSWORD})
        assert answer.ok, await answer.text()
        token = (await answer.json())["csrf_token"]
        seat = Seat(user_id, name, email, context, await context.new_page(), token)
        if role != "administrator":
            self.taken.append(seat)
        await seat.says(presence)
        await seat.page.goto("/desk")
        await expect(conversations(seat.page)).to_be_visible()
        return seat

    async def leave(self) -> None:
        for context in self.contexts:
            if self.slow_answers_ms and context.pages:
                await context.unroute_all(behavior="ignoreErrors")
            await context.close()
        assert self.problems == []

    def _note(self, message: ConsoleMessage) -> None:
        # A refused or broken request is often the very thing tested; it shows on screen.
        if message.type in ("error", "warning") and "Failed to load resource" not in message.text:
            self.problems.append(message.text)
