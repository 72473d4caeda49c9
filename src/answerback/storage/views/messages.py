"""Messages as people see them, with their media, by id."""

from collections import defaultdict
from collections.abc import Iterable

from answerback.storage.connection import Database
from answerback.storage.views.shapes import MediaView, MessageView

MESSAGES = """
    select m.id, m.conversation_id, m.seq, m.kind, m.origin, m.author_id, a.name as author_name, m.body, m.parts,
           m.encoding, m.status, m.status_rank, m.error_code, m.error_class, m.error_sentence, m.price::text as price,
           m.price_currency, m.late, m.created_at, m.sent_at, m.delivered_at
    from message m left join app_user a on a.id = m.author_id
    where m.id = any ($1::bigint[])
"""

MEDIA = """
    select message_id, id, content_type, file_name, size, state, problem
    from media where message_id = any ($1::bigint[]) order by message_id, position, id
"""


async def messages_by_id(connection: Database, ids: Iterable[int]) -> dict[int, MessageView]:
    """The messages that exist, keyed by id."""
    wanted = list(ids)
    if not wanted:
        return {}
    rows = await connection.fetch(MESSAGES, wanted)
    media: defaultdict[int, list[MediaView]] = defaultdict(list)
    for item in await connection.fetch(MEDIA, wanted):
        message_id, *fields = item
        media[message_id].append(MediaView(*fields))
    return {row["id"]: MessageView(**row, media=media.get(row["id"], [])) for row in rows}
