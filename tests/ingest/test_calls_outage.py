"""While PostgreSQL is away callers are answered all the same; their calls are kept, and texted back when it is over."""

from answerback.storage.connection import Pool
from tests.database_line import DatabaseLine
from tests.ingest.test_calls import TEXT_BACK, behave, call_form, calls, knock, new_sid, texts_back, verbs
from tests.ingest.test_outage import line, stage
from tests.message_stage import Stage, eventually, phone

__all__ = ["line", "stage"]


async def test_a_caller_during_an_outage_hears_the_words_and_is_texted_when_it_is_over(
    stage: Stage, line: DatabaseLine, pool: Pool
) -> None:
    await behave(stage, "text_thread", words="We will text you.", text_back=TEXT_BACK)
    sid = new_sid()
    await line.cut()
    assert verbs(await knock(stage, call_form(sid, phone(1)))) == ["Say", "Hangup"]
    await knock(stage, call_form(sid, phone(1), "completed", CallDuration="3"), "?step=ended")
    assert await calls(pool) == []
    await line.mend()

    async def is_back() -> bool:
        return [call["status"] for call in await calls(pool)] == ["missed"]

    await eventually(is_back)
    assert await texts_back(pool) == [TEXT_BACK]
