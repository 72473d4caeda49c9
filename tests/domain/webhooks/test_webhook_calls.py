"""Calls to other systems: signed as Standard Webhooks says, tried again for most of a day."""

import pytest

from answerback.domain.webhooks.calls import MOST_TRIES, is_taken, sign, wait_after
from answerback.domain.webhooks.types import ABOUT_CAMPAIGNS, KINDS, TITLES, TOLD, EventType, type_of

# The published example of the standard's reference libraries.
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
CALL, AT, BODY = "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}'
SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_the_published_example_is_signed_the_same() -> None:
    assert sign([SECRET], CALL, AT, BODY) == SIGNATURE


def test_while_a_secret_is_changed_both_sign() -> None:
    former = "whsec_" + "A" * 32
    assert sign([former, SECRET], CALL, AT, BODY).split(" ")[1] == SIGNATURE


def test_tries_grow_apart_and_end() -> None:
    waits = [wait_after(tries, jitter=1) for tries in range(1, MOST_TRIES)]
    seconds = [wait.total_seconds() for wait in waits if wait is not None]
    assert len(seconds) == len(waits)
    assert seconds == sorted(seconds)
    assert 12 * 3600 < sum(seconds) < 24 * 3600
    assert wait_after(MOST_TRIES, jitter=1) is None


@pytest.mark.parametrize(
    ("status", "taken"), [(200, True), (204, True), (299, True), (301, False), (404, False), (500, False)]
)
def test_only_2xx_takes_a_call(status: int, taken: bool) -> None:
    assert is_taken(status) is taken


def test_every_type_has_a_title_and_one_of_our_events_behind_it() -> None:
    reached = {type_of(kind, {"choice": choice}) for kind in TOLD for choice in ("opt_in", "opt_out")}
    assert reached - {None} == set(EventType) - {EventType.TEST, EventType.OUTBOUND_SETTLED}
    assert not {type_of(kind, {}) for kind in KINDS} & ABOUT_CAMPAIGNS
    assert TITLES.keys() == set(EventType)
    assert type_of("SignedIn", {}) is None
