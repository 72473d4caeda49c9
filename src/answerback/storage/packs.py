"""Everything the rows hold of a customer, in the order of time, page by page: for evidence and for exports."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Any, Final

import msgspec

from answerback.storage.connection import Database

PAGE: Final = 500


class PackedFile(msgspec.Struct, frozen=True):
    id: int
    content_type: str
    file_name: str | None
    size: int | None
    state: str


class PackedText(msgspec.Struct, frozen=True):
    """A text, or a note of ours. `decision` is what the send gate said: verdict, rule, source and facts.

    `removed_at`: its words were taken out then, by age or by an erasure.
    """

    id: int
    conversation_id: int
    number: str
    phone: str
    kind: str
    origin: str
    author: str | None
    body: str
    status: str
    error_code: str | None
    error_sentence: str | None
    created_at: datetime
    said_at: datetime | None
    sent_at: datetime | None
    delivered_at: datetime | None
    provider: str | None
    provider_message_id: str | None
    parts: int
    price: str | None
    price_currency: str | None
    decision: dict[str, Any] | None
    removed_at: datetime | None
    files: list[PackedFile]


TEXTS: Final = """
    select m.id, m.conversation_id, m.seq, n.address as number, c.customer_phone as phone, m.kind, m.origin,
           a.name as author, m.body, m.status, m.error_code, m.error_sentence, m.created_at, m.provider_at as said_at,
           m.sent_at, m.delivered_at, p.provider, m.provider_message_id, m.parts, m.price::text as price,
           m.price_currency, m.decision, m.removed_at,
           coalesce((select jsonb_agg(jsonb_build_object('id', d.id, 'content_type', d.content_type,
                                                         'file_name', d.file_name, 'size', d.size, 'state', d.state)
                                      order by d.position, d.id)
                     from media d where d.message_id = m.id), '[]') as files
    from message m join conversation c on c.id = m.conversation_id
    join number n on n.id = coalesce(m.from_number_id, c.number_id)
    left join app_user a on a.id = m.author_id left join provider_account p on p.id = m.provider_account_id
    where m.conversation_id = $1 and m.seq > $2 order by m.seq limit $3
"""
ROWS: Final[dict[str, str]] = {
    "conversations": """
        select c.id, n.address as number, c.customer_phone as phone, q.name as queue, c.state, c.opened_at, c.closed_at,
               c.close_reason, c.disposition, c.survey_score
        from conversation c join number n on n.id = c.number_id join queue q on q.id = c.queue_id
        where c.id = any ($1::bigint[]) order by c.id
    """,
    "calls": """
        select v.id, v.conversation_id, n.address as number, v.phone, v.direction, v.status, v.handled, u.name as agent,
               v.started_at, v.answered_at, v.ended_at, v.duration_seconds, v.provider_call_id
        from voice_call v join number n on n.id = v.number_id left join app_user u on u.id = v.agent_id
        where v.conversation_id = any ($1::bigint[]) order by v.started_at, v.id
    """,
    "surveys": """
        select s.id, s.conversation_id, s.asked_at, s.answered_at, s.score, s.comment
        from survey s where s.conversation_id = any ($1::bigint[]) order by s.id
    """,
}
OF_CONTACT: Final[dict[str, str]] = {
    "flow_runs": """
        select r.id, f.name as flow, r.version, r.phone, r.facts, r.state, r.outcome, r.began_at, r.ended_at
        from flow_run r join flow f on f.id = r.flow_id where r.contact_id = $1 order by r.id
    """,
    "outbound_messages": """
        select o.id, g.name as configuration, o.phone, o.message_id, o.regarding_id, o.relationship, o.result, o.reason,
               o.rule, o.sentence, o.due_at, o.created_at
        from outbound_message o join outbound_configuration g on g.id = o.configuration_id
        where o.contact_id = $1 order by o.id
    """,
    "campaigns": """
        select c.id, c.name as campaign, r.phone, n.address as number, r.state, r.reason, r.rule, r.sentence,
               r.message_id, r.settled_at
        from contact_phone k cross join campaign c
        join campaign_recipient r on r.campaign_id = c.id and r.phone = k.phone
        join number n on n.id = r.number_id
        where k.contact_id = $1 order by c.id
    """,
}


async def conversations_to_pack(database: Database, contact_id: int, number_id: int | None) -> list[int]:
    """A contact's, with one number of ours or with all, the oldest first."""
    rows = await database.fetch(
        """
        select id from conversation where contact_id = $1 and ($2::bigint is null or number_id = $2) order by id
        """,
        contact_id,
        number_id,
    )
    return [row["id"] for row in rows]


async def packed_texts(
    database: Database, conversation_ids: Sequence[int], *, notes: bool
) -> AsyncIterator[list[PackedText]]:
    """Pages, a conversation after the other."""
    for conversation_id in conversation_ids:
        place = -1
        while rows := await database.fetch(TEXTS, conversation_id, place, PAGE):
            place = rows[-1]["seq"]
            shown = [dict(row) for row in rows if notes or row["kind"] != "note"]
            yield [msgspec.convert(row, PackedText) for row in shown]


async def packed_rows(database: Database, what: str, key: Sequence[int] | int) -> list[dict[str, Any]]:
    """`what` is a key of ROWS, with conversation ids, or of OF_CONTACT, with a contact's id."""
    statement = OF_CONTACT[what] if isinstance(key, int) else ROWS[what]
    return [dict(row) for row in await database.fetch(statement, key)]


async def numbers_to_pack(
    database: Database, conversation_ids: Sequence[int], number_id: int | None
) -> list[tuple[int, str]]:
    """The given number of ours, else those of the conversations: id and address."""
    rows = await database.fetch(
        """
        select n.id, n.address from number n
        where n.id = $2 or ($2::bigint is null and n.id in (select c.number_id from conversation c
                                                           where c.id = any ($1::bigint[])))
        order by n.id
        """,
        conversation_ids,
        number_id,
    )
    return [(row["id"], row["address"]) for row in rows]
