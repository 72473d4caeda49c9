"""Furnishes the demo: tells the emulator what exists, and the centre through its public API what is missing there."""

from typing import Any

import aiohttp

from answerback.cli.demo_api import Api, ask
from answerback.cli.demo_data import ACCOUNTS, AGENT_PHONE, PASSWORD, PEOPLE, PHONES, DemoAccount, DemoNumber
from answerback.cli.demo_outreach import offer_outreach

PARTS_PER_SECOND = 3
PRICE_PER_PART = 0.0079


async def declare_carrier(http: aiohttp.ClientSession, carrier: str) -> None:
    """Tell the emulator which accounts, numbers and phones exist; it keeps nothing between starts."""
    for account in ACCOUNTS:
        await ask(http, "POST", f"{carrier}/emulator/accounts", account.declared())
        for number in account.numbers:
            declared = {"phone_number": number.address, "type": number.type, "friendly_name": number.name}
            await ask(http, "POST", f"{carrier}/emulator/numbers", {"account_sid": account.sid, **declared})
    for phone, name, country in PHONES:
        await ask(http, "POST", f"{carrier}/emulator/phones", {"number": phone, "name": name, "country": country})


async def furnish_centre(http: aiohttp.ClientSession, centre: str, carrier: str) -> None:
    """Add what is missing: a folder of an older demo gets the accounts that are new. Connect all to the emulator."""
    api = Api(http, f"{centre}/api/v1")
    await api.sign_in(PEOPLE[0].email, PASSWORD)
    agents = await _hire(api)
    held = {(one["provider"], one["name"]): one for one in (await api.get("/provider-accounts"))["items"]}
    for account in ACCOUNTS:
        known = held.get((account.provider, account.name)) or await _open_account(api, account, carrier, agents)
        await _connect(http, api, account, known, carrier=carrier)
    for phone, name, _ in PHONES[:1]:
        if not (await api.get(f"/contacts?q={phone.removeprefix('+')}"))["items"]:
            await api.post("/contacts", {"name": name, "phones": [phone], "language": "es"})
    await offer_outreach(api)


async def _hire(api: Api) -> list[int]:
    """Ids of the agents; people who are there already stay as they are."""
    people = {user["email"]: user["id"] for user in (await api.get("/users"))["items"]}
    for person in PEOPLE:
        if person.email not in people:
            new: dict[str, Any] = {
                "email": person.email,
                "name": person.name,
                "role": person.role,
                "password": PASSWORD,
            }
            calls = {"granted": ["call_customers"], "call_address": AGENT_PHONE[0] if "ana@" in person.email else ""}
            new |= calls if person.role == "agent" else {}
            people[person.email] = (await api.post("/users", new))["id"]
    return [people[person.email] for person in PEOPLE if person.role == "agent"]


async def _open_account(api: Api, account: DemoAccount, carrier: str, agents: list[int]) -> dict[str, Any]:
    draft = {
        "provider": account.provider,
        "name": account.name,
        "api_base_url": carrier,
        "credentials": account.credentials,
    }
    opened: dict[str, Any] = await api.post("/provider-accounts", draft)
    taken = {one["address"] for one in (await api.get("/numbers"))["items"]}
    for number in account.numbers:
        if number.address not in taken:
            await _add_number(api, number, opened["id"], agents)
    return opened


async def _add_number(api: Api, number: DemoNumber, account_id: int, agents: list[int]) -> None:
    queue_id = await api.named("/queues", {"name": number.name})
    await api.put(f"/queues/{queue_id}/members", {"user_ids": agents})
    workstream_id = await api.named("/workstreams", {"name": f"{number.name} texts", "queue_id": queue_id})
    added = await api.post(
        "/numbers",
        {
            "address": number.address,
            "name": number.name,
            "provider_account_id": account_id,
            "workstream_id": workstream_id,
            "type": number.type,
            "capabilities": list(number.capabilities),
            "parts_per_second": PARTS_PER_SECOND,
            "price_per_part": PRICE_PER_PART,
        },
    )
    if number.calls is not None:
        await api.put(f"/numbers/{added['id']}/voice", number.calls)


async def _connect(
    http: aiohttp.ClientSession, api: Api, account: DemoAccount, known: dict[str, Any], *, carrier: str
) -> None:
    """Both ways: the centre sends to where the emulator is this time, the emulator calls where the centre is."""
    if known["api_base_url"] != carrier:
        await api.patch(f"/provider-accounts/{known['id']}", {"api_base_url": carrier})
    if account.calls_one_address:
        address = known["callback_urls"]["message"]
        await ask(http, "POST", f"{carrier}/emulator/accounts", account.declared(address))
        return
    for number in (await api.get("/numbers"))["items"]:
        if number["provider_account_id"] == known["id"]:
            await api.post(f"/numbers/{number['id']}/connect", {})
            voice = {name: value for name, value in number["voice"].items() if name != "before"}
            await api.put(f"/numbers/{number['id']}/voice", voice)  # the emulator has forgotten it
