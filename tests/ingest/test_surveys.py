"""A survey by text: asked once, answered by a figure, kept with its conversation, which stays closed."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from answerback.storage.connection import Pool
from answerback.storage.views import Reader
from answerback.storage.workstreams import Survey
from answerback.usecases.automated_settings import LimitChanges, change_limits
from answerback.usecases.close_conversation import close_conversation
from answerback.usecases.end_conversation import end_conversation
from answerback.usecases.pick_conversation import pick_conversation
from answerback.usecases.workstream_settings import change_workstream
from answerback.usecases.workstream_shapes import WorkstreamChanges
from tests.automated import work
from tests.message_stage import Stage, message_stage, phone, seed, sid

CUSTOMER = phone(55)


@pytest.fixture
async def asked(stage: Stage, database_url: str) -> int:
    """A conversation that an agent has ended, about which the customer was asked; its id."""
    survey = Survey(True, {"en": "How did {AgentName} do? 1-5"}, {"en": "Thank you!"})
    await change_workstream(
        stage.pool, stage.seeded.workstream_id, WorkstreamChanges(survey=survey), stage.seeded.agent_id
    )
    await stage.directory.refresh()
    await stage.text("Hello", sender=CUSTOMER)
    conversation: int = await stage.pool.fetchval("select id from conversation")
    ann = Reader(stage.seeded.agent_id, "agent")
    await stage.pool.execute("insert into queue_member values ($1, $2)", stage.seeded.queue_id, ann.user_id)
    await pick_conversation(stage.pool, ann, conversation)
    await end_conversation(stage.pool, ann, conversation)
    await close_conversation(stage.pool, ann, conversation, disposition=None)
    await work(stage.pool, database_url)
    assert await outbound(stage) == ["How did Ann do? 1-5"]
    return conversation


async def outbound(stage: Stage) -> list[str]:
    rows = await stage.pool.fetch("select body from message where kind = 'outbound' order by id")
    return [row["body"] for row in rows]


async def found(stage: Stage) -> dict[str, Any]:
    row = await stage.pool.fetchrow(
        "select s.score, s.comment, c.state, c.survey_score"
        " from survey s join conversation c on c.id = s.conversation_id"
    )
    return dict(row)


async def test_an_answer_is_kept_thanked_for_once_and_opens_nothing(
    stage: Stage, asked: int, database_url: str
) -> None:
    await stage.text("5 great service", sender=CUSTOMER)
    assert await found(stage) == {"score": 5, "comment": "great service", "state": "closed", "survey_score": 5}
    await stage.text("3, on second thought", sender=CUSTOMER)
    assert (await found(stage))["score"] == 3
    await work(stage.pool, database_url)
    assert await outbound(stage) == ["How did Ann do? 1-5", "Thank you!"]
    kinds = await stage.pool.fetch("select kind from event where conversation_id = $1 order by id", asked)
    assert [row["kind"] for row in kinds].count("SurveyAnswered") == 2
    assert "ConversationReopened" not in [row["kind"] for row in kinds]


async def test_an_answer_that_comes_many_times_counts_once(stage: Stage, asked: int, database_url: str) -> None:
    same = sid()
    await asyncio.gather(*(stage.text("4!", sender=CUSTOMER, MessageSid=same) for _ in range(20)))
    assert await stage.pool.fetchval("select count(*) from event where kind = 'SurveyAnswered'") == 1
    await work(stage.pool, database_url)
    assert await outbound(stage) == ["How did Ann do? 1-5", "Thank you!"]


async def test_any_other_text_is_a_text(stage: Stage, asked: int) -> None:
    await stage.text("5pm is fine, see you", sender=CUSTOMER)
    assert (await found(stage))["state"] == "open"
    assert (await found(stage))["score"] is None


async def test_a_figure_in_a_conversation_that_goes_on_is_a_text(stage: Stage, asked: int) -> None:
    await stage.text("One more thing", sender=CUSTOMER)
    await stage.text("5", sender=CUSTOMER)
    assert (await found(stage))["score"] is None
    assert await stage.pool.fetchval("select count(*) from message where kind = 'inbound'") == 3


async def test_after_its_time_an_answer_is_a_text(stage: Stage, asked: int) -> None:
    await stage.pool.execute("update survey set answer_until = now()")
    await stage.text("5", sender=CUSTOMER)
    assert (await found(stage))["state"] == "open"


async def test_a_figure_from_somebody_who_was_not_asked_is_a_text(stage: Stage, asked: int) -> None:
    await stage.text("5", sender=phone(56))
    assert await stage.pool.fetchval("select state from conversation order by id desc limit 1") == "open"


async def test_the_thanks_count_towards_the_limit(stage: Stage, asked: int, database_url: str) -> None:
    await change_limits(stage.pool, LimitChanges(most_an_hour=1), stage.seeded.agent_id)
    await stage.text("5", sender=CUSTOMER)
    await work(stage.pool, database_url)
    assert await outbound(stage) == ["How did Ann do? 1-5"]
    assert (await found(stage))["score"] == 5


async def test_no_survey_where_no_agent_was(pool: Pool, tmp_path: Path, database_url: str) -> None:
    seeded = await seed(pool)
    async with message_stage(pool, seeded, tmp_path / "s") as stage:
        survey = Survey(True, {"en": "How was it? 1-5"})
        await change_workstream(pool, seeded.workstream_id, WorkstreamChanges(survey=survey), seeded.agent_id)
        await stage.text("Hello", sender=CUSTOMER)
        conversation = await pool.fetchval("select id from conversation")
        boss = Reader(seeded.agent_id, "supervisor", ("manage_conversations",))
        await close_conversation(pool, boss, conversation, disposition=None)
        await work(pool, database_url)
        assert await outbound(stage) == []
