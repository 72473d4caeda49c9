"""What other systems send to have texts sent, one item a text, and what each is answered with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from answerback.domain.numbers.phone import BadPhone, parse_phone
from answerback.domain.templates.locales import read_locale
from answerback.usecases.record_consent import Proof, Words

MOST_ITEMS = 10_000
LONGEST_KEY = 200
LONGEST_RECORD = 200
REGARDING, RELATIONSHIP, CONFIGURATION = (
    "regardingobjectid",
    "entityrelationshipname",
    "msdyn_ocoutboundconfigurationid",
)
Value = Annotated[str, Meta(max_length=2000)] | int | float | bool | None
Key = Annotated[str, Meta(max_length=500, description="Yours: each key has one text.", examples=["order-1042"])]


class GivenConsent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The customer's yes, for the ledger: what they said, when, and what shows it. `at` may not be left out: a yes from
    before a STOP does not undo it."""

    words: Words
    at: Annotated[datetime, Meta(tz=True)]
    proof: Proof = Proof()


class OutboundItem(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One text. `tocontactid` is a phone, in spite of its name. `optin` says whether the customer wants such texts:
    false refuses the item, true is your word only; `consent` makes it an entry of the ledger. `locale` is BCP 47 or an
    LCID.

    `contextitems` are the template's slots, and `regardingobjectid` and `entityrelationshipname` of the record it is
    about.
    """

    tocontactid: Annotated[str, Meta(max_length=100, examples=["+17875550142"])] = ""
    optin: bool | None = None
    locale: Annotated[str, Meta(max_length=35, examples=["es-PR"])] | None = None
    contextitems: Annotated[dict[Annotated[str, Meta(max_length=100)], Value], Meta(max_length=60)] = {}
    key: Key | None = None
    consent: GivenConsent | None = None


class ItemResult(msgspec.Struct, frozen=True, omit_defaults=True):
    """Of the item at `place`: queued, waits (until `due_at`), refused by a rule, or invalid, each with a sentence.

    `repeated`: the key was used before, this is what was answered then. Only an invalid item is not kept: correct it
    and send it again with its key.
    """

    place: int
    result: Literal["queued", "waits", "refused", "invalid"]
    id: int | None = None
    key: str | None = None
    message_id: int | None = None
    due_at: datetime | None = None
    field: str = ""
    reason: str = ""
    rule: str = ""
    sentence: str = ""
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """An item that can be read. `values` are for the template's slots, as text."""

    place: int
    key: str | None
    phone: str
    optin: bool
    locale: str | None
    values: Mapping[str, str]
    regarding_id: str
    relationship: str
    consent: GivenConsent | None


def read_item(place: int, item: OutboundItem, key: str | None, now: datetime) -> Wanted | ItemResult:
    """`key` is the item's own, or the one its place in the request gives it."""

    def bad(field: str, sentence: str) -> ItemResult:
        return ItemResult(place, "invalid", key=item.key, field=field, reason="invalid", sentence=sentence)

    phone = parse_phone(item.tocontactid)
    if isinstance(phone, BadPhone):
        return bad("tocontactid", phone.sentence)
    if item.optin is None:
        return bad("optin", "Nothing says whether the customer wants such texts: give true or false.")
    locale = read_locale(item.locale) if item.locale else None
    if item.locale and locale is None:
        return bad("locale", "This is no language: give it like es-PR, as an LCID such as 3082, or leave it out.")
    if item.key is not None and not (0 < len(item.key) <= LONGEST_KEY):
        return bad("key", f"A key has 1 to {LONGEST_KEY} characters: shorten it, or leave it out.")
    if item.consent is not None and item.consent.at > now:
        return bad("consent.at", "The customer cannot have agreed in the future: say when they did.")
    values = {name: _text(value) for name, value in item.contextitems.items()}
    regarding_id, relationship = values.pop(REGARDING, ""), values.pop(RELATIONSHIP, "")
    values.pop(CONFIGURATION, None)
    if max(len(regarding_id), len(relationship)) > LONGEST_RECORD:
        return bad(f"contextitems.{REGARDING}", f"Ids of records have at most {LONGEST_RECORD} characters.")
    return Wanted(place, key, phone.address, item.optin, locale, values, regarding_id, relationship, item.consent)


def _text(value: str | float | bool | None) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case _:
            return str(value)
