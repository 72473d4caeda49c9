"""The way through the wizard that connects a provider, as an administrator goes it, at each emulated carrier."""

import base64
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.async_api import Locator, Page, expect

from tests.browser.seat import shown_phone
from tests.running import Api
from tests.stories.shop import new_phone


@dataclass(frozen=True, slots=True)
class Carrier:
    """An account at an emulated carrier, and what is typed for it. `copied` names the field at the provider that the
    callback address is copied into; None where it is set through the API."""

    provider: str
    label: str
    sid: str
    secret: str
    typed: dict[str, str]
    wrong: tuple[str, str]
    number: str
    own_address: bool = False
    lists: bool = True
    copied: str | None = None

    async def declare(self, emulator: Api, event_url: str = "") -> None:
        """The account and its number, which texts go nowhere from yet."""
        account = {"sid": self.sid, "provider": self.provider, "auth_token": self.secret}
        await emulator.post("/emulator/accounts", account | ({"event_url": event_url} if event_url else {}))
        if not event_url:
            await emulator.post("/emulator/numbers", {"phone_number": self.number, "account_sid": self.sid})


def at_twilio() -> Carrier:
    sid, token = "AC" + secrets.token_hex(16), secrets.token_hex(16)
    typed = {"Account SID": sid, "Auth token": token}
    return Carrier("twilio", "Twilio", sid, token, typed, ("Auth token", "0" * 32), new_phone("312"))


def at_telesign() -> Carrier:
    parts = (secrets.token_hex(size).upper() for size in (4, 2, 2, 2, 6))
    customer, key = "-".join(parts), secrets.token_hex(16) + "MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMg=="
    return Carrier(
        "telesign",
        "TeleSign",
        customer,
        key,
        {"Customer ID": customer, "API key": key},
        ("API key", "d3Jvbmcga2V5"),
        new_phone("206"),
        lists=False,
        copied="Customer Callback URLs",
    )


def at_acs() -> Carrier:
    """Its number is toll-free, as most of Azure's are."""
    resource, key = f"contoso{secrets.token_hex(4)}", base64.b64encode(secrets.token_bytes(32)).decode()
    return Carrier(
        "acs",
        "Azure Communication Services",
        resource,
        key,
        {"Access key": key},
        ("Access key", base64.b64encode(b"wrong key").decode()),
        new_phone("833"),
        own_address=True,
        copied="Subscriber endpoint",
    )


CARRIERS: dict[str, Callable[[], Carrier]] = {"twilio": at_twilio, "acs": at_acs, "telesign": at_telesign}


@dataclass(slots=True)
class Walk:
    """One administrator in the wizard. `look` is called at the end of each step with its name."""

    page: Page
    carrier: Carrier
    emulator: Api
    seen: list[str] = field(default_factory=list)

    @property
    def main(self) -> Locator:
        return self.page.get_by_role("main")

    @property
    def checks(self) -> Locator:
        return self.page.get_by_role("complementary", name="Checks")

    async def next(self) -> None:
        await self.page.get_by_role("button", name="Next", exact=True).click()

    async def at(self, step: str) -> None:
        await expect(self.page.get_by_role("heading", name=step, exact=True, level=3)).to_be_visible()

    async def choose_provider(self) -> None:
        await self.page.goto("/settings/provider-accounts/new")
        await self.page.get_by_role("radio", name=self.carrier.label).check()

    async def enter(self, credentials: dict[str, str]) -> None:
        """The credentials, and the emulator's address in place of the provider's."""
        await self.at("Credentials")
        if self.carrier.own_address:
            await self.page.get_by_role("textbox", name="Endpoint", exact=True).fill(self.emulator.base_url)
        elif not await self.page.get_by_label("API address").is_visible():
            await self.page.get_by_text("Seldom needed").click()
            await self.page.get_by_label("API address").fill(self.emulator.base_url)
        for label, value in credentials.items():
            await self.page.get_by_label(label).first.fill(value)

    async def to_numbers(self) -> None:
        """Through provider and credentials, all right."""
        await self.choose_provider()
        await self.next()
        await self.enter(self.carrier.typed)
        await expect(self.checks).to_contain_text("fine")
        await expect(self.checks).not_to_contain_text("to mend")
        await self.next()
        await self.at("Numbers")

    async def type_number(self, address: str) -> None:
        await self.page.get_by_label("Another number").fill(address)
        await self.page.get_by_label("Another number").press("Enter")

    async def choose_number(self) -> None:
        box = self.page.get_by_role("checkbox", name=shown_phone(self.carrier.number))
        if self.carrier.lists:
            await box.check()
        else:
            await self.type_number(self.carrier.number)
        await expect(box).to_be_checked()
        await self.page.get_by_label("Name shown to agents").fill("Support line")

    async def to_callbacks(self) -> None:
        """With a new workstream, its queue, and oneself as member."""
        await self.choose_number()
        await self.next()
        await self.at("Workstream")
        await self.make_workstream()
        await self.next()
        await self.at("Behaviours")
        await self.next()
        await self.at("Callbacks")

    async def make_workstream(self) -> None:
        choice = self.page.get_by_role("combobox", name="Workstream")
        await choice.select_option("Make a new one")
        name = f"Texts {self.carrier.number}"
        await self.page.get_by_label("Name of the new workstream").fill(name)
        await self.page.get_by_role("combobox", name="Queue").select_option("A new queue of the same name")
        await self.page.get_by_role("button", name="Make it").click()
        await expect(choice.locator("option:checked")).to_have_text(name)

    async def connect(self) -> None:
        """Through the API, or as a person does who copies the address into the provider's portal."""
        if self.carrier.copied is None:
            await self.page.get_by_role("button", name="Point texts here").click()
        else:
            line = self.main.get_by_role("listitem").filter(has_text=self.carrier.copied)
            address = await line.get_by_role("code").last.inner_text()
            await self.carrier.declare(self.emulator, address)
        await expect(self.main).not_to_contain_text("to mend")

    async def send_test(self, phone: str) -> None:
        await self.page.get_by_label("Send a test text to").fill(phone)
        await self.page.get_by_role("button", name="Send test text").click()
