"""The demo as people start it: three carriers' numbers, texted both ways, and an older folder brought up to date."""

import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import aiohttp
import pytest

from answerback.cli.demo_data import ACCOUNTS, NUMBERS, PASSWORD, PEOPLE, PHONES
from answerback.cli.demo_outreach import TEMPLATES
from tests.running import Api, eventually, free_port, running
from tests.stories.shop import Agent

PHONE = PHONES[0][0]
ADMINISTRATOR = PEOPLE[0].email
ANA = next(person.email for person in PEOPLE if person.role == "agent")
PROVIDERS = {account.provider for account in ACCOUNTS}


@dataclass(frozen=True, slots=True)
class Demo:
    """`answerback demo` at these addresses; its data stays in the database between starts."""

    environment: dict[str, str]
    port: int
    emulator_port: int

    @property
    def centre(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def carrier(self) -> str:
        return f"http://127.0.0.1:{self.emulator_port}"

    @contextmanager
    def started(self) -> Iterator[None]:
        command = [sys.executable, "-m", "answerback.cli.main", "demo", "--port", str(self.port)]
        command += ["--emulator-port", str(self.emulator_port)]
        with running(command, port=self.port, ready="/readyz", environment=self.environment):
            yield

    async def furnished(self, http: aiohttp.ClientSession) -> None:
        """Until every number is connected: texts of Twilio's by number, of the others' by account."""
        emulator = Api(http, self.carrier)

        async def all_connected() -> bool:
            accounts = {one["sid"]: one["event_url"] for one in await emulator.get("/emulator/accounts")}
            numbers = await emulator.get("/emulator/numbers")
            connected = [one for one in numbers if one["sms_url"] or accounts.get(one["account_sid"])]
            return len(connected) == len(NUMBERS)

        await eventually("every number connected", all_connected)

    async def sign_in(self, http: aiohttp.ClientSession, email: str) -> Api:
        api = Api(http, self.centre + "/api/v1")
        session = await api.post("/session", {"email": email, "password": PASSWORD})
        return Api(http, api.base_url, {"X-CSRF-Token": session["csrf_token"]})


@pytest.fixture
def demo(database_url: str, tmp_path: Path) -> Demo:
    environment = {"ANSWERBACK_DATABASE_URL": database_url, "ANSWERBACK_DATA_DIR": str(tmp_path)}
    return Demo(environment, free_port(), free_port())


async def test_every_number_is_answered_and_an_older_demo_gets_what_is_new(demo: Demo) -> None:
    with demo.started():
        async with browser() as http:
            await demo.furnished(http)
            await only_twilio_is_left(await demo.sign_in(http, ADMINISTRATOR))
    with demo.started():
        async with browser() as http:
            await demo.furnished(http)
            administrator = await demo.sign_in(http, ADMINISTRATOR)
            accounts = (await administrator.get("/provider-accounts"))["items"]
            assert sorted(one["provider"] for one in accounts) == sorted(PROVIDERS)
            await a_campaign_can_be_tried(administrator)
        async with browser() as http:
            api = await demo.sign_in(http, ANA)
            ana = Agent(api, 0, "Ana", http)
            await ana.open_screen()
            await ana.says("available")
            for number in NUMBERS:
                await both_ways(ana, Api(http, demo.carrier), number.address)
            for number in NUMBERS:
                await stop_is_answered_once(Api(http, demo.carrier), number.address)
            await ana.close_screen()


def test_a_demo_that_is_stopped_while_it_starts_leaves_nothing_running(demo: Demo) -> None:
    command = [sys.executable, "-m", "answerback.cli.main", "demo", "--port", str(demo.port)]
    command += ["--emulator-port", str(demo.emulator_port)]
    with running(command, port=demo.emulator_port, ready="/emulator/phones", environment=demo.environment):
        pass  # the phones are there, the centre is not yet
    with pytest.raises(OSError, match="refused"), urllib.request.urlopen(f"{demo.carrier}/emulator/phones"):
        pass


def browser() -> aiohttp.ClientSession:
    return aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))


async def only_twilio_is_left(administrator: Api) -> None:
    """As the folder of a demo from before there were other carriers."""
    kept = {
        one["id"] for one in (await administrator.get("/provider-accounts"))["items"] if one["provider"] == "twilio"
    }
    for number in (await administrator.get("/numbers"))["items"]:
        if number["provider_account_id"] not in kept:
            await administrator.ask("DELETE", f"/numbers/{number['id']}")
    for account in (await administrator.get("/provider-accounts"))["items"]:
        if account["id"] not in kept:
            await administrator.ask("DELETE", f"/provider-accounts/{account['id']}")


async def a_campaign_can_be_tried(administrator: Api) -> None:
    """There are words to send, a price, and customers who agreed."""

    async def agreed() -> bool:
        return bool((await administrator.get(f"/consent?phone={quote(PHONE)}"))["items"])

    assert all(one["price_per_part"] for one in (await administrator.get("/numbers"))["items"])
    await eventually("consent of the sample's customers", agreed)
    templates = (await administrator.get("/message-templates"))["items"]
    assert {one["name"] for one in templates if one["approved"]} >= {one["name"] for one in TEMPLATES}


async def both_ways(ana: Agent, emulator: Api, number: str) -> None:
    """A text from the phone is offered, accepted and answered; the answer is on the phone, and known to be. So is one
    whose send was never answered: it is found out, not sent again."""
    sent = await emulator.post(f"/emulator/phones/{PHONE}/texts", {"to": number, "body": f"Hello {number}"})
    assert sent["http_status"] == 200
    (offer,) = await eventually(f"an offer for {number}", ana.offers)
    conversation_id = offer["conversation_id"]
    await ana.accepts(conversation_id)
    await ana.replies(conversation_id, f"Hello from {number}")

    async def delivered(body: str) -> bool:
        messages = (await ana.api.get(f"/conversations/{conversation_id}/messages"))["items"]
        return (body, "delivered") in [(one["body"], one["status"]) for one in messages]

    await eventually(f"delivery from {number}", lambda: delivered(f"Hello from {number}"))
    await emulator.put("/emulator/dials", {"lost_response_probability": 1})
    await ana.replies(conversation_id, "The answer to this got lost")
    await eventually(f"the lost answer from {number} cleared up", lambda: delivered("The answer to this got lost"))
    await emulator.put("/emulator/dials", {"lost_response_probability": 0})
    thread = await emulator.get(f"/emulator/phones/{quote(PHONE)}/texts?number={quote(number)}")
    said = [text["body"] for text in thread]
    assert said == [f"Hello {number}", f"Hello from {number}", "The answer to this got lost"]


async def stop_is_answered_once(emulator: Api, number: str) -> None:
    """By the carrier where it minds keywords, else by the centre; the way back likewise."""
    phone = PHONES[1][0]

    async def answers() -> list[str]:
        thread = await emulator.get(f"/emulator/phones/{quote(phone)}/texts?number={quote(number)}")
        return [text["body"] for text in thread if text["direction"] != "inbound"]

    for nth, word in enumerate(("STOP", "START"), start=1):
        await emulator.post(f"/emulator/phones/{phone}/texts", {"to": number, "body": word})

        async def answered(count: int = nth) -> bool:
            return len(await answers()) >= count

        await eventually(f"an answer to {word} from {number}", answered)
    assert len(await answers()) == 2, await answers()
