"""What steps of flows do: send a text, change a contact, begin another flow, hand a conversation to a queue."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import msgspec

from answerback.domain.conversations.commands import TransferToQueue
from answerback.domain.conversations.outcome import Illegal
from answerback.domain.flows.running import BeginFlow, ChangeContact, GiveToQueue, SendText
from answerback.domain.ids import QueueId, UserId
from answerback.domain.sending.gate import About, Deferred, Purpose
from answerback.domain.templates.template import Template, Unwritable, write
from answerback.storage.connection import Connection
from answerback.storage.contacts import Contact, lock_contacts, mark_contacts
from answerback.storage.conversations import lock_conversations
from answerback.storage.events import NewEvent, append
from answerback.storage.flow_runs import Run, begin_runs
from answerback.storage.flows import active_flow
from answerback.storage.message_templates import get_template
from answerback.storage.text_batches import lock_threads
from answerback.usecases.begin_flow import beginning_of
from answerback.usecases.drafts import Draft, Queued, RefusedText
from answerback.usecases.move_conversation import carry_out, keep_note
from answerback.usecases.open_conversation import open_conversation
from answerback.usecases.preview_template import known_of, open_version
from answerback.usecases.queue_texts import queue_texts

SYSTEM = UserId(0)
"""A flow moves conversations as a supervisor may; its events name nobody."""
Opened = tuple[Template, About]
Effect = SendText | ChangeContact | BeginFlow | GiveToQueue
EFFECTS: Final = (SendText, ChangeContact, BeginFlow, GiveToQueue)


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of a text: `problem` says why it does not leave; `due_at` when it may, if not now."""

    what: str
    message_id: int | None = None
    problem: str = ""
    due_at: datetime | None = None


Result = Sent | Contact | str


@dataclass(frozen=True, slots=True)
class Asked:
    """What a run wants done, with the contact as it is."""

    run: Run
    contact: Contact
    wish: Effect


@dataclass(slots=True)
class Effects:
    """For one batch: templates are read once."""

    connection: Connection
    templates: dict[int, Opened | None] = field(default_factory=dict)

    async def carry_out(self, asked: Sequence[Asked]) -> Sequence[Result]:
        """Wishes of one kind, in few statements where there may be many; what came of each."""
        match asked[0].wish:
            case SendText():
                return await self._send([(one, one.wish) for one in asked if isinstance(one.wish, SendText)])
            case ChangeContact():
                return await self._change([(one, one.wish) for one in asked if isinstance(one.wish, ChangeContact)])
            case BeginFlow() | GiveToQueue():
                return [await self._by_itself(one) for one in asked]

    async def _send(self, asked: Sequence[tuple[Asked, SendText]]) -> list[Sent]:
        sent: list[Sent | None] = []
        by_number: dict[int, list[tuple[int, str, Draft]]] = {}
        for place, (one, wish) in enumerate(asked):
            draft = await self._write(one, wish)
            sent.append(draft if isinstance(draft, Sent) else None)
            if isinstance(draft, Draft):
                number_id = wish.step.number_id or one.run.number_id
                by_number.setdefault(number_id, []).append((place, one.run.phone, draft))
        if len(by_number) > 1:
            pairs = {(number_id, phone) for number_id, texts in by_number.items() for _, phone, _ in texts}
            await lock_threads(self.connection, pairs)
        for number_id, texts in by_number.items():
            outcomes = await queue_texts(self.connection, number_id, [(phone, draft) for _, phone, draft in texts])
            for (place, _, _), outcome in zip(texts, outcomes, strict=True):
                sent[place] = _sent(outcome)
        return [one for one in sent if one is not None]

    async def _write(self, one: Asked, wish: SendText) -> Draft | Sent:
        opened = await self._template(wish.step.template_id)
        if opened is None:
            return Sent("not sent", problem="Its template is archived or has no approved version.")
        template, about = opened
        written = write(template, _language_of(one), known_of(one.contact), wish.values)
        if isinstance(written, Unwritable):
            name, bad = next(iter(written.problems.items()))
            return Sent("not sent", problem=f"{name or 'The text'} {bad.problem}. {bad.way_out}")
        subject = f"flow {one.run.flow_id}"
        return Draft(written.body, Purpose.PROACTIVE, "flow", about=about, patient=True, subject=subject)

    async def _change(self, asked: Sequence[tuple[Asked, ChangeContact]]) -> list[Contact]:
        """On the rows as they are now."""
        current = await lock_contacts(self.connection, sorted({one.contact.id for one, _ in asked}))
        changed: list[Contact] = []
        events: list[NewEvent] = []
        for one, wish in asked:
            before = current[one.contact.id]
            tags = sorted({*before.tags, *wish.add_tags} - {*wish.remove_tags})
            after = msgspec.structs.replace(before, attributes={**before.attributes, **wish.attributes}, tags=tags)
            current[before.id] = after
            changed.append(after)
            fields = sorted(name for name in ("attributes", "tags") if getattr(before, name) != getattr(after, name))
            if fields:
                events.append(NewEvent("ContactChanged", contact_id=before.id, data={"fields": fields}))
        await mark_contacts(self.connection, list(current.values()))
        await append(self.connection, events)
        return changed

    async def _by_itself(self, one: Asked) -> str:
        match one.wish:
            case BeginFlow(flow_id):
                return await self._begin_flow(flow_id, one.contact, one.run)
            case GiveToQueue():
                return await self._give_to_queue(one.run, one.wish)
            case SendText() | ChangeContact():
                raise AssertionError("done together")

    async def _begin_flow(self, flow_id: int, contact: Contact, run: Run) -> str:
        flow = await active_flow(self.connection, flow_id)
        if flow is None:
            return "not begun: the flow is off"
        key = f"run {run.id} {run.places}"
        beginning = beginning_of(flow, contact, key=key, facts=run.facts.get("trigger", {}))
        begun = await begin_runs(self.connection, [beginning]) if beginning else []
        return f"began run {begun[0]} of {flow.name}" if begun else "not begun: the contact is in it, or was"

    async def _give_to_queue(self, run: Run, wish: GiveToQueue) -> str:
        conversation_id = await open_conversation(self.connection, run.number_id, run.contact_id, run.phone)
        (locked,) = await lock_conversations(self.connection, [conversation_id])
        command = TransferToQueue(QueueId(wish.queue_id), SYSTEM, by_supervisor=True)
        (result,) = await carry_out(self.connection, [(locked, command)], None)
        if wish.note:
            await keep_note(self.connection, locked, wish.note, None)
        where = "was in that queue" if isinstance(result, Illegal) else "handed over"
        return f"conversation {conversation_id} {where}"

    async def _template(self, template_id: int) -> Opened | None:
        if template_id not in self.templates:
            template = await get_template(self.connection, template_id)
            usable = template is not None and not template.archived and template.approved is not None
            self.templates[template_id] = (
                (open_version(template.approved), About(template.purpose))
                if usable and template is not None and template.approved is not None
                else None
            )
        return self.templates[template_id]


def _language_of(one: Asked) -> str | None:
    """What began the run may say it, as an audience does; else the contact's own."""
    said = one.run.facts.get("trigger", {}).get("locale")
    return said if isinstance(said, str) and said else one.contact.language


def _sent(outcome: Queued | RefusedText | Deferred) -> Sent:
    match outcome:
        case Queued(message_id, None):
            return Sent("sent", message_id)
        case Queued(message_id, due_at):
            return Sent(f"waits until {due_at:%Y-%m-%d %H:%M} UTC", message_id, due_at=due_at)
        case RefusedText(message_id, refusal):
            return Sent("refused", message_id, problem=refusal.sentence)
        case Deferred():
            raise AssertionError("patient texts wait in the outbox")
