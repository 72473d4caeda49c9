"""Answers the centre's own question whether requests to its public address arrive: GET /hooks/reach/{challenge}."""

from starlette.types import Scope, Send

from answerback.providers.contract import HookAnswer
from answerback.usecases.reach_proof import LONGEST_CHALLENGE, ReachProof
from answerback.web.hooks import answers

PLACE = "reach"


async def answer_challenge(proof: ReachProof, place: list[str], scope: Scope, send: Send) -> None:
    """`place` is the path below /hooks/, cut at its slashes."""
    if len(place) != 2 or not 0 < len(place[1]) <= LONGEST_CHALLENGE:
        return await answers.not_found(send, "There is no webhook door at this address.")
    if scope["method"] != "GET":
        return await answers.method_not_allowed(send)
    proven = HookAnswer(200, "text/plain; charset=utf-8", proof.answer(place[1]).encode())
    await answers.satisfied(send, proven)
