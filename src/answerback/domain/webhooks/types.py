"""The public names of what happens, and which of our events each stands for. The names stay; our own may change."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final, Literal


class EventType(StrEnum):
    """What a subscription can ask for."""

    MESSAGE_RECEIVED = "message.received"
    MESSAGE_SENT = "message.sent"
    MESSAGE_DELIVERED = "message.delivered"
    MESSAGE_FAILED = "message.failed"
    OUTBOUND_SETTLED = "outbound_message.settled"
    CONVERSATION_OPENED = "conversation.opened"
    CONVERSATION_ASSIGNED = "conversation.assigned"
    CONVERSATION_CLOSED = "conversation.closed"
    CONTACT_CHANGED = "contact.changed"
    CONTACT_ERASED = "contact.erased"
    CONSENT_OPTED_OUT = "consent.opted_out"
    CONSENT_OPTED_IN = "consent.opted_in"
    CAMPAIGN_STARTED = "campaign.started"
    CAMPAIGN_RUNNING = "campaign.running"
    CAMPAIGN_PAUSED = "campaign.paused"
    CAMPAIGN_STOPPED = "campaign.stopped"
    CAMPAIGN_DONE = "campaign.done"
    TEST = "test"


TITLES: Final[Mapping[EventType, str]] = {
    EventType.MESSAGE_RECEIVED: "A customer's text came in",
    EventType.MESSAGE_SENT: "A text left",
    EventType.MESSAGE_DELIVERED: "A text reached the phone",
    EventType.MESSAGE_FAILED: "A text did not arrive",
    EventType.OUTBOUND_SETTLED: "It is known what became of an ordered text",
    EventType.CONVERSATION_OPENED: "A conversation began or was opened again",
    EventType.CONVERSATION_ASSIGNED: "An agent took a conversation",
    EventType.CONVERSATION_CLOSED: "A conversation was closed",
    EventType.CONTACT_CHANGED: "A contact was added or changed",
    EventType.CONTACT_ERASED: "A customer was erased here: erase them in your system too",
    EventType.CONSENT_OPTED_OUT: "A customer opted out",
    EventType.CONSENT_OPTED_IN: "A customer opted in",
    EventType.CAMPAIGN_STARTED: "A campaign was started: whom it reaches is frozen",
    EventType.CAMPAIGN_RUNNING: "A campaign begins to text, or goes on after a pause",
    EventType.CAMPAIGN_PAUSED: "A campaign was paused, by a person or by itself",
    EventType.CAMPAIGN_STOPPED: "A campaign was stopped for good",
    EventType.CAMPAIGN_DONE: "A campaign has settled everybody",
    EventType.TEST: "A call to try the address with",
}
_TYPES: Final[Mapping[str, EventType]] = {
    "MessageReceived": EventType.MESSAGE_RECEIVED,
    "MessageSent": EventType.MESSAGE_SENT,
    "MessageDelivered": EventType.MESSAGE_DELIVERED,
    "MessageFailed": EventType.MESSAGE_FAILED,
    "ConversationOpened": EventType.CONVERSATION_OPENED,
    "ConversationReopened": EventType.CONVERSATION_OPENED,
    "OfferAccepted": EventType.CONVERSATION_ASSIGNED,
    "ConversationPicked": EventType.CONVERSATION_ASSIGNED,
    "ConversationClosed": EventType.CONVERSATION_CLOSED,
    "ContactCreated": EventType.CONTACT_CHANGED,
    "ContactChanged": EventType.CONTACT_CHANGED,
    "ContactErased": EventType.CONTACT_ERASED,
}
_OF_CAMPAIGNS: Final[Mapping[str, EventType]] = {
    "CampaignStarted": EventType.CAMPAIGN_STARTED,
    "CampaignRunning": EventType.CAMPAIGN_RUNNING,
    "CampaignPaused": EventType.CAMPAIGN_PAUSED,
    "CampaignStopped": EventType.CAMPAIGN_STOPPED,
    "CampaignDone": EventType.CAMPAIGN_DONE,
}
ABOUT_CAMPAIGNS: Final = frozenset(_OF_CAMPAIGNS.values())
_CHOICES: Final = {"opt_out": EventType.CONSENT_OPTED_OUT, "opt_in": EventType.CONSENT_OPTED_IN}
_CONSENT: Final = "ConsentRecorded"
Outcome = Literal["delivered", "failed", "unclear", "refused", "canceled"]
OUTCOMES: Final[Mapping[str, Outcome]] = {
    "MessageDelivered": "delivered",
    "MessageFailed": "failed",
    "MessageUnclear": "unclear",
    "MessageRefused": "refused",
    "MessageCanceled": "canceled",
}
"""What each of our events says became of a text. Unclear and failed ones may still turn out to be delivered."""
KINDS: Final = frozenset(_TYPES) | {_CONSENT}
"""Our events about one customer that have a public name of their own."""
TOLD: Final = KINDS | _OF_CAMPAIGNS.keys() | OUTCOMES.keys()
"""Those that other systems may be told of."""


def type_of(kind: str, data: Mapping[str, Any]) -> EventType | None:
    """The public name of one of our events; None for those that are ours alone, or told of ordered texts only."""
    if kind == _CONSENT:
        return _CHOICES.get(str(data.get("choice")))
    return _TYPES.get(kind) or _OF_CAMPAIGNS.get(kind)
