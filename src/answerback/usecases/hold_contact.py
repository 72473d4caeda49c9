"""Puts a legal hold on a customer, and releases it: each with its reason, by whom and when."""

from typing import Annotated

import msgspec
from msgspec import Meta

from answerback.storage.connection import Pool
from answerback.storage.contacts import lock_contact
from answerback.storage.events import NewEvent
from answerback.storage.legal_holds import LegalHold, end_hold, hold_on, insert_hold, read_holds
from answerback.storage.retention import begin_anew
from answerback.usecases.audit import record
from answerback.usecases.refusals import Conflict, Invalid, NotFound, invalid


class HoldReason(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why: a case number, not the customer's name, for it outlives them here."""

    reason: Annotated[str, Meta(min_length=1, max_length=500, examples=["Complaint 2026-114"])]


async def hold_contact(
    pool: Pool, contact_id: int, order: HoldReason, actor_id: int
) -> list[LegalHold] | Invalid | NotFound | Conflict:
    """Gives every hold of the contact, the newest first."""
    reason = order.reason.strip()
    if not reason:
        return _no_reason()
    async with pool.acquire() as connection, connection.transaction():
        contact = await lock_contact(connection, contact_id)
        if contact is None:
            return NotFound(f"contact {contact_id}")
        if contact.erased_at is not None:
            return Conflict("This customer was erased: there is nothing left to hold.")
        standing = await hold_on(connection, contact_id)
        if standing is not None:
            return Conflict(f"A hold stands already: {standing.reason.rstrip('.')}. Release it first.")
        await insert_hold(connection, contact_id, reason, actor_id)
        await record(connection, NewEvent("LegalHoldSet", actor_id=actor_id, contact_id=contact_id))
        return await read_holds(connection, contact_id)


async def release_contact(
    pool: Pool, contact_id: int, order: HoldReason, actor_id: int
) -> list[LegalHold] | Invalid | NotFound | Conflict:
    reason = order.reason.strip()
    if not reason:
        return _no_reason()
    async with pool.acquire() as connection, connection.transaction():
        if await lock_contact(connection, contact_id) is None:
            return NotFound(f"contact {contact_id}")
        if not await end_hold(connection, contact_id, reason, actor_id):
            return Conflict("No hold stands on this customer.")
        await begin_anew(connection)  # what it protected may be old enough to go
        await record(connection, NewEvent("LegalHoldReleased", actor_id=actor_id, contact_id=contact_id))
        return await read_holds(connection, contact_id)


def _no_reason() -> Invalid:
    return invalid("reason", "is empty", "Say why in a few words, such as a case number.")
