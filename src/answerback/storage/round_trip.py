"""Whether a test text was answered from the phone it went to: the proof that texts go both ways."""

from dataclasses import dataclass
from datetime import datetime

from answerback.storage.connection import Database


@dataclass(frozen=True, slots=True)
class SentTest:
    """`answered_at` is when the first text after it came in from the same phone to the same number."""

    answered_at: datetime | None


async def find_sent_test(database: Database, account_id: int, message_id: int) -> SentTest | None:
    """None where the account's numbers sent no such text."""
    row = await database.fetchrow(
        """
        select (select min(answer.created_at)
                from conversation again join message answer on answer.conversation_id = again.id
                where again.number_id = c.number_id and again.contact_id = c.contact_id
                  and again.customer_phone = c.customer_phone
                  and answer.kind = 'inbound' and answer.created_at >= sent.created_at) as answered_at
        from message sent
        join conversation c on c.id = sent.conversation_id
        join number n on n.id = c.number_id and n.provider_account_id = $1
        where sent.id = $2 and sent.kind = 'outbound'
        """,
        account_id,
        message_id,
    )
    return SentTest(row["answered_at"]) if row else None
