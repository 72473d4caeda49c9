"""Blocks a phone that floods us, by itself: with a note in its thread, and a person can undo it."""

from answerback.domain.ids import ConversationId
from answerback.storage.blocked import block
from answerback.storage.connection import Pool
from answerback.storage.conversations import lock_conversations
from answerback.storage.sending_rules import read_sending_rules
from answerback.storage.spam import count_lately, latest_conversation
from answerback.usecases.block_phone import hold_back_blocked
from answerback.usecases.move_conversation import keep_note


async def block_spam(pool: Pool, phone: str) -> bool:
    """Whether it was blocked now: the texts are counted in the database, whichever process took them in."""
    async with pool.acquire() as connection, connection.transaction():
        rules = await read_sending_rules(connection)
        if rules.spam_texts is None:
            return False
        texts = await count_lately(connection, phone, rules.spam_minutes, rules.spam_texts)
        if texts < rules.spam_texts:
            return False
        reason = f"Blocked by itself: {texts} texts within {rules.spam_minutes} minutes."
        if await block(connection, phone, reason, None) is None:
            return False
        conversation_id = await latest_conversation(connection, phone)
        if conversation_id is not None:
            for locked in await lock_conversations(connection, [ConversationId(conversation_id)]):
                await keep_note(connection, locked, f"{reason} A supervisor can unblock it on the customer card.", None)
        await hold_back_blocked(connection, phone, None)
        return True
