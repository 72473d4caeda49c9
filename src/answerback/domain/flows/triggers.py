"""What begins a flow, as JSON: news, a person, a time on the clock, or a day that stands with the contact."""

from typing import Annotated

import msgspec
from msgspec import Meta

Expression = Annotated[str, Meta(min_length=1, max_length=2000, examples=["contact.language == 'es'"])]
TimeOfDay = Annotated[str, Meta(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$", examples=["09:00"])]
LocalTime = Annotated[
    str, Meta(pattern="^20[0-9]{2}-[01][0-9]-[0-3][0-9]T([01][0-9]|2[0-3]):[0-5][0-9]$", examples=["2026-12-01T09:00"])
]
Zone = Annotated[str, Meta(max_length=64, description="IANA name.", examples=["America/Puerto_Rico"])]
Tag = Annotated[str, Meta(max_length=60)]


class Automated(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="automated"):
    """Something happens here (domain/webhooks/types.py), or a system says so: `api` by POST /flows/{id}/runs."""

    event: Annotated[str, Meta(max_length=60, examples=["conversation.closed", "api"])] = "api"
    when: Expression | None = None


class Instant(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="instant"):
    """A person presses its button on a contact or a conversation."""


class Called(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="webhook"):
    """A system that has no token here calls the flow's own address with JSON, which expressions see as `trigger`.

    `phone` says where the customer's phone stands in it; `key` what makes a call one of a kind: the same key begins one
    run, however often it is called.
    """

    phone: Expression = "trigger.phone"
    key: Expression | None = None
    when: Expression | None = None


class Scheduled(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="scheduled"):
    """At a time by the clocks of `zone`, once or as `repeats` says, for every contact with the tag, or for an audience.

    `repeats` is a rule of RFC 5545 without its name, such as FREQ=WEEKLY;BYDAY=MO,TH (domain/flows/recurrence.py).
    """

    begins: LocalTime
    zone: Zone
    tag: Tag = ""
    repeats: Annotated[str, Meta(max_length=200, examples=["FREQ=MONTHLY;BYDAY=1MO"])] | None = None
    when: Expression | None = None
    audience_id: Annotated[int, Meta(ge=1, le=2**53)] | None = None


class OnDate(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="on_date"):
    """On the day that stands in an attribute of the contact (2026-12-24, or a moment, whose own day counts), or so many
    `days` after it; before it, if they are negative. `yearly`: each year. With a tag only contacts that have it."""

    attribute: Annotated[str, Meta(max_length=100, examples=["appointment"])]
    time_of_day: TimeOfDay
    zone: Zone
    days: Annotated[int, Meta(ge=-3650, le=3650)] = 0
    yearly: bool = False
    tag: Tag = ""
    when: Expression | None = None


Timed = Scheduled | OnDate
Trigger = Automated | Called | Instant | Scheduled | OnDate
