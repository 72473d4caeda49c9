"""Puts many texts to many phones from one number into threads and outbox, through the send gate. Part of a larger
transaction: a handful of statements, however many texts there are."""

from collections.abc import Sequence
from datetime import UTC, datetime

from msgspec.structs import replace

from answerback.domain.sending.gate import Deferred
from answerback.storage.connection import Connection
from answerback.storage.senders import read_sender
from answerback.storage.text_batches import lock_threads
from answerback.usecases.drafts import Draft, Queued, RefusedText
from answerback.usecases.load_facts import load_facts
from answerback.usecases.text_batch import TextBatch


async def queue_texts(
    connection: Connection, number_id: int, texts: Sequence[tuple[str, Draft]], *, keep_deferred: bool = True
) -> list[Queued | RefusedText | Deferred]:
    """What became of each text (phone, draft), in their order, as `queue_text` would have it one after another.

    A draft that is not `patient` and may not leave now is stored as refused, as a single one is; with `keep_deferred`
    False it is not stored and `Deferred` says when to ask again. Phones must be addresses as `parse_phone` gives them.
    Threads are locked in the order of their ids; a caller that locked others before runs its transaction again after
    asyncpg.DeadlockDetectedError. Some thousand texts a call are best.
    """
    if not texts:
        return []
    sender = await read_sender(connection, number_id)
    if sender is None:
        raise LookupError(f"There is no number {number_id}.")
    phones = list(dict.fromkeys(phone for phone, _ in texts))
    threads = await lock_threads(connection, [(number_id, phone) for phone in phones])
    known = await load_facts(connection, sender, phones)
    batch = TextBatch(sender, datetime.now(UTC))
    waiting: list[Deferred | None] = []
    for phone, draft in texts:
        thread, facts = threads[number_id, phone], known[phone]
        if thread.customer_opened:
            facts = replace(facts, customer_opened=True)
        waiting.append(batch.ask(thread, facts, draft, keep_deferred=keep_deferred))
    written = iter(await batch.write(connection))
    return [next(written) if held is None else held for held in waiting]
