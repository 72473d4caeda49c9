"""A person says what a sentence that looks like an opt-out meant: it is recorded in those words, or dismissed."""

from dataclasses import dataclass

from answerback.domain.consent.ledger import Choice, Source
from answerback.domain.consent.phrases import suggest_opt_out
from answerback.storage.connection import Pool
from answerback.storage.consent import NewEntry
from answerback.storage.events import NewEvent, append
from answerback.storage.phrases import read_inbound, settle
from answerback.storage.wakeups import notify
from answerback.usecases.refusals import Conflict, NotFound
from answerback.usecases.write_consent import write_consent


@dataclass(frozen=True, slots=True)
class PhraseSettled:
    recorded: bool


async def settle_phrase(
    pool: Pool, message_id: int, actor_id: int, *, record: bool
) -> PhraseSettled | NotFound | Conflict:
    """Recorded for the number's brand where it has one, as a keyword would be."""
    async with pool.acquire() as connection, connection.transaction():
        text = await read_inbound(connection, message_id)
        if text is None:
            return NotFound(f"text {message_id} of a customer")
        found = suggest_opt_out(text.body)
        if found is None:
            return Conflict("Nothing in this text looks like an opt-out: record consent on the customer card instead.")
        if not await settle(connection, message_id, "recorded" if record else "dismissed", actor_id):
            return Conflict("Somebody has answered this already.")
        if record:
            number = text.number_id if text.brand_id is None else None
            entry = NewEntry(
                text.phone, number, Choice.OPT_OUT, Source.AGENT, text.body[found.start : found.end], message_id,
                actor_id, brand_id=text.brand_id,
            )  # fmt: skip
            await write_consent(connection, entry, conversation_id=text.conversation_id, contact_id=text.contact_id)
        else:
            event = NewEvent(
                "OptOutDismissed",
                actor_id=actor_id,
                conversation_id=text.conversation_id,
                contact_id=text.contact_id,
                message_id=message_id,
            )
            await append(connection, [event])
        await notify(connection, "event")
    return PhraseSettled(record)
