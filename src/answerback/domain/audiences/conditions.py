"""A saved filter: conditions over contacts that must all hold. A closed set of data; storage makes SQL of it."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

Word = Annotated[str, Meta(min_length=1, max_length=100)]
Words = Annotated[list[Word], Meta(min_length=1, max_length=50)]


class Tagged(msgspec.Struct, frozen=True, tag="tag", tag_field="about", forbid_unknown_fields=True):
    """Has one of these tags; with `is_not`, none of them."""

    any_of: Words
    is_not: bool = False


class Speaks(msgspec.Struct, frozen=True, tag="language", tag_field="about", forbid_unknown_fields=True):
    """The contact's language, BCP 47: `es` takes es-MX too."""

    any_of: Words
    is_not: bool = False


class AreaCode(msgspec.Struct, frozen=True, tag="area_code", tag_field="about", forbid_unknown_fields=True):
    """The phone's area code in North America."""

    any_of: Annotated[list[Annotated[str, Meta(pattern="^[2-9][0-9]{2}$")]], Meta(min_length=1, max_length=500)]
    is_not: bool = False


class Country(msgspec.Struct, frozen=True, tag="country", tag_field="about", forbid_unknown_fields=True):
    """The phone's country, ISO 3166-1 alpha-2, of those that share +1 (told by the area code)."""

    any_of: Annotated[list[Annotated[str, Meta(pattern="^[A-Z]{2}$")]], Meta(min_length=1, max_length=50)]
    is_not: bool = False


class Exchanged(msgspec.Struct, frozen=True, tag="last_text", tag_field="about", forbid_unknown_fields=True):
    """When the contact last wrote (`inbound`) or was last texted (`outbound`). `never` takes no time."""

    direction: Literal["inbound", "outbound"]
    when: Literal["before", "since", "never"]
    at: datetime | None = None


class Consented(msgspec.Struct, frozen=True, tag="consent", tag_field="about", forbid_unknown_fields=True):
    """The newest word of the phone on this purpose is a yes. Each text still asks the gate when it leaves."""

    purpose: Literal["informational", "promotional", "conversation"]


class TextedBy(msgspec.Struct, frozen=True, tag="campaign", tag_field="about", forbid_unknown_fields=True):
    """This campaign has texted the contact, at any of their phones; with `is_not`, it has not (yet)."""

    campaign_id: Annotated[int, Meta(ge=1, le=2**53)]
    is_not: bool = False


Condition = Tagged | Speaks | AreaCode | Country | Exchanged | Consented | TextedBy


class Filter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of the conditions hold; without one, every contact with a phone."""

    all_of: Annotated[list[Condition], Meta(max_length=20)]


def filter_problem(wanted: Filter) -> str | None:
    """What is missing, in one sentence."""
    for place, condition in enumerate(wanted.all_of, 1):
        if isinstance(condition, Exchanged) and (condition.at is None) != (condition.when == "never"):
            say = "takes no time" if condition.when == "never" else "needs a time"
            return f"Condition {place}: {condition.when} {say}."
        if isinstance(condition, Exchanged) and condition.at is not None and condition.at.tzinfo is None:
            return f"Condition {place}: give the time with its zone, such as 2026-03-01T00:00:00Z."
    return None
