"""The work list of texts that did not arrive: send them again, one or many, or leave them be."""

from collections.abc import Sequence

import msgspec

from answerback.storage.connection import Pool
from answerback.storage.events import NewEvent, append
from answerback.storage.failed_texts import note_done
from answerback.storage.wakeups import notify
from answerback.usecases.queue_text import Queued, RefusedText
from answerback.usecases.refusals import Conflict
from answerback.usecases.send_text import resend_text


class Retried(msgspec.Struct, frozen=True):
    """What became of one text: `sent_as` is the new message; without one, `problem` says why it was not sent again."""

    message_id: int
    sent_as: int | None
    problem: str | None


async def retry_failed(pool: Pool, message_ids: Sequence[int], user_id: int) -> list[Retried]:
    """Each by itself: one that cannot be sent again holds up no other. Closed conversations stay closed."""
    return [await _retry_one(pool, message_id, user_id) for message_id in dict.fromkeys(message_ids)]


async def leave_failed(pool: Pool, message_ids: Sequence[int], user_id: int) -> int:
    """Nothing more is to be done about these; gives how many were on the list."""
    async with pool.acquire() as connection, connection.transaction():
        left = await note_done(connection, message_ids, how="left", user_id=user_id)
        events = [
            NewEvent(
                "FailureLeft",
                actor_id=user_id,
                conversation_id=conversation_id,
                contact_id=contact_id,
                message_id=message_id,
            )
            for message_id, conversation_id, contact_id in left
        ]
        if events:
            await append(connection, events)
            await notify(connection, "event")
    return len(left)


async def _retry_one(pool: Pool, message_id: int, user_id: int) -> Retried:
    match await resend_text(pool, message_id, user_id, may_be_closed=True):
        case Queued(sent_as):
            return Retried(message_id, sent_as, None)
        case RefusedText(sent_as, refusal):
            return Retried(message_id, sent_as, refusal.sentence)
        case Conflict(sentence):
            return Retried(message_id, None, sentence)
        case _:
            return Retried(message_id, None, "There is no such text any more.")
