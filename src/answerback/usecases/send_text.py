"""A person or a program sends a text in an existing conversation; or sends again one that did not arrive."""

from collections.abc import Sequence
from dataclasses import dataclass

from answerback.domain.ids import MessageId
from answerback.domain.sending.gate import Purpose
from answerback.domain.sending.status import RESENDABLE
from answerback.storage import messages
from answerback.storage.connection import Connection, Pool
from answerback.storage.messages import ConversationFacts
from answerback.usecases.queue_text import Draft, Queued, RefusedText, queue_text
from answerback.usecases.refusals import Conflict, Invalid, NotFound, invalid

SendOutcome = Queued | RefusedText | NotFound | Conflict | Invalid


@dataclass(frozen=True, slots=True)
class SendText:
    """`author_id` None for a program without a person behind it. Purpose test is the set-up's test text.

    A `client_key` that the author has used before gives the text it made then.
    """

    conversation_id: int
    body: str
    author_id: int | None
    media_ids: Sequence[int] = ()
    purpose: Purpose = Purpose.REPLY
    origin: str = "agent"
    client_key: str | None = None


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
    draft = Draft(command.body, command.purpose, command.origin, command.author_id, len(media_ids), command.client_key)
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


async def resend_text(pool: Pool, message_id: int, author_id: int | None) -> SendOutcome:
    """A new message with the text and files of one that failed, was refused, or whose fate is unclear."""
    async with pool.acquire() as connection, connection.transaction():
        earlier = await messages.read_outbound(connection, message_id)
        if earlier is None:
            return NotFound(f"message {message_id}")
        if earlier["status"] not in RESENDABLE:
            return Conflict(f"This message is {earlier['status']}: only one that did not arrive can be sent again.")
        facts = await _open_conversation(connection, earlier["conversation_id"])
        if not isinstance(facts, ConversationFacts):
            return facts
        origin = "agent" if author_id is not None else earlier["origin"]
        draft = Draft(earlier["body"], Purpose.REPLY, origin, author_id, earlier["media_count"])
        outcome = await queue_text(connection, facts, draft)
        await messages.copy_media(connection, message_id, outcome.message_id)
        return outcome


async def _open_conversation(connection: Connection, conversation_id: int) -> ConversationFacts | NotFound | Conflict:
    facts = await messages.lock_conversation(connection, conversation_id)
    if facts is None:
        return NotFound(f"conversation {conversation_id}")
    if facts.state == "closed":
        return Conflict("This conversation is closed: reopen it to write.")
    return facts
