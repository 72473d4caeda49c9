"""When an account or a number is held back, when one text may try, and when all may leave again."""

from datetime import timedelta

from answerback.domain.sending.failure import Failure, FailureClass, Retry, WhoCanFix
from answerback.domain.sending.status import Status
from answerback.providers.contract import Accepted, NotSent, SendResult, Unclear
from answerback.workers.breaker import DOUBTS, OPEN_AFTER, PROBE_PATIENCE
from answerback.workers.dispatcher_pace import Pace, Turn

ACCOUNTS = {1: 10, 2: 10, 3: 20}  # number -> account
GOOD = Accepted("SM1", Status.ACCEPTED)


def failure(kind: FailureClass, after: float | None = None) -> NotSent:
    wait = timedelta(seconds=after) if after is not None else None
    return NotSent(Failure(kind, "503", WhoCanFix.PROVIDER, "The provider is in trouble.", Retry.LATER, wait))


class Rig:
    """A pace with three numbers of two accounts and a clock that only the test moves."""

    def __init__(self) -> None:
        self.pace = Pace()
        self.now = 1000.0

    def allowed(self, room: int = 1000) -> dict[int, int]:
        return self.pace.allowances(
            list(ACCOUNTS), lambda number: (ACCOUNTS[number], 50.0), lambda _: room, most=300, now=self.now
        )

    def claim(self, number: int) -> None:
        self.pace.spend(number, ACCOUNTS[number], 1, self.now)

    def answer(self, number: int, result: SendResult) -> list[Turn]:
        return self.pace.heed(number, ACCOUNTS[number], result, jitter=1.0, now=self.now)


def test_trouble_of_an_account_holds_back_all_its_numbers_and_no_other() -> None:
    rig = Rig()
    assert set(rig.allowed()) == {1, 2, 3}
    rig.answer(1, failure(FailureClass.PROVIDER_TROUBLE))
    assert set(rig.allowed()) == {3}


def test_after_the_pause_one_text_tries_and_the_others_wait_for_its_answer() -> None:
    rig = Rig()
    rig.allowed()
    rig.answer(1, failure(FailureClass.PROVIDER_TROUBLE))
    rig.now += 0.6
    probes = rig.allowed()
    assert probes in ({1: 1, 3: 50}, {2: 1, 3: 50})
    rig.claim(1)
    assert set(rig.allowed()) == {3}
    rig.answer(1, GOOD)
    assert rig.allowed()[1] > 1


def test_a_probe_nobody_hears_of_again_does_not_hold_the_account_for_ever() -> None:
    rig = Rig()
    rig.allowed()
    rig.answer(1, failure(FailureClass.PROVIDER_TROUBLE))
    rig.now += 0.6
    rig.allowed()
    rig.claim(1)
    rig.now += PROBE_PATIENCE + 1
    assert rig.allowed().get(1) == 1


def test_the_pause_doubles_and_troubles_of_requests_sent_together_are_one() -> None:
    rig = Rig()
    rig.allowed()
    for _ in range(5):
        rig.answer(1, failure(FailureClass.PROVIDER_TROUBLE))
    rig.now += 0.6
    assert 1 in rig.allowed()
    rig.answer(1, failure(FailureClass.PROVIDER_TROUBLE))
    rig.now += 0.9
    assert 1 not in rig.allowed()
    rig.now += 0.2
    assert 1 in rig.allowed()


def test_a_wait_that_the_provider_names_is_kept() -> None:
    rig = Rig()
    rig.allowed()
    rig.answer(1, failure(FailureClass.THROTTLED, after=30))
    rig.now += 29
    assert set(rig.allowed()) == {2, 3}
    rig.now += 2
    assert rig.allowed()[1] == 1


def test_people_are_told_from_the_third_trouble_in_a_row_and_when_it_is_over() -> None:
    rig = Rig()
    rig.allowed()
    told: list[Turn] = []
    for _ in range(OPEN_AFTER):
        told += rig.answer(1, failure(FailureClass.PROVIDER_TROUBLE))
        rig.now += 100
    [opened] = told
    assert (opened.account_id, opened.number_id, opened.is_open) == (10, None, True)
    assert opened.seconds > 0
    [again] = rig.answer(2, failure(FailureClass.PROVIDER_TROUBLE))
    assert again.is_open
    rig.now += 100
    [closed] = rig.answer(1, GOOD)
    assert (closed.account_id, closed.number_id, closed.is_open) == (10, None, False)
    assert rig.answer(1, GOOD) == []


def test_one_lost_answer_is_no_trouble_and_several_in_a_row_are() -> None:
    rig = Rig()
    rig.allowed()
    for _ in range(3):
        for _ in range(DOUBTS - 1):
            rig.answer(1, Unclear("no answer"))
        rig.answer(1, GOOD)
    assert set(rig.allowed()) == {1, 2, 3}
    for _ in range(DOUBTS):
        rig.answer(1, Unclear("no answer"))
    assert set(rig.allowed()) == {3}


def test_a_refusal_of_one_text_shows_that_the_provider_works() -> None:
    rig = Rig()
    rig.allowed()
    rig.answer(1, failure(FailureClass.PROVIDER_TROUBLE))
    rig.now += 1
    rig.answer(1, failure(FailureClass.INVALID_RECIPIENT))
    assert set(rig.allowed()) == {1, 2, 3}


def test_an_account_whose_requests_hang_leaves_the_others_their_room() -> None:
    rig = Rig()
    rooms = {10: 0, 20: 100}
    allowed = rig.pace.allowances(
        list(ACCOUNTS), lambda number: (ACCOUNTS[number], 50.0), rooms.__getitem__, most=300, now=rig.now
    )
    assert allowed == {3: 50}
