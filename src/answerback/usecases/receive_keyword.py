"""STOP, START and HELP: into the consent ledger at once, and one answer where the provider gives none.

Part of the transaction that stores the text. A keyword neither opens nor closes a conversation.
"""

from dataclasses import dataclass
from typing import Final

from answerback.domain.consent.answers import choose_answer
from answerback.domain.consent.keywords import Keyword, classify
from answerback.domain.consent.ledger import Choice, ConsentState, Source, fold
from answerback.domain.ids import NumberId
from answerback.domain.sending.gate import Purpose
from answerback.storage import messages
from answerback.storage.accounts_read import NumberRow
from answerback.storage.connection import Connection
from answerback.storage.consent import NewEntry, add_entry, read_entries
from answerback.storage.events import NewEvent, append
from answerback.storage.ingest import NewText
from answerback.usecases.arrivals import ReceivedText
from answerback.usecases.queue_text import Draft, queue_text

CHOICES: Final = {Keyword.STOP: Choice.OPT_OUT, Keyword.START: Choice.OPT_IN}
LONGEST_WORDS: Final = 40
STOPPED: Final = "The customer opted out before this text left: they can text START to this number to opt in again."


@dataclass(frozen=True, slots=True)
class KeywordText:
    """A text that looks like a keyword."""

    keyword: Keyword
    item: ReceivedText
    number: NumberRow


def recognise(item: ReceivedText, number: NumberRow) -> Keyword | None:
    """What the provider recognised, else what we do, as if the customer had opted out: see `is_ordinary`."""
    text = item.text
    if text.opt_out_kind is not None:
        return Keyword(text.opt_out_kind)
    return None if text.media else classify(text.body, number.type, opted_out=True)


async def is_ordinary(connection: Connection, keyword: KeywordText) -> bool:
    """Some words opt in only who has opted out; from anybody else they are an answer to the agent."""
    text, number = keyword.item.text, keyword.number
    if text.opt_out_kind is not None or classify(text.body, number.type) is not None:
        return False
    return not (await _read_consent(connection, keyword)).opted_out


async def act_on_keyword(connection: Connection, keyword: KeywordText, text: NewText) -> None:
    """Record what was said, stop what has not left yet, and confirm once if that falls to us."""
    facts = await messages.lock_conversation(connection, text.conversation_id)
    if facts is None:
        return
    before = await _read_consent(connection, keyword)
    choice = CHOICES.get(keyword.keyword)
    if choice is not None:
        await _record(connection, keyword, text, choice=choice)
    if keyword.keyword is Keyword.STOP:
        refused = await messages.refuse_queued(connection, keyword.number.id, keyword.item.text.sender, STOPPED)
        await append(
            connection,
            [
                NewEvent(
                    "MessageRefused", conversation_id=conversation, message_id=message, data={"reason": "opted_out"}
                )
                for message, conversation in refused
            ],
        )
    number = keyword.number
    answered = number.provider_answers_keywords or keyword.item.text.opt_out_kind is not None
    body = choose_answer(keyword.keyword, before, number.name or number.address, provider_answers=answered)
    if body is not None:
        await queue_text(connection, facts, Draft(body, Purpose.KEYWORD_REPLY, "automated"))


async def _read_consent(connection: Connection, keyword: KeywordText) -> ConsentState:
    entries = await read_entries(connection, keyword.item.text.sender)
    return fold(entries, NumberId(keyword.number.id))


async def _record(connection: Connection, keyword: KeywordText, text: NewText, *, choice: Choice) -> None:
    words = keyword.item.text.body.strip()[:LONGEST_WORDS]
    entry = NewEntry(keyword.item.text.sender, keyword.number.id, choice, Source.KEYWORD, words, text.message_id)
    entry_id = await add_entry(connection, entry)
    await append(
        connection,
        [
            NewEvent(
                "ConsentRecorded",
                conversation_id=text.conversation_id,
                message_id=text.message_id,
                data={
                    "choice": choice.value,
                    "source": "keyword",
                    "number_id": keyword.number.id,
                    "entry_id": entry_id,
                },
            )
        ],
    )
