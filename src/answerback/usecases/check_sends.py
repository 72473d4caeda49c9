"""Asks the send gate without sending: for one recipient or a thousand, now or at a time to come."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta
from msgspec.structs import replace

from answerback.domain.numbers.phone import BadPhone, parse_phone
from answerback.domain.sending.gate import About, Purpose, SendRequest, check
from answerback.storage.connection import Pool
from answerback.storage.senders import read_sender
from answerback.usecases.load_facts import load_facts
from answerback.usecases.may_send import Sending, show
from answerback.usecases.refusals import Invalid, invalid

MOST: int = 1000


class SendCheck(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Texts somebody thinks of sending. `about` is what consent is needed for; `at` is when, left out: now."""

    number_id: Annotated[int, Meta(ge=1, le=2**53)]
    to: Annotated[list[Annotated[str, Meta(min_length=1, max_length=40)]], Meta(min_length=1, max_length=MOST)]
    about: Literal["conversation", "informational", "promotional"] = "informational"
    purpose: Literal["proactive", "automated"] = "proactive"
    body: Annotated[str, Meta(max_length=10_000)] = "Hello"
    media_count: Annotated[int, Meta(ge=0, le=100)] = 0
    subject: Annotated[str, Meta(max_length=200)] = ""
    at: Annotated[datetime, Meta(tz=True)] | None = None


class CheckedSend(msgspec.Struct, frozen=True):
    """What the gate says of one recipient; `phone` null where `to` is no phone number."""

    to: str
    phone: str | None
    sending: Sending


async def check_sends(pool: Pool, order: SendCheck) -> list[CheckedSend] | Invalid:
    """In the order of `to`."""
    phones: dict[str, str | BadPhone] = {}
    for raw in order.to:
        read = parse_phone(raw)
        phones[raw] = read if isinstance(read, BadPhone) else read.address
    async with pool.acquire() as connection:
        sender = await read_sender(connection, order.number_id)
        if sender is None:
            return invalid("number_id", "is not a number of ours", "Choose one from GET /api/v1/numbers.")
        good = sorted({phone for phone in phones.values() if isinstance(phone, str)})
        known = await load_facts(connection, sender, good)
    request = SendRequest(Purpose(order.purpose), order.body, order.media_count, About(order.about), order.subject)
    now = datetime.now(UTC)
    if order.at is not None and order.at > now:
        now, known = order.at, {phone: replace(facts, caps=(), budgets=()) for phone, facts in known.items()}
    said: Mapping[str, Sending] = {phone: show(check(request, facts, now)) for phone, facts in known.items()}
    return [_checked(raw, read, said) for raw, read in ((raw, phones[raw]) for raw in order.to)]


def _checked(raw: str, read: str | BadPhone, said: Mapping[str, Sending]) -> CheckedSend:
    if isinstance(read, BadPhone):
        return CheckedSend(raw, None, Sending(False, "bad_phone", read.sentence, rule="destination"))
    return CheckedSend(raw, read, said[read])
