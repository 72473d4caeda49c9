"""Statuses only move up, in whatever order and however often reports arrive."""

import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerback.domain.sending.status import RANKS, Status, forward

LIFE = [Status.QUEUED, Status.SENDING, Status.ACCEPTED, Status.SENT, Status.DELIVERED, Status.READ]
END = {Status.CANCELED, Status.REFUSED}


def settle(first: Status, reports: list[Status]) -> Status:
    status = first
    for report in reports:
        status = report if forward(status, report) else status
    return status


def test_the_usual_life_goes_forward() -> None:
    assert all(forward(old, new) for old, new in itertools.pairwise(LIFE))


@pytest.mark.parametrize(("old", "new"), [(old, new) for new, old in itertools.combinations(LIFE, 2)])
def test_nothing_goes_back(old: Status, new: Status) -> None:
    assert not forward(old, new)


def test_a_repeated_report_changes_nothing() -> None:
    assert not any(forward(status, status) for status in Status)


def test_a_late_delivery_mends_a_failure_but_a_failure_does_not_unmake_a_delivery() -> None:
    assert forward(Status.UNDELIVERED, Status.DELIVERED)
    assert forward(Status.FAILED, Status.DELIVERED)
    assert not forward(Status.DELIVERED, Status.FAILED)


def test_an_unclear_send_is_settled_by_any_report() -> None:
    assert all(forward(Status.UNCLEAR, status) for status in (Status.ACCEPTED, Status.SENT, Status.FAILED))


def test_refused_is_the_end() -> None:
    assert not any(forward(Status.REFUSED, status) for status in Status)


@given(
    st.lists(st.sampled_from([status for status in Status if status not in END]), max_size=8),
    st.randoms(use_true_random=False),
)
def test_the_order_of_reports_does_not_change_how_it_ends(reports: list[Status], chance: random.Random) -> None:
    shuffled = sorted(reports, key=lambda _: chance.random())
    assert RANKS[settle(Status.QUEUED, reports)] == RANKS[settle(Status.QUEUED, shuffled)]


def test_every_status_has_a_rank() -> None:
    assert set(RANKS) == set(Status)
