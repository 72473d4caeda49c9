"""A person opens a closed conversation again, within the workstream's reopen window."""

import asyncpg

from answerback.domain.conversations.commands import Reopen
from answerback.domain.ids import UserId
from answerback.storage.connection import Pool
from answerback.storage.erasure import was_erased
from answerback.storage.views import Reader
from answerback.usecases.move_conversation import MoveResult, move_conversation
from answerback.usecases.refusals import Conflict


async def reopen_conversation(pool: Pool, reader: Reader, conversation_id: int) -> MoveResult:
    """Conflict when a newer conversation with this customer on this number is open: the database allows one."""
    command = Reopen(by=UserId(reader.user_id), by_supervisor=reader.sees_all)
    if await was_erased(pool, conversation_id):
        return Conflict("This customer was erased: there is nobody left to write to.")
    try:
        return await move_conversation(pool, reader, conversation_id, command)
    except asyncpg.UniqueViolationError:
        return Conflict("A newer conversation with this customer is open on the same number. Continue there.")
