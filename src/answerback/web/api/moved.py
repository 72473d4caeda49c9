"""The answer to a call that moves a conversation: how it stands now, or why the move is illegal."""

from answerback.domain.conversations.outcome import Illegal
from answerback.storage.views import ConversationView
from answerback.usecases.move_conversation import MoveResult
from answerback.usecases.refusals import FieldProblem
from answerback.web.problems import problem_error, refuse


def show_moved(result: MoveResult) -> ConversationView:
    """Raises the problem when nothing changed."""
    match result:
        case ConversationView():
            return result
        case Illegal(sentence, reason):
            way_out = "Reload the conversation: it may have changed meanwhile."
            problem = FieldProblem("state", f"does not allow it ({reason.value})", way_out)
            raise problem_error("illegal-move", 409, sentence, (problem,))
        case _:
            raise refuse(result)
