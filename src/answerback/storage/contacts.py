"""Contacts: the people who text us, their phones, and what is known of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from answerback.storage.connection import Connection, Database
from answerback.storage.mask_rules import MASKS, masker_of

SELECT = """
select t.id, t.name, array(select p.phone from contact_phone p where p.contact_id = t.id order by p.created_at, p.phone)
       as phones, t.language, t.time_zone, t.attributes, t.tags, t.created_at, t.erased_at
from contact t
"""


class Contact(msgspec.Struct, frozen=True):
    """A customer; `phones` are E.164 or short codes, `time_zone` None means guessed from the number.

    Of one that was erased nothing is known but when.
    """

    id: int
    name: str
    phones: list[str]
    language: str | None
    time_zone: str | None
    attributes: dict[str, Any]
    tags: list[str]
    created_at: datetime
    erased_at: datetime | None


class PastConversation(msgspec.Struct, frozen=True):
    id: int
    opened_at: datetime
    closed_at: datetime | None
    state: str
    number: str
    queue: str
    last_preview: str


async def search_contacts(
    connection: Database, *, text: str | None, digits: str | None, before: int, limit: int
) -> list[Contact]:
    """Newest first. `text` is looked for in names, `digits` at the start of phones, with or without + and 1."""
    rows = await connection.fetch(
        SELECT
        + """
        where t.id < $1 and t.erased_at is null
          and ($2::text is null or t.name ilike $2
               or ($3::text is not null and exists (
                   select from contact_phone p where p.contact_id = t.id
                   and (p.phone like $3 || '%' or p.phone like '+' || $3 || '%' or p.phone like '+1' || $3 || '%'))))
        order by t.id desc limit $4
        """,
        before,
        text,
        digits,
        limit,
    )
    return [Contact(**row) for row in rows]


async def get_contact(connection: Database, contact_id: int) -> Contact | None:
    row = await connection.fetchrow(SELECT + " where t.id = $1", contact_id)
    return Contact(**row) if row else None


async def get_contacts(connection: Database, contact_ids: Sequence[int]) -> dict[int, Contact]:
    """Those that exist, by id."""
    rows = await connection.fetch(SELECT + " where t.id = any ($1::bigint[])", contact_ids)
    return {row["id"]: Contact(**row) for row in rows}


async def lock_contact(connection: Connection, contact_id: int) -> Contact | None:
    row = await connection.fetchrow(SELECT + " where t.id = $1 for update of t", contact_id)
    return Contact(**row) if row else None


async def lock_contacts(connection: Connection, contact_ids: Sequence[int]) -> dict[int, Contact]:
    """Those that exist, locked in the order of their ids."""
    rows = await connection.fetch(
        SELECT + " where t.id = any ($1::bigint[]) order by t.id for update of t", contact_ids
    )
    return {row["id"]: Contact(**row) for row in rows}


async def mark_contacts(connection: Connection, contacts: Sequence[Contact]) -> None:
    """Their attributes and tags, as they are there."""
    await connection.execute(
        """
        update contact t set attributes = n.attributes, tags = array(select jsonb_array_elements_text(n.tags))
        from unnest($1::bigint[], $2::jsonb[], $3::text[]::jsonb[]) as n (id, attributes, tags)
        where t.id = any ($1::bigint[]) and t.id = n.id   -- the array forces the primary key
        """,
        [contact.id for contact in contacts],
        [contact.attributes for contact in contacts],
        # As text: asyncpg would take a list of lists for one array of two dimensions.
        [msgspec.json.encode(contact.tags).decode() for contact in contacts],
    )


async def insert_contact(connection: Connection, contact: Contact) -> int:
    """Without its phones."""
    contact_id: int = await connection.fetchval(
        "insert into contact (name, language, time_zone, attributes, tags) values ($1, $2, $3, $4, $5) returning id",
        contact.name,
        contact.language,
        contact.time_zone,
        contact.attributes,
        contact.tags,
    )
    return contact_id


async def update_contact(connection: Connection, contact: Contact) -> None:
    """Without its phones."""
    await connection.execute(
        "update contact set name = $2, language = $3, time_zone = $4, attributes = $5, tags = $6 where id = $1",
        contact.id,
        contact.name,
        contact.language,
        contact.time_zone,
        contact.attributes,
        contact.tags,
    )


async def owners_of(connection: Connection, phones: Sequence[str]) -> dict[str, tuple[int, str]]:
    """Phone to id and name of the contact that has it."""
    rows = await connection.fetch(
        """
        select p.phone, t.id, t.name from contact_phone p join contact t on t.id = p.contact_id
        where p.phone = any ($1::text[])
        """,
        phones,
    )
    return {row["phone"]: (row["id"], row["name"]) for row in rows}


async def add_phones(connection: Connection, contact_id: int, phones: Sequence[str]) -> int:
    """How many were free and are this contact's now."""
    rows = await connection.fetch(
        """
        insert into contact_phone (phone, contact_id) select unnest($2::text[]), $1
        on conflict (phone) do nothing returning phone
        """,
        contact_id,
        phones,
    )
    return len(rows)


async def remove_phones(connection: Connection, contact_id: int, phones: Sequence[str]) -> None:
    await connection.execute(
        "delete from contact_phone where contact_id = $1 and phone = any ($2::text[])", contact_id, phones
    )


async def past_conversations(connection: Database, contact_id: int, limit: int = 50) -> list[PastConversation]:
    rows = await connection.fetch(
        f"""
        select c.id, c.opened_at, c.closed_at, c.state, n.address as number, q.name as queue, c.last_preview,
               {MASKS} as masks
        from conversation c join number n on n.id = c.number_id join queue q on q.id = c.queue_id
        where c.contact_id = $1 order by c.id desc limit $2
        """,
        contact_id,
        limit,
    )
    return [_past(dict(row)) for row in rows]


def _past(row: dict[str, Any]) -> PastConversation:
    preview = masker_of(row.pop("masks")).cover_preview(row.pop("last_preview"))
    return PastConversation(**row, last_preview=preview)


async def contact_of(connection: Connection, phone: str) -> int:
    """The contact with this phone, made when there is none."""
    return (await contacts_of(connection, [phone]))[phone]


async def contacts_of(connection: Connection, phones: Sequence[str]) -> dict[str, int]:
    """By phone the contacts that have them, made where there are none, in the same few statements for many."""
    wanted = sorted(set(phones))
    found = {phone: contact_id for phone, (contact_id, _) in (await owners_of(connection, wanted)).items()}
    missing = [phone for phone in wanted if phone not in found]
    if not missing:
        return found
    rows = await connection.fetch(
        """
        with phones as (
            insert into contact_phone (phone, contact_id)
            select phone, nextval('contact_id_seq') from unnest($1::text[]) as n (phone) order by phone
            on conflict (phone) do nothing returning phone, contact_id
        ), people as (
            insert into contact (id) select contact_id from phones
        )
        select phone, contact_id from phones
        """,
        missing,
    )
    made = {row["phone"]: row["contact_id"] for row in rows}
    if len(made) < len(missing):  # somebody else was faster
        made |= await contacts_of(connection, [phone for phone in missing if phone not in made])
    return found | made


async def thread_of(connection: Connection, number_id: int, contact_id: int, phone: str) -> int:
    """A conversation to put a text of ours in: the latest of the number with this phone of the contact, else one that
    is routed to nobody."""
    latest: int | None = await connection.fetchval(
        "select max(id) from conversation where number_id = $1 and contact_id = $2 and customer_phone = $3",
        number_id,
        contact_id,
        phone,
    )
    if latest is not None:
        return latest
    conversation_id: int = await connection.fetchval(
        """
        insert into conversation (number_id, workstream_id, queue_id, contact_id, customer_phone, state, closed_at,
                                  close_reason)
        select n.id, w.id, w.queue_id, $2, $3, 'closed', now(), 'not_routed'
        from number n join workstream w on w.id = n.workstream_id where n.id = $1
        returning id
        """,
        number_id,
        contact_id,
        phone,
    )
    return conversation_id
