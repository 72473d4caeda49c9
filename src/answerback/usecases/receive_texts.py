"""A batch of customers' texts: each stored exactly once with its conversation and events; keywords and scores act.

A text that cannot be stored falls out alone and is kept; its batch-mates do not fail.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from answerback.domain.masking.mask import Masker
from answerback.domain.text.parts import count_parts
from answerback.storage.connection import Connection, Pool
from answerback.storage.ingest import NewText, TextRow, ingest
from answerback.storage.sealing import Sealer
from answerback.storage.trouble import Trouble, tell_trouble
from answerback.usecases.arrivals import ReceivedText
from answerback.usecases.directory import Directory
from answerback.usecases.keep_webhook import UNKNOWN_NUMBER, UNSTORABLE, keep, seal_text
from answerback.usecases.receive_keyword import KeywordText, act_on_keyword, is_ordinary, recognise
from answerback.usecases.surveys import ScoreText, find_asked, keep_score, recognise_score

ATTEMPTS: Final = 4
Action = Callable[[NewText], Awaitable[None]]


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
    special: list[KeywordText | ScoreText] = []
    homeless: list[ReceivedText] = []
    for item in items:
        number = reception.directory.number(item.number_id)
        if number is None:  # taken away while the text waited on disk
            homeless.append(item)
            continue
        keyword = recognise(item, number)
        rows.append(_row(item, reception.directory.masker))
        if keyword is not None:
            special.append(KeywordText(keyword, item, number))
        elif (score := recognise_score(item, number)) is not None:
            special.append(score)
    if special:
        await _receive_special(reception, rows, special)
    elif rows:
        await ingest(reception.pool, rows)
    if homeless:
        await keep(reception.pool, [seal_text(reception.sealer, item, UNKNOWN_NUMBER) for item in homeless])


async def _receive_special(
    reception: Reception, rows: list[TextRow], special: Sequence[KeywordText | ScoreText]
) -> None:
    """Consent and scores change in the transaction of the text that changes them; such a text is not routed."""
    async with reception.pool.acquire() as connection, connection.transaction():
        acting: dict[tuple[int, str], Action] = {}
        for one in special:
            action = await _decide(connection, one)
            if action is not None:
                acting[one.item.account_id, one.item.text.provider_message_id] = action
        rows = [replace(row, route=(row.account_id, row.provider_message_id) not in acting) for row in rows]
        for text in await ingest(connection, rows):
            action = acting.get((text.account_id, text.provider_message_id))
            if action is not None:
                await action(text)


async def _decide(connection: Connection, one: KeywordText | ScoreText) -> Action | None:
    """What the text does beside being stored; None: it is an ordinary one after all."""
    if isinstance(one, KeywordText):
        return None if await is_ordinary(connection, one) else partial(act_on_keyword, connection, one)
    survey = await find_asked(connection, one)
    return None if survey is None else partial(keep_score, connection, one, survey)


def _row(item: ReceivedText, masker: Masker) -> TextRow:
    """Parts are those of what was sent."""
    text = item.text
    measured = count_parts(text.body)
    return TextRow(
        account_id=item.account_id,
        provider_message_id=text.provider_message_id,
        number_id=item.number_id,
        phone=text.sender,
        body=masker.cover(text.body),
        parts=text.parts or measured.parts,
        encoding=measured.encoding.value,
        provider_at=text.provider_at or (item.received_at if item.delayed else None),
        media=[{"url": one.url, "content_type": one.content_type} for one in text.media] or None,
        route=True,
        maybe_late=item.delayed,
        said_at=text.provider_at or item.received_at,
    )
