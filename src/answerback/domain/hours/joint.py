"""Several calendars at once: a customer is served while all of them are open."""

from collections.abc import Sequence
from datetime import datetime

from answerback.domain.hours.calendar import Calendar
from answerback.domain.hours.state import Closed, Holiday, HoursState, Open, state_at

MOST_STEPS = 400


def joint_state(calendars: Sequence[Calendar], now: datetime) -> HoursState:
    """Open while all are; without any always. A holiday of one is said before the plain closing of another."""
    states = [state_at(calendar, now) for calendar in calendars]
    closed = [state for state in states if not isinstance(state, Open)]
    if not closed:
        ends = [state.closes_at for state in states if isinstance(state, Open) and state.closes_at is not None]
        return Open(min(ends, default=None))
    reopens_at = _all_open(calendars, now)
    holiday = next((state for state in closed if isinstance(state, Holiday)), None)
    return Holiday(holiday.name, reopens_at) if holiday else Closed(_reason(closed), reopens_at)


def _all_open(calendars: Sequence[Calendar], now: datetime) -> datetime | None:
    """The first moment from now on at which all are open."""
    moment = now
    for _ in range(MOST_STEPS):
        shut = [state for calendar in calendars if not isinstance(state := state_at(calendar, moment), Open)]
        if not shut:
            return moment
        opens = [state.reopens_at for state in shut if state.reopens_at is not None]
        if len(opens) < len(shut):
            return None
        moment = max(opens)
    return None


def _reason(closed: Sequence[HoursState]) -> str:
    return next((state.reason for state in closed if isinstance(state, Closed) and state.reason), "")
