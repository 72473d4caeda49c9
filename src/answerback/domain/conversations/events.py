"""What a move tells the log. Only ids and small facts: never what was written, never a phone number."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from answerback.domain.ids import UserId


class Kind(StrEnum):
    """The kinds of event that the conversation machine emits."""

    MESSAGE_RECEIVED = "MessageReceived"
    REOPENED = "ConversationReopened"
    QUEUED = "ConversationQueued"
    OFFERED = "ConversationOffered"
    OFFER_ACCEPTED = "OfferAccepted"
    OFFER_DECLINED = "OfferDeclined"
    OFFER_TIMED_OUT = "OfferTimedOut"
    OFFER_WITHDRAWN = "OfferWithdrawn"
    PICKED = "ConversationPicked"
    LEFT = "ConversationLeft"
    SNOOZED = "ConversationSnoozed"
    WOKEN = "ConversationWoken"
    RESUMED = "ConversationResumed"
    ENDED = "ConversationEnded"
    CLOSED = "ConversationClosed"
    TRANSFERRED = "ConversationTransferred"
    RETURNED = "ConversationReturned"
    UPDATED = "ConversationUpdated"


@dataclass(frozen=True, slots=True)
class Happened:
    """One event. `user_id` is the agent it is about, who need not be the one who acted."""

    kind: Kind
    user_id: UserId | None = None
    data: Mapping[str, object] = field(default_factory=dict)
