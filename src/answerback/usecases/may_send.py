"""Whether a person may write in a conversation now, said before they type; the send itself asks again."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from answerback.domain.sending.gate import Allowed, Deferred, Purpose, Refused, Verdict, check
from answerback.storage.connection import Connection
from answerback.storage.messages import read_facts
from answerback.storage.views import ConversationView
from answerback.usecases.drafts import Draft
from answerback.usecases.queue_text import send_facts
from answerback.usecases.text_batch import request_of

HELD = frozenset({"active", "waiting", "wrap_up"})


@dataclass(frozen=True, slots=True)
class Sending:
    """`until` is when time itself mends it: a text may be scheduled for then. `exemptions` name rules that would hold
    the text back but do not apply; `source` is where the deciding `rule` is from. `media`
    says why no picture or file can be sent; null: one can."""

    allowed: bool
    reason: str | None = None
    sentence: str | None = None
    until: datetime | None = None
    rule: str | None = None
    source: str | None = None
    exemptions: tuple[str, ...] = ()
    media: str | None = None


async def may_send(
    connection: Connection, conversation: ConversationView, user_id: int, *, may_step_in: bool
) -> Sending:
    """`may_step_in` lets a person write in what others hold."""
    held = check_holder(conversation, user_id, may_step_in=may_step_in)
    if held is not None:
        return held
    facts = await read_facts(connection, conversation.id)
    assert facts is not None
    asked, now = await send_facts(connection, facts), datetime.now(UTC)
    opened = facts.customer_opened
    verdict = check(request_of(Draft("Hello", Purpose.REPLY, "agent"), customer_opened=opened), asked, now)
    picture = check(request_of(Draft("", Purpose.REPLY, "agent", media_count=1), customer_opened=opened), asked, now)
    media = picture.sentence if isinstance(verdict, Allowed) and not isinstance(picture, Allowed) else None
    return replace(show(verdict), media=media)


def show(verdict: Verdict) -> Sending:
    """What the gate said, for screens and programs."""
    match verdict:
        case Allowed(exemptions):
            return Sending(True, exemptions=exemptions)
        case Refused() | Deferred():
            return Sending(
                False, verdict.reason.value, verdict.sentence, verdict.until, rule=verdict.rule, source=verdict.source
            )


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
