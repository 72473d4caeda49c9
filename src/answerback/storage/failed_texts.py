"""Texts that did not arrive and that nobody has dealt with: the work list, and what was done about each."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from answerback.storage.connection import Connection, Database
from answerback.storage.mask_rules import MASKS, masker_of


class FailedText(msgspec.Struct, frozen=True):
    """One text that failed, was not delivered, or whose fate is unclear; `error_sentence` says why and what to do."""

    message_id: int
    conversation_id: int
    customer_phone: str
    contact_name: str
    number_id: int
    number: str
    provider_account_id: int
    account: str
    body: str
    status: str
    error_code: str | None
    error_class: str | None
    error_sentence: str | None
    author_name: str | None
    created_at: datetime


async def list_failed(
    database: Database,
    before: int | None,
    limit: int,
    *,
    account_id: int | None = None,
    number_id: int | None = None,
    error_class: str | None = None,
) -> list[FailedText]:
    """The newest first. Refused texts are not among them: nothing is gained by sending those again."""
    rows = await database.fetch(
        f"""
        select m.id as message_id, m.conversation_id, c.customer_phone, coalesce(p.name, '') as contact_name,
               n.id as number_id, n.address as number, m.provider_account_id, v.name as account, m.body, m.status,
               m.error_code, m.error_class, m.error_sentence,
               a.name as author_name, m.created_at, {MASKS} as masks
        from message m
        join conversation c on c.id = m.conversation_id
        join contact p on p.id = c.contact_id
        join number n on n.id = coalesce(m.from_number_id, c.number_id)
        join provider_account v on v.id = m.provider_account_id
        left join app_user a on a.id = m.author_id
        where m.status in ('failed', 'undelivered', 'unclear')
          and ($1::bigint is null or m.id < $1)
          and ($3::bigint is null or m.provider_account_id = $3)
          and ($4::bigint is null or n.id = $4)
          and ($5::text is null or m.error_class = $5)
          and not exists (select from failed_text_done d where d.message_id = m.id)
          and not exists (select from unclear_send u where u.message_id = m.id and m.status = 'unclear')
        order by m.id desc limit $2
        """,
        before,
        limit,
        account_id,
        number_id,
        error_class,
    )
    return [_shown(dict(row)) for row in rows]


def _shown(row: dict[str, Any]) -> FailedText:
    body = masker_of(row.pop("masks")).cover(row.pop("body"))
    return FailedText(**row, body=body)


async def count_failed(database: Database, most: int) -> int:
    """How many wait on the list, counted up to `most`."""
    count: int = await database.fetchval(
        """
        select count(*) from (
            select from message m where m.status in ('failed', 'undelivered', 'unclear')
              and not exists (select from failed_text_done d where d.message_id = m.id)
              and not exists (select from unclear_send u where u.message_id = m.id and m.status = 'unclear')
            limit $1) waiting
        """,
        most,
    )
    return count


async def note_done(
    connection: Connection, message_ids: Sequence[int], *, how: str, user_id: int | None, resent_as: int | None = None
) -> list[tuple[int, int, int]]:
    """Takes them off the list; gives those that were on it (message, conversation, contact), so that two people do not
    both send one again."""
    rows = await connection.fetch(
        """
        insert into failed_text_done (message_id, how, user_id, resent_as)
        select m.id, $2, $3, $4 from message m
        where m.id = any ($1::bigint[]) and m.status in ('failed', 'undelivered', 'unclear', 'refused')
        on conflict (message_id) do update set how = excluded.how, user_id = excluded.user_id,
            resent_as = excluded.resent_as, at = now()
        where failed_text_done.how = 'left' and excluded.how = 'resent'
        returning message_id,
            (select m.conversation_id from message m where m.id = failed_text_done.message_id) as conversation_id,
            (select c.contact_id from message m join conversation c on c.id = m.conversation_id
             where m.id = failed_text_done.message_id) as contact_id
        """,
        list(message_ids),
        how,
        user_id,
        resent_as,
    )
    return [tuple(row) for row in rows]


async def sent_again_as(database: Database, message_id: int) -> int | None:
    """The message that was sent in its place."""
    found: int | None = await database.fetchval(
        "select resent_as from failed_text_done where message_id = $1 and how = 'resent'", message_id
    )
    return found
