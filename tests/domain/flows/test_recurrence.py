"""Timed flows begin when the clocks of their zone say so, through every change to and from summer time."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from answerback.domain.flows.recurrence import Due, WrongRule, newest_due, next_time, read_rule
from answerback.domain.flows.triggers import OnDate, Scheduled, Timed

NEW_YORK = "America/New_York"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def times(trigger: Timed, after: str, count: int) -> list[str]:
    """The next occurrences by the clocks of the zone."""
    found: list[str] = []
    moment: datetime | None = at(after)
    while len(found) < count and moment is not None:
        moment = next_time(trigger, moment)
        if moment is not None:
            found.append(moment.astimezone(ZoneInfo(trigger.zone)).strftime("%a %Y-%m-%d %H:%M"))
    return found


def plan(begins: str, repeats: str | None = None, zone: str = NEW_YORK) -> Scheduled:
    return Scheduled(begins=begins, zone=zone, tag="member", repeats=repeats)


def test_a_single_time_comes_once() -> None:
    assert times(plan("2026-12-01T09:00"), "2026-11-01T00:00", 5) == ["Tue 2026-12-01 09:00"]
    assert next_time(plan("2026-12-01T09:00"), at("2026-12-01T14:00")) is None


@pytest.mark.parametrize(
    ("repeats", "expected"),
    [
        ("FREQ=DAILY;COUNT=3", ["Tue 2026-12-01 09:00", "Wed 2026-12-02 09:00", "Thu 2026-12-03 09:00"]),
        ("FREQ=DAILY;INTERVAL=10;UNTIL=20261211", ["Tue 2026-12-01 09:00", "Fri 2026-12-11 09:00"]),
        ("FREQ=WEEKLY;BYDAY=MO,TH;COUNT=2", ["Thu 2026-12-03 09:00", "Mon 2026-12-07 09:00"]),
        ("FREQ=MONTHLY;BYDAY=1MO;COUNT=2", ["Mon 2026-12-07 09:00", "Mon 2027-01-04 09:00"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=2", ["Thu 2026-12-31 09:00", "Sun 2027-01-31 09:00"]),
        ("FREQ=MONTHLY;BYMONTHDAY=31;COUNT=2", ["Thu 2026-12-31 09:00", "Sun 2027-01-31 09:00"]),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;COUNT=1", ["Tue 2028-02-29 09:00"]),
    ],
)
def test_rules_repeat_as_rfc_5545_says(repeats: str, expected: list[str]) -> None:
    assert times(plan("2026-12-01T09:00", repeats), "2026-11-01T00:00", 9) == expected


def test_nine_in_the_morning_stays_nine_in_the_morning_when_clocks_change() -> None:
    around_spring = times(plan("2027-03-13T09:00", "FREQ=DAILY"), "2027-03-12T00:00", 3)
    assert around_spring == ["Sat 2027-03-13 09:00", "Sun 2027-03-14 09:00", "Mon 2027-03-15 09:00"]
    first, second = at("2027-03-13T14:00"), at("2027-03-14T13:00")
    assert next_time(plan("2027-03-13T09:00", "FREQ=DAILY"), first) == second


def test_a_time_that_the_clocks_skip_comes_as_much_later_and_once() -> None:
    nightly = plan("2027-03-13T02:30", "FREQ=DAILY")
    assert times(nightly, "2027-03-13T00:00", 3) == [
        "Sat 2027-03-13 02:30",
        "Sun 2027-03-14 03:30",
        "Mon 2027-03-15 02:30",
    ]


def test_a_time_that_comes_twice_counts_the_first_time_only() -> None:
    nightly = plan("2026-10-31T01:30", "FREQ=DAILY")
    assert next_time(nightly, at("2026-10-31T12:00")) == at("2026-11-01T05:30")
    for minutes in range(0, 24 * 60, 7):  # whenever it is asked, also between the two
        after = at("2026-11-01T05:30") + timedelta(minutes=minutes)
        assert next_time(nightly, after) == at("2026-11-02T06:30")


def test_a_time_is_the_zones_own() -> None:
    honolulu, san_juan = (plan("2026-12-01T09:00", zone=zone) for zone in ("Pacific/Honolulu", "America/Puerto_Rico"))
    assert next_time(honolulu, at("2026-11-01T00:00")) == at("2026-12-01T19:00")
    assert next_time(san_juan, at("2026-11-01T00:00")) == at("2026-12-01T13:00")


def test_a_day_of_the_contact_is_looked_for_every_day_at_one_time() -> None:
    daily = OnDate("appointment", "10:00", NEW_YORK, days=-1)
    assert times(daily, "2026-12-01T15:00", 2) == ["Wed 2026-12-02 10:00", "Thu 2026-12-03 10:00"]


def test_of_what_passed_meanwhile_only_the_last_is_made_up_for() -> None:
    due = newest_due(plan("2026-12-01T09:00", "FREQ=DAILY"), at("2026-12-01T14:00"), at("2026-12-04T20:00"))
    assert due == Due(at("2026-12-04T14:00"), 3, at("2026-12-05T14:00"))
    once = newest_due(plan("2026-12-01T09:00"), at("2026-12-01T14:00"), at("2026-12-04T20:00"))
    assert once == Due(at("2026-12-01T14:00"), 0, None)


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ("", "an empty part"),
        ("FREQ=HOURLY", "FREQ HOURLY"),
        ("INTERVAL=2", "FREQ is missing"),
        ("FREQ=DAILY;FREQ=DAILY", "twice"),
        ("FREQ=DAILY;INTERVAL=0", "INTERVAL 0"),
        ("FREQ=DAILY;BYSETPOS=1", "BYSETPOS"),
        ("FREQ=WEEKLY;BYDAY=XX", "BYDAY XX"),
        ("FREQ=WEEKLY;BYDAY=1MO", "only a month or a year"),
        ("FREQ=DAILY;COUNT=2;UNTIL=20270101", "both COUNT and UNTIL"),
        ("FREQ=DAILY;UNTIL=20270230", "no day"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "BYMONTHDAY 32"),
    ],
)
def test_a_rule_that_cannot_be_used_says_what_is_wrong(rule: str, says: str) -> None:
    with pytest.raises(WrongRule, match=says):
        read_rule(rule)


def test_a_rule_without_any_day_has_no_next_time() -> None:
    assert next_time(plan("2026-12-01T09:00", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"), at("2026-12-01T00:00")) is None
    never = plan("2026-12-01T09:00", "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30;COUNT=5")
    assert next_time(never, at("2026-12-01T00:00")) is None
