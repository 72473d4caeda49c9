"""A test text from the set-up screens: it stands in a thread and passes the send gate like every other."""

from answerback.domain.numbers.phone import BadPhone, parse_phone
from answerback.domain.sending.gate import Purpose
from answerback.storage.connection import Pool
from answerback.storage.contacts import contact_of, thread_of
from answerback.storage.messages import lock_conversation
from answerback.storage.numbers import get_number
from answerback.usecases.queue_text import Draft, Queued, RefusedText, queue_text
from answerback.usecases.refusals import Invalid, NotFound, invalid

WORDS = "This is a test text from Answerback. If you can read it, sending works. Answer it to test the way back."


async def send_test_text(
    pool: Pool, account_id: int, number_id: int, to: str, *, body: str | None, author_id: int
) -> Queued | RefusedText | Invalid | NotFound:
    phone = parse_phone(to)
    if isinstance(phone, BadPhone):
        return invalid("to", "is not a phone number", phone.sentence)
    async with pool.acquire() as connection, connection.transaction():
        number = await get_number(connection, number_id)
        if number is None or number.provider_account_id != account_id:
            return invalid("number_id", "is not a number of this account", "Choose one from GET /api/v1/numbers.")
        if number.address == phone.address:
            return invalid("to", "is the number itself", "Give a phone you can look at.")
        contact_id = await contact_of(connection, phone.address)
        conversation_id = await thread_of(connection, number_id, contact_id, phone.address)
        facts = await lock_conversation(connection, conversation_id)
        assert facts is not None
        return await queue_text(connection, facts, Draft(body or WORDS, Purpose.TEST, "agent", author_id))
