"""Surveys by text: what was asked of whom, and the score that came back."""

from dataclasses import dataclass

from answerback.storage.connection import Connection, Database


@dataclass(frozen=True, slots=True)
class OpenSurvey:
    """A question whose answer is still taken; `thanks` are the words by language."""

    id: int
    conversation_id: int
    thanks: dict[str, str]


# Only where a text that is not routed would come to stand in the conversation that was asked about.
OPEN = """
    select s.id, s.conversation_id, w.survey -> 'thanks' as thanks
    from survey s join conversation c on c.id = s.conversation_id join workstream w on w.id = c.workstream_id
    where s.number_id = $1 and s.phone = $2 and s.answer_until > now() and c.state in ('closed', 'wrap_up')
      and s.id = (select max(l.id) from survey l where l.number_id = $1 and l.phone = $2)
      and not exists (select from conversation o where o.number_id = c.number_id and o.contact_id = c.contact_id
                      and o.id <> c.id and (o.state <> 'closed' or o.id > c.id))
    for update of s
"""


async def find_open_survey(connection: Connection, number_id: int, phone: str) -> OpenSurvey | None:
    """The latest question to this phone, locked, while it can be answered."""
    row = await connection.fetchrow(OPEN, number_id, phone)
    return OpenSurvey(**row) if row else None


async def stands_open(database: Database, number_id: int, phone: str) -> bool:
    """Whether this customer has been asked and has neither answered nor let the time pass."""
    found = await database.fetchval(
        "select exists (select from survey where number_id = $1 and phone = $2 and score is null"
        " and answer_until > now())",
        number_id,
        phone,
    )
    return bool(found)


async def add_survey(
    connection: Connection, conversation_id: int, question_id: int, *, number_id: int, phone: str
) -> None:
    """An answer is taken for as long as the workstream says."""
    await connection.execute(
        """
        insert into survey (conversation_id, question_id, number_id, phone, answer_until)
        select $1, $2, $3, $4, now() + make_interval(hours => (w.survey ->> 'answer_hours')::int)
        from conversation c join workstream w on w.id = c.workstream_id where c.id = $1
        """,
        conversation_id,
        question_id,
        number_id,
        phone,
    )


async def save_score(connection: Connection, survey: OpenSurvey, score: int, comment: str, *, answer_id: int) -> None:
    """The latest answer counts; the conversation shows it."""
    await connection.execute(
        "update survey set score = $2, comment = $3, answer_id = $4, answered_at = now() where id = $1",
        survey.id,
        score,
        comment,
        answer_id,
    )
    await connection.execute(
        "update conversation set survey_score = $2, version = version + 1 where id = $1", survey.conversation_id, score
    )
