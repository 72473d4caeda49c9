"""What a provider's refusal of one text teaches about the next: who has opted out, which number is not registered."""

from collections.abc import Iterable, Sequence
from typing import Final

from answerback.domain.sending.failure import FailureClass
from answerback.storage.connection import Connection
from answerback.storage.consent import record_provider_opt_outs
from answerback.storage.events import NewEvent, append
from answerback.storage.wakeups import notify

TEACHING: Final = frozenset({FailureClass.OPTED_OUT.value, FailureClass.REGISTRATION.value})


async def learn(connection: Connection, failed: Iterable[tuple[int | None, str | None]]) -> None:
    """Message and class of each failure; those that teach nothing, or name no message of ours, are passed over."""
    lessons: dict[str, list[int]] = {}
    for message, error_class in failed:
        if message is not None and error_class in TEACHING:
            lessons.setdefault(error_class, []).append(message)
    if FailureClass.OPTED_OUT in lessons:
        await record_provider_opt_outs(connection, lessons[FailureClass.OPTED_OUT])
    if FailureClass.REGISTRATION in lessons:
        await _note_unregistered(connection, lessons[FailureClass.REGISTRATION])


async def _note_unregistered(connection: Connection, messages: Sequence[int]) -> None:
    """Where nobody had said how the number stands, the carriers just did; what a person entered stays."""
    rows = await connection.fetch(
        """
        insert into number_registration as r (number_id, status, rejection_reason)
        select distinct on (n.id) n.id, 'unregistered', coalesce(m.error_sentence, '')
        from message m join conversation c on c.id = m.conversation_id
        join number n on n.id = coalesce(m.from_number_id, c.number_id)
        where m.id = any ($1::bigint[]) order by n.id, m.id
        on conflict (number_id) do update set status = excluded.status, rejection_reason = excluded.rejection_reason,
            updated_at = now()
        where r.status = 'unknown'
        returning r.number_id, r.status, (select n.address from number n where n.id = r.number_id) as address
        """,
        list(messages),
    )
    if rows:
        changes = {"status": ["unknown", "unregistered"]}
        events = [
            NewEvent(
                "NumberRegistrationChanged",
                data={"id": row["number_id"], "address": row["address"], "changes": changes},
            )
            for row in rows
        ]
        await append(connection, events)
        await notify(connection, "config", "event")
