"""One batch of what has been kept long enough: words, files, news, what lists say of people; and uploads that were
never sent. A crash costs no more than the batch."""

from answerback.storage.aged_recipients import clear_recipients
from answerback.storage.connection import Pool
from answerback.storage.erasure import drop_blobs
from answerback.storage.media import delete_unused_uploads
from answerback.storage.retention import (
    BATCH,
    Removed,
    lock_turn,
    remove_around,
    remove_events,
    remove_files,
    remove_texts,
)


async def remove_aged(pool: Pool) -> tuple[Removed, bool]:
    """What went, and whether there may be more. Nothing while another node is at it."""
    async with pool.acquire() as connection, connection.transaction():
        days = await lock_turn(connection)
        if days is None:
            return Removed(), False
        nothing = (0, False)
        await drop_blobs(connection, await delete_unused_uploads(connection, BATCH))
        texts = nothing if days.texts_days is None else await remove_texts(connection, days.texts_days)
        files = nothing if days.files_days is None else await remove_files(connection, days.files_days)
        people = nothing if days.texts_days is None else await clear_recipients(connection, days.texts_days)
        events = nothing if days.events_days is None else await remove_events(connection, days.events_days)
        if days.texts_days is not None and not texts[1]:
            await remove_around(connection, days.texts_days)
        kinds = (texts, files, events, people)
        return Removed(*(removed for removed, _ in kinds)), any(more for _, more in kinds)
