"""A call's course: forward only, and its end in our words."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerback.domain.calls.behaviour import (
    Behaviour,
    Connect,
    Decline,
    LeaveAlone,
    Plan,
    Speak,
    VoiceRules,
    plan_incoming,
)
from answerback.domain.calls.course import Standing, Word, go_on
from answerback.domain.calls.status import CALL_RANKS, ENDED, CallStatus

OURS = "+18885550100"
RINGING, ANSWERED, COMPLETED = CallStatus.RINGING, CallStatus.ANSWERED, CallStatus.COMPLETED
MISSED, BUSY, FAILED, DECLINED = CallStatus.MISSED, CallStatus.BUSY, CallStatus.FAILED, CallStatus.DECLINED

handled = st.sampled_from([None, *(one for one in Behaviour if one is not Behaviour.UNTOUCHED)])
words = st.builds(Word, st.sampled_from(CallStatus), st.booleans())


@given(handled, st.lists(words))
def test_whatever_is_told_in_whatever_order_a_call_only_moves_forward_and_ends_once(
    met: Behaviour | None, told: list[Word]
) -> None:
    status, ends = RINGING, 0
    for word in told:
        following = go_on(Standing(status, met), word)
        if following is not None:
            assert CALL_RANKS[following] > CALL_RANKS[status]
            status, ends = following, ends + (following in ENDED)
    assert ends <= 1


@given(handled, words)
def test_the_same_word_twice_is_news_once(met: Behaviour | None, word: Word) -> None:
    first = go_on(Standing(RINGING, met), word)
    if first is not None:
        assert go_on(Standing(first, met), word) is None


@pytest.mark.parametrize(
    ("met", "before", "word", "after"),
    [
        (Behaviour.GREETING, RINGING, Word(COMPLETED), COMPLETED),
        (Behaviour.TEXT_THREAD, RINGING, Word(COMPLETED), MISSED),
        (Behaviour.TEXT_THREAD, RINGING, Word(FAILED), MISSED),
        (Behaviour.FORWARD, RINGING, Word(COMPLETED, reached=True), COMPLETED),
        (Behaviour.FORWARD, ANSWERED, Word(COMPLETED), COMPLETED),
        (Behaviour.FORWARD, RINGING, Word(COMPLETED), MISSED),
        (Behaviour.FORWARD, RINGING, Word(BUSY), MISSED),
        (Behaviour.FORWARD, RINGING, Word(DECLINED), MISSED),
        (None, ANSWERED, Word(COMPLETED), COMPLETED),
        (None, RINGING, Word(COMPLETED), MISSED),
        (None, RINGING, Word(BUSY), BUSY),
        (None, CallStatus.UNCLEAR, Word(RINGING), RINGING),
        (None, MISSED, Word(COMPLETED, reached=True), None),
    ],
)
def test_how_a_call_ends(met: Behaviour | None, before: CallStatus, word: Word, after: CallStatus | None) -> None:
    assert go_on(Standing(before, met), word) is after


GREETING = VoiceRules(Behaviour.GREETING, "We answer texts.")
FORWARD = VoiceRules(Behaviour.FORWARD, "One moment.", "es-US", "+12125550177")
TEXT_THREAD = VoiceRules(Behaviour.TEXT_THREAD, "We text you now.", text_back="How can we help?")


@pytest.mark.parametrize(
    ("rules", "plan"),
    [
        (VoiceRules(), LeaveAlone()),
        (GREETING, Speak("We answer texts.", "en-US")),
        (FORWARD, Connect("+12125550177", None, "One moment.", "es-US")),
        (TEXT_THREAD, Speak("We text you now.", "en-US")),
    ],
)
def test_what_a_number_does_with_a_call(rules: VoiceRules, plan: Plan) -> None:
    assert plan_incoming(rules, ours=OURS, withheld=False, blocked=False) == plan


def test_a_forwarded_phone_is_shown_our_number_where_the_caller_withholds_theirs() -> None:
    plan = plan_incoming(FORWARD, ours=OURS, withheld=True, blocked=False)
    assert isinstance(plan, Connect)
    assert plan.caller_id == OURS


def test_a_blocked_caller_hears_that_the_line_is_busy_unless_calls_are_left_alone() -> None:
    for rules, withheld in product((GREETING, FORWARD, TEXT_THREAD), (True, False)):
        assert plan_incoming(rules, ours=OURS, withheld=withheld, blocked=True) == Decline()
    assert plan_incoming(VoiceRules(), ours=OURS, withheld=False, blocked=True) == LeaveAlone()
