"""Asks providers that keep opt-outs of their own for those the ledger does not know, and writes them down.

The provider would refuse a text to these phones; with the line in the ledger the send gate says so before it is tried,
and the customer is left alone. What we know and the provider does not is not sent there: our gate
holds those texts back, and only the customer's START may lift a carrier's block.
"""

from collections.abc import Sequence
from typing import Final

from answerback.domain.consent.ledger import Choice, Source
from answerback.domain.sending.failure import FailureClass
from answerback.providers.contract import Check, ProviderError
from answerback.providers.opt_outs import OptOutList
from answerback.storage.connection import Pool
from answerback.storage.consent import NewEntry
from answerback.storage.numbers import Number
from answerback.storage.opt_out_lists import not_opted_out, phones_to_compare, set_compared
from answerback.storage.wakeups import notify
from answerback.usecases.open_account import Opened
from answerback.usecases.write_consent import write_consent

NAME: Final = "Opt-outs at the provider"
A_DAY: Final = 2000
"""Phones compared at each look, of each number; the next look goes on from there."""
WORDS: Final = "on the provider's opt-out list"


async def compare_opt_outs(pool: Pool, opened: Opened, numbers: Sequence[Number]) -> list[Check]:
    """Nothing where the provider has no such list."""
    provider = opened.provider
    if not isinstance(provider, OptOutList):
        return []
    asked = written = 0
    for number in numbers:
        known = await phones_to_compare(pool, number.id, A_DAY)
        phones = [phone for _, phone in known]
        try:
            out = await provider.opted_out(opened.account, number.address, phones) if phones else frozenset[str]()
        except ProviderError as error:
            return [_refused(error)]
        asked += len(phones)
        written += await _write(pool, number.id, sorted(out), known[-1][0] if len(known) == A_DAY else 0)
    evidence = f"{asked:,} phones compared with the ledger, {written:,} new opt-outs written down."
    return [Check(NAME, True, evidence)]


def _refused(error: ProviderError) -> Check:
    """A list one may not read is a step to take; anything else is tried again soon."""
    if error.failure.cls is FailureClass.ACCOUNT:
        told = "Opt-outs are learned when the customer writes STOP, and when a text is refused"
        return Check(NAME, None, f"The list cannot be read. {told}.", error.failure.sentence)
    return Check(NAME, False, error.failure.sentence, "It is tried again soon.")


async def _write(pool: Pool, number_id: int, phones: list[str], compared_to: int) -> int:
    async with pool.acquire() as connection, connection.transaction():
        new = await not_opted_out(connection, number_id, phones) if phones else []
        for phone in new:
            entry = NewEntry(phone, number_id, Choice.OPT_OUT, Source.PROVIDER, WORDS)
            await write_consent(connection, entry)
        await set_compared(connection, number_id, compared_to)
        if new:
            await notify(connection, "event")
    return len(new)
