"""Blocks phones and opens them again."""

from typing import Annotated

import msgspec
from msgspec import Meta

from answerback.domain.numbers.phone import BadPhone, parse_phone
from answerback.storage.blocked import BlockedPhone, block, contact_with, unblock
from answerback.storage.connection import Pool
from answerback.storage.events import NewEvent
from answerback.usecases.audit import record
from answerback.usecases.refusals import Conflict, FieldProblem, Invalid, NotFound, invalid


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
        contact_id = await contact_with(connection, phone.address)
        await record(connection, NewEvent("PhoneBlocked", actor_id=actor_id, contact_id=contact_id))
        return blocked


async def unblock_phone(pool: Pool, raw: str, actor_id: int) -> NotFound | None:
    phone = parse_phone(raw)
    address = raw if isinstance(phone, BadPhone) else phone.address
    async with pool.acquire() as connection, connection.transaction():
        if not await unblock(connection, address):
            return NotFound("blocked phone like that")
        contact_id = await contact_with(connection, address)
        await record(connection, NewEvent("PhoneUnblocked", actor_id=actor_id, contact_id=contact_id))
    return None
