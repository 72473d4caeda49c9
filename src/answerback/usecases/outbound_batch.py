"""One batch of ordered texts in one transaction: claimed, written, sent through the gate, what became of each kept."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

import asyncpg
import msgspec

from answerback.domain.sending.gate import About, Deferred, Purpose
from answerback.domain.templates.template import Template, Unwritable, write
from answerback.storage import outbound_messages as kept
from answerback.storage.connection import Connection, Pool
from answerback.storage.consent import NewEntry, was_recorded
from answerback.storage.contacts import Contact, contacts_of, get_contacts, owners_of
from answerback.storage.outbound_messages import Claim, Decided, Earlier
from answerback.storage.text_batches import lock_threads
from answerback.usecases.drafts import Draft, Queued, RefusedText
from answerback.usecases.outbound_items import GivenConsent, ItemResult, Wanted
from answerback.usecases.preview_template import known_of
from answerback.usecases.queue_texts import queue_texts
from answerback.usecases.write_consent import write_consent

TRIES: Final = 5
NOT_WANTED: Final = "optin is false: the customer does not want such texts. Send true once they do."


@dataclass(frozen=True, slots=True)
class Letter:
    """What all texts of an order have in common."""

    configuration_id: int
    template: Template
    about: About
    number_ids: Sequence[int]
    actor_id: int
    send_at: datetime | None


@dataclass(frozen=True, slots=True)
class Written:
    """An item with its words and its id."""

    wanted: Wanted
    body: str
    id: int


async def send_batch(pool: Pool, letter: Letter, batch: Sequence[Wanted]) -> list[ItemResult]:
    """Where two calls stand in each other's way, PostgreSQL takes one of them back whole: it is run again."""
    for left in reversed(range(TRIES)):
        try:
            async with pool.acquire() as connection, connection.transaction():
                return await _send(connection, letter, batch)
        except asyncpg.DeadlockDetectedError:
            if not left:
                raise
    raise AssertionError


async def _send(connection: Connection, letter: Letter, batch: Sequence[Wanted]) -> list[ItemResult]:
    owners = await owners_of(connection, [wanted.phone for wanted in batch])
    contacts = await get_contacts(connection, [contact_id for contact_id, _ in owners.values()])
    by_phone = {phone: contacts[contact_id] for phone, (contact_id, _) in owners.items() if contact_id in contacts}
    results: list[ItemResult] = []
    bodies: list[tuple[Wanted, str]] = []
    for wanted in batch:
        body = _write(letter, wanted, by_phone.get(wanted.phone))
        if isinstance(body, ItemResult):
            results.append(body)
        else:
            bodies.append((wanted, body))
    if not bodies:
        return results
    wishes = [Claim(one.key, one.phone, one.regarding_id, one.relationship) for one, _ in bodies]
    ids = await kept.claim(connection, letter.configuration_id, wishes, letter.actor_id)
    earlier = [one for (one, _), each in zip(bodies, ids, strict=True) if each is None]
    results += await _repeat(connection, letter, earlier)
    mine = [Written(one, body, each) for (one, body), each in zip(bodies, ids, strict=True) if each is not None]
    decided = await _decide(connection, letter, mine)
    await kept.decide(connection, list(decided.values()))
    return results + [_answer(one.wanted, decided[one.id]) for one in mine]


def _write(letter: Letter, wanted: Wanted, contact: Contact | None) -> str | ItemResult:
    locale = wanted.locale or (contact.language if contact else None)
    known = known_of(contact) | {name: wanted.values[name] for name in known_of(None) if wanted.values.get(name)}
    written = write(letter.template, locale, known, wanted.values)
    if not isinstance(written, Unwritable):
        return written.body
    name, bad = next(iter(written.problems.items()))
    sentence = f"{name or 'The text'} {bad.problem}. {bad.way_out}"
    field = f"contextitems.{name}" if name else "contextitems"
    return ItemResult(wanted.place, "invalid", key=wanted.key, field=field, reason="invalid", sentence=sentence)


async def _repeat(connection: Connection, letter: Letter, wanted: Sequence[Wanted]) -> list[ItemResult]:
    if not wanted:
        return []
    found = await kept.find_earlier(connection, letter.configuration_id, [one.key or "" for one in wanted])
    return [_again(one, found[one.key or ""]) for one in wanted]


def _again(wanted: Wanted, earlier: Earlier) -> ItemResult:
    if earlier.phone != wanted.phone:
        sentence = "This key belongs to a text to another phone: give each text its own."
        return ItemResult(wanted.place, "invalid", key=wanted.key, field="key", reason="invalid", sentence=sentence)
    return _answer(wanted, earlier, repeated=True)


async def _decide(connection: Connection, letter: Letter, mine: Sequence[Written]) -> dict[int, Decided]:
    """Conversations are locked in the order of their ids, as everybody does who locks several."""
    decided = {
        one.id: Decided(one.id, "refused", "no_optin", "optin", NOT_WANTED) for one in mine if not one.wanted.optin
    }
    wanting = [one for one in mine if one.wanted.optin]
    contact_ids = await contacts_of(connection, [one.wanted.phone for one in wanting])
    known = await kept.known_numbers(connection, list(contact_ids.values()), letter.number_ids)
    by_number: dict[int, list[Written]] = {}
    for one in wanting:
        phone = one.wanted.phone
        number_id = _number(letter, known, contact_ids[phone], phone)
        by_number.setdefault(number_id, []).append(one)
        if one.wanted.consent is not None:
            await _agree(connection, letter, phone, number_id, consent=one.wanted.consent)
    if len(by_number) > 1:
        await lock_threads(connection, {(each, one.wanted.phone) for each, texts in by_number.items() for one in texts})
    for number_id, texts in by_number.items():
        outcomes = await queue_texts(connection, number_id, [(one.wanted.phone, _draft(letter, one)) for one in texts])
        for one, outcome in zip(texts, outcomes, strict=True):
            decided[one.id] = _decided(one, outcome, contact_ids[one.wanted.phone])
    return decided


def _number(letter: Letter, known: Mapping[int, int], contact_id: int, phone: str) -> int:
    """The one the customer knows; else spread, the same one each time they are texted."""
    spread = letter.number_ids[zlib.crc32(phone.encode()) % len(letter.number_ids)]
    return known.get(contact_id, spread)


def _draft(letter: Letter, one: Written) -> Draft:
    return Draft(
        one.body, Purpose.PROACTIVE, "api", letter.actor_id, about=letter.about, send_at=letter.send_at, patient=True,
        subject=f"outbound configuration {letter.configuration_id}",
    )  # fmt: skip


def _decided(one: Written, outcome: Queued | RefusedText | Deferred, contact_id: int) -> Decided:
    match outcome:
        case Queued(message_id, due_at, why):
            known = Decided(one.id, "queued" if due_at is None else "waits", message_id=message_id, due_at=due_at)
        case RefusedText(message_id, why):
            known = Decided(one.id, "refused", message_id=message_id)
        case Deferred():
            raise AssertionError("patient texts wait in the outbox")
    known = replace(known, contact_id=contact_id)
    return known if why is None else replace(known, reason=why.reason.value, rule=why.rule, sentence=why.sentence)


async def _agree(connection: Connection, letter: Letter, phone: str, number_id: int, *, consent: GivenConsent) -> None:
    """The customer's yes towards this number, once, whenever they gave it."""
    purpose = letter.about.value
    entry = NewEntry(
        phone, number_id, "opt_in", "api", consent.words.strip(), user_id=letter.actor_id, purpose=purpose,
        at=consent.at, proof=msgspec.to_builtins(consent.proof),
    )  # fmt: skip
    if not await was_recorded(connection, entry):
        await write_consent(connection, entry)


def _answer(wanted: Wanted, decided: Decided, *, repeated: bool = False) -> ItemResult:
    return ItemResult(
        wanted.place,
        decided.result,
        id=decided.id,
        key=wanted.key,
        message_id=decided.message_id,
        due_at=decided.due_at,
        reason=decided.reason,
        rule=decided.rule,
        sentence=decided.sentence,
        repeated=repeated,
    )
