"""Where a call stands. News of it comes late, twice and out of order, so a status only moves up in rank."""

from enum import StrEnum
from typing import Final


class CallStatus(StrEnum):
    """`placing`: asked of the provider just now. `unclear`: may or may not have been placed. The last five are ends."""

    PLACING = "placing"
    UNCLEAR = "unclear"
    RINGING = "ringing"
    ANSWERED = "answered"
    COMPLETED = "completed"
    MISSED = "missed"
    BUSY = "busy"
    FAILED = "failed"
    DECLINED = "declined"


ENDED: Final = frozenset(
    {CallStatus.COMPLETED, CallStatus.MISSED, CallStatus.BUSY, CallStatus.FAILED, CallStatus.DECLINED}
)

CALL_RANKS: Final[dict[CallStatus, int]] = {
    CallStatus.PLACING: 0,
    CallStatus.UNCLEAR: 5,
    CallStatus.RINGING: 10,
    CallStatus.ANSWERED: 20,
    **dict.fromkeys(ENDED, 30),
}


def moves_on(old: CallStatus, new: CallStatus) -> bool:
    """Whether `new` may replace `old`: only a higher rank may, so the first end that is heard of stays."""
    return CALL_RANKS[new] > CALL_RANKS[old]
