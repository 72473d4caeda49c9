"""Turns a batch of events into lines of the stream: rows loaded in a few statements, every line encoded once."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from answerback.storage.connection import Pool
from answerback.storage.events import Event
from answerback.storage.views import agents, calls_by_id, conversations_by_id, messages_by_id, offers_by_id
from answerback.storage.views.live import Person, conversations_of_contacts, last_holders, people_by_id
from answerback.storage.views.shapes import AgentView, CallView, ConversationView, MessageView, OfferView, StreamEvent
from answerback.web.streaming.audience import (
    NOBODY,
    Audience,
    Viewer,
    audience_of,
    changes_agent,
    colleagues_of,
    whose_access_ends,
    whose_desk_changes,
)

ENCODER = msgspec.json.Encoder()


@dataclass(frozen=True, slots=True)
class Line:
    """One event, ready to send: in full to those it concerns, only the agent's new state to colleagues."""

    place: tuple[int, int]
    full: Audience
    data: bytes
    colleagues: Audience
    brief: bytes
    reload: Audience
    sign_in: Audience

    def for_viewer(self, viewer: Viewer) -> bytes | None:
        if self.full.reaches(viewer):
            return self.data
        return self.brief if self.colleagues.reaches(viewer) else None


@dataclass(frozen=True, slots=True)
class Rows:
    """The current rows that a batch of events speaks of."""

    conversations: dict[int, ConversationView]
    messages: dict[int, MessageView]
    calls: dict[int, CallView]
    offers: dict[int, OfferView]
    agents: dict[int, AgentView]
    people: dict[int, Person]
    of_contact: dict[int, int]
    last_holders: dict[int, int]


async def assemble(pool: Pool, events: Sequence[Event]) -> list[Line]:
    rows = await _load(pool, events)
    return [_line(event, rows) for event in events]


async def _load(pool: Pool, events: Sequence[Event]) -> Rows:
    async with pool.acquire() as connection:
        contacts = {event.contact_id for event in events if event.conversation_id is None and event.contact_id}
        of_contact = await conversations_of_contacts(connection, contacts)
        wanted = {event.conversation_id for event in events if event.conversation_id}
        conversations = await conversations_by_id(connection, wanted | set(of_contact.values()))
        offered = {event.data["offer_id"] for event in events if "offer_id" in event.data}
        changed = {event.user_id for event in events if event.user_id and changes_agent(event)}
        reopened = {event.conversation_id for event in events if event.conversation_id and _reopens(event)}
        named = {event.actor_id for event in events if event.actor_id} | changed
        return Rows(
            conversations,
            await messages_by_id(connection, {event.message_id for event in events if event.message_id}),
            await calls_by_id(connection, {event.data["call_id"] for event in events if "call_id" in event.data}),
            await offers_by_id(connection, offered, conversations) if offered else {},
            await agents(connection, changed) if changed else {},
            await people_by_id(connection, named) if named else {},
            of_contact,
            await last_holders(connection, reopened),
        )


def _reopens(event: Event) -> bool:
    """It disappears from the closed ones of whoever held it."""
    return event.kind == "ConversationReopened"


def _line(event: Event, rows: Rows) -> Line:
    conversation_id = event.conversation_id or rows.of_contact.get(event.contact_id or 0)
    conversation = rows.conversations.get(conversation_id or 0)
    agent = rows.agents.get(event.user_id or 0) if changes_agent(event) else None
    actor, person = rows.people.get(event.actor_id or 0), rows.people.get(event.user_id or 0)
    shown = StreamEvent(
        cursor=event.cursor,
        id=event.id,
        kind=event.kind,
        at=event.at,
        actor_id=event.actor_id,
        actor_name=actor.name if actor else None,
        conversation_id=event.conversation_id,
        contact_id=event.contact_id,
        message_id=event.message_id,
        user_id=event.user_id,
        data=event.data,
        conversation=conversation,
        message=rows.messages.get(event.message_id or 0),
        call=rows.calls.get(event.data.get("call_id", 0)),
        offer=rows.offers.get(event.data.get("offer_id", 0)),
        agent=agent,
    )
    return Line(
        place=(event.xid, event.id),
        full=audience_of(event, conversation, rows.last_holders.get(event.conversation_id or 0)),
        data=_encode(shown),
        colleagues=NOBODY if agent is None else colleagues_of(agent.id, person.queue_ids if person else frozenset()),
        brief=b"" if agent is None else _encode(_only_agent(event, agent)),
        reload=whose_desk_changes(event),
        sign_in=whose_access_ends(event),
    )


def _only_agent(event: Event, agent: AgentView) -> StreamEvent:
    """For colleagues who may not see the conversation: nothing but how the agent is now."""
    return StreamEvent(
        cursor=event.cursor,
        id=event.id,
        kind="AgentChanged",
        at=event.at,
        actor_id=None,
        actor_name=None,
        conversation_id=None,
        contact_id=None,
        message_id=None,
        user_id=agent.id,
        data={},
        agent=agent,
    )


def _encode(shown: StreamEvent) -> bytes:
    return b"id: %s\ndata: %s\n\n" % (shown.cursor.encode(), ENCODER.encode(shown))
