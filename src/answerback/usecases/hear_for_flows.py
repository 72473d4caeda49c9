"""What news means for flows: replies that runs wait for, customers who opt out, events that begin runs."""

from collections.abc import Sequence
from datetime import UTC, datetime

from answerback.domain.flows.definition import AwaitReply, Definition
from answerback.domain.flows.expressions import holds
from answerback.domain.flows.running import lead_after_reply
from answerback.domain.flows.triggers import Automated
from answerback.domain.webhooks.types import EventType, type_of
from answerback.storage.connection import Connection
from answerback.storage.contacts import Contact, get_contacts
from answerback.storage.events import Event
from answerback.storage.flow_runs import Line, Run, begin_runs, end_runs_of, listeners_of, lock_runs, save_runs
from answerback.storage.flows import active_flows, read_versions
from answerback.storage.views.conversations import conversations_by_id
from answerback.storage.views.messages import messages_by_id
from answerback.storage.wakeups import notify
from answerback.usecases.begin_flow import beginning_of, seen_of
from answerback.usecases.step_flows import facts_of

OPTED_OUT = "The customer opted out."


async def hear_for_flows(connection: Connection, events: Sequence[Event]) -> None:
    """In the transaction that moves the follower on, so each event once."""
    gone = [event.contact_id for event in events if _type(event) is EventType.CONSENT_OPTED_OUT]
    moved = await end_runs_of(connection, [one for one in gone if one is not None], "opted_out", OPTED_OUT)
    for event in events:
        if _type(event) is EventType.MESSAGE_RECEIVED:
            moved += await _hear_reply(connection, event)
    moved += await _begin(connection, events)
    if moved:
        await notify(connection, "flow")


def _type(event: Event) -> EventType | None:
    return type_of(event.kind, event.data)


async def _hear_reply(connection: Connection, event: Event) -> int:
    if event.contact_id is None or event.conversation_id is None or event.message_id is None:
        return 0
    waiting = await listeners_of(connection, [event.contact_id])
    if not waiting:
        return 0
    conversation = (await conversations_by_id(connection, [event.conversation_id])).get(event.conversation_id)
    message = (await messages_by_id(connection, [event.message_id], masked=False)).get(event.message_id)
    if conversation is None or message is None:
        return 0
    ids = waiting.get((event.contact_id, conversation.number_id), [])
    runs = await lock_runs(connection, ids, "listening")
    definitions = await read_versions(connection, [(run.flow_id, run.version) for run in runs])
    contacts = await get_contacts(connection, [event.contact_id])
    diary: list[Line] = []
    for run in runs:
        definition = definitions[(run.flow_id, run.version)]
        diary.append(hear_reply(run, definition, contacts[event.contact_id], message.body, message_id=message.id))
    await save_runs(connection, runs, diary)
    return len(runs)


def hear_reply(run: Run, definition: Definition, contact: Contact, text: str, *, message_id: int | None) -> Line:
    """The run goes on where the text leads; gives the line for its diary."""
    step = definition.steps[run.step or ""]
    assert isinstance(step, AwaitReply)
    run.facts = {**run.facts, "reply": {"text": text}}
    led = lead_after_reply(step, text, facts_of(contact, run))
    run.places += 1
    line = Line(run.id, run.places, run.step or "", "reply", led.why, message_id)
    run.state, run.step, run.resume_at = "ready", led.to, datetime.now(UTC)
    return line


async def _begin(connection: Connection, events: Sequence[Event]) -> int:
    """Runs of flows that begin by these events, one a flow and event."""
    flows = [
        (flow, flow.definition.trigger)
        for flow in await active_flows(connection)
        if isinstance(flow.definition.trigger, Automated)
    ]
    wanted = {trigger.event for _, trigger in flows}
    news = [(event, kind) for event in events if (kind := _type(event)) is not None and kind.value in wanted]
    contact_ids = await _contacts_of(connection, [event for event, _ in news])
    contacts = await get_contacts(connection, sorted(set(contact_ids.values())))
    beginnings = []
    for event, kind in news:
        contact = contacts.get(contact_ids.get(event.id, 0))
        if contact is None:
            continue
        trigger_facts = {**event.data, "type": kind.value, "conversation_id": event.conversation_id or 0}
        seen = {"trigger": trigger_facts, "contact": seen_of(contact)}
        for flow, trigger in flows:
            if trigger.event != kind.value:
                continue
            if trigger.when is None or holds(trigger.when, seen):
                beginnings.append(beginning_of(flow, contact, key=f"event {event.id}", facts=trigger_facts))
    usable = [one for one in beginnings if one is not None]
    return len(await begin_runs(connection, usable)) if usable else 0


async def _contacts_of(connection: Connection, events: Sequence[Event]) -> dict[int, int]:
    """Contact by event; events of a conversation alone are about its contact."""
    ids = {event.conversation_id for event in events if event.contact_id is None and event.conversation_id is not None}
    conversations = await conversations_by_id(connection, ids)
    found: dict[int, int] = {}
    for event in events:
        conversation = conversations.get(event.conversation_id or 0)
        contact_id = event.contact_id or (conversation.contact_id if conversation else None)
        if contact_id is not None:
            found[event.id] = contact_id
    return found
