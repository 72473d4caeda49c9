"""Campaigns as pure rules: states, lots, pace, the watch, and the finish."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from answerback.domain.campaigns.finish import Load, coarse, finish_of
from answerback.domain.campaigns.pacing import ReplyDesk, parts_ahead, shares, texts_for
from answerback.domain.campaigns.states import MOVES, Action, NotNow, State, move
from answerback.domain.campaigns.variants import variant_of
from answerback.domain.campaigns.watch import Limits, Seen, reason_to_pause
from answerback.domain.sending.caps import Cap, Period

LIMITS = Limits(filtered=0.05, opted_out=0.02, failed=0.3, after=100)
NOON = datetime(2026, 11, 25, 20, tzinfo=UTC)  # noon where carriers count their days


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("action", Action)
def test_what_the_table_does_not_name_is_refused_with_a_way_out(state: State, action: Action) -> None:
    found = move(state, action)
    if (state, action) in MOVES:
        assert isinstance(found, State)
    else:
        assert isinstance(found, NotNow)
        assert ":" in found.sentence


def test_nothing_leads_out_of_done_and_stopped() -> None:
    assert {state for state, _ in MOVES} == set(State) - {State.DONE, State.STOPPED}


def test_lots_are_drawn_by_share_and_stay() -> None:
    phones = [f"+1212555{number:04}" for number in range(4000)]
    drawn = [variant_of(7, phone, [3, 1]) for phone in phones]
    assert drawn == [variant_of(7, phone, [3, 1]) for phone in phones]
    assert 2850 < Counter(drawn)[0] < 3150
    assert drawn != [variant_of(8, phone, [3, 1]) for phone in phones]
    assert variant_of(7, phones[0], [1]) == 0


def test_a_number_gets_a_few_seconds_worth_and_no_more() -> None:
    assert parts_ahead(10, 0) == 30
    assert parts_ahead(10, 25) == 5
    assert parts_ahead(10, 1000) == 0
    assert parts_ahead(0.1, 0) == 1


def test_campaigns_of_a_number_share_it_equally_and_leave_nothing_unused() -> None:
    assert shares(10, {1: 100, 2: 100}) == {1: 5, 2: 5}
    assert shares(10, {1: 2, 2: 100}) == {1: 2, 2: 8}
    assert shares(1, {1: 5, 2: 5, 3: 5}) == {1: 1, 2: 0, 3: 0}
    assert shares(5, {}) == {}


def test_replies_find_a_free_agent() -> None:
    assert texts_for(ReplyDesk(free=5, waiting=0, unanswered=0), 0.1) == 50
    assert texts_for(ReplyDesk(free=5, waiting=3, unanswered=15), 0.1) == 5
    assert texts_for(ReplyDesk(free=0, waiting=3, unanswered=0), 0.1) == 0


@pytest.mark.parametrize(
    ("seen", "word"),
    [
        (Seen(99, 99, 99, 99), None),
        (Seen(100, 5, 2, 30), None),
        (Seen(100, 6, 0, 0), "filtered"),
        (Seen(100, 0, 3, 0), "opt-out"),
        (Seen(100, 0, 0, 31), "failed"),
    ],
)
def test_the_watch_pauses_above_a_limit_once_enough_texts_left(seen: Seen, word: str | None) -> None:
    reason = reason_to_pause(seen, LIMITS)
    assert reason is None if word is None else reason is not None and word in reason


def cap(period: Period, most: int, used: int = 0) -> Cap:
    return Cap(period, most, used)


def test_the_finish_follows_the_rate_and_who_shares_it() -> None:
    assert finish_of(Load(600, 10, NOON), NOON) == NOON + timedelta(minutes=1)
    assert finish_of(Load(600, 10, NOON, others=1), NOON) == NOON + timedelta(minutes=2)
    assert finish_of(Load(0, 10, NOON), NOON) == NOON


@pytest.mark.parametrize(
    ("parts", "caps", "finish"),
    [
        (2500, [cap(Period.DAY, 1000, 500)], datetime(2026, 11, 27, 8, 1, 40, tzinfo=UTC)),
        (2500, [cap(Period.WEEK, 2000, 1500)], datetime(2026, 11, 30, 8, 3, 20, tzinfo=UTC)),
        (2500, [cap(Period.MONTH, 1500, 1000)], datetime(2027, 1, 1, 8, 0, 50, tzinfo=UTC)),
        (1200, [cap(Period.DAY, 500), cap(Period.WEEK, 800)], datetime(2026, 11, 30, 8, 0, 40, tzinfo=UTC)),
        (10, [cap(Period.DAY, 0)], None),
    ],
)
def test_the_finish_waits_for_caps_to_begin_anew(parts: int, caps: list[Cap], finish: datetime | None) -> None:
    assert finish_of(Load(parts, 10, NOON, caps=tuple(caps)), NOON) == finish


def test_a_campaign_that_begins_later_finds_its_caps_unused() -> None:
    tomorrow = NOON + timedelta(days=1)
    used_up = Load(600, 10, NOON, caps=(cap(Period.DAY, 1000, 1000),))
    assert finish_of(used_up, tomorrow) == tomorrow + timedelta(minutes=1)


def test_those_who_wait_follow_at_the_rate_when_their_time_comes() -> None:
    morning = NOON + timedelta(hours=18)
    load = Load(1200, 10, NOON, later={morning: 900, NOON + timedelta(seconds=10): 100})
    assert finish_of(load, NOON) == morning + timedelta(seconds=90)


def test_moments_are_rounded_up_to_ten_minutes() -> None:
    assert coarse(NOON) == NOON
    assert coarse(NOON + timedelta(seconds=1)) == NOON + timedelta(minutes=10)
