"""A batch of customers' texts: each stored exactly once with its conversation and events, keywords acted upon.

A text that cannot be stored falls out alone and is kept; its batch-mates do not fail.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from answerback.domain.consent.keywords import Keyword
from answerback.domain.text.parts import count_parts
from answerback.storage.connection import Pool
from answerback.storage.ingest import TextRow, ingest
from answerback.storage.sealing import Sealer
from answerback.storage.trouble import Trouble, tell_trouble
from answerback.usecases.arrivals import ReceivedText
from answerback.usecases.directory import Directory
from answerback.usecases.keep_webhook import UNKNOWN_NUMBER, UNSTORABLE, keep, seal_text
from answerback.usecases.receive_keyword import KeywordText, act_on_keyword, is_ordinary, recognise

ATTEMPTS: Final = 4


@dataclass(frozen=True, slots=True)
class Reception:
    """What receiving needs."""

    pool: Pool
    directory: Directory
    sealer: Sealer


async def receive_texts(reception: Reception, items: Sequence[ReceivedText]) -> None:
    """Returns when all are durable. Raises only what concerns the database as a whole."""
    for attempt in range(ATTEMPTS):
        try:
            return await store_texts(reception, items)
        except Exception as error:
            trouble = tell_trouble(error)
            if trouble is Trouble.AWAY or (trouble is Trouble.PASSING and attempt == ATTEMPTS - 1):
                raise
            if trouble is Trouble.DATA:
                return await _receive_one_by_one(reception, items, error)


async def _receive_one_by_one(reception: Reception, items: Sequence[ReceivedText], error: Exception) -> None:
    if len(items) == 1:
        reason = f"{UNSTORABLE}: {type(error).__name__}"
        return await keep(reception.pool, [seal_text(reception.sealer, items[0], reason)])
    for item in items:
        await receive_texts(reception, [item])


async def store_texts(reception: Reception, items: Sequence[ReceivedText]) -> None:
    """All or nothing; raises whatever stands in the way."""
    rows: list[TextRow] = []
    keywords: list[KeywordText] = []
    homeless: list[ReceivedText] = []
    for item in items:
        number = reception.directory.number(item.number_id)
        if number is None:  # taken away while the text waited on disk
            homeless.append(item)
            continue
        keyword = recognise(item, number)
        rows.append(_row(item, keyword))
        if keyword is not None:
            keywords.append(KeywordText(keyword, item, number))
    if keywords:
        await _receive_with_keywords(reception, rows, keywords)
    elif rows:
        await ingest(reception.pool, rows)
    if homeless:
        await keep(reception.pool, [seal_text(reception.sealer, item, UNKNOWN_NUMBER) for item in homeless])


async def _receive_with_keywords(reception: Reception, rows: list[TextRow], keywords: list[KeywordText]) -> None:
    """Consent changes in the transaction of the text that changes it."""
    async with reception.pool.acquire() as connection, connection.transaction():
        ordinary = {id(keyword.item) for keyword in keywords if await is_ordinary(connection, keyword)}
        acting = {
            (keyword.item.account_id, keyword.item.text.provider_message_id): keyword
            for keyword in keywords
            if id(keyword.item) not in ordinary
        }
        rows = [
            row if (row.account_id, row.provider_message_id) in acting or row.route else replace(row, route=True)
            for row in rows
        ]
        for text in await ingest(connection, rows):
            keyword = acting.get((text.account_id, text.provider_message_id))
            if keyword is not None:
                await act_on_keyword(connection, keyword, text)


def _row(item: ReceivedText, keyword: Keyword | None) -> TextRow:
    text = item.text
    measured = count_parts(text.body)
    return TextRow(
        account_id=item.account_id,
        provider_message_id=text.provider_message_id,
        number_id=item.number_id,
        phone=text.sender,
        body=text.body,
        parts=text.parts or measured.parts,
        encoding=measured.encoding.value,
        provider_at=text.provider_at or (item.received_at if item.delayed else None),
        media=[{"url": one.url, "content_type": one.content_type} for one in text.media] or None,
        route=keyword is None,
        maybe_late=item.delayed,
        said_at=text.provider_at or item.received_at,
    )
