"""A person texts a customer who did not write first: through the gate, and then it is theirs to hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import asyncpg

from answerback.domain.ids import MessageId
from answerback.domain.numbers.phone import BadPhone, parse_phone
from answerback.domain.sending.gate import About, Deferred, Purpose, Refused
from answerback.storage import messages
from answerback.storage.connection import Connection, Pool
from answerback.storage.contacts import contact_of
from answerback.storage.conversation_facts import conversation_of_message
from answerback.storage.events import NewEvent, append
from answerback.storage.senders import read_sender
from answerback.storage.started import Standing, begin, find_standing, works_on
from answerback.usecases.queue_text import Draft, HeldBackError, RefusedText, queue_text
from answerback.usecases.refusals import Conflict, FieldProblem, Invalid, invalid


@dataclass(frozen=True, slots=True)
class StartConversation:
    """`anywhere`: from any number of ours, else only from those whose queue the author is in."""

    number_id: int
    to: str
    body: str
    author_id: int
    about: About = About.INFORMATIONAL
    media_ids: Sequence[int] = ()
    send_at: datetime | None = None
    anywhere: bool = False
    origin: str = "agent"
    client_key: str | None = None


@dataclass(frozen=True, slots=True)
class Started:
    """The conversation, and its first text."""

    conversation_id: int
    message_id: int


@dataclass(frozen=True, slots=True)
class NotStarted:
    """The gate held the text back: nothing was made."""

    refusal: Refused | Deferred


StartOutcome = Started | NotStarted | Invalid | Conflict


async def start_conversation(pool: Pool, command: StartConversation) -> StartOutcome:
    """One transaction. The customer's answer comes back into this conversation, to whoever holds it."""
    phone = parse_phone(command.to)
    if isinstance(phone, BadPhone):
        return invalid("to", "is not a phone number", phone.sentence)
    try:
        async with pool.acquire() as connection, connection.transaction():
            return await _start(connection, command, phone.address)
    except HeldBackError as held:
        return NotStarted(held.refusal)
    except asyncpg.UniqueViolationError:  # the customer wrote in this very moment
        return Conflict("The customer has just written to this number: open that conversation and answer there.")


async def _start(connection: Connection, command: StartConversation, phone: str) -> StartOutcome:
    made = await _made_before(connection, command)
    if made is not None:
        return made
    sender = await read_sender(connection, command.number_id)
    if sender is None:
        return invalid("number_id", "is not a number of ours", "Choose one of the desk's numbers.")
    if not command.anywhere and not await works_on(connection, command.number_id, command.author_id):
        return invalid("number_id", "is a number of other queues", "Choose a number whose queue you work in.")
    standing = await find_standing(connection, command.number_id, phone)
    if standing is not None:
        return _there_already(standing, command.author_id)
    media_ids = list(dict.fromkeys(command.media_ids))
    if media_ids and await messages.lock_uploads(connection, media_ids, command.author_id) != len(media_ids):
        return invalid(
            "media_ids", "An attachment does not exist, is not yours, or was sent already.", "Attach the file again."
        )
    return await _make(connection, command, phone, media_ids)


async def _make(connection: Connection, command: StartConversation, phone: str, media_ids: list[int]) -> StartOutcome:
    contact_id = await contact_of(connection, phone)
    conversation_id = await begin(connection, command.number_id, contact_id, phone, agent_id=command.author_id)
    opened = NewEvent(
        "ConversationOpened",
        actor_id=command.author_id,
        conversation_id=conversation_id,
        contact_id=contact_id,
        user_id=command.author_id,
    )
    await append(connection, [opened])
    facts = await messages.lock_conversation(connection, conversation_id)
    assert facts is not None
    draft = Draft(
        command.body, Purpose.PROACTIVE, command.origin, command.author_id, len(media_ids), command.client_key,
        about=command.about, send_at=command.send_at,
    )  # fmt: skip
    outcome = await queue_text(connection, facts, draft)
    if isinstance(outcome, RefusedText):
        raise HeldBackError(outcome.refusal)
    if media_ids:
        await messages.attach_media(connection, outcome.message_id, media_ids)
    return Started(conversation_id, outcome.message_id)


async def _made_before(connection: Connection, command: StartConversation) -> Started | None:
    """A repeat with the same key gives what the first call made."""
    if command.client_key is None:
        return None
    found = await messages.find_by_client_key(connection, command.author_id, command.client_key)
    conversation_id = None if found is None else await conversation_of_message(connection, found)
    return None if found is None or conversation_id is None else Started(conversation_id, MessageId(found))


def _there_already(standing: Standing, author_id: int) -> Conflict:
    if standing.agent_id == author_id:
        sentence = "You have a conversation with this customer on this number: write there."
    elif standing.agent_name is not None:
        sentence = f"{standing.agent_name} has a conversation with this customer on this number: ask them."
    else:
        sentence = "A conversation with this customer waits on this number: take it, then write there."
    return Conflict(sentence, (FieldProblem("to", f"stands in conversation {standing.id}", sentence),))
