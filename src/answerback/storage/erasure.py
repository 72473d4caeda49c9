"""Takes out of the rows who a customer was and what was said; what only counts (times, statuses, prices) stays.

The order is a table: each step names what it takes and how. A test looks for what is left of a customer in every
column of the database, so that a new table cannot be forgotten.
"""

from typing import Final

from answerback.domain.consent.suppression import ERASED_PHONE
from answerback.storage.connection import Connection, Database

THEIRS: Final = "(select c.id from conversation c where c.contact_id = $1)"
TEXTS: Final = f"(select m.id from message m where m.conversation_id in {THEIRS})"

WORDS: Final = f"""
    update message set body = '', error_sentence = null, removed_at = coalesce(removed_at, now())
    where conversation_id in {THEIRS} and (removed_at is null or body <> '')
"""
FILES: Final = f"""
    update media set state = 'refused', problem = 'Erased', blob_hash = null, file_name = null, source_url = null,
                     due_at = null
    where message_id in {TEXTS} and (blob_hash is not null or source_url is not null or file_name is not null)
"""
STEPS: Final[tuple[tuple[str, str], ...]] = (
    ("texts", WORDS),
    ("files", FILES),
    (
        "failed_texts",  # nobody can send them again: they leave the work list
        f"""
        insert into failed_text_done (message_id, how)
        select m.id, 'left' from message m
        where m.conversation_id in {THEIRS} and m.status in ('failed', 'undelivered', 'unclear', 'refused')
        on conflict do nothing
        """,
    ),
    ("raw_exchanges", f"delete from raw_exchange where message_id in {TEXTS}"),
    ("unclear", f"delete from unclear_send where message_id in {TEXTS}"),
    ("automated_due", f"delete from automated_text where outcome = 'due' and conversation_id in {THEIRS}"),
    (
        "automated_texts",
        f"""
        update automated_text set body = '', phone = null
        where conversation_id in {THEIRS} and (body <> '' or phone is not null)
        """,
    ),
    (
        "surveys",
        f"""
        update survey set comment = '', phone = '{ERASED_PHONE}'
        where conversation_id in {THEIRS} and phone <> '{ERASED_PHONE}'
        """,
    ),
    (
        "calls",
        f"""
        update voice_call set phone = '{ERASED_PHONE}'
        where (contact_id = $1 or conversation_id in {THEIRS}) and phone <> '{ERASED_PHONE}'
        """,
    ),
    (
        "flow_runs",
        f"""
        update flow_run set phone = '{ERASED_PHONE}', facts = '{{}}', state = 'ended', step = null, resume_at = null,
                            outcome = coalesce(outcome, 'erased'), ended_at = coalesce(ended_at, now())
        where contact_id = $1 and phone <> '{ERASED_PHONE}'
        """,
    ),
    (
        "flow_steps",
        """
        update flow_run_step set what = ''
        where what <> '' and run_id in (select r.id from flow_run r where r.contact_id = $1)
        """,
    ),
    (
        "outbound_messages",
        f"""
        update outbound_message set phone = '{ERASED_PHONE}', regarding_id = '', relationship = '', sentence = ''
        where (contact_id = $1 or message_id in {TEXTS}) and phone <> '{ERASED_PHONE}'
        """,
    ),
    (
        "conversations",
        f"""
        update conversation set customer_phone = '{ERASED_PHONE}', last_preview = '', disposition = null,
                                version = version + 1
        where contact_id = $1 and customer_phone <> '{ERASED_PHONE}'
        """,
    ),
    (
        "contact",
        """
        update contact set name = '', language = null, time_zone = null, attributes = '{}', tags = '{}',
                           erased_at = coalesce(erased_at, now())
        where id = $1 and (erased_at is null or name <> '' or attributes <> '{}' or tags <> '{}')
        """,
    ),
    ("phones", "delete from contact_phone where contact_id = $1"),
)
BY_PHONE: Final[tuple[tuple[str, str], ...]] = (
    (
        "campaigns",  # those that have not texted them yet do not
        """
        with stopped as (
            update campaign_recipient r set state = 'stopped', settled_at = now(), reason = 'erased' from campaign c
            where r.campaign_id = c.id and r.phone = any ($1::text[]) and r.state = 'waiting'
            returning r.campaign_id, r.number_id
        ), counted as (
            select campaign_id, number_id, count(*)::int as stopped from stopped group by campaign_id, number_id
        )
        update campaign_number n set stopped = n.stopped + c.stopped from counted c
        where n.campaign_id = c.campaign_id and n.number_id = c.number_id
        """,
    ),
    (
        "campaign_recipients",  # a phone is once in a campaign, so each is told apart by its place
        f"""
        update campaign_recipient r set phone = '{ERASED_PHONE} ' || r.place, "values" = '{{}}', locale = null,
                                        sentence = ''
        from campaign c where r.campaign_id = c.id and r.phone = any ($1::text[])
        """,
    ),
    (
        "audiences",
        """
        with gone as (
            delete from audience_member m using audience a
            where m.audience_id = a.id and m.phone = any ($1::text[]) returning m.audience_id
        ), counted as (
            select audience_id, count(*)::int as members from gone group by audience_id
        )
        update audience a set members = a.members - c.members from counted c where a.id = c.audience_id
        """,
    ),
    (
        "audience_problems",  # a line that was left out, as it stood in the file
        """
        update audience_problem set value = '', sentence = ''
        where value <> '' and exists (
            select from unnest($1::text[]) as p (phone)
            where regexp_replace(value, '[^0-9]', '', 'g') like '%' || right(p.phone, 10))
        """,
    ),
    ("proactive_sends", "delete from proactive_send where phone = any ($1::text[])"),
    ("spam_pardons", "delete from spam_pardon where phone = any ($1::text[])"),
    ("blocks", "update blocked_phone set reason = '' where phone = any ($1::text[]) and reason <> ''"),
)


async def phones_to_erase(connection: Connection, contact_id: int) -> list[str]:
    """The contact's, and those of its conversations that are nobody else's now."""
    rows = await connection.fetch(
        """
        select phone from contact_phone where contact_id = $1
        union
        select c.customer_phone from conversation c
        where c.contact_id = $1 and c.customer_phone <> $2
          and not exists (select from contact_phone p where p.phone = c.customer_phone and p.contact_id <> $1)
        order by 1
        """,
        contact_id,
        ERASED_PHONE,
    )
    return [row["phone"] for row in rows]


async def open_conversations(connection: Connection, contact_id: int) -> list[int]:
    rows = await connection.fetch(
        "select id from conversation where contact_id = $1 and state <> 'closed' order by id", contact_id
    )
    return [row["id"] for row in rows]


async def something_leaves(connection: Connection, contact_id: int) -> bool:
    """Whether a provider is being asked to send this customer a text at this moment."""
    leaves: bool = await connection.fetchval(
        """
        select exists (select from conversation c join outbox o on o.conversation_id = c.id and o.state = 'sending'
                       where c.contact_id = $1)
        """,
        contact_id,
    )
    return leaves


async def cancel_waiting(connection: Connection, contact_id: int) -> list[tuple[int, int]]:
    """What still waits to leave is taken back; gives (message, conversation)."""
    rows = await connection.fetch(
        """
        with gone as (
            delete from outbox o using conversation c
            where c.contact_id = $1 and o.conversation_id = c.id and o.state in ('queued', 'scheduled')
            returning o.message_id
        )
        update message m set status = 'canceled', status_rank = 90 from gone where m.id = gone.message_id
        returning m.id, m.conversation_id
        """,
        contact_id,
    )
    return [(row["id"], row["conversation_id"]) for row in rows]


async def newest_texts(connection: Connection, contact_id: int, limit: int) -> list[tuple[int, int]]:
    """(message, conversation): what may be on somebody's screen."""
    rows = await connection.fetch(
        f"select id, conversation_id from message where conversation_id in {THEIRS} order by id desc limit $2",
        contact_id,
        limit,
    )
    return [(row["id"], row["conversation_id"]) for row in rows]


async def erase_rows(connection: Connection, contact_id: int, phones: list[str]) -> dict[str, int]:
    """How many rows each step changed. Run again it changes none."""
    hashes = await _hashes(connection, contact_id)
    counts = {}
    for steps, argument in ((STEPS, contact_id), (BY_PHONE, phones)):
        for what, statement in steps:
            status: str = await connection.execute(statement, argument)
            counts[what] = int(status.rpartition(" ")[2])
    await drop_blobs(connection, hashes)
    return counts


async def _hashes(connection: Connection, contact_id: int) -> list[bytes]:
    rows = await connection.fetch(
        f"select distinct blob_hash from media where message_id in {TEXTS} and blob_hash is not null", contact_id
    )
    return [row["blob_hash"] for row in rows]


async def drop_blobs(connection: Connection, hashes: list[bytes]) -> None:
    """Those bytes that no file uses. Locked first: who stores the same bytes meanwhile waits, then stores them anew."""
    await connection.execute("select from media_blob where hash = any ($1::bytea[]) order by hash for update", hashes)
    await connection.execute(
        """
        delete from media_blob b where b.hash = any ($1::bytea[])
          and not exists (select from media d where d.blob_hash = b.hash)
        """,
        hashes,
    )


async def keep_only(connection: Connection, phones: list[str], kept: list[int]) -> int:
    """Of the ledger's lines about these phones only `kept` stay, without words, proof and text; how many went."""
    await connection.execute("select set_config('answerback.erasing', 'on', true)")
    gone: int = await connection.fetchval(
        """
        with gone as (delete from consent_entry where phone = any ($1::text[]) returning *),
        again as (
            insert into consent_entry (phone, number_id, brand_id, purpose, choice, source, at, recorded_at)
            select phone, number_id, brand_id, purpose, choice, source, at, recorded_at
            from gone where id = any ($2::bigint[]) order by id
        )
        select count(*) from gone
        """,
        phones,
        kept,
    )
    await connection.execute("select set_config('answerback.erasing', '', true)")
    return gone - len(kept)


async def brands_of_numbers(database: Database) -> dict[int, int]:
    rows = await database.fetch("select id, brand_id from number where brand_id is not null")
    return {row["id"]: row["brand_id"] for row in rows}


async def was_erased(database: Database, conversation_id: int) -> bool:
    """Whether the customer of a conversation is no more."""
    erased: bool = await database.fetchval(
        "select exists (select from conversation where id = $1 and customer_phone = $2)", conversation_id, ERASED_PHONE
    )
    return erased
