"""What a story plays with: a number with its queue, customers and their phones, agents and their screens."""

import asyncio
import base64
import itertools
import json
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from twilio.request_validator import RequestValidator

from tests.running import PASSWORD, Api, Json, eventually

FORM = "application/x-www-form-urlencoded; charset=UTF-8"
_COUNT = itertools.count(secrets.randbelow(5_000) * 1000 + 2_000_000)


async def server_sent(content: aiohttp.StreamReader) -> AsyncIterator[tuple[str, str, str]]:
    """Kind, id and data of each event of a stream."""
    fields: dict[str, str] = {}
    async for raw in content:
        line = raw.decode().rstrip("\n")
        if line:
            name, _, value = line.partition(":")
            fields[name] = fields.get(name, "") + value.strip()
        elif "data" in fields:
            yield fields.get("event", "message"), fields.get("id", ""), fields["data"]
            fields = {}


def new_phone(area: str = "415") -> str:
    """A number nobody else in this run has."""
    return f"+1{area}{next(_COUNT):07}"


@dataclass(slots=True)
class Agent:
    """An agent with an open screen: `events` is what the live stream has said so far."""

    api: Api
    id: int
    name: str
    session: aiohttp.ClientSession
    events: list[dict[str, Any]] = field(default_factory=list)
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    screen: "asyncio.Task[None] | None" = None

    async def open_screen(self) -> None:
        self.screen = asyncio.create_task(self._watch())
        async with asyncio.timeout(30):
            await self.ready.wait()

    async def close_screen(self) -> None:
        if self.screen is not None:
            self.screen.cancel()
            with suppress(asyncio.CancelledError):
                await self.screen
            self.screen = None

    async def _watch(self) -> None:
        """Like a browser: a stream that ends is opened again from the last event seen."""
        seen = ""
        while True:
            async with self.session.get(
                self.api.base_url + "/stream",
                headers={"Last-Event-ID": seen} if seen else {},
                timeout=aiohttp.ClientTimeout(total=None),
            ) as answer:
                assert answer.status == 200, await answer.text()
                async for kind, cursor, data in server_sent(answer.content):
                    seen = "" if kind == "reset" else cursor or seen
                    if kind == "ready":
                        self.ready.set()
                    elif kind == "message":
                        self.events.append(json.loads(data))

    async def hears(self, kind: str, conversation_id: int) -> list[dict[str, Any]]:
        """What the stream has told of one kind about one conversation, once it told anything (it lags a little)."""

        async def find() -> Json:
            return [one for one in self.events if (one["kind"], one["conversation_id"]) == (kind, conversation_id)]

        return await eventually(f"{kind} on {self.name}'s screen", find)

    async def says(self, presence: str) -> Json:
        return await self.api.put("/me/presence", {"presence": presence})

    async def offers(self) -> list[dict[str, Any]]:
        return (await self.api.get("/desk"))["offers"]

    async def offer_for(self, conversation_id: int) -> dict[str, Any]:
        async def find() -> Json:
            return next((one for one in await self.offers() if one["conversation_id"] == conversation_id), None)

        return await eventually(f"an offer of conversation {conversation_id} to {self.name}", find)

    async def accepts(self, conversation_id: int) -> Json:
        offer = await self.offer_for(conversation_id)
        return await self.api.post(f"/offers/{offer['id']}/accept")

    async def holds(self) -> list[dict[str, Any]]:
        return (await self.api.get("/desk"))["my"]

    async def replies(self, conversation_id: int, body: str) -> Json:
        return await self.api.post(f"/conversations/{conversation_id}/messages", {"body": body})


class Shop:
    """One number of one provider account, at the emulator unless told otherwise."""

    def __init__(self, session: aiohttp.ClientSession, api: Api, emulator: Api, public_url: str) -> None:
        self.session, self.api, self.emulator, self.public_url = session, api, emulator, public_url
        self.account_sid, self.token = "AC" + secrets.token_hex(16), secrets.token_hex(16)
        self.number = new_phone("312")
        self.account_id = self.number_id = self.queue_id = self.workstream_id = 0
        self.agents: list[Agent] = []

    async def open(self, *, api_base_url: str = "", parts_per_second: float = 100, **workstream: Any) -> None:
        """Declare everything here and at the emulator. Further arguments are the workstream's."""
        name = f"Shop {self.number}"
        await self.emulator.post("/emulator/accounts", {"sid": self.account_sid, "auth_token": self.token})
        declared = {"phone_number": self.number, "account_sid": self.account_sid}
        at_carrier = await self.emulator.post("/emulator/numbers", declared)
        account = {
            "provider": "twilio",
            "name": name,
            "api_base_url": api_base_url or self.emulator.base_url,
            "credentials": {"account_sid": self.account_sid, "auth_token": self.token},
        }
        self.account_id = (await self.api.post("/provider-accounts", account))["id"]
        self.queue_id = (await self.api.post("/queues", {"name": name}))["id"]
        stream = {"name": name, "queue_id": self.queue_id, "wrap_up_capacity": "never", **workstream}
        self.workstream_id = (await self.api.post("/workstreams", stream))["id"]
        number = {
            "address": self.number,
            "name": name,
            "provider_account_id": self.account_id,
            "workstream_id": self.workstream_id,
            "capabilities": ["sms", "mms"],
            "provider_number_id": at_carrier["sid"],
            "parts_per_second": parts_per_second,
        }
        self.number_id = (await self.api.post("/numbers", number))["id"]
        if not api_base_url:
            connected = await self.api.post(f"/numbers/{self.number_id}/connect")
            assert all(check["ok"] for check in connected["checks"]), connected

    async def close(self) -> None:
        for agent in self.agents:
            await agent.close_screen()
            await agent.session.close()

    async def hire(self, name: str, *, capacity: int = 6, presence: str = "available") -> Agent:
        """An agent of the queue, signed in, with an open screen."""
        email = f"{secrets.token_hex(6)}@centre.example"
        person = {"email": email, "name": name, "role": "agent", "capacity_units": capacity, "password": PASSWORD}
        user_id = (await self.api.post("/users", person))["id"]
        members = [agent.id for agent in self.agents]
        await self.api.put(f"/queues/{self.queue_id}/members", {"user_ids": [*members, user_id]})
        session = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))
        signed_in = await Api(session, self.api.base_url).post("/session", {"email": email, "password": PASSWORD})
        api = Api(session, self.api.base_url, {"X-CSRF-Token": signed_in["csrf_token"]})
        agent = Agent(api, user_id, name, session)
        self.agents.append(agent)
        await agent.open_screen()
        await agent.says(presence)
        return agent

    async def customer_texts(self, phone: str, body: str, pictures: list[tuple[str, bytes]] | None = None) -> None:
        """A customer's phone texts the number, through the emulator and its webhook."""
        media = [{"content_type": kind, "base64": base64.b64encode(data).decode()} for kind, data in pictures or []]
        sent = await self.emulator.post(
            f"/emulator/phones/{phone}/texts", {"to": self.number, "body": body, "media": media}
        )
        assert sent["http_status"] == 200, sent

    def webhook(self, phone: str, body: str, **fields: str) -> tuple[str, dict[str, str], dict[str, str]]:
        """Address, headers and form of a genuine webhook, for those the emulator would not send."""
        url = f"{self.public_url}/hooks/twilio/{self.account_id}/message"
        sid = fields.pop("MessageSid", "SM" + secrets.token_hex(16))
        form = {"MessageSid": sid, "From": phone, "To": self.number, "Body": body, "NumMedia": "0", **fields}
        signature = RequestValidator(self.token).compute_signature(url, form)
        return url, {"X-Twilio-Signature": signature}, form

    async def phone_shows(self, phone: str) -> list[dict[str, Any]]:
        """What the customer's phone has received, oldest first."""
        thread = await self.emulator.get(f"/emulator/phones/{phone}/texts")
        return [text for text in thread if text["direction"] != "inbound"]

    async def conversations(self, phone: str = "") -> list[dict[str, Any]]:
        """Conversations of this shop's number, those with one phone where it is given."""
        items = (await self.api.get(f"/conversations?queue_id={self.queue_id}&limit=200"))["items"]
        return [one for one in items if not phone or one["customer_phone"] == phone]

    async def conversation_with(self, phone: str, fits: Callable[[Json], bool] = lambda _: True) -> dict[str, Any]:
        """The one conversation with this phone, once it looks right."""

        async def find() -> Json:
            # A keyword alone stands in a thread of its own that was never open.
            found = [one for one in await self.conversations(phone) if one["close_reason"] != "not_routed"]
            assert len(found) <= 1, found
            return next((one for one in found if fits(one)), None)

        return await eventually(f"a conversation with {phone}", find)

    async def messages(self, conversation_id: int) -> list[dict[str, Any]]:
        """Oldest first."""
        newest_first = (await self.api.get(f"/conversations/{conversation_id}/messages?limit=200"))["items"]
        return list(reversed(newest_first))

    async def events(self, conversation_id: int, kind: str) -> list[dict[str, Any]]:
        """What the log says of one kind about one conversation, once it says anything (it lags a little)."""

        async def find() -> Json:
            return (await self.api.get(f"/events?kind={kind}&conversation_id={conversation_id}&limit=200"))["items"]

        return await eventually(f"{kind} in the log", find)

    async def do_with_calls(self, **behaviour: str) -> None:
        """Choose what the number does with calls; it has voice from now on."""
        await self.api.patch(f"/numbers/{self.number_id}", {"capabilities": ["sms", "mms", "voice"]})
        chosen = await self.api.put(f"/numbers/{self.number_id}/voice", behaviour)
        assert all(check["ok"] for check in chosen["checks"]), chosen

    async def customer_calls(self, phone: str) -> str:
        """The customer's phone dials the number; the emulator's id of the call."""
        return (await self.emulator.post(f"/emulator/phones/{phone}/calls", {"to": self.number}))["id"]

    async def call_until(self, call_id: str, status: str) -> dict[str, Any]:
        """The emulator's call once it has this status or is over."""
        return await self.emulator.get(f"/emulator/calls/{call_id}?status={status}&wait_s=10")

    async def picks_up(self, phone: str) -> str:
        """Answer what rings at a phone; the emulator's id of that call."""
        ringing = await self.emulator.get(f"/emulator/calls?phone={phone.replace('+', '%2B')}&status=ringing&wait_s=10")
        assert ringing, f"nothing rings at {phone}"
        await self.emulator.post(f"/emulator/calls/{ringing[0]['id']}/answer")
        return ringing[0]["id"]
