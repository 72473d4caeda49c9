"""Texts ordered by other systems: each is claimed once, decided on, and can be looked up with what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import msgspec

from answerback.storage.connection import Connection, Database

Outcome = Literal["queued", "waits", "refused"]
SELECT = """
select o.id, o.configuration_id, o.key, o.phone, o.contact_id, o.message_id, o.regarding_id as regardingobjectid,
       o.relationship as entityrelationshipname, o.result, o.reason, o.rule, o.sentence, m.status,
       case when m.status = 'scheduled' then (select b.due_at from outbox b where b.message_id = m.id) end as due_at,
       m.sent_at, m.delivered_at, m.error_code, m.error_class, m.error_sentence, m.conversation_id, o.created_at
from outbound_message o left join message m on m.id = o.message_id
"""


class OutboundMessage(msgspec.Struct, frozen=True):
    """What was answered when it was ordered (`result`, `reason`, `rule`, `sentence`), and where it stands now.

    `status` and what follows are the message's; None where the order was refused before there was one.
    """

    id: int
    configuration_id: int
    key: str | None
    phone: str
    contact_id: int | None
    message_id: int | None
    regardingobjectid: str
    entityrelationshipname: str
    result: str
    reason: str
    rule: str
    sentence: str
    status: str | None
    due_at: datetime | None
    sent_at: datetime | None
    delivered_at: datetime | None
    error_code: str | None
    error_class: str | None
    error_sentence: str | None
    conversation_id: int | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Claim:
    """One text that somebody wants sent. `key` None: it can be ordered again."""

    key: str | None
    phone: str
    regarding_id: str
    relationship: str


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of a claim."""

    id: int
    result: Outcome
    reason: str = ""
    rule: str = ""
    sentence: str = ""
    contact_id: int | None = None
    message_id: int | None = None
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Earlier(Decided):
    """What was decided when the key was used before, and for which phone."""

    phone: str = ""


async def claim(
    connection: Connection, configuration_id: int, claims: Sequence[Claim], ordered_by: int
) -> list[int | None]:
    """An id for each; None where its key was used before. Waits for another call that is using a key right now."""
    rows = await connection.fetch(
        "select nextval(pg_get_serial_sequence('outbound_message', 'id')) as id from generate_series(1, $1)",
        len(claims),
    )
    ids = [row["id"] for row in rows]
    taken = await connection.fetch(
        """
        insert into outbound_message (id, configuration_id, key, phone, regarding_id, relationship, result, ordered_by)
        overriding system value
        select id, $1, key, phone, regarding_id, relationship, 'asked', $7
        from unnest($2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[])
             as c (id, key, phone, regarding_id, relationship)
        order by key
        on conflict (configuration_id, key) do nothing returning id
        """,
        configuration_id,
        ids,
        [claim.key for claim in claims],
        [claim.phone for claim in claims],
        [claim.regarding_id for claim in claims],
        [claim.relationship for claim in claims],
        ordered_by,
    )
    mine = {row["id"] for row in taken}
    return [each if each in mine else None for each in ids]


async def decide(connection: Connection, decided: Sequence[Decided]) -> None:
    """Writes down what became of the claims."""
    await connection.execute(
        """
        update outbound_message o
        set result = d.result, reason = d.reason, rule = d.rule, sentence = d.sentence, contact_id = d.contact_id,
            message_id = d.message_id, due_at = d.due_at
        from unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::bigint[],
                    $8::timestamptz[]) as d (id, result, reason, rule, sentence, contact_id, message_id, due_at)
        where o.id = d.id
        """,
        [one.id for one in decided],
        [one.result for one in decided],
        [one.reason for one in decided],
        [one.rule for one in decided],
        [one.sentence for one in decided],
        [one.contact_id for one in decided],
        [one.message_id for one in decided],
        [one.due_at for one in decided],
    )


async def find_earlier(database: Database, configuration_id: int, keys: Sequence[str]) -> dict[str, Earlier]:
    """What was decided for these keys before."""
    rows = await database.fetch(
        """
        select key, id, result, reason, rule, sentence, contact_id, message_id, due_at, phone
        from outbound_message where configuration_id = $1 and key = any ($2::text[])
        """,
        configuration_id,
        list(keys),
    )
    return {row["key"]: Earlier(**{name: value for name, value in row.items() if name != "key"}) for row in rows}


async def known_numbers(database: Database, contact_ids: Sequence[int], number_ids: Sequence[int]) -> Mapping[int, int]:
    """By contact: which of our numbers it last had to do with."""
    rows = await database.fetch(
        """
        select distinct on (contact_id) contact_id, number_id from conversation
        where contact_id = any ($1::bigint[]) and number_id = any ($2::bigint[]) order by contact_id, id desc
        """,
        list(contact_ids),
        list(number_ids),
    )
    return {row["contact_id"]: row["number_id"] for row in rows}


async def list_outbound(
    database: Database, *, configuration_id: int | None, regarding_id: str | None, before: int, limit: int
) -> list[OutboundMessage]:
    """The newest first."""
    rows = await database.fetch(
        SELECT
        + """
        where o.id < $1 and ($2::bigint is null or o.configuration_id = $2)
          and ($3::text is null or o.regarding_id = $3)
        order by o.id desc limit $4
        """,
        before,
        configuration_id,
        regarding_id,
        limit,
    )
    return [OutboundMessage(**row) for row in rows]


async def get_outbound(database: Database, outbound_id: int) -> OutboundMessage | None:
    row = await database.fetchrow(SELECT + " where o.id = $1", outbound_id)
    return OutboundMessage(**row) if row else None


async def ordered_as(database: Database, message_id: int) -> OutboundMessage | None:
    """The order that this text came of."""
    row = await database.fetchrow(SELECT + " where o.message_id = $1", message_id)
    return OutboundMessage(**row) if row else None


async def ordered_among(database: Database, message_ids: Sequence[int]) -> frozenset[int]:
    """Those that were ordered and taken: what was refused at once has been told in the answer."""
    rows = await database.fetch(
        """
        select message_id from outbound_message
        where message_id = any ($1::bigint[]) and result in ('queued', 'waits')
        """,
        list(message_ids),
    )
    return frozenset(row["message_id"] for row in rows)


async def messages_that_wait(
    connection: Connection, *, ids: Sequence[int], configuration_id: int | None
) -> dict[int, int]:
    """Of these, or of everything ordered with a configuration: message to outbound message, while scheduled."""
    rows = await connection.fetch(
        """
        select o.message_id, o.id from outbound_message o
        join outbox b on b.message_id = o.message_id and b.state = 'scheduled'
        where o.id = any ($1::bigint[]) or o.configuration_id = $2
        order by o.message_id
        """,
        list(ids),
        configuration_id,
    )
    return {row["message_id"]: row["id"] for row in rows}
