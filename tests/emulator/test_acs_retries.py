"""Event Grid's tries: what is not taken is told again for a day, one call at a time, and then given up."""

from threading import Event

import pytest

from tests.emulator.acs_world import (
    agree_but,
    at_grid,
    declare,
    is_notification,
    notifications,
    quick,
    text_in,
)
from tests.emulator.loopback import PATIENCE_S, Call, RunningEmulator, Webhook

__all__ = ["at_grid", "quick"]


@pytest.mark.parametrize("status", [200, 201, 202, 203, 204])
def test_what_is_taken_is_not_told_again(at_grid: RunningEmulator, webhook: Webhook, status: int):
    webhook.answer = agree_but(lambda _call: status)
    declare(at_grid, webhook)
    text_in(at_grid, "one")
    text_in(at_grid, "two")
    assert len(notifications(webhook, 2)) == 2


def tries_of(webhook: Webhook) -> list[Call]:
    return [call for call in webhook.calls if is_notification(call)]


@pytest.mark.parametrize("status", [301, 401, 404, 408, 500, 503])
def test_what_is_not_taken_is_tried_until_it_is(at_grid: RunningEmulator, webhook: Webhook, status: int):
    webhook.answer = agree_but(lambda _call: 200 if len(tries_of(webhook)) > 4 else status)
    declare(at_grid, webhook)
    assert text_in(at_grid)["http_status"] == status
    tries = notifications(webhook, 5)
    assert [call.headers["aeg-delivery-count"] for call in tries] == ["0", "1", "2", "3", "4"]
    assert len({call.body for call in tries}) == 1
    assert at_grid.admin("GET", "/emulator/alerts") == []


@pytest.mark.parametrize("status", [400, 413])
def test_what_cannot_be_read_is_given_up_at_once(at_grid: RunningEmulator, webhook: Webhook, status: int):
    webhook.answer = agree_but(lambda call: status if "bad" in call.body else 200)
    declare(at_grid, webhook)
    assert text_in(at_grid, "bad")["http_status"] == status
    (alert,) = at_grid.admin("GET", "/emulator/alerts")
    assert (alert["code"], alert["detail"]) == (status, "Event Grid gave the event up")
    text_in(at_grid, "good")
    assert len(notifications(webhook, 2)) == 2


def test_a_door_that_stays_shut_is_given_up_within_a_day(at_grid: RunningEmulator, webhook: Webhook):
    webhook.answer = agree_but(lambda call: 500 if "refused" in call.body else 200)
    declare(at_grid, webhook)
    text_in(at_grid, "refused")
    tries = notifications(webhook, 10)  # 10 s to 12 h apart: a day
    text_in(at_grid, "next")
    assert len(notifications(webhook, 11)) == len(tries) + 1


def test_however_much_waits_it_is_tried_again_one_request_at_a_time(at_grid: RunningEmulator, webhook: Webhook):
    gate, retries = Event(), list[Call]()

    def shut(call: Call) -> int:
        if call.headers["aeg-delivery-count"] == "0":
            return 200 if "next" in call.body else 500
        retries.append(call)
        gate.wait(PATIENCE_S)
        return 200

    webhook.answer = agree_but(shut)
    declare(at_grid, webhook)
    for place in range(8):
        text_in(at_grid, str(place))
    notifications(webhook, 9)
    assert text_in(at_grid, "next")["http_status"] == 200  # new ones go on meanwhile
    assert len(retries) == 1
    gate.set()
    assert len(notifications(webhook, 8 + 8 + 1)) == 17
