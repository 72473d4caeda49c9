"""Open or closed: one promise each, and the days on which clocks change."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from answerback.domain.hours.calendar import Calendar, PublicHolidays, Span, SpecialDay
from answerback.domain.hours.sentences import say_moment, say_week
from answerback.domain.hours.state import Closed, Holiday, HoursState, Open, changes_at, state_at

NEW_YORK = "America/New_York"
NINE_TO_SIX = (Span(9 * 60, 18 * 60),)
OFFICE = (*(NINE_TO_SIX,) * 5, (), ())


def office(zone: str = NEW_YORK, **more: Any) -> Calendar:
    return Calendar(zone, OFFICE, **more)


def wall(text: str, zone: str = NEW_YORK, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)


def says(calendar: Calendar, text: str, fold: int = 0) -> HoursState:
    return state_at(calendar, wall(text, calendar.zone, fold))


def test_a_weekday_is_open_and_says_when_it_closes() -> None:
    assert says(office(), "2026-03-03 09:00") == Open(wall("2026-03-03 18:00"))
    assert says(office(), "2026-03-03 17:59") == Open(wall("2026-03-03 18:00"))
    assert says(office(), "2026-03-03 18:00") == Closed("", wall("2026-03-04 09:00"))


def test_a_weekend_over_a_clock_change_opens_by_the_clock_on_the_wall() -> None:
    assert says(office(), "2026-03-07 12:00") == Closed("", datetime(2026, 3, 9, 13, tzinfo=UTC))
    assert says(office(), "2026-03-06 19:00") == Closed("", wall("2026-03-09 09:00"))


def test_several_spans_a_day_and_spans_that_touch() -> None:
    split = Calendar(NEW_YORK, ((Span(540, 720), Span(780, 1080), Span(1080, 1140)),) * 7)
    assert says(split, "2026-03-03 12:30") == Closed("", wall("2026-03-03 13:00"))
    assert says(split, "2026-03-03 13:30") == Open(wall("2026-03-03 19:00"))


def test_a_span_over_midnight_belongs_to_the_day_it_begins_on() -> None:
    nights = Calendar(NEW_YORK, ((), (), (), (), (Span(22 * 60, 30 * 60),), (), ()))
    assert says(nights, "2026-03-07 05:59") == Open(wall("2026-03-07 06:00"))
    assert says(nights, "2026-03-07 23:00") == Closed("", wall("2026-03-13 22:00"))


def test_a_holiday_is_named_and_skipped() -> None:
    calendar = office(holidays=PublicHolidays("US"))
    assert says(calendar, "2026-11-26 10:00") == Holiday("Thanksgiving Day", wall("2026-11-27 09:00"))
    assert says(calendar, "2026-11-25 20:00") == Closed("", wall("2026-11-27 09:00"))


def test_only_chosen_holidays_close_also_on_the_day_they_are_moved_to() -> None:
    calendar = office(holidays=PublicHolidays("US", names=frozenset({"Independence Day"})))
    assert isinstance(says(calendar, "2026-11-26 10:00"), Open)
    assert says(calendar, "2026-07-03 10:00") == Holiday("Independence Day (observed)", wall("2026-07-06 09:00"))


def test_a_part_of_a_country_has_its_own_holidays() -> None:
    calendar = office("America/Puerto_Rico", holidays=PublicHolidays("US", "PR"))
    assert says(calendar, "2026-01-06 10:00") == Holiday("Epiphany", wall("2026-01-07 09:00", "America/Puerto_Rico"))


def test_a_special_day_wins_over_holiday_and_week() -> None:
    sale = SpecialDay(date(2026, 11, 26), date(2026, 11, 26), "Sale", (Span(600, 720),))
    inventory = SpecialDay(date(2026, 12, 1), date(2026, 12, 3), "Inventory")
    trip = SpecialDay(date(2026, 12, 10), date(2026, 12, 10), "Company day", holiday=True)
    calendar = office(holidays=PublicHolidays("US"), special_days=(sale, inventory, trip))
    assert says(calendar, "2026-11-26 10:30") == Open(wall("2026-11-26 12:00"))
    assert says(calendar, "2026-11-26 13:00") == Closed("Sale", wall("2026-11-27 09:00"))
    assert says(calendar, "2026-12-02 10:00") == Closed("Inventory", wall("2026-12-04 09:00"))
    assert says(calendar, "2026-12-10 10:00") == Holiday("Company day", wall("2026-12-11 09:00"))


def test_a_time_that_the_clock_leaves_out_opens_an_hour_later_and_one_that_comes_twice_closes_the_second_time() -> None:
    early = Calendar(NEW_YORK, ((Span(150, 300),),) * 7)  # 02:30 to 05:00
    assert says(early, "2026-03-08 01:59") == Closed("", wall("2026-03-08 03:30"))
    late = Calendar(NEW_YORK, ((Span(0, 90),),) * 7)  # until 01:30
    assert says(late, "2026-11-01 01:15", fold=1) == Open(wall("2026-11-01 01:30", fold=1))
    assert says(late, "2026-11-01 00:15") == Open(wall("2026-11-01 01:30", fold=1))


def test_always_open_and_never_open_say_no_time() -> None:
    assert says(Calendar(NEW_YORK, ((Span(0, 1440),),) * 7), "2026-03-08 02:30") == Open(None)
    assert says(Calendar(NEW_YORK, ((),) * 7), "2026-03-08 12:00") == Closed("", None)


def test_while_closed_it_is_looked_at_again_at_midnight() -> None:
    friday_night = wall("2026-03-06 20:00")
    calendar = office()
    assert changes_at(calendar, state_at(calendar, friday_night), friday_night) == wall("2026-03-07 00:00")
    monday = wall("2026-03-09 08:00")
    assert changes_at(calendar, state_at(calendar, monday), monday) == wall("2026-03-09 09:00")


@pytest.mark.parametrize(
    ("at", "language", "said"),
    [
        ("2026-03-03 18:00", "en", "today at 6 PM"),
        ("2026-03-04 09:30", "en-US", "tomorrow at 9:30 AM"),
        ("2026-03-09 09:00", "en", "Monday at 9 AM"),
        ("2026-03-16 09:00", None, "Monday, March 16 at 9 AM"),
        ("2026-03-04 09:00", "es-PR", "mañana a las 9:00 a. m."),
        ("2026-03-06 17:30", "fr", "vendredi à 17:30"),
        ("2026-03-06 09:00", "xx", "Friday at 9 AM"),
    ],
)
def test_a_moment_is_said_as_people_say_it(at: str, language: str | None, said: str) -> None:
    assert say_moment(wall(at), wall("2026-03-03 12:00"), NEW_YORK, language) == said


def test_the_week_is_said_short() -> None:
    week = (*(NINE_TO_SIX,) * 5, (Span(600, 840),), ())
    assert say_week(Calendar(NEW_YORK, week), "en") == "Mon-Fri 9 AM-6 PM, Sat 10 AM-2 PM"
    assert say_week(Calendar(NEW_YORK, ((Span(0, 1440),),) * 7), "en") == "24 hours a day"
    assert say_week(Calendar(NEW_YORK, ((),) * 7), "es") == "cerrado"
    assert (
        say_week(Calendar(NEW_YORK, ((Span(540, 720), Span(780, 1020)), *((),) * 6)), "fr")
        == "lun. 09:00-12:00 + 13:00-17:00"
    )


def test_the_first_holiday_of_next_year_that_falls_back_into_this_one_counts() -> None:
    calendar = office(holidays=PublicHolidays("US"))
    monday = wall("2028-01-03 09:00")  # 1 January 2028 is a Saturday: federal law moves it to the Friday before
    assert says(calendar, "2027-12-31 10:00") == Holiday("New Year's Day (observed)", monday)
    assert says(calendar, "2028-01-01 10:00") == Holiday("New Year's Day", monday)
