"""What the demo centre holds: people, a queue, a number at the emulated carrier. Made through the public API, once."""

from dataclasses import dataclass
from typing import Any, Literal

import aiohttp

PASSWORD = "answerback-demo"  # noqa: S105 - the demo listens on this machine only and prints it
SUPPORT_NUMBER = "+18885550100"
SALES_NUMBER = "+13125550177"
ACCOUNT_SID = "ACdec0de00000000000000000000000001"
AUTH_TOKEN = "demo-auth-token-0123456789abcdef"  # noqa: S105 - known to the emulator beside it


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    email: str
    role: Literal["agent", "supervisor", "administrator"]


PEOPLE = (
    Person("Alex Admin", "admin@demo.example", "administrator"),
    Person("Sam Supervisor", "sam@demo.example", "supervisor"),
    Person("Ana Flores", "ana@demo.example", "agent"),
    Person("Ben Okafor", "ben@demo.example", "agent"),
)
PHONES = (
    ("+17875550142", "Maria Gonzalez", "PR"),
    ("+12125550123", "James Lee", "US"),
    ("+14165550188", "Chloe Tremblay", "CA"),
    ("+13055550161", "Luis Ortega", "US"),
)


async def declare_carrier(http: aiohttp.ClientSession, carrier: str) -> None:
    """Tell the emulator which account, numbers and phones exist; it keeps nothing between starts."""
    await _ask(http, "POST", f"{carrier}/emulator/accounts", {"sid": ACCOUNT_SID, "auth_token": AUTH_TOKEN})
    for number, kind, name in ((SUPPORT_NUMBER, "toll_free", "Support"), (SALES_NUMBER, "long_code", "Sales")):
        declared = {"account_sid": ACCOUNT_SID, "phone_number": number, "type": kind, "friendly_name": name}
        await _ask(http, "POST", f"{carrier}/emulator/numbers", declared)
    for number, name, country in PHONES:
        await _ask(http, "POST", f"{carrier}/emulator/phones", {"number": number, "name": name, "country": country})


async def furnish_centre(http: aiohttp.ClientSession, centre: str, carrier: str) -> None:
    """Make the demo's settings when the centre is empty; connect its numbers to the carrier each time."""
    api = Api(http, f"{centre}/api/v1")
    await api.sign_in(PEOPLE[0].email, PASSWORD)
    if not (await api.get("/numbers"))["items"]:
        await _make_settings(api, carrier)
    for number in (await api.get("/numbers"))["items"]:
        await api.post(f"/numbers/{number['id']}/connect", {})
    for contact_phone, name, _ in PHONES[:1]:
        if not (await api.get(f"/contacts?q={contact_phone.removeprefix('+')}"))["items"]:
            await api.post("/contacts", {"name": name, "phones": [contact_phone], "language": "es"})


async def _make_settings(api: "Api", carrier: str) -> None:
    people = {user["email"]: user["id"] for user in (await api.get("/users"))["items"]}
    for person in PEOPLE:
        if person.email not in people:
            made = await api.post(
                "/users",
                {"email": person.email, "name": person.name, "role": person.role, "password": PASSWORD},
            )
            people[person.email] = made["id"]
    agents = [people[person.email] for person in PEOPLE if person.role == "agent"]
    credentials = {"account_sid": ACCOUNT_SID, "auth_token": AUTH_TOKEN}
    account = await api.post(
        "/provider-accounts",
        {"provider": "twilio", "name": "Demo carrier", "api_base_url": carrier, "credentials": credentials},
    )
    available = (await api.get(f"/provider-accounts/{account['id']}/available-numbers"))["items"]
    for name, address in (("Support", SUPPORT_NUMBER), ("Sales", SALES_NUMBER)):
        queue = await api.post("/queues", {"name": name})
        await api.put(f"/queues/{queue['id']}/members", {"user_ids": agents})
        workstream = await api.post("/workstreams", {"name": f"{name} texts", "queue_id": queue["id"]})
        found = next(number for number in available if number["address"] == address)
        await api.post(
            "/numbers",
            {
                "address": address,
                "name": name,
                "provider_account_id": account["id"],
                "workstream_id": workstream["id"],
                "type": found["type"],
                "capabilities": found["capabilities"],
                "provider_number_id": found["provider_number_id"],
                "parts_per_second": 3,
            },
        )


class Api:
    """The public REST API as the demo uses it: one session, errors as exceptions."""

    def __init__(self, http: aiohttp.ClientSession, base: str) -> None:
        self._http = http
        self._base = base
        self._headers: dict[str, str] = {}

    async def sign_in(self, email: str, password: str) -> None:
        session = await self.post("/session", {"email": email, "password": password})
        self._headers = {"X-CSRF-Token": session["csrf_token"]}

    async def get(self, path: str) -> Any:
        return await _ask(self._http, "GET", self._base + path, headers=self._headers)

    async def post(self, path: str, value: dict[str, Any]) -> Any:
        return await _ask(self._http, "POST", self._base + path, value, headers=self._headers)

    async def put(self, path: str, value: dict[str, Any]) -> Any:
        return await _ask(self._http, "PUT", self._base + path, value, headers=self._headers)


async def _ask(
    http: aiohttp.ClientSession,
    method: str,
    url: str,
    value: dict[str, Any] | None = None,
    *,
    headers: dict[str, str] | None = None,
) -> Any:
    async with http.request(method, url, json=value, headers=headers) as answer:
        if answer.status >= 400:
            raise RuntimeError(f"{method} {url} answered {answer.status}: {await answer.text()}")
        return await answer.json() if answer.content_length != 0 else None
