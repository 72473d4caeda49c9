"""Whether a person may write in a conversation now, said before they type; the send itself asks again."""

from dataclasses import dataclass
from datetime import UTC, datetime

from answerback.domain.sending.gate import Purpose, Refused, SendRequest, check
from answerback.storage.connection import Connection
from answerback.storage.conversation_facts import read_facts
from answerback.storage.views import ConversationView
from answerback.usecases.queue_text import send_facts

HELD = frozenset({"active", "waiting", "wrap_up"})


@dataclass(frozen=True, slots=True)
class Sending:
    """`until` is when time itself mends it."""

    allowed: bool
    reason: str | None = None
    sentence: str | None = None
    until: datetime | None = None


async def may_send(
    connection: Connection, conversation: ConversationView, user_id: int, *, may_step_in: bool
) -> Sending:
    """`may_step_in` lets a person write in what others hold."""
    held = check_holder(conversation, user_id, may_step_in=may_step_in)
    if held is not None:
        return held
    facts = await read_facts(connection, conversation.id)
    assert facts is not None
    verdict = check(SendRequest(Purpose.REPLY, "Hello"), await send_facts(connection, facts), datetime.now(UTC))
    if isinstance(verdict, Refused):
        return Sending(False, verdict.reason.value, verdict.sentence, verdict.until)
    return Sending(True)


def check_holder(conversation: ConversationView, user_id: int, *, may_step_in: bool) -> Sending | None:
    """Why this person may not write here at all; None when they may."""
    if conversation.state == "closed":
        return Sending(False, "closed", "This conversation is closed. Reopen it to write.")
    if may_step_in or (conversation.agent_id == user_id and conversation.state in HELD):
        return None
    if conversation.agent_id == user_id:
        return Sending(False, "not_accepted", "Accept the offer first, then write.")
    if conversation.agent_name is not None and conversation.state in HELD:
        return Sending(False, "not_holder", f"{conversation.agent_name} has this conversation. Leave a note instead.")
    return Sending(False, "not_holder", "Nobody has this conversation. Pick it first, then write.")
