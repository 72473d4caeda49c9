"""How many texts campaigns may feed into a number's outbox now: a few seconds' worth, shared fairly, and no more than
the agents who will get the replies have room for."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from typing import Final

SECONDS_AHEAD: Final = 3.0
"""What lies in the outbox outlasts a crash of the feeder, and little enough to stop at once."""


def parts_ahead(rate: float, lying: int) -> int:
    """Parts to add, with `rate` parts a second and `lying` ones in the bulk lane already."""
    return max(0, ceil(rate * SECONDS_AHEAD) - lying)


def shares(room: int, wanted: Mapping[int, int]) -> dict[int, int]:
    """`room` shared equally; what one does not want goes to the others. By campaign, as `wanted`."""
    given = dict.fromkeys(wanted, 0)
    open_ = sorted(wanted, key=lambda one: (wanted[one], one))
    for place, one in enumerate(open_):
        given[one] = min(wanted[one], ceil(room / (len(open_) - place)))
        room -= given[one]
    return given


@dataclass(frozen=True, slots=True)
class ReplyDesk:
    """The queue that gets the replies: free units of its agents, customers who wait already, and texts sent lately
    that nobody has answered yet."""

    free: int
    waiting: int
    unanswered: int


def texts_for(desk: ReplyDesk, reply_share: float) -> int:
    """Texts that may follow so that the replies find a free agent. `reply_share`: of texts, those that are answered."""
    return max(0, int((desk.free - desk.waiting) / reply_share) - desk.unanswered)
