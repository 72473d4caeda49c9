"""The answer to a call that sends a text: the message, or the problem the send gate raised with the text as kept."""

import msgspec

from answerback.domain.sending.gate import Deferred, Refused
from answerback.storage.connection import Pool
from answerback.storage.views import MessageView, messages_by_id
from answerback.usecases.queue_text import Queued, RefusedText
from answerback.usecases.refusals import Conflict, FieldProblem, Invalid, NotFound
from answerback.web.problems import ProblemError, make_problem, refuse


async def show_sent(pool: Pool, outcome: Queued | RefusedText | NotFound | Conflict | Invalid) -> MessageView:
    """Raises the problem when it was refused."""
    if not isinstance(outcome, Queued | RefusedText):
        raise refuse(outcome)
    message = (await messages_by_id(pool, [outcome.message_id]))[outcome.message_id]
    if isinstance(outcome, Queued):
        return message
    raise send_refused(outcome.refusal, message)


def send_refused(refusal: Refused | Deferred, message: MessageView | None) -> ProblemError:
    """What the gate said, with the text as it was kept."""
    sentence = refusal.sentence
    way_out = f"Allowed again at {refusal.until.isoformat()}." if refusal.until else "Mend that, then send it again."
    problem = make_problem("send-refused", 422, sentence, (FieldProblem("body", refusal.reason.value, way_out),))
    return ProblemError(
        msgspec.structs.replace(
            problem,
            reason=refusal.reason.value,
            sentence=sentence,
            until=refusal.until,
            message=msgspec.UNSET if message is None else message,
        )
    )
