"""STOP, START, HELP and YES: into the consent ledger at once, and one answer where the provider gives none.

Part of the transaction that stores the text. A keyword neither opens nor closes a conversation.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from answerback.domain.consent.answers import choose_answer
from answerback.domain.consent.keyword_table import WORDS, Word
from answerback.domain.consent.keywords import Keyword, classify, is_answered
from answerback.domain.consent.ledger import About, Choice, ConsentState, Entry, Sender, Source, fold
from answerback.domain.ids import BrandId, NumberId
from answerback.domain.sending.gate import Purpose
from answerback.storage import messages
from answerback.storage.accounts_read import NumberRow
from answerback.storage.connection import Connection
from answerback.storage.consent import NewEntry, read_entries
from answerback.storage.events import NewEvent, append
from answerback.storage.ingest import NewText
from answerback.usecases.arrivals import ReceivedText
from answerback.usecases.queue_text import Draft, queue_text
from answerback.usecases.write_consent import write_consent

LONGEST_WORDS: Final = 40
BY_KEYWORD: Final = {word.keyword: word for word in reversed(WORDS)}  # the first of each in the table


@dataclass(frozen=True, slots=True)
class KeywordText:
    """A text that looks like a keyword."""

    word: Word
    item: ReceivedText
    number: NumberRow

    @property
    def sender(self) -> Sender:
        brand = self.number.brand_id
        return Sender(NumberId(self.number.id), None if brand is None else BrandId(brand))


@dataclass(frozen=True, slots=True)
class Said:
    """What the customer had said before: to this number, and the opt-in that waits for their YES."""

    state: ConsentState
    pending: Entry | None


def recognise(item: ReceivedText, number: NumberRow) -> Word | None:
    """What the provider recognised, else what we do; a YES may still turn out to be an answer: see `is_ordinary`."""
    text = item.text
    ours = None if text.media else classify(text.body, number.type)
    if text.opt_out_kind is None:
        return ours
    theirs = Keyword(text.opt_out_kind)
    return ours if ours is not None and ours.keyword is theirs else BY_KEYWORD[theirs]


async def is_ordinary(connection: Connection, keyword: KeywordText) -> bool:
    """YES agrees only where something was asked; from anybody else it is an answer to the agent."""
    if keyword.word.keyword is not Keyword.YES:
        return False
    said = await _read(connection, keyword)
    return said.pending is None and not said.state.opted_out


async def act_on_keyword(connection: Connection, keyword: KeywordText, text: NewText) -> None:
    """Record what was said, stop what has not left yet, and confirm once if that falls to us."""
    facts = await messages.lock_conversation(connection, text.conversation_id)
    if facts is None:
        return
    heard = NewEvent(
        "KeywordReceived",
        conversation_id=facts.id,
        contact_id=facts.contact_id,
        message_id=text.message_id,
        data={"keyword": keyword.word.keyword.value},
    )
    await append(connection, [heard])
    before = await _read(connection, keyword)
    wish = keyword.word.keyword
    if wish is Keyword.YES and not _confirms(keyword, before):
        wish = Keyword.START  # from somebody who had opted out
    entry = _entry(keyword, before, text, wish=wish)
    if entry is not None:
        await write_consent(connection, entry, conversation_id=text.conversation_id)
    number = keyword.number
    answered = keyword.item.text.opt_out_kind is not None or (
        number.provider_answers_keywords and is_answered(keyword.word, facts.provider, number.type)
    )
    body = choose_answer(
        Keyword.YES if _confirms(keyword, before) else wish,
        before.state,
        facts.number_name,
        provider_answers=answered,
        language=keyword.word.language,
    )
    if body is not None:
        await queue_text(connection, facts, Draft(body, Purpose.KEYWORD_REPLY, "automated"))


def _entry(keyword: KeywordText, before: Said, text: NewText, *, wish: Keyword) -> NewEntry | None:
    """The line to write: STOP and START speak of the brand where there is one; a YES of what was asked."""
    words = keyword.item.text.body.strip()[:LONGEST_WORDS]
    phone = keyword.item.text.sender
    waits = before.pending
    if waits is not None and _confirms(keyword, before):
        return NewEntry(
            phone, waits.number_id, Choice.OPT_IN, Source.KEYWORD, words, text.message_id,
            brand_id=waits.brand_id, purpose=waits.purpose,
        )  # fmt: skip
    if wish not in (Keyword.STOP, Keyword.START):
        return None
    brand = keyword.number.brand_id
    number = keyword.number.id if brand is None else None
    choice = Choice.OPT_OUT if wish is Keyword.STOP else Choice.OPT_IN
    return NewEntry(phone, number, choice, Source.KEYWORD, words, text.message_id, brand_id=brand)


def _confirms(keyword: KeywordText, said: Said) -> bool:
    """Whether it is the answer to a double opt-in: YES, or START where carriers take nothing else."""
    if said.pending is None or said.state.opted_out:
        return False
    wish = keyword.word.keyword
    return wish is Keyword.YES or (wish is Keyword.START and keyword.number.type == "toll_free")


async def _read(connection: Connection, keyword: KeywordText) -> Said:
    entries = await read_entries(connection, keyword.item.text.sender)
    sender = keyword.sender
    waiting = [fold(entries, sender, about).pending for about in About]
    alive = [one for one in waiting if one is not None and _is_alive(one, keyword.item.received_at)]
    return Said(fold(entries, sender, About.CONVERSATION), max(alive, key=lambda one: one.id, default=None))


def _is_alive(entry: Entry, now: datetime) -> bool:
    return entry.confirm_until is not None and entry.confirm_until > now
