"""Begins runs of a flow: by the API or a button for chosen contacts. News of the event log begins them by itself."""

import secrets
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from answerback.domain.numbers.phone import BadPhone, parse_phone
from answerback.storage.connection import Connection, Pool
from answerback.storage.contacts import Contact, contact_of, get_contact
from answerback.storage.flow_runs import Beginning, begin_runs
from answerback.storage.flows import PublishedFlow, active_flow, flow_exists
from answerback.storage.wakeups import notify
from answerback.usecases.refusals import Conflict, Invalid, NotFound, invalid

SomeId = Annotated[int, Meta(ge=1, le=2**53)]


class RunWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """For whom: a contact, or a phone whose contact is made where there is none. `facts` are what expressions see as
    `trigger`. The same `key` begins one run, however often it is asked for."""

    contact_id: SomeId | None = None
    phone: Annotated[str, Meta(max_length=40)] | None = None
    facts: Annotated[dict[str, Any], Meta(max_length=100)] = {}
    key: Annotated[str, Meta(min_length=1, max_length=200)] | None = None


class Begun(msgspec.Struct, frozen=True):
    """What came of one wish: a run, or why none began."""

    run_id: int | None
    problem: str = ""


async def begin_for(pool: Pool, flow_id: int, wishes: list[RunWish]) -> list[Begun] | NotFound | Conflict | Invalid:
    """A result for each, in their order."""
    async with pool.acquire() as connection, connection.transaction():
        flow = await active_flow(connection, flow_id)
        if flow is None and not await flow_exists(connection, flow_id):
            return NotFound(f"flow {flow_id}")
        if flow is None:
            return Conflict("This flow begins no runs: publish it, or switch it on.")
        results = []
        for place, wish in enumerate(wishes):
            contact = await _contact_of(connection, wish, place)
            if isinstance(contact, Invalid):
                return contact
            key = f"key {wish.key}" if wish.key else f"request {secrets.token_hex(12)}"
            results.append(await _begin(connection, flow, contact, wish, key=key))
        await notify(connection, "flow")
        return results


def seen_of(contact: Contact) -> dict[str, Any]:
    """What conditions see of a contact."""
    return {
        "id": contact.id,
        "name": contact.name,
        "language": contact.language or "",
        "tags": list(contact.tags),
        "attributes": dict(contact.attributes),
    }


def beginning_of(flow: PublishedFlow, contact: Contact, *, key: str, facts: dict[str, Any]) -> Beginning | None:
    """None for a contact without a phone."""
    if not contact.phones:
        return None
    definition = flow.definition
    return Beginning(
        flow_id=flow.id,
        version=flow.version,
        contact_id=contact.id,
        phone=contact.phones[0],
        number_id=flow.number_id,
        key=f"contact {contact.id}" if definition.again == "never" else key,
        alone=definition.again == "after_end",
        first=definition.first,
        facts={"trigger": facts},
    )


async def _begin(connection: Connection, flow: PublishedFlow, contact: Contact, wish: RunWish, *, key: str) -> Begun:
    beginning = beginning_of(flow, contact, key=key, facts=wish.facts)
    if beginning is None:
        return Begun(None, "The contact has no phone.")
    begun = await begin_runs(connection, [beginning])
    return Begun(begun[0]) if begun else Begun(None, "It was begun for this contact or key before.")


async def _contact_of(connection: Connection, wish: RunWish, place: int) -> Contact | Invalid:
    contact_id = wish.contact_id
    if contact_id is None:
        phone = parse_phone(wish.phone or "")
        if isinstance(phone, BadPhone):
            return invalid(f"items[{place}].phone", "is not a phone number", phone.sentence)
        contact_id = await contact_of(connection, phone.address)
    contact = await get_contact(connection, contact_id)
    if contact is None:
        return invalid(f"items[{place}].contact_id", "is not a contact", "Choose from GET /api/v1/contacts.")
    return contact
