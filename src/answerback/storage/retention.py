"""Takes out by age what is not to be kept for ever: words, files, news. What a legal hold protects stays.

Rows are looked through in the order of their ids, which is that of their time, from where the last batch ended.
"""

from typing import Final

import msgspec

from answerback.storage import aged_recipients
from answerback.storage.connection import Connection, Database
from answerback.storage.erasure import drop_blobs

BATCH: Final = 2000
MOST_COUNTED: Final = 1_000_000
HELD: Final = "exists (select from legal_hold h where h.contact_id = {contact} and h.released_at is null)"
OF_EVENT: Final = "(select c.contact_id from conversation c where c.id = e.conversation_id)"
NEWS: Final = "(e.conversation_id is not null or e.kind = 'CampaignMoved')"
OLD: Final = "< now() - make_interval(days => $1)"

COUNTS: Final[dict[str, str]] = {
    "texts": f"""
        select m.id from message m join conversation c on c.id = m.conversation_id
        where m.created_at {OLD} and m.removed_at is null and not {HELD.format(contact="c.contact_id")}
          and not exists (select from outbox o where o.message_id = m.id)
    """,
    "files": f"""
        select d.id from media d join message m on m.id = d.message_id join conversation c on c.id = m.conversation_id
        where m.created_at {OLD} and d.blob_hash is not null and not {HELD.format(contact="c.contact_id")}
    """,
    "recipients": aged_recipients.COUNT,
    "events": f"""
        select e.id from event e
        where e.at {OLD} and {NEWS} and not {HELD.format(contact=OF_EVENT)}
    """,
}
AROUND: Final[tuple[str, ...]] = (
    f"""
    update automated_text a set body = '' from conversation c
    where a.happened_at {OLD} and a.body <> '' and a.outcome <> 'due' and c.id = a.conversation_id
      and not {HELD.format(contact="c.contact_id")}
    """,
    f"""
    update survey s set comment = '' from conversation c
    where s.asked_at {OLD} and s.comment <> '' and c.id = s.conversation_id
      and not {HELD.format(contact="c.contact_id")}
    """,
    f"""
    update conversation c set last_preview = '', version = c.version + 1
    where c.last_message_at {OLD} and c.last_preview <> '' and not {HELD.format(contact="c.contact_id")}
    """,
    f"""
    update flow_run_step s set what = '' from flow_run r
    where r.ended_at {OLD} and s.run_id = r.id and s.what <> '' and not {HELD.format(contact="r.contact_id")}
    """,
    f"""
    update flow_run r set facts = '{{}}'
    where r.ended_at {OLD} and r.facts <> '{{}}' and not {HELD.format(contact="r.contact_id")}
    """,
)
"""What stands beside texts and repeats their words."""


class Retention(msgspec.Struct, frozen=True):
    """Days that words of texts and notes, files, and news of conversations are kept; null: for ever."""

    texts_days: int | None
    files_days: int | None
    events_days: int | None


class Removed(msgspec.Struct, frozen=True):
    """How many; more than a million is shown as a million. `recipients`: of campaigns and lists."""

    texts: int = 0
    files: int = 0
    events: int = 0
    recipients: int = 0


async def read_retention(database: Database) -> Retention:
    row = await database.fetchrow("select texts_days, files_days, events_days from retention")
    assert row is not None  # the migration made it
    return Retention(**row)


async def write_retention(connection: Connection, days: Retention) -> None:
    """The worker begins anew, for other rows may be due now."""
    await connection.execute(
        "update retention set (texts_days, files_days, events_days) = ($1, $2, $3)", *msgspec.structs.astuple(days)
    )
    await begin_anew(connection)


async def begin_anew(connection: Connection) -> None:
    await connection.execute(
        "update retention set texts_to = 0, files_to = 0, begun_on = current_date, around_on = null"
    )
    await aged_recipients.clear_anew(connection)


async def count_due(database: Database, kind: str, days: int) -> int:
    """What the next run would take; `kind` is a key of COUNTS."""
    count: int = await database.fetchval(f"select count(*) from ({COUNTS[kind]} limit {MOST_COUNTED}) due", days)
    return count


async def count_held(database: Database) -> int:
    """Contacts under a legal hold."""
    count: int = await database.fetchval("select count(*) from legal_hold where released_at is null")
    return count


async def lock_turn(connection: Connection) -> Retention | None:
    """One node at a time; None while another is at it. Once a week from the first row: texts that waited then may be
    old now."""
    row = await connection.fetchrow("select texts_days, files_days, events_days from retention for update skip locked")
    await connection.execute(
        "update retention set texts_to = 0, files_to = 0, begun_on = current_date"
        " where begun_on is null or begun_on < current_date - 7"
    )
    return Retention(**row) if row else None


async def remove_texts(connection: Connection, days: int) -> tuple[int, bool]:
    """A batch: how many lost their words, and whether there may be more. Texts that wait to leave are passed over."""
    row = await connection.fetchrow(
        f"""
        with batch as (
            select m.id, m.conversation_id, m.removed_at, m.created_at {OLD} as old,
                   exists (select from outbox o where o.message_id = m.id) as waits
            from message m where m.id > (select texts_to from retention) order by m.id limit {BATCH}
        ), gone as (
            update message m set body = '', error_sentence = null, removed_at = now()
            from batch b join conversation c on c.id = b.conversation_id
            where m.id = b.id and b.old and not b.waits and b.removed_at is null
              and not {HELD.format(contact="c.contact_id")}
            returning 1
        ), moved as (
            update retention set texts_to = coalesce((select max(id) from batch where old), texts_to)
        )
        select (select count(*) from gone)::int as removed,
               (select count(*) = {BATCH} and bool_or(old) from batch) as more
        """,
        days,
    )
    assert row is not None
    return row["removed"], bool(row["more"])


async def remove_files(connection: Connection, days: int) -> tuple[int, bool]:
    """A batch, as of texts."""
    row = await connection.fetchrow(
        f"""
        with batch as (
            select d.id, d.message_id, d.blob_hash, d.created_at {OLD} as old
            from media d where d.id > (select files_to from retention) order by d.id limit {BATCH}
        ), gone as (
            update media d set state = 'refused', problem = 'Removed by age', blob_hash = null, file_name = null,
                               source_url = null, due_at = null
            from batch b join message m on m.id = b.message_id join conversation c on c.id = m.conversation_id
            where d.id = b.id and b.old and b.blob_hash is not null and not {HELD.format(contact="c.contact_id")}
            returning b.blob_hash
        ), moved as (
            update retention set files_to = coalesce((select max(id) from batch where old), files_to)
        )
        select (select array_agg(blob_hash) from gone) as hashes,
               (select count(*) = {BATCH} and bool_or(old) from batch) as more
        """,
        days,
    )
    assert row is not None
    hashes = row["hashes"] or []
    await drop_blobs(connection, hashes)
    return len(hashes), bool(row["more"])


async def remove_events(connection: Connection, days: int) -> tuple[int, bool]:
    """A batch of the news of conversations and of moving campaigns. What people changed, gave out or erased stays."""
    status: str = await connection.execute(
        f"""
        delete from event e using (
            select xid, id from event e
            where e.at {OLD} and {NEWS} and not {HELD.format(contact=OF_EVENT)}
            limit {BATCH}) old
        where e.xid = old.xid and e.id = old.id
        """,
        days,
    )
    removed = int(status.rpartition(" ")[2])
    return removed, removed == BATCH


async def remove_around(connection: Connection, days: int) -> None:
    """Once a day: what repeats the words of texts."""
    due = await connection.fetchval(
        """
        update retention set around_on = current_date where around_on is distinct from current_date returning true
        """
    )
    if due:
        for statement in AROUND:
            await connection.execute(statement, days)
