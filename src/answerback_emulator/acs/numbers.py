"""The numbers of a resource, as its phone numbers API tells them. Short codes are none of them.

Source: learn.microsoft.com, "Phone Numbers - List Phone Numbers".
"""

from typing import Any

from answerback_emulator.acs.answers import invalid, not_found
from answerback_emulator.acs.events import rfc3339
from answerback_emulator.door import Answer, json_answer
from answerback_emulator.world.areas import country_of
from answerback_emulator.world.records import Account, Capability, Number
from answerback_emulator.world.world import World

_TYPES = {"toll_free": "tollFree", "long_code": "geographic"}
_COSTS = {"toll_free": 2.0, "long_code": 1.0}
_BOTH = "inbound+outbound"


def list_numbers(world: World, account: Account, query: dict[str, str], base_url: str) -> Answer:
    """GET /phoneNumbers: from `skip`, up to `top`, with the address of the next page."""
    skip, top = _read(query, "skip", 0), _read(query, "top", 100)
    held = sorted(_held(world, account), key=lambda number: number.phone_number)
    page: dict[str, Any] = {"phoneNumbers": [_show(number) for number in held[skip : skip + top]]}
    if skip + top < len(held):
        version = query["api-version"]
        page["nextLink"] = f"{base_url}/phoneNumbers?skip={skip + top}&top={top}&api-version={version}"
    return json_answer(200, page)


def fetch_number(world: World, account: Account, address: str) -> Answer:
    """GET /phoneNumbers/{number}."""
    for number in _held(world, account):
        if number.phone_number == f"+{address.strip().removeprefix('+')}":
            return json_answer(200, _show(number))
    raise not_found()


def _held(world: World, account: Account) -> list[Number]:
    return [one for one in world.numbers.values() if one.account_sid == account.sid and one.type in _TYPES]


def _show(number: Number) -> dict[str, Any]:
    return {
        "id": number.phone_number.removeprefix("+"),
        "phoneNumber": number.phone_number,
        "countryCode": country_of(number.phone_number) or "US",
        "phoneNumberType": _TYPES[number.type],
        "capabilities": {"calling": _able(number, "voice"), "sms": _able(number, "sms")},
        "assignmentType": "application",
        "purchaseDate": rfc3339(number.created),
        "cost": {"amount": _COSTS[number.type], "currencyCode": "USD", "billingFrequency": "monthly"},
    }


def _able(number: Number, capability: Capability) -> str:
    return _BOTH if capability in number.capabilities else "none"


def _read(query: dict[str, str], name: str, otherwise: int) -> int:
    given = query.get(name, str(otherwise))
    if not given.isdecimal():
        raise invalid(name, f"The value '{given}' is not valid.")
    return int(given)
