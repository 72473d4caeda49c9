"""The crowd: the same for the same seed, and polite enough to wait for an answer."""

from answerback_emulator.crowd import Pace, play_crowd
from answerback_emulator.crowd_dialogues import DIALOGUES
from answerback_emulator.crowd_plan import plan_crowd
from tests.emulator.loopback import NUMBER, Call, Reply, RunningEmulator, Webhook


def test_a_seed_decides_everything():
    assert plan_crowd(3, 20, [NUMBER]) == plan_crowd(3, 20, [NUMBER])
    assert plan_crowd(3, 20, [NUMBER]) != plan_crowd(4, 20, [NUMBER])


def test_people_have_their_own_phones_and_filled_words():
    crowd = plan_crowd(1, 200, [NUMBER, "+18885550100"])
    assert len({person.phone for person in crowd}) == 200
    lines = [line.body for person in crowd for errand in person.errands for line in errand.lines]
    assert not [line for line in lines if "{" in line or "[" in line]
    assert {errand.to for person in crowd for errand in person.errands} == {NUMBER, "+18885550100"}


def test_there_are_dialogues_in_two_languages_with_pictures_and_stops():
    assert {one.language for one in DIALOGUES} == {"en", "es"}
    lines = [line for one in DIALOGUES for line in one.lines]
    assert "STOP" in lines
    assert any(line.startswith("[picture]") for line in lines)
    assert any(not line.isascii() for line in lines)


async def test_people_go_on_when_they_are_answered(emulator: RunningEmulator, webhook: Webhook):
    def answer(call: Call) -> Reply:
        return Reply(body="<Response><Message>Tell me more</Message></Response>" if call.get("Body") else "<Response/>")

    webhook.answer = answer
    pace = Pace(errands_per_second=200, typing_s=0.001, patience_s=0.3)
    sent = await play_crowd(emulator.url, [NUMBER], people=4, pace=pace, seed=5)
    plan = plan_crowd(5, 4, [NUMBER])
    for person in plan:
        said = [text["body"] for text in emulator.thread(person.phone) if text["direction"] == "inbound"]
        planned = [line.body for errand in person.errands for line in errand.lines]
        assert said == planned[: len(said)]
        assert said == planned or said[-1] == "STOP"
    assert sent == len(webhook.calls)


async def test_who_is_not_answered_asks_once_more_and_gives_up(emulator: RunningEmulator, webhook: Webhook):
    pace = Pace(errands_per_second=200, typing_s=0.001, patience_s=0.02)
    await play_crowd(emulator.url, [NUMBER], people=1, pace=pace, seed=5)
    (person,) = plan_crowd(5, 1, [NUMBER])
    said = [text["body"] for text in emulator.thread(person.phone) if text["direction"] == "inbound"]
    assert said == [person.errands[0].lines[0].body, person.errands[0].impatient]
