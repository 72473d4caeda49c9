"""Lists of conversations with filters, the latest opened first, holding only what the reader may see.

The search in message texts looks through the newest TEXTS_SEARCHED messages, so that its cost is bounded. What masks
cover is not found.
"""

from dataclasses import dataclass

from answerback.domain.masking.mask import NOTHING
from answerback.storage.connection import Database
from answerback.storage.mask_rules import read_masker
from answerback.storage.views.conversations import COLUMNS, JOINS, conversation_view
from answerback.storage.views.shapes import ConversationView, Reader

TEXTS_SEARCHED = 100_000
MOST_COMPARED = 5000
"""Texts that hold the words and are then looked at through the masks."""

# $1 the reader, $2 whether the reader sees everything.
VISIBLE = """
    ($2 or c.agent_id = $1 or c.queue_id in (select queue_id from queue_member where user_id = $1)
     or exists (select from offer o where o.conversation_id = c.id and o.agent_id = $1))
"""

RECENT = f"m.id > (select coalesce(max(id), 0) from message) - {TEXTS_SEARCHED} and m.body ilike "
LIST = f"""
    select {COLUMNS} from conversation c {JOINS}
    where {VISIBLE}
      and ($3::text[] is null or c.state = any ($3))
      and ($4::bigint is null or c.queue_id = $4)
      and ($5::bigint is null or c.agent_id = $5)
      and ($6::bigint is null or c.contact_id = $6)
      and ($7::bigint is null or c.id < $7)
      and ($8::text is null or t.name ilike $8 or c.customer_phone like $9 or c.id = any ($11::bigint[])
           or ($11 is null and c.id in (select m.conversation_id from message m where {RECENT} $8)))
    order by c.id desc limit $10
"""


@dataclass(frozen=True, slots=True)
class ConversationFilter:
    """None means any. `text` is looked for in the contact's name, the phone and recent message texts."""

    states: tuple[str, ...] | None = None
    queue_id: int | None = None
    agent_id: int | None = None
    contact_id: int | None = None
    text: str | None = None


async def list_conversations(
    connection: Database, reader: Reader, wanted: ConversationFilter, *, before: int | None = None, limit: int = 50
) -> list[ConversationView]:
    """The latest opened first, up to `limit` of those with an id below `before`."""
    text = wanted.text.strip() if wanted.text else None
    digits = "".join(character for character in text if character.isdigit()) if text else ""
    said_in = await _said_in(connection, text) if text else None
    rows = await connection.fetch(
        LIST,
        reader.user_id,
        reader.sees_all,
        None if wanted.states is None else list(wanted.states),
        wanted.queue_id,
        wanted.agent_id,
        wanted.contact_id,
        before,
        _pattern(text) if text else None,
        f"%{digits}%" if len(digits) >= 3 else None,
        limit,
        said_in,
    )
    return [conversation_view(row) for row in rows]


async def _said_in(connection: Database, text: str) -> list[int] | None:
    """Where masks leave this text to be read; None where there are no masks."""
    masker = await read_masker(connection)
    if masker is NOTHING:
        return None
    rows = await connection.fetch(
        f"select m.conversation_id, m.body from message m where {RECENT} $1 order by m.id desc limit {MOST_COMPARED}",
        _pattern(text),
    )
    return list({row["conversation_id"] for row in rows if text.casefold() in masker.cover(row["body"]).casefold()})


async def visible_conversation(connection: Database, reader: Reader, conversation_id: int) -> ConversationView | None:
    """The conversation, or None when there is none that this reader may see."""
    row = await connection.fetchrow(
        f"select {COLUMNS} from conversation c {JOINS} where c.id = $3 and {VISIBLE}",
        reader.user_id,
        reader.sees_all,
        conversation_id,
    )
    return None if row is None else conversation_view(row)


def _pattern(text: str) -> str:
    """What contains `text` literally, for LIKE."""
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
