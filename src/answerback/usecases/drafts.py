"""Texts somebody wants to send, and what became of them at the send gate."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import msgspec

from answerback.domain.ids import MessageId
from answerback.domain.sending.fail_over import Detour
from answerback.domain.sending.gate import About, Deferred, Purpose, Refused

LANES: Final = {
    Purpose.REPLY: 0,
    Purpose.KEYWORD_REPLY: 1,
    Purpose.CONSENT_REQUEST: 1,
    Purpose.AUTOMATED: 1,
    Purpose.TEST: 1,
    Purpose.PROACTIVE: 2,
}


@dataclass(frozen=True, slots=True)
class Draft:
    """A text to send. Origin agent, automated, api, campaign or flow; `author_id` None when no person wrote it.

    `about` is what consent is needed for; None: an answer where the customer has written, else information. `send_at`
    is for later; `patient`: where the gate says not now, wait until it may leave. `subject` names a campaign or flow.
    With a `detour` the facts are those of another number than the conversation's.
    """

    body: str
    purpose: Purpose
    origin: str
    author_id: int | None = None
    media_count: int = 0
    client_key: str | None = None
    about: About | None = None
    send_at: datetime | None = None
    patient: bool = False
    subject: str = ""
    detour: Detour | None = None

    @property
    def lane(self) -> int:
        """0 replies, 1 automated messages and flows, 2 bulk."""
        return 1 if self.origin == "flow" else LANES[self.purpose]


class Queued(msgspec.Struct, frozen=True):
    """On its way: in the thread and in the outbox. `due_at`: it waits there for its time, as the gate said (`deferred`)
    or the draft."""

    message_id: MessageId
    due_at: datetime | None = None
    deferred: Deferred | None = None


class RefusedText(msgspec.Struct, frozen=True):
    """In the thread as refused, with the reason; it does not leave."""

    message_id: MessageId
    refusal: Refused | Deferred


class HeldBackError(Exception):
    """For use cases that make things for a text: takes all of it back when the text may not leave."""

    def __init__(self, refusal: Refused | Deferred) -> None:
        super().__init__(refusal.sentence)
        self.refusal = refusal
