"""What the hook doors hand on: values that may wait on disk before they are stored."""

from dataclasses import dataclass
from datetime import datetime

from answerback.providers.calls import CallNews
from answerback.providers.contract import DeliveryReport, InboundText


@dataclass(frozen=True, slots=True)
class ReceivedText:
    """A genuine text to a number of ours. `delayed`: it did not come straight from the door, so it may be late."""

    account_id: int
    number_id: int
    text: InboundText
    received_at: datetime
    delayed: bool = False


@dataclass(frozen=True, slots=True)
class ReceivedReport:
    """A genuine delivery report; one of failure with the sealed request that told it (usecases/keep_raw.py)."""

    account_id: int
    report: DeliveryReport
    received_at: datetime
    raw: bytes | None = None


@dataclass(frozen=True, slots=True)
class ReceivedCall:
    """Genuine news of a call. `number_id` None: it names no number of ours. `handled` is that number's behaviour, ""
    for one whose calls are left alone: such a call is kept only if it is known."""

    account_id: int
    number_id: int | None
    news: CallNews
    handled: str
    received_at: datetime
