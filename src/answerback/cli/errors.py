"""Errors of commands that are no surprise: shown as one readable line, exit code 1."""

from answerback.usecases.refusals import Conflict, Invalid


class CommandError(Exception):
    """The command cannot do what was asked; the message says why and what to do."""


def refused(refusal: Invalid | Conflict) -> CommandError:
    """A use case's no, in words for the terminal."""
    said = [f"{problem.field} {problem.problem}. {problem.way_out}" for problem in refusal.problems]
    match refusal:
        case Conflict(sentence=sentence):
            return CommandError(" ".join([sentence, *(problem.way_out for problem in refusal.problems)]))
        case Invalid():
            return CommandError("\n".join(said))
