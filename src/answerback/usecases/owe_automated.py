"""Writes down which automated texts events call for: part of following the event log, so each event counts once."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec

from answerback.domain.automation.occasions import (
    ENTERED,
    KINDS,
    LEFT_LINE,
    Happening,
    Occasion,
    Scene,
    occasions_of,
)
from answerback.domain.automation.triggers import Trigger
from answerback.storage.automated_texts import Owed, owe_texts
from answerback.storage.automation_scenes import read_scenes
from answerback.storage.connection import Connection
from answerback.storage.events import Event
from answerback.storage.workstreams import Survey
from answerback.usecases.automation import Automation, read_automation

FOLLOWER: Final = "automated_messages"
FOLLOWED: Final = KINDS
LINE: Final = frozenset({Trigger.NEXT_IN_LINE, Trigger.POSITION_IN_QUEUE})
SETTLE_SECONDS: Final = 3.0
"""Who is offered at once is not told their place in line."""
PLACE: Final = "place"
HEAD: Final = "head"
SURVEY: Final = "survey"
THANKS: Final = "survey_thanks"


async def owe_automated(connection: Connection, events: Sequence[Event]) -> None:
    """In the transaction that moves the follower on."""
    automation = await read_automation(connection)
    scenes = await read_scenes(connection, [event for event in events if event.conversation_id is not None])
    owed: list[Owed] = []
    for event in events:
        facts = scenes.get(event.id)
        if facts is not None:
            owed += _owed_for(automation, event, facts)
    await owe_texts(connection, owed)


def _owed_for(automation: Automation, event: Event, facts: Mapping[str, Any]) -> list[Owed]:
    happening = Happening(event.id, event.kind, event.at, event.user_id, event.data)
    survey = msgspec.convert(facts["survey"], Survey)
    active = automation.active(facts["number_id"])
    scene = Scene(
        state=facts["state"],
        by_customer=facts["by_customer"],
        hours=automation.hours(facts, event.at),
        staffed=facts["staffed"],
        answered_keyword=facts["answered_keyword"],
        before=(facts["before_kind"], facts["before_user"]) if facts["before_kind"] else None,
        opening=facts["opening"],
        survey=survey.active,
    )
    owed = [_word(automation, occasion, facts, event) for occasion in occasions_of(happening, scene, active)]
    return owed + _line(event, facts) if active & LINE else owed


def _word(automation: Automation, occasion: Occasion, facts: Mapping[str, Any], event: Event) -> Owed:
    texts: Mapping[str, str]
    if occasion.trigger is None:
        texts, name = msgspec.convert(facts["survey"], Survey).questions, SURVEY
    else:
        message = automation.message(occasion.trigger, facts["number_id"])
        assert message is not None
        texts, name = message.texts, occasion.trigger.value
    return Owed(facts["conversation_id"], occasion.key, name, automation.word(texts, facts, event.at), event.at)


def _line(event: Event, facts: Mapping[str, Any]) -> list[Owed]:
    """A moment later, look where the conversation stands, and who is first now."""
    wanted = ([PLACE] if event.kind in ENTERED else []) + ([HEAD] if event.kind in LEFT_LINE else [])
    at, conversation_id = event.at, facts["conversation_id"]
    # The queue it has left stands in the body, since it may be in another by then.
    left = event.data.get("from_queue_id") or facts["queue_id"]
    return [Owed(conversation_id, f"{name}:{event.id}", name, str(left), at, SETTLE_SECONDS) for name in wanted]
