"""A person or a program sends a text in an existing conversation; or sends again one that did not arrive."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from answerback.domain.ids import MessageId
from answerback.domain.sending.gate import About, Purpose
from answerback.domain.sending.status import RESENDABLE
from answerback.storage import messages
from answerback.storage.connection import Connection, Pool
from answerback.storage.events import NewEvent, append
from answerback.storage.failed_texts import note_done, sent_again_as
from answerback.storage.messages import ConversationFacts
from answerback.usecases.queue_text import Draft, Queued, RefusedText, queue_text
from answerback.usecases.refusals import Conflict, Invalid, NotFound, invalid

SendOutcome = Queued | RefusedText | NotFound | Conflict | Invalid


@dataclass(frozen=True, slots=True)
class SendText:
    """`author_id` None for a program without a person behind it. Purpose test is the set-up's test text.

    A `client_key` that the author has used before gives the text it made then. `send_at` is for later.
    """

    conversation_id: int
    body: str
    author_id: int | None
    media_ids: Sequence[int] = ()
    purpose: Purpose = Purpose.REPLY
    origin: str = "agent"
    client_key: str | None = None
    send_at: datetime | None = None


async def send_text(pool: Pool, command: SendText) -> SendOutcome:
    """One transaction: gate, message, outbox, conversation, events. The conversation's state does not change."""
    async with pool.acquire() as connection, connection.transaction():
        return await send_text_within(connection, command)


async def send_text_within(connection: Connection, command: SendText) -> SendOutcome:
    """The same inside a transaction of the caller, such as one that also stores the answer for an idempotency key."""
    facts = await _open_conversation(connection, command.conversation_id)
    made = await _made_before(connection, command)
    if made is not None:
        return made
    if not isinstance(facts, ConversationFacts):
        return facts
    media_ids = list(dict.fromkeys(command.media_ids))
    if media_ids and await messages.lock_uploads(connection, media_ids, command.author_id) != len(media_ids):
        return invalid(
            "media_ids", "An attachment does not exist, is not yours, or was sent already.", "Attach the file again."
        )
    draft = Draft(
        command.body, command.purpose, command.origin, command.author_id, len(media_ids), command.client_key,
        send_at=command.send_at,
    )  # fmt: skip
    outcome = await queue_text(connection, facts, draft)
    if media_ids:
        await messages.attach_media(connection, outcome.message_id, media_ids)
    return outcome


async def _made_before(connection: Connection, command: SendText) -> Queued | None:
    """Asked under the conversation's lock, so that two calls with one key cannot both find nothing."""
    if command.client_key is None or command.author_id is None:
        return None
    found = await messages.find_by_client_key(connection, command.author_id, command.client_key)
    return None if found is None else Queued(MessageId(found))


async def resend_text(
    pool: Pool, message_id: int, author_id: int | None, *, may_be_closed: bool = False
) -> SendOutcome:
    """A new message with the text and files of one that failed, was refused, or whose fate is unclear; once."""
    async with pool.acquire() as connection, connection.transaction():
        earlier = await messages.read_outbound(connection, message_id)
        if earlier is None:
            return NotFound(f"message {message_id}")
        if earlier["status"] not in RESENDABLE:
            return Conflict(f"This message is {earlier['status']}: only one that did not arrive can be sent again.")
        facts = await _open_conversation(connection, earlier["conversation_id"], may_be_closed=may_be_closed)
        if not isinstance(facts, ConversationFacts):
            return facts
        origin = "agent" if author_id is not None else earlier["origin"]
        draft = Draft(
            earlier["body"], _purpose(earlier["purpose"]), origin, author_id, earlier["media_count"],
            about=About(earlier["about"]) if earlier["about"] else None, subject=earlier["subject"],
        )  # fmt: skip
        again = await sent_again_as(connection, message_id)  # asked under the conversation's lock
        if again is not None:
            return Conflict(f"This text was sent again already, as message {again}.")
        outcome = await queue_text(connection, facts, draft)
        if isinstance(outcome, Queued):
            await note_done(connection, [message_id], how="resent", user_id=author_id, resent_as=outcome.message_id)
            resent = NewEvent(
                "FailureResent",
                actor_id=author_id,
                conversation_id=facts.id,
                contact_id=facts.contact_id,
                message_id=message_id,
                data={"resent_as": outcome.message_id},
            )
            await append(connection, [resent])
        await messages.copy_media(connection, message_id, outcome.message_id)
        return outcome


def _purpose(earlier: str | None) -> Purpose:
    """Unasked stays unasked; whatever else is sent again is sent by a person now."""
    return Purpose.PROACTIVE if earlier == Purpose.PROACTIVE else Purpose.REPLY


async def _open_conversation(
    connection: Connection, conversation_id: int, *, may_be_closed: bool = False
) -> ConversationFacts | NotFound | Conflict:
    facts = await messages.lock_conversation(connection, conversation_id)
    if facts is None:
        return NotFound(f"conversation {conversation_id}")
    if facts.state == "closed" and not may_be_closed:
        return Conflict("This conversation is closed: reopen it to write.")
    return facts
