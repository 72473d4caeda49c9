"""Moves runs of flows on: each as far as it can go at once, a batch a transaction, every effect with its step.

What a step changes and where the run then stands are one transaction, so a crash repeats nothing and loses nothing.
Calls to other systems are no rows: their run stands in `calling` before the call is made, and the call has one id.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

import asyncpg
import structlog

from answerback.domain.flows.definition import AwaitReply, Definition
from answerback.domain.flows.running import (
    MOST_STEPS,
    AskOutside,
    BeginFlow,
    ChangeContact,
    Finish,
    GiveToQueue,
    GoOn,
    Listen,
    SendText,
    Sleep,
    ask,
    lead_after_silence,
)
from answerback.domain.numbers.zones import time_zones_of
from answerback.storage.connection import Connection, Pool
from answerback.storage.contacts import Contact, get_contacts
from answerback.storage.flow_runs import Line, Run, claim_due, save_runs
from answerback.storage.flows import read_versions
from answerback.storage.wakeups import notify
from answerback.usecases.begin_flow import seen_of
from answerback.usecases.flow_effects import EFFECTS, Asked, Effect, Effects, Result, Sent

MOST_AT_ONCE: Final = 25
"""Steps of one run in one transaction; then others have their turn."""
CALL_HOLD: Final = timedelta(seconds=60)
"""Longer than any call; after a crash it is made again then."""
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class OutsideCall:
    """A call to make once the transaction is through."""

    run_id: int
    flow_id: int
    place: int
    tries: int
    asked: AskOutside


@dataclass(slots=True)
class Stepped:
    """What a batch came to: how many runs, and the calls that are now owed."""

    runs: int = 0
    calls: list[OutsideCall] = field(default_factory=list)


async def step_due(pool: Pool, limit: int) -> Stepped:
    """One batch of what is due."""
    async with pool.acquire() as connection, connection.transaction():
        runs = await claim_due(connection, limit)
        if not runs:
            return Stepped()
        calls = await step_runs(connection, runs, datetime.now(UTC))
        await notify(connection, "event")
        return Stepped(len(runs), calls)


async def step_runs(
    connection: Connection, runs: Sequence[Run], now: datetime, *, lot: str | None = None
) -> list[OutsideCall]:
    """Locked runs, moved on and written back. A trial has a later `now`, and a `lot` that makes it draw the same
    each time."""
    definitions = await read_versions(connection, sorted({(run.flow_id, run.version) for run in runs}))
    contacts = await get_contacts(connection, sorted({run.contact_id for run in runs}))
    batch = _Batch(connection, Effects(connection), contacts, now, lot)
    await batch.advance([_Moving(run, definitions[(run.flow_id, run.version)]) for run in runs])
    await save_runs(connection, runs, batch.diary)
    return batch.calls


def facts_of(contact: Contact, run: Run) -> dict[str, Any]:
    """What expressions see."""
    return {"trigger": {}, **run.facts, "contact": {**seen_of(contact), "phone": run.phone}}


def zone_of(contact: Contact, phone: str) -> ZoneInfo:
    """The customer's own, else the first their number may be in."""
    return ZoneInfo(contact.time_zone or min(time_zones_of(phone), default="UTC"))


@dataclass(slots=True)
class _Moving:
    """A run, and how many steps it may still take in this transaction."""

    run: Run
    definition: Definition
    left: int = MOST_AT_ONCE


@dataclass(slots=True)
class _Batch:
    """Runs move in rounds: each as far as it can by itself, then what they ask for is done for all of them together."""

    connection: Connection
    effects: Effects
    contacts: dict[int, Contact]
    now: datetime
    lot: str | None
    diary: list[Line] = field(default_factory=list)
    calls: list[OutsideCall] = field(default_factory=list)

    async def advance(self, moving: Sequence[_Moving]) -> None:
        """Until they wait, call, have ended, or had their turn."""
        for one in moving:
            self._wake(one)
        while moving:
            asked = [(one, wish) for one in moving if (wish := self._think(one)) is not None]
            for kind in EFFECTS:
                alike = [Asked(one.run, self.contacts[one.run.contact_id], wish) for one, wish in asked
                         if isinstance(wish, kind)]  # fmt: skip
                if alike:
                    await self._do(alike)
            moving = [one for one, _ in asked if one.run.state == "ready"]

    def _wake(self, one: _Moving) -> None:
        run = one.run
        if run.state == "listening" and run.step is not None:
            step = one.definition.steps[run.step]
            if isinstance(step, AwaitReply):
                self._go(run, step.title or "await_reply", lead_after_silence(step))
        run.state, run.resume_at = ("calling" if run.state == "calling" else "ready"), self.now

    def _think(self, one: _Moving) -> Effect | None:
        """What it asks for next that it cannot do by itself."""
        run = one.run
        while one.left:
            one.left -= 1
            if run.step is None:
                self._end(run, Finish("done"))
                return None
            if run.places >= MOST_STEPS:
                self._end(run, Finish("failed", f"It took more than {MOST_STEPS} steps."))
                return None
            try:
                step = one.definition.steps[run.step]
                contact = self.contacts[run.contact_id]
                lot, zone = self.lot or str(run.id), zone_of(contact, run.phone)
                wish = ask(step, facts_of(contact, run), self.now, run=lot, zone=zone)
            except Exception:
                self._break(run)
                return None
            match wish:
                case GoOn():
                    self._go(run, str(type(step).__struct_config__.tag), wish)
                case Sleep(until, to):
                    self._write(run, "wait", f"until {until:%Y-%m-%d %H:%M} UTC")
                    run.state, run.step, run.resume_at = "sleeping", to, until
                    return None
                case Listen(until):
                    self._write(run, "await_reply", f"until {until:%Y-%m-%d %H:%M} UTC")
                    run.state, run.resume_at = "listening", until
                    return None
                case AskOutside():
                    self._call(run, wish)
                    return None
                case Finish():
                    self._end(run, wish)
                    return None
                case SendText() | ChangeContact() | BeginFlow() | GiveToQueue():
                    return wish
        return None

    async def _do(self, asked: Sequence[Asked]) -> None:
        """All together; where that breaks one by one, so that one that breaks takes no other with it."""
        try:
            async with self.connection.transaction():
                results = await self.effects.carry_out(asked)
        except asyncpg.TransactionRollbackError:  # two transactions stood in each other's way: all of it again
            raise
        except Exception:
            if len(asked) == 1:
                return self._break(asked[0].run)
            for one in asked:
                await self._do([one])
            return
        for one, result in zip(asked, results, strict=True):
            self._note(one, result)

    def _note(self, one: Asked, result: Result) -> None:
        run = one.run
        match one.wish, result:
            case SendText() as wish, Sent() as sent:
                self._sent(run, wish, sent)
            case ChangeContact(attributes, more, less, to), Contact() as contact:
                self.contacts[run.contact_id] = contact
                self._write(run, "set", ", ".join([*attributes, *more, *less]))
                run.step = to
            case BeginFlow(_, to), str() as what:
                self._write(run, "start_flow", what)
                run.step = to
            case GiveToQueue(_, _, to), str() as what:
                self._write(run, "hand_over", what)
                run.step = to

    def _sent(self, run: Run, wish: SendText, sent: Sent) -> None:
        self._write(run, "send", sent.what, sent.message_id)
        if sent.problem:
            if wish.step.refused is None:
                return self._end(run, Finish("refused", sent.problem))
            run.step = wish.step.refused
        elif sent.due_at is not None:
            run.state, run.step, run.resume_at = "sleeping", wish.step.next, sent.due_at
        else:
            run.step = wish.step.next
        return None

    def _break(self, run: Run) -> None:
        log.exception("flow_step_failed", flow_id=run.flow_id, run_id=run.id, step=run.step)
        self._end(run, Finish("failed", "Something went wrong here; see the server's log."))

    def _call(self, run: Run, wish: AskOutside) -> None:
        """Its place is that of its first try, so that its id stays the same."""
        if run.state != "calling":
            self._write(run, "call", wish.step.url.partition("?")[0])
            run.tries, run.call_place = 0, run.places
        run.state, run.resume_at = "calling", self.now + CALL_HOLD
        run.tries += 1
        self.calls.append(OutsideCall(run.id, run.flow_id, run.call_place, run.tries, wish))

    def _go(self, run: Run, kind: str, on: GoOn) -> None:
        self._write(run, kind, on.why)
        run.step = on.to

    def _end(self, run: Run, finish: Finish) -> None:
        self._write(run, "end", finish.problem or finish.outcome)
        run.state, run.step, run.resume_at = "ended", None, None
        run.outcome, run.problem = finish.outcome, finish.problem

    def _write(self, run: Run, kind: str, what: str, message_id: int | None = None) -> None:
        run.places += 1
        self.diary.append(Line(run.id, run.places, run.step or "", kind, what, message_id))
