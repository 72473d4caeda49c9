"""Who is texted back, and who is not."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from answerback.domain.calls.behaviour import Behaviour, VoiceRules
from answerback.domain.calls.status import CallStatus
from answerback.domain.calls.text_back import GAP, TOO_LATE, MissedCall, is_owed, is_work

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
RULES = VoiceRules(Behaviour.TEXT_THREAD, "We text you.", text_back="How can we help?")
CALL = MissedCall(CallStatus.RINGING, Behaviour.TEXT_THREAD, "+14155550142", False, NOW)
FORWARDED = replace(CALL, handled=Behaviour.FORWARD, status=CallStatus.MISSED)


@pytest.mark.parametrize("call", [CALL, replace(CALL, status=CallStatus.MISSED), FORWARDED])
def test_a_missed_call_is_work_and_is_texted_back(call: MissedCall) -> None:
    assert is_work(call, RULES)
    assert is_owed(call, RULES, NOW)


@pytest.mark.parametrize(
    "call",
    [
        replace(CALL, phone=""),
        replace(CALL, blocked=True),
        replace(CALL, status=CallStatus.DECLINED),
        replace(FORWARDED, status=CallStatus.COMPLETED),
        replace(FORWARDED, status=CallStatus.RINGING),
        replace(CALL, handled=Behaviour.GREETING, status=CallStatus.COMPLETED),
        replace(CALL, handled=None, status=CallStatus.MISSED),
    ],
)
def test_nobody_is_texted_who_withheld_is_blocked_was_answered_or_was_called_by_us(call: MissedCall) -> None:
    assert not is_work(call, RULES)
    assert not is_owed(call, RULES, NOW)


def test_without_words_there_is_nothing_to_send() -> None:
    assert not is_work(FORWARDED, replace(RULES, text_back=""))


def test_who_calls_again_soon_is_work_but_gets_no_second_text() -> None:
    again = replace(CALL, last_text_back=NOW - GAP + timedelta(seconds=1))
    assert is_work(again, RULES)
    assert not is_owed(again, RULES, NOW)
    assert is_owed(replace(CALL, last_text_back=NOW - GAP), RULES, NOW)


def test_a_call_stored_long_after_it_was_missed_is_not_texted_any_more() -> None:
    assert not is_owed(replace(CALL, started_at=NOW - TOO_LATE - timedelta(seconds=1)), RULES, NOW)
