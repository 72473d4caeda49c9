"""Blocks phones and opens them again."""

from typing import Annotated, Final

import msgspec
from msgspec import Meta

from answerback.domain.numbers.phone import BadPhone, parse_phone
from answerback.storage.blocked import BlockedPhone, block, contact_with, unblock
from answerback.storage.connection import Connection, Pool
from answerback.storage.events import NewEvent, append
from answerback.storage.spam import forgive
from answerback.storage.waiting_texts import Scope, refuse_waiting
from answerback.storage.wakeups import notify
from answerback.usecases.audit import record
from answerback.usecases.refusals import Conflict, FieldProblem, Invalid, NotFound, invalid

BLOCKED: Final = "This phone was blocked before the text left: a supervisor can take it off the block list."


class BlockDraft(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A phone to block and why."""

    phone: Annotated[str, Meta(min_length=1, max_length=40, examples=["+13125550188"])]
    reason: Annotated[str, Meta(max_length=500)] = ""


async def block_phone(pool: Pool, draft: BlockDraft, actor_id: int) -> BlockedPhone | Invalid | Conflict:
    phone = parse_phone(draft.phone)
    if isinstance(phone, BadPhone):
        return invalid("phone", "is not a phone number", phone.sentence)
    async with pool.acquire() as connection, connection.transaction():
        blocked = await block(connection, phone.address, draft.reason.strip(), actor_id)
        if blocked is None:
            problem = FieldProblem("phone", "is blocked already", "There is nothing left to do.")
            return Conflict("This phone is blocked already.", (problem,))
        await hold_back_blocked(connection, phone.address, actor_id)
        return blocked


async def hold_back_blocked(connection: Connection, phone: str, actor_id: int | None) -> None:
    """What waits to leave for a phone just blocked does not; screens are told."""
    contact_id = await contact_with(connection, phone)
    events = [NewEvent("PhoneBlocked", actor_id=actor_id, contact_id=contact_id)]
    refused = await refuse_waiting(connection, phone, Scope(), reason="blocked", sentence=BLOCKED)
    events += [
        NewEvent("MessageRefused", conversation_id=conversation, message_id=message, data={"reason": "blocked"})
        for message, conversation in refused
    ]
    await append(connection, events)
    await notify(connection, "event")


async def unblock_phone(pool: Pool, raw: str, actor_id: int) -> NotFound | None:
    phone = parse_phone(raw)
    address = raw if isinstance(phone, BadPhone) else phone.address
    async with pool.acquire() as connection, connection.transaction():
        if not await unblock(connection, address):
            return NotFound("blocked phone like that")
        await forgive(connection, address)
        contact_id = await contact_with(connection, address)
        await record(connection, NewEvent("PhoneUnblocked", actor_id=actor_id, contact_id=contact_id))
    return None
