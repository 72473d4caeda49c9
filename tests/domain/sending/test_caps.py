"""Caps a day, week and month: when their count begins anew, and when a text has no room."""

from datetime import UTC, date, datetime

import pytest

from answerback.domain.sending.caps import Cap, Period, began, ends, first_full

SUNDAY_EVENING = datetime(2026, 11, 30, 6, 30, tzinfo=UTC)  # 22:30 on Sunday the 29th in Los Angeles


@pytest.mark.parametrize(
    ("period", "start", "end"),
    [
        (Period.DAY, date(2026, 11, 29), datetime(2026, 11, 30, 8, tzinfo=UTC)),
        (Period.WEEK, date(2026, 11, 23), datetime(2026, 11, 30, 8, tzinfo=UTC)),
        (Period.MONTH, date(2026, 11, 1), datetime(2026, 12, 1, 8, tzinfo=UTC)),
    ],
)
def test_periods_turn_at_midnight_pacific_time(period: Period, start: date, end: datetime) -> None:
    assert began(period, SUNDAY_EVENING) == start
    assert ends(period, SUNDAY_EVENING) == end


def test_the_day_on_which_clocks_go_forward_ends_an_hour_sooner() -> None:
    assert ends(Period.DAY, datetime(2026, 3, 8, 12, tzinfo=UTC)) == datetime(2026, 3, 9, 7, tzinfo=UTC)


def test_december_is_followed_by_january() -> None:
    assert ends(Period.MONTH, datetime(2026, 12, 31, 12, tzinfo=UTC)) == datetime(2027, 1, 1, 8, tzinfo=UTC)


def test_what_waits_to_leave_takes_room_too() -> None:
    cap = Cap(Period.DAY, most=100, used=70, waiting=28)
    assert cap.left == 2
    assert first_full((cap,), 2) is None
    assert first_full((cap,), 3) is cap


def test_of_several_full_caps_the_one_that_mends_last_is_named() -> None:
    day, week, month = (Cap(period, most=10, used=10) for period in Period)
    assert first_full((month, day, week), 1) is month
    assert first_full((day, week), 1) is week
    assert first_full((), 1000) is None


def test_a_cap_warns_from_four_fifths_on() -> None:
    assert not Cap(Period.DAY, most=1000, used=799).is_near
    assert Cap(Period.DAY, most=1000, used=799, waiting=1).is_near
