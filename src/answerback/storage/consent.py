"""The consent ledger: append-only, what a phone said about being texted, by number, by brand, or about all of ours."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from answerback.domain.consent.ledger import EVERY_PURPOSE, Entry
from answerback.storage.connection import Connection, Database
from answerback.storage.events import NewEvent, append
from answerback.storage.recipients import ENTRY_FIELDS, entry_of

OPTED_OUT = """
    coalesce((select e.choice = 'opt_out' from consent_entry e
              where e.phone = {phone} and e.choice <> 'pending' and e.purpose in ('all', 'conversation')
                and (e.number_id = {number}.id or e.brand_id = {number}.brand_id
                     or (e.number_id is null and e.brand_id is null))
              order by e.at desc, e.id desc limit 1), false)
"""
"""The fold (domain/consent/ledger.py) for answers in a conversation, as SQL for lists; a test holds them together."""


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What is said now; with neither number nor brand it is about all of ours. Choice, source, purpose as the ledger's.

    `at` None means now; `proof` may hold url, file, ip and note.
    """

    phone: str
    number_id: int | None
    choice: str
    source: str
    words: str = ""
    message_id: int | None = None
    user_id: int | None = None
    brand_id: int | None = None
    purpose: str = EVERY_PURPOSE
    at: datetime | None = None
    proof: Mapping[str, str] = field(default_factory=dict)
    confirm_until: datetime | None = None


async def add_entries(connection: Connection, entries: Sequence[NewEntry]) -> list[int]:
    """Append lines in their order; gives their ids."""
    rows = await connection.fetch(
        """
        insert into consent_entry (phone, number_id, choice, source, words, message_id, user_id, brand_id, purpose, at,
                                   proof, confirm_until)
        select phone, number_id, choice, source, words, message_id, user_id, brand_id, purpose, coalesce(at, now()),
               proof, confirm_until
        from unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::bigint[],
                    $8::bigint[], $9::text[], $10::timestamptz[], $11::jsonb[], $12::timestamptz[]) with ordinality
             as e (phone, number_id, choice, source, words, message_id, user_id, brand_id, purpose, at, proof,
                   confirm_until, ord)
        order by ord returning id
        """,
        [entry.phone for entry in entries],
        [entry.number_id for entry in entries],
        [entry.choice for entry in entries],
        [entry.source for entry in entries],
        [entry.words for entry in entries],
        [entry.message_id for entry in entries],
        [entry.user_id for entry in entries],
        [entry.brand_id for entry in entries],
        [entry.purpose for entry in entries],
        [entry.at for entry in entries],
        [dict(entry.proof) for entry in entries],
        [entry.confirm_until for entry in entries],
    )
    return [row["id"] for row in rows]


async def was_recorded(connection: Connection, entry: NewEntry) -> bool:
    """Whether the same was written down before: the same choice, for the same, at the same time."""
    found: bool = await connection.fetchval(
        """
        select exists (select from consent_entry where phone = $1 and choice = $2 and purpose = $3 and at = $4
                       and number_id is not distinct from $5 and brand_id is not distinct from $6)
        """,
        entry.phone,
        entry.choice,
        entry.purpose,
        entry.at,
        entry.number_id,
        entry.brand_id,
    )
    return found


async def read_entries(database: Database, phone: str) -> list[Entry]:
    """Everything a phone said, in the order it was written down."""
    rows = await database.fetch(
        f"select {', '.join(ENTRY_FIELDS)} from consent_entry where phone = $1 order by id", phone
    )
    return [entry_of(tuple(row)) for row in rows]


async def record_provider_opt_outs(connection: Connection, message_ids: Sequence[int]) -> None:
    """The provider refused these because the customer opted out there: into the ledger, unless it knows already."""
    rows = await connection.fetch(
        f"""
        insert into consent_entry (phone, number_id, choice, source, words, message_id)
        select distinct on (c.customer_phone, n.id)
               c.customer_phone, n.id, 'opt_out', 'provider',
               concat_ws(' ', 'refused by the provider', m.error_code), m.id
        from message m join conversation c on c.id = m.conversation_id
        join number n on n.id = coalesce(m.from_number_id, c.number_id)
        where m.id = any ($1::bigint[]) and not {OPTED_OUT.format(phone="c.customer_phone", number="n")}
        order by c.customer_phone, n.id, m.id
        returning id, number_id, message_id,
                  (select m.conversation_id from message m where m.id = consent_entry.message_id) as conversation_id
        """,
        list(message_ids),
    )
    await append(
        connection,
        [
            NewEvent(
                "ConsentRecorded",
                conversation_id=row["conversation_id"],
                message_id=row["message_id"],
                data={"choice": "opt_out", "source": "provider", "number_id": row["number_id"], "entry_id": row["id"]},
            )
            for row in rows
        ],
    )
