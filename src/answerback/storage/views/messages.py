"""Messages as people see them, with their media, by id."""

from collections import defaultdict
from collections.abc import Iterable

import asyncpg

from answerback.domain.consent.phrases import suggest_opt_out
from answerback.storage.connection import Database
from answerback.storage.mask_rules import MASKS, masker_of
from answerback.storage.views.shapes import MediaView, MessageView, OptOutMark, SentFor

SENT_FOR = """
    select 'configuration' as kind, c.id, c.name, c.show_in_timeline as shown from outbound_configuration c
    where c.id = substring(m.decision ->> 'subject' from '^outbound configuration ([0-9]+)$')::bigint
    union all
    select 'flow', f.id, f.name, true from flow f
    where f.id = substring(m.decision ->> 'subject' from '^flow ([0-9]+)$')::bigint
    union all
    select 'campaign', k.id, k.name, true from campaign k
    where k.id = substring(m.decision ->> 'subject' from '^campaign ([0-9]+)$')::bigint
"""
MESSAGES = f"""
    select m.id, m.conversation_id, m.seq, m.kind, m.origin, m.author_id, a.name as author_name, m.body, m.parts,
           m.encoding, m.status, m.status_rank, m.error_code, m.error_class, m.error_sentence, m.price::text as price,
           m.price_currency, m.late, m.created_at, m.sent_at, m.delivered_at, d.how as dealt, n.address as sent_from,
           m.detour, m.removed_at,
           case when m.status in ('failed', 'undelivered', 'unclear')
                then (select f.address from conversation c
                      join number f on f.id = coalesce(m.from_number_id, c.number_id)
                      where c.id = m.conversation_id) end as failed_number,
           case when m.status in ('failed', 'undelivered', 'unclear')
                then (select f.name from provider_account f where f.id = m.provider_account_id) end as failed_account,
           case when m.status = 'scheduled'
                then (select o.due_at from outbox o where o.message_id = m.id) end as due_at,
           m.decision -> 'exemptions' as exemptions,
           case when m.decision ->> 'subject' <> '' then (select to_jsonb(s) from ({SENT_FOR}) s) end as sent_for,
           m.kind = 'inbound' and exists (select from phrase_settled s where s.message_id = m.id) as settled,
           {MASKS} as masks
    from message m left join app_user a on a.id = m.author_id left join number n on n.id = m.from_number_id
    left join failed_text_done d on d.message_id = m.id
    where m.id = any ($1::bigint[])
"""

MEDIA = """
    select message_id, id, content_type, file_name, size, state, problem
    from media where message_id = any ($1::bigint[]) order by message_id, position, id
"""


async def messages_by_id(connection: Database, ids: Iterable[int], *, masked: bool = True) -> dict[int, MessageView]:
    """The messages that exist, keyed by id; not `masked` for programs and for those who may see what masks cover."""
    wanted = list(ids)
    if not wanted:
        return {}
    rows = await connection.fetch(MESSAGES, wanted)
    media: defaultdict[int, list[MediaView]] = defaultdict(list)
    for item in await connection.fetch(MEDIA, wanted):
        message_id, *fields = item
        media[message_id].append(MediaView(*fields))
    return {row["id"]: _view(row, media.get(row["id"], []), masked=masked) for row in rows}


def _view(row: asyncpg.Record, media: list[MediaView], *, masked: bool) -> MessageView:
    fields = dict(row)
    settled, masks = fields.pop("settled"), fields.pop("masks")
    fields["sent_for"] = SentFor(**fields["sent_for"]) if fields["sent_for"] else None
    fields["exemptions"] = fields["exemptions"] or []
    if fields["kind"] == "inbound" and not settled:
        found = suggest_opt_out(fields["body"])
        fields["opt_out"] = OptOutMark(found.start, found.end) if found else None
    if masked and masks is not None:
        covered = masker_of(masks).cover(fields["body"])
        fields["masked"], fields["body"] = covered != fields["body"], covered
    return MessageView(**fields, media=media)
