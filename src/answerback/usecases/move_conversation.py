"""The one way a conversation changes by order: lock it, ask the machine, write row, offer and events, wake who waits.

Each command of a person has its own small file beside this one; the clock and the router use `carry_out` in batches.
"""

from collections.abc import Sequence
from typing import Final

from answerback.domain.conversations.commands import Command
from answerback.domain.conversations.events import Happened, Kind
from answerback.domain.conversations.machine import move
from answerback.domain.conversations.outcome import Illegal, Moved
from answerback.domain.conversations.state import Conversation, State
from answerback.storage.agents import mark_idle
from answerback.storage.connection import Connection, Pool
from answerback.storage.conversations import Locked, insert_note, lock_conversations, save_conversations
from answerback.storage.events import NewEvent, append
from answerback.storage.offers import end_offers
from answerback.storage.views import ConversationView, Reader, conversations_by_id, visible_conversation
from answerback.storage.wakeups import notify
from answerback.usecases.refusals import Conflict, NotFound

MoveResult = ConversationView | Illegal | NotFound | Conflict

OFFER_ENDS: Final = {
    Kind.OFFER_ACCEPTED: "accepted",
    Kind.OFFER_DECLINED: "declined",
    Kind.OFFER_TIMED_OUT: "timed_out",
    Kind.OFFER_WITHDRAWN: "withdrawn",
}


async def move_conversation(
    pool: Pool, reader: Reader, conversation_id: int, command: Command, *, note: str | None = None
) -> MoveResult:
    """Do what a person asks, if they may see the conversation; `note` is kept with it when the move is made."""
    async with pool.acquire() as connection, connection.transaction():
        if await visible_conversation(connection, reader, conversation_id) is None:
            return NotFound(f"conversation {conversation_id}")
        return await move_locked(connection, conversation_id, command, reader.user_id, note=note)


async def move_locked(
    connection: Connection, conversation_id: int, command: Command, actor_id: int | None, *, note: str | None = None
) -> MoveResult:
    """The move inside the caller's transaction, for anybody (None: the system); answers with the new row."""
    locked = await lock_conversations(connection, [conversation_id])
    if not locked:
        return NotFound(f"conversation {conversation_id}")
    (result,) = await carry_out(connection, [(locked[0], command)], actor_id)
    if isinstance(result, Illegal):
        return result
    if note:
        await keep_note(connection, locked[0], note, actor_id)
    await notify(connection, "event", "route")
    return (await conversations_by_id(connection, [conversation_id]))[conversation_id]


async def carry_out(
    connection: Connection, orders: Sequence[tuple[Locked, Command]], actor_id: int | None
) -> list[Moved | Illegal]:
    """Make one move each of locked conversations, with all rows and events. The caller wakes the others."""
    results = [move(locked.conversation, command, locked.now) for locked, command in orders]
    made = [(locked, result) for (locked, _), result in zip(orders, results, strict=True) if isinstance(result, Moved)]
    changes = [(locked.conversation, result.conversation) for locked, result in made]
    if len(await save_conversations(connection, changes)) < len(changes):
        raise RuntimeError("a locked conversation changed under our hands")  # the lock forbids it
    leaving = [pair for pair in made if pair[1].conversation.state is not State.OFFERED]
    ended = await end_offers(connection, [_offer_end(locked.conversation, result) for locked, result in leaving])
    await append(
        connection,
        [
            _event(happened, (locked, result.conversation), actor_id, ended.get(locked.conversation.id))
            for locked, result in made
            for happened in result.events
        ],
    )
    await mark_idle(connection, [agent for change in changes if (agent := _freed_agent(*change)) is not None])
    return results


async def keep_note(connection: Connection, locked: Locked, body: str, author_id: int | None) -> int:
    """Put a note into the thread of a locked conversation; the message's id."""
    conversation_id = locked.conversation.id
    message_id = await insert_note(connection, conversation_id, body, author_id)
    event = NewEvent(
        "NoteAdded",
        actor_id=author_id,
        conversation_id=conversation_id,
        contact_id=locked.contact_id,
        message_id=message_id,
    )
    await append(connection, [event])
    return message_id


def _offer_end(before: Conversation, result: Moved) -> tuple[int, str]:
    """How the offer pending on the conversation ends, if there is one."""
    kinds = (OFFER_ENDS[happened.kind] for happened in result.events if happened.kind in OFFER_ENDS)
    return before.id, next(kinds, "withdrawn")


def _event(
    happened: Happened, change: tuple[Locked, Conversation], actor_id: int | None, offer_id: int | None
) -> NewEvent:
    locked, after = change
    facts = dict(happened.data)
    if offer_id is not None and happened.kind in OFFER_ENDS:
        facts["offer_id"] = offer_id
    holder = locked.conversation.agent_id
    if holder not in (None, after.agent_id, happened.user_id):
        facts["from_agent_id"] = holder  # whose screen it disappears from
    return NewEvent(
        happened.kind.value,
        actor_id=actor_id,
        conversation_id=after.id,
        contact_id=locked.contact_id,
        user_id=happened.user_id,
        data=facts,
    )


def _freed_agent(before: Conversation, after: Conversation) -> int | None:
    """Who just got work off their hands: least-active routing counts from here."""
    worked = before.state is State.ACTIVE or (before.state is State.WRAP_UP and before.capacity_until is not None)
    works = after.state is State.ACTIVE and after.agent_id == before.agent_id
    return before.agent_id if worked and not works else None
