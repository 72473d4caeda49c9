"""Every error code of Twilio has a class, somebody who can fix it, and a sentence for people."""

from datetime import timedelta

import pytest

from answerback.domain.sending.failure import FailureClass, Retry, WhoCanFix
from answerback.providers.twilio.failure_table import FAILURES
from answerback.providers.twilio.failures import failure_of, failure_of_http

# The codes Twilio documents for texts: those of reports, then those of refusals at once.
REPORTED = [
    *range(30001, 30036),
    30410,
    *range(30440, 30452),
    30500,
    *range(30880, 30899),
    63038,
]
REFUSED = [
    *(21211, 21212, 21408, 21601, 21602, 21603, 21604, 21606, 21608, 21609, 21610, 21611, 21612, 21614, 21617),
    *(21620, 21623, 21624, 21703, 21704, 21705, 20003, 20404, 20429, 30409, 35111, 35114, 35115, 35117, 35118, 35125),
]


@pytest.mark.parametrize("code", REPORTED + REFUSED)
def test_each_documented_code_is_known(code: int) -> None:
    failure = failure_of(code)
    assert failure is FAILURES[code]
    assert failure.code == str(code)
    assert failure == failure_of(str(code))


def test_each_sentence_is_one_for_people() -> None:
    for code, failure in FAILURES.items():
        assert failure.sentence.endswith("."), code
        assert 20 < len(failure.sentence) < 130, code
        assert str(code) not in failure.sentence, code


def test_waiting_is_named_only_where_trying_again_helps() -> None:
    for code, failure in FAILURES.items():
        assert failure.retry_after is None or failure.retry is not Retry.NEVER, code
        assert (failure.retry is Retry.LATER) == (failure.retry_after is not None), code


@pytest.mark.parametrize(
    ("code", "cls", "who", "retry"),
    [
        (21211, FailureClass.INVALID_RECIPIENT, WhoCanFix.NOBODY, Retry.NEVER),
        (21610, FailureClass.OPTED_OUT, WhoCanFix.CUSTOMER, Retry.NEVER),
        (30003, FailureClass.UNREACHABLE, WhoCanFix.CUSTOMER, Retry.LATER),
        (30007, FailureClass.FILTERED, WhoCanFix.ADMINISTRATOR, Retry.NEVER),
        (30034, FailureClass.REGISTRATION, WhoCanFix.ADMINISTRATOR, Retry.NEVER),
        (30450, FailureClass.FILTERED, WhoCanFix.ADMINISTRATOR, Retry.NEVER),
        (20429, FailureClass.THROTTLED, WhoCanFix.NOBODY, Retry.BACK_OFF),
        (21611, FailureClass.THROTTLED, WhoCanFix.NOBODY, Retry.LATER),
        (30002, FailureClass.ACCOUNT, WhoCanFix.ADMINISTRATOR, Retry.NEVER),
        (30500, FailureClass.PROVIDER_TROUBLE, WhoCanFix.PROVIDER, Retry.BACK_OFF),
    ],
)
def test_the_common_ones_mean_what_they_mean(code: int, cls: FailureClass, who: WhoCanFix, retry: Retry) -> None:
    failure = failure_of(code)
    assert (failure.cls, failure.who_can_fix, failure.retry) == (cls, who, retry)


def test_an_unknown_code_is_kept_and_can_be_looked_up() -> None:
    failure = failure_of(39999)
    assert (failure.cls, failure.code) == (FailureClass.UNKNOWN, "39999")
    assert failure_of("not a number").code == "not a number"
    assert failure_of(None).code is None


def test_the_wait_twilio_asks_for_wins() -> None:
    assert failure_of(20429, timedelta(seconds=7)).retry_after == timedelta(seconds=7)


@pytest.mark.parametrize(
    ("status", "cls"),
    [
        (401, FailureClass.ACCOUNT),
        (403, FailureClass.ACCOUNT),
        (404, FailureClass.ACCOUNT),
        (418, FailureClass.ACCOUNT),
        (429, FailureClass.THROTTLED),
        (500, FailureClass.PROVIDER_TROUBLE),
        (503, FailureClass.PROVIDER_TROUBLE),
    ],
)
def test_answers_without_a_code_are_judged_by_their_http_status(status: int, cls: FailureClass) -> None:
    assert failure_of_http(status).cls is cls
