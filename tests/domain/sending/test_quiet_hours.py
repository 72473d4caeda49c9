"""Quiet hours, row by row from their table: open inside the window, closed outside, in the recipient's own time."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerback.domain.consent.ledger import About
from answerback.domain.numbers.regions import region_names, zones_of_region
from answerback.domain.sending.law.frequency import FREQUENCY_LIMITS
from answerback.domain.sending.law.quiet_hours import COURTESY, QUIET_HOURS, QuietHours
from answerback.domain.sending.quiet import find_quiet, laws_for, locate, next_hour

ADS = About.PROMOTIONAL
MONDAY = datetime(2026, 11, 2)
MINUTE = timedelta(minutes=1)
HONOLULU, SAN_JUAN, NEW_YORK = "+18085550123", "+17875550123", "+12125550123"
TOLL_FREE = "+18001234567"
BOISE_OR_THE_PANHANDLE = "+12085550123"  # Idaho's 208 has Mountain and Pacific exchanges


def zone_of(law: QuietHours) -> ZoneInfo:
    zones = {"US": "America/Chicago", "PR": "America/Puerto_Rico", "CA": "America/Toronto"}
    return ZoneInfo(zones.get(law.place) or min(zones_of_region(law.place)))


@pytest.mark.parametrize("law", QUIET_HOURS + COURTESY, ids=lambda law: f"{law.place} {law.source}")
@pytest.mark.parametrize("weekday", range(7))
def test_each_row_opens_and_closes_on_the_minute_each_day_of_the_week(law: QuietHours, weekday: int) -> None:
    zone = zone_of(law)
    day = (MONDAY + timedelta(days=weekday)).replace(tzinfo=zone)
    window = law.days[weekday]
    if window is None:
        assert all(find_quiet([law], [zone.key], day + timedelta(hours=hour)) for hour in range(24))
        return
    opens, closes = (day + timedelta(minutes=minutes) for minutes in window)
    assert find_quiet([law], [zone.key], opens) is None
    assert find_quiet([law], [zone.key], closes - MINUTE) is None
    for outside in (opens - MINUTE, closes):
        quiet = find_quiet([law], [zone.key], outside)
        assert quiet is not None
        assert quiet.until is not None
        assert quiet.until > outside
        assert find_quiet([law], [zone.key], quiet.until) is None
        assert find_quiet([law], [zone.key], quiet.until - MINUTE) is not None


@pytest.mark.parametrize("law", QUIET_HOURS + COURTESY, ids=lambda law: f"{law.place} {law.source}")
def test_each_row_names_a_place_we_know_and_its_source(law: QuietHours) -> None:
    assert law.place in region_names() or law.place in ("US", "PR", "CA")
    assert law.source
    assert len(law.days) == 7
    assert all(window is None or 0 <= window[0] < window[1] <= 1440 for window in law.days)


@pytest.mark.parametrize("law", [law for law in QUIET_HOURS if law.since], ids=lambda law: law.place)
def test_a_row_with_a_date_says_nothing_before_it(law: QuietHours) -> None:
    assert law.since is not None
    assert law in laws_for([law.place], ADS, courtesy=False, on=law.since)
    assert law not in laws_for([law.place], ADS, courtesy=False, on=law.since - timedelta(days=1))


@pytest.mark.parametrize("limit", FREQUENCY_LIMITS, ids=lambda limit: limit.place)
def test_each_frequency_limit_names_a_place_and_its_source(limit: object) -> None:
    assert limit.place in region_names()
    assert limit.most > 0
    assert limit.source


def quiet_at(phone: str, at: datetime, **known: str) -> bool:
    where = locate(phone, known.get("zone"), known.get("region"))
    return find_quiet(laws_for(where.places, ADS, courtesy=False, on=at.date()), where.zones, at) is not None


def test_ten_in_the_morning_of_new_york_is_night_in_honolulu_and_day_in_san_juan() -> None:
    at = datetime(2026, 11, 3, 10, tzinfo=ZoneInfo("America/New_York"))
    assert [quiet_at(phone, at) for phone in (NEW_YORK, SAN_JUAN, HONOLULU)] == [False, False, True]
    evening = datetime(2026, 11, 3, 20, 30, tzinfo=ZoneInfo("America/New_York"))
    assert [quiet_at(phone, evening) for phone in (NEW_YORK, SAN_JUAN, HONOLULU)] == [False, True, False]


def test_an_area_code_in_two_zones_is_held_to_the_strictest_of_them() -> None:
    where = locate(BOISE_OR_THE_PANHANDLE)
    assert where.zones == {"America/Boise", "America/Los_Angeles"}
    laws = laws_for(where.places, ADS, courtesy=False, on=MONDAY.date())
    boise = ZoneInfo("America/Boise")
    early, late = datetime(2026, 11, 3, 8, 30, tzinfo=boise), datetime(2026, 11, 3, 21, 0, tzinfo=boise)
    for held in (early, late):  # 7:30 further west; 21:00 in Boise
        assert find_quiet(laws, where.zones, held) is not None
    assert find_quiet(laws, where.zones, datetime(2026, 11, 3, 9, 0, tzinfo=boise)) is None
    quiet = find_quiet(laws, where.zones, late)
    assert quiet is not None
    assert quiet.until == datetime(2026, 11, 4, 9, tzinfo=boise)


def test_a_toll_free_recipient_may_be_anywhere_so_only_hours_common_to_the_whole_country_do() -> None:
    where = locate(TOLL_FREE)
    assert {"America/New_York", "Pacific/Honolulu"} <= where.zones
    laws = laws_for(where.places, ADS, courtesy=False, on=MONDAY.date())
    opens = next_hour(laws, where.zones, datetime(2026, 11, 3, 3, tzinfo=UTC))
    assert opens == datetime(2026, 11, 3, 18, tzinfo=UTC)  # 8:00 in Honolulu is 13:00 in New York
    assert find_quiet(laws, where.zones, datetime(2026, 11, 4, 1, 59, tzinfo=UTC)) is None
    assert find_quiet(laws, where.zones, datetime(2026, 11, 4, 2, 0, tzinfo=UTC)) is not None


def test_what_is_written_with_the_contact_counts_before_the_area_code() -> None:
    at = datetime(2026, 11, 3, 20, 30, tzinfo=ZoneInfo("America/New_York"))
    assert quiet_at(NEW_YORK, at, region="Florida")  # until 20:00 there
    assert not quiet_at("+13055550123", at, region="NY")
    assert not quiet_at(NEW_YORK, at, zone="Pacific/Honolulu")
    assert locate(NEW_YORK, None, "FL").zones == {"America/New_York", "America/Chicago"}


def test_there_is_no_text_on_sunday_where_sunday_is_kept_and_monday_follows() -> None:
    sunday = datetime(2026, 11, 8, 12, tzinfo=ZoneInfo("America/Chicago"))
    where = locate("+12055550123")  # Alabama
    quiet = find_quiet(laws_for(where.places, ADS, courtesy=False, on=sunday.date()), where.zones, sunday)
    assert quiet is not None
    assert quiet.law.place == "US-AL"
    assert quiet.until == datetime(2026, 11, 9, 8, tzinfo=ZoneInfo("America/Chicago"))


@pytest.mark.parametrize(
    ("before", "opens"),
    [
        (datetime(2026, 3, 7, 22), datetime(2026, 3, 8, 12, tzinfo=UTC)),  # the clock goes forward in the night
        (datetime(2026, 10, 31, 22), datetime(2026, 11, 1, 13, tzinfo=UTC)),  # and back
    ],
)
def test_eight_in_the_morning_is_eight_on_their_clock_also_when_it_changes(before: datetime, opens: datetime) -> None:
    zone = "America/New_York"
    laws = [law for law in QUIET_HOURS if law.place == "US"]
    quiet = find_quiet(laws, [zone], before.replace(tzinfo=ZoneInfo(zone)))
    assert quiet is not None
    assert quiet.until == opens


@given(
    st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),
    st.lists(st.sampled_from(sorted({zone for one in region_names() for zone in zones_of_region(one)})), max_size=4),
    st.lists(st.sampled_from(QUIET_HOURS), max_size=4),
)
def test_the_next_hour_is_allowed_everywhere_and_nothing_before_it_is(
    now: datetime, zones: list[str], laws: list[QuietHours]
) -> None:
    opens = next_hour(laws, zones, now)
    if opens is None:
        return
    assert opens >= now
    assert find_quiet(laws, zones, opens) is None
    if opens > now:
        assert find_quiet(laws, zones, opens - timedelta(seconds=1)) is not None
