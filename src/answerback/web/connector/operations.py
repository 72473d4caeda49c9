"""Which calls of our API the connector offers, under which names. Data."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from answerback.domain.webhooks.types import EventType


@dataclass(frozen=True, slots=True)
class Action:
    """`call` is our operation, `name` what flows keep it under: once published it stays. Internal ones fill lists."""

    call: str
    name: str
    summary: str
    description: str
    visibility: Literal["important", "internal", ""] = ""


@dataclass(frozen=True, slots=True)
class Trigger:
    """A type of news. `tells` are the rows that come with it, by the name they have there."""

    type: EventType
    name: str
    summary: str
    description: str
    hint: str
    tells: tuple[str, ...]


ACTIONS: Final = (
    Action("sendOutboundMessages", "SendOutboundMessages", "Send outbound messages",
           "Texts customers with an outbound configuration; each is answered with what became of it.", "important"),
    Action("cancelOutboundMessages", "CancelOutboundMessages", "Cancel outbound messages",
           "Takes back ordered texts that still wait for their time."),
    Action("keepContact", "UpsertContact", "Add or update a contact",
           "Makes the contact with this phone, or completes the one there is.", "important"),
    Action("recordConsent", "RecordConsent", "Record consent",
           "Adds what a customer said about being texted to the consent ledger.", "important"),
    Action("beginFlow", "StartFlow", "Start a flow",
           "Begins a flow of the contact centre for one or many customers.", "important"),
    Action("listOutboundConfigurations", "ListOutboundConfigurations", "List outbound configurations",
           "Fills the list to choose an outbound configuration from.", "internal"),
    Action("listFlows", "ListFlows", "List flows", "Fills the list to choose a flow from.", "internal"),
)  # fmt: skip
TRIGGERS: Final = (
    Trigger(EventType.MESSAGE_RECEIVED, "WhenMessageReceived", "When a text comes in",
            "Begins when a customer's text comes in.", "Text one of your numbers.",
            ("message", "conversation", "contact")),
    Trigger(EventType.CONVERSATION_CLOSED, "WhenConversationClosed", "When a conversation is closed",
            "Begins when a conversation is closed, by an agent or by itself.", "Close a conversation.",
            ("conversation", "contact")),
    Trigger(EventType.MESSAGE_FAILED, "WhenDeliveryFailed", "When a text does not arrive",
            "Begins when a text could not be sent or delivered; the message says why.",
            "Text a phone that takes no texts.", ("message", "conversation", "contact")),
    Trigger(EventType.CONSENT_OPTED_OUT, "WhenOptedOut", "When a customer opts out",
            "Begins when a customer opts out, by keyword, form, agent or import.",
            "Answer STOP from a phone.", ("consent", "contact")),
    Trigger(EventType.OUTBOUND_SETTLED, "WhenOutboundSettled", "When an outbound message has its result",
            "Begins when it is known what became of an ordered text: delivered, failed, unclear, refused or canceled.",
            "Send an outbound message to a phone.", ("outbound_message", "message", "contact")),
)  # fmt: skip
ROWS: Final[Mapping[str, str]] = {
    "message": "MessageView",
    "conversation": "ConversationView",
    "contact": "Contact",
    "consent": "ConsentEntry",
    "outbound_message": "OutboundMessage",
}
"""The shapes of rows that news brings along."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A box that is a list: what fills it."""

    action: str
    collection: str = "items"
    value: str = "id"
    title: str = "name"

    def marks(self) -> dict[str, object]:
        """Both marks: older designers read the first, newer ones the second."""
        by_value = {
            "operationId": self.action, "parameters": {}, "value-collection": self.collection,
            "value-path": self.value, "value-title": self.title,
        }  # fmt: skip
        by_list = {
            "operationId": self.action, "parameters": {}, "itemsPath": self.collection, "itemValuePath": self.value,
            "itemTitlePath": self.title,
        }  # fmt: skip
        return {"x-ms-dynamic-values": by_value, "x-ms-dynamic-list": by_list}


CHOICES: Final[Mapping[tuple[str, str], Choice]] = {
    ("OutboundOrder", "configuration_id"): Choice("ListOutboundConfigurations"),
    ("OutboundChoice", "configuration_id"): Choice("ListOutboundConfigurations"),
    ("Parameter", "flow_id"): Choice("ListFlows"),
}
