"""The survey by text: asked once when an agent's work on a conversation ends, answered by a figure from 1 to 5.

An answer is kept with the conversation it is about and does not open it again.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from answerback.domain.automation.score import Score, read_score
from answerback.domain.automation.wording import choose_language, word
from answerback.storage.accounts_read import NumberRow
from answerback.storage.automated_messages import read_limits
from answerback.storage.automated_texts import Owed, owe_texts
from answerback.storage.connection import Connection
from answerback.storage.events import NewEvent, append
from answerback.storage.ingest import NewText
from answerback.storage.messages import ConversationFacts, lock_conversation, read_language
from answerback.storage.surveys import OpenSurvey, add_survey, find_open_survey, save_score, stands_open
from answerback.usecases.arrivals import ReceivedText
from answerback.usecases.owe_automated import THANKS


@dataclass(frozen=True, slots=True)
class ScoreText:
    """A text that looks like an answer."""

    score: Score
    item: ReceivedText
    number: NumberRow


def recognise_score(item: ReceivedText, number: NumberRow) -> ScoreText | None:
    """Only where the number's workstream asks."""
    if not number.survey or item.text.media:
        return None
    score = read_score(item.text.body)
    return None if score is None else ScoreText(score, item, number)


async def find_asked(connection: Connection, answer: ScoreText) -> OpenSurvey | None:
    """The question it answers; None: it is a text like any other."""
    return await find_open_survey(connection, answer.number.id, answer.item.text.sender)


async def keep_score(connection: Connection, answer: ScoreText, survey: OpenSurvey, text: NewText) -> None:
    """Part of the transaction that stores the text. The latest answer counts, thanks are said once."""
    facts = await lock_conversation(connection, survey.conversation_id)
    assert facts is not None
    await save_score(connection, survey, answer.score.value, answer.score.comment, answer_id=text.message_id)
    event = NewEvent(
        "SurveyAnswered",
        conversation_id=survey.conversation_id,
        contact_id=facts.contact_id,
        message_id=text.message_id,
        data={"score": answer.score.value},
    )
    await append(connection, [event])
    if survey.thanks:
        fallback = (await read_limits(connection)).fallback_language
        language = choose_language(await read_language(connection, facts.contact_id), survey.thanks, fallback)
        body = word(survey.thanks[language], language, {})
        await owe_texts(connection, [Owed(facts.id, f"thanks:{survey.id}", THANKS, body, datetime.now(UTC))])


async def is_asked(connection: Connection, facts: ConversationFacts) -> bool:
    """Whether an earlier question to this customer still stands open: then they are not asked again."""
    return await stands_open(connection, facts.number_id, facts.customer_phone)


async def note_asked(connection: Connection, facts: ConversationFacts, question_id: int) -> None:
    """From now on a score is taken as the answer."""
    phone, number_id = facts.customer_phone, facts.number_id
    await add_survey(connection, facts.id, question_id, number_id=number_id, phone=phone)
    event = NewEvent("SurveyAsked", conversation_id=facts.id, contact_id=facts.contact_id)
    await append(connection, [event])
