"""What has become of a message. Reports come late, twice and out of order, so a status only moves up in rank."""

from enum import StrEnum
from typing import Final


class Status(StrEnum):
    """Every status a message can have; inbound texts are `received`, notes are `noted`."""

    RECEIVED = "received"
    NOTED = "noted"
    SCHEDULED = "scheduled"
    QUEUED = "queued"
    SENDING = "sending"
    UNCLEAR = "unclear"
    ACCEPTED = "accepted"
    SENT = "sent"
    UNDELIVERED = "undelivered"
    FAILED = "failed"
    DELIVERED = "delivered"
    READ = "read"
    CANCELED = "canceled"
    REFUSED = "refused"


RANKS: Final[dict[Status, int]] = {
    Status.RECEIVED: 0,
    Status.NOTED: 0,
    Status.SCHEDULED: -10,
    Status.QUEUED: 0,
    Status.SENDING: 10,
    Status.UNCLEAR: 15,
    Status.ACCEPTED: 20,
    Status.SENT: 30,
    Status.UNDELIVERED: 50,
    Status.FAILED: 50,
    Status.DELIVERED: 60,
    Status.READ: 70,
    Status.CANCELED: 90,
    Status.REFUSED: 100,
}

RESENDABLE: Final = frozenset({Status.FAILED, Status.UNDELIVERED, Status.UNCLEAR, Status.REFUSED})
"""Statuses after which a person may send the text again."""

WENT_OUT: Final = frozenset({Status.ACCEPTED, Status.SENT, Status.DELIVERED, Status.READ})
"""Statuses that prove that the provider took the text."""


def forward(old: Status, new: Status) -> bool:
    """Whether `new` may replace `old`: only a higher rank may. A late `delivered` mends `failed`; nothing goes back."""
    return RANKS[new] > RANKS[old]
