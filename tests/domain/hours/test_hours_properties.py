"""What holds of every calendar in every zone, through every change of the clocks."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from answerback.domain.hours.calendar import DAY, Calendar, Span, SpecialDay, day_of
from answerback.domain.hours.state import Open, changes_at, state_at

ZONES = ["America/New_York", "America/Puerto_Rico", "America/St_Johns", "America/Los_Angeles", "Australia/Lord_Howe",
         "Europe/London", "Asia/Kathmandu", "Pacific/Apia"]  # fmt: skip
SECOND = timedelta(seconds=1)


def a_span(opens: int, length: int) -> Span:
    return Span(opens, opens + length)


spans = st.lists(st.builds(a_span, st.integers(0, DAY - 1), st.integers(1, DAY)), max_size=3).map(tuple)
# Two days around each change of the clocks, and any moment.
changes = st.sampled_from(
    [date(2026, 3, 8), date(2026, 11, 1), date(2026, 3, 29), date(2026, 4, 5), date(2026, 10, 25)]
)
moments = st.builds(
    lambda on, minutes: datetime(on.year, on.month, on.day, tzinfo=UTC) + timedelta(minutes=minutes),
    changes | st.dates(date(2025, 1, 1), date(2027, 12, 31)),
    st.integers(-DAY, 2 * DAY),
)
special_days = st.lists(
    st.builds(
        lambda first, days, spans, holiday: SpecialDay(first, first + timedelta(days=days), "Day", spans, holiday),
        changes,
        st.integers(0, 3),
        spans,
        st.booleans(),
    ),
    max_size=2,
).map(tuple)
calendars = st.builds(Calendar, st.sampled_from(ZONES), st.tuples(*[spans] * 7), special_days)


@settings(max_examples=300)
@given(calendars, moments)
def test_it_stays_as_it_is_until_the_time_it_names_and_not_longer(calendar: Calendar, now: datetime) -> None:
    state = state_at(calendar, now)
    if isinstance(state, Open):
        turn = state.closes_at
        if turn is not None:
            assert turn > now
            assert state_at(calendar, turn - SECOND) == state
            assert not isinstance(state_at(calendar, turn), Open)
    elif state.reopens_at is not None:
        assert state.reopens_at > now
        assert isinstance(state_at(calendar, state.reopens_at), Open)
        assert not isinstance(state_at(calendar, state.reopens_at - SECOND), Open)


@given(calendars, moments)
def test_between_two_looks_nothing_is_missed(calendar: Calendar, now: datetime) -> None:
    state = state_at(calendar, now)
    look = changes_at(calendar, state, now)
    assert look > now
    assert type(state_at(calendar, look - SECOND)) is type(state)


@settings(max_examples=300)
@given(calendars, moments)
def test_away_from_a_change_of_the_clocks_the_clock_on_the_wall_decides(calendar: Calendar, now: datetime) -> None:
    zone = ZoneInfo(calendar.zone)
    around = [(now + timedelta(hours=hours)).astimezone(zone).utcoffset() for hours in range(-50, 51)]
    if len(set(around)) > 1:
        return
    local = now.astimezone(zone)
    minutes = local.hour * 60 + local.minute + local.second / 60
    today, yesterday = (day_of(calendar, local.date() - timedelta(days=days)).spans for days in (0, 1))
    is_open = any(span.opens <= minutes < span.closes for span in today) or any(
        span.opens <= minutes + DAY < span.closes for span in yesterday
    )
    assert isinstance(state_at(calendar, now), Open) is is_open
