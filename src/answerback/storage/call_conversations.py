"""The conversation a missed call belongs to. Texts have their own way in, by the batch: storage/ingest.py."""

from answerback.storage.connection import Connection

PREVIEW = "Missed call"


async def latest_conversation(connection: Connection, number_id: int, contact_id: int) -> int | None:
    """The one that is not closed, else the one closed last."""
    found: int | None = await connection.fetchval(
        "select id from conversation where number_id = $1 and contact_id = $2"
        " order by state = 'closed', id desc limit 1",
        number_id,
        contact_id,
    )
    return found


async def insert_conversation(connection: Connection, number_id: int, contact_id: int, phone: str) -> int | None:
    """A new one in its queue; None where there is one that is not closed, which somebody has made just now."""
    made: int | None = await connection.fetchval(
        """
        insert into conversation (number_id, workstream_id, queue_id, contact_id, customer_phone, state, queued_at,
                                  waiting_since, auto_close_at)
        select n.id, w.id, w.queue_id, $2, $3, 'open', now(), now(),
               now() + make_interval(secs => w.auto_close_open_seconds)
        from number n join workstream w on w.id = n.workstream_id where n.id = $1
        on conflict (number_id, contact_id) where state <> 'closed' do nothing
        returning id
        """,
        number_id,
        contact_id,
        phone,
    )
    return made


async def note_missed_call(connection: Connection, conversation_id: int, phone: str) -> None:
    """Shown as the last that was heard, and unread."""
    await connection.execute(
        """
        update conversation set unread = unread + 1, last_message_at = now(), last_direction = 'inbound',
            last_preview = $2, customer_phone = $3, version = version + 1
        where id = $1
        """,
        conversation_id,
        PREVIEW,
        phone,
    )
