"""Where a phone stands towards a number of ours, for each purpose, in a sentence."""

import msgspec

from answerback.domain.consent.ledger import About, fold
from answerback.domain.consent.sentences import explain
from answerback.storage.connection import Pool
from answerback.storage.consent import read_entries
from answerback.storage.senders import read_sender
from answerback.usecases.load_facts import sender_of
from answerback.usecases.refusals import Invalid, invalid


class PurposeState(msgspec.Struct, frozen=True):
    """`standing` is none, pending, in or out; `entry_id` is the ledger's line that decided it."""

    purpose: str
    standing: str
    sentence: str
    entry_id: int | None


async def consent_states(pool: Pool, phone: str, number_id: int) -> list[PurposeState] | Invalid:
    """Of a phone in E.164."""
    async with pool.acquire() as connection:
        sender = await read_sender(connection, number_id)
        if sender is None:
            return invalid("number_id", "is not a number of ours", "Choose one from GET /api/v1/numbers.")
        entries = await read_entries(connection, phone)
    states = ((about, fold(entries, sender_of(sender), about)) for about in About)
    return [
        PurposeState(
            about.value, state.standing.value, explain(state), state.decided_by.id if state.decided_by else None
        )
        for about, state in states
    ]
