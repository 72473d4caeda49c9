"""Whether a caller is owed a text: once a call, not to everybody, not again and again."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from answerback.domain.calls.behaviour import Behaviour, VoiceRules
from answerback.domain.calls.status import CallStatus

GAP: Final = timedelta(minutes=10)
"""Who calls again this soon after a text back gets no second one."""
TOO_LATE: Final = timedelta(hours=1)
"""A text about a call this old (the database was away) would only puzzle."""


@dataclass(frozen=True, slots=True)
class MissedCall:
    """`status` as it is now. `phone` "" where it was withheld; `last_text_back` to this phone from this number."""

    status: CallStatus
    handled: Behaviour | None
    phone: str
    blocked: bool
    started_at: datetime
    last_text_back: datetime | None = None


def is_work(call: MissedCall, rules: VoiceRules) -> bool:
    """Whether it comes to an agent as an unanswered text does: it was missed where missed calls become texts."""
    return bool(rules.text_back and call.phone and not call.blocked) and _is_missed(call)


def is_owed(call: MissedCall, rules: VoiceRules, now: datetime) -> bool:
    """Whether to text back; whether that text may leave is then the send gate's question."""
    if not is_work(call, rules) or now - call.started_at > TOO_LATE:
        return False
    return call.last_text_back is None or now - call.last_text_back >= GAP


def _is_missed(call: MissedCall) -> bool:
    """One that becomes a text thread is missed from its first ring: whatever is heard of its end changes nothing."""
    if call.handled is Behaviour.TEXT_THREAD:
        return call.status is not CallStatus.DECLINED
    return call.handled is Behaviour.FORWARD and call.status is CallStatus.MISSED
