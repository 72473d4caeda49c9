"""What people see beside the boxes of an action: a title and a hint for each field. Data."""

from collections.abc import Mapping
from typing import Final

_FIELDS: Final[Mapping[str, tuple[str, str]]] = {
    "OutboundOrder.configuration_id": ("Outbound Configuration", "Which numbers and which words: choose one."),
    "OutboundOrder.items": ("Texts", "One item a text, up to 10,000. Give the array that your flow has filled."),
    "OutboundOrder.send_at": ("Send At", "When they shall leave, with offset from UTC. Left out: now."),
    "OutboundItem.tocontactid": ("Customer Phone", "The phone to text, in spite of the field's name."),
    "OutboundItem.optin": ("Opted In", "Whether the customer wants such texts; false refuses this one."),
    "OutboundItem.locale": ("Language", "Such as es-PR, or an LCID such as 3082. Left out: the customer's own."),
    "OutboundItem.contextitems": ("Context Items", "Values for the template's slots, by name."),
    "OutboundItem.key": ("Key", "Yours, such as the case's id: one text is sent for a key, ever."),
    "GivenConsent.words": ("Customer Words", "What the customer agreed to, in their words or the form's."),
    "GivenConsent.at": ("Agreed At", "When they agreed, with offset from UTC."),
    "Proof.url": ("Proof Address", "The page on which they agreed."),
    "Proof.file": ("Proof File", "The id of a file that shows it."),
    "Proof.ip": ("Proof IP", "The network address they agreed from."),
    "Proof.note": ("Proof Note", "Anything else that shows it."),
    "ContactFacts.name": ("Full Name", "The customer's name."),
    "ContactFacts.language": ("Language", "A language tag such as es or pt-BR."),
    "ContactFacts.time_zone": ("Time Zone", "An IANA name such as America/Puerto_Rico."),
    "ContactFacts.attributes": ("Attributes", "Added to those there are; null takes one away."),
    "ContactFacts.tags": ("Tags", "Added to those there are."),
    "ConsentDraft.phone": ("Customer Phone", "The phone it is about."),
    "ConsentDraft.choice": ("Choice", "Whether the customer opted in or out."),
    "ConsentDraft.words": ("Customer Words", "What the customer said, and where."),
    "ConsentDraft.number_id": ("Number", "The id of the one number of yours it is about. Left out: all."),
    "ConsentDraft.brand_id": ("Brand", "The id of the brand it is about. Left out: all."),
    "ConsentDraft.purpose": ("Purpose", "Which kind of texts it is about."),
    "ConsentDraft.at": ("Said At", "When the customer said it, with offset from UTC. Left out: now."),
    "ConsentDraft.source": ("Source", "Where it comes from; form is what the customer entered themselves."),
    "Wishes.items": ("Customers", "One item a customer, up to 1,000."),
    "RunWish.contact_id": ("Contact", "The id of a contact; or give a phone."),
    "RunWish.phone": ("Customer Phone", "A contact is made where there is none; or give the contact."),
    "RunWish.facts": ("Facts", "What the flow sees as trigger, by name."),
    "RunWish.key": ("Key", "Yours: one run begins for a key, however often it is asked for."),
    "Context.regardingobjectid": ("Regarding Record", "The id of the record it is about, such as the case's."),
    "Context.entityrelationshipname": ("Relationship Name", "Kept beside it, as incident_msdyn_ocoutboundmessages."),
    "TriggerDraft.url": ("Callback Address", "Where the platform waits for news."),
    "Parameter.phone": ("Customer Phone", "The phone of the contact, such as +17875550142."),
    "Parameter.flow_id": ("Flow", "The flow to start: choose one that is published."),
    "Parameter.subscription_id": ("Subscription", "The subscription to end."),
    "Parameter.Idempotency-Key": ("Idempotency Key", "A text of yours: the same call with it has its effect once."),
}
NEEDED: Final[Mapping[str, tuple[str, ...]]] = {"OutboundItem": ("tocontactid", "optin")}
"""Fields without which the API takes a call, but answers that an item is no good."""
CONTEXT: Final = ("regardingobjectid", "entityrelationshipname")
"""Context items that every template takes."""
_SPELLED: Final = {"id": "ID", "url": "URL", "ip": "IP", "tocontactid": "Customer Phone", "optin": "Opted In",
                   "regardingobjectid": "Regarding Record", "entityrelationshipname": "Relationship Name"}  # fmt: skip


def title_of(shape: str, field: str) -> str:
    """From the table, else made of the field's name."""
    known = _FIELDS.get(f"{shape}.{field}")
    words = [_SPELLED.get(word, word.capitalize()) for word in field.replace("-", "_").split("_")]
    return known[0] if known else " ".join(words)


def described(shape: str, field: str) -> str:
    """Empty where the table says nothing."""
    known = _FIELDS.get(f"{shape}.{field}")
    return known[1] if known else ""
