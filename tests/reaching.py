"""A public address for tests, and what a request to it meets."""

from answerback.usecases.reach import Answered, Barrier, Probe, ReachTest
from answerback.usecases.reach_proof import DOOR, ReachProof

PROOF = ReachProof(["a key of more than thirty-two characters"])


async def answers_itself(url: str) -> Answered | Barrier:
    """Every request comes out at this centre."""
    return Answered(200, PROOF.answer(url.partition(DOOR)[2]))


def reach_of(public_url: str, probe: Probe = answers_itself, *, is_set: bool = True) -> ReachTest:
    return ReachTest(public_url, is_set, PROOF, probe)
