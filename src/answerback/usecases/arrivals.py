"""What the hook doors hand on: values that may wait on disk before they are stored."""

from dataclasses import dataclass
from datetime import datetime

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
    """A genuine delivery report."""

    account_id: int
    report: DeliveryReport
    received_at: datetime
