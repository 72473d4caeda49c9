"""The consent ledger: append-only, what a phone said about being texted, by number or about all of ours."""

from collections.abc import Sequence
from dataclasses import dataclass

from answerback.domain.consent.ledger import Choice, Entry, Source
from answerback.storage.connection import Connection, Database
from answerback.storage.events import NewEvent, append


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What is said now; `number_id` None means every number of ours. Choice and source as the ledger's."""

    phone: str
    number_id: int | None
    choice: str
    source: str
    words: str = ""
    message_id: int | None = None
    user_id: int | None = None


async def add_entry(connection: Connection, entry: NewEntry) -> int:
    """Append one entry; gives its id."""
    entry_id: int = await connection.fetchval(
        """
        insert into consent_entry (phone, number_id, choice, source, words, message_id, user_id)
        values ($1, $2, $3, $4, $5, $6, $7) returning id
        """,
        entry.phone,
        entry.number_id,
        entry.choice,
        entry.source,
        entry.words,
        entry.message_id,
        entry.user_id,
    )
    return entry_id


async def read_entries(database: Database, phone: str) -> list[Entry]:
    """Everything a phone said, oldest first."""
    rows = await database.fetch(
        "select id, number_id, choice, source, at, words, purpose from consent_entry where phone = $1 order by id",
        phone,
    )
    return [Entry(**{**row, "choice": Choice(row["choice"]), "source": Source(row["source"])}) for row in rows]


async def record_provider_opt_outs(connection: Connection, message_ids: Sequence[int]) -> None:
    """The provider refused these because the customer opted out there: into the ledger, unless it knows already."""
    rows = await connection.fetch(
        """
        insert into consent_entry (phone, number_id, choice, source, words, message_id)
        select distinct on (c.customer_phone, c.number_id)
               c.customer_phone, c.number_id, 'opt_out', 'provider', 'refused by the provider', m.id
        from message m join conversation c on c.id = m.conversation_id
        where m.id = any ($1::bigint[])
          and 'opt_out' is distinct from (select e.choice from consent_entry e
                                          where e.phone = c.customer_phone
                                            and (e.number_id = c.number_id or e.number_id is null)
                                          order by e.id desc limit 1)
        order by c.customer_phone, c.number_id, m.id
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


async def is_blocked(database: Database, phone: str) -> bool:
    blocked: bool = await database.fetchval("select exists (select from blocked_phone where phone = $1)", phone)
    return blocked
