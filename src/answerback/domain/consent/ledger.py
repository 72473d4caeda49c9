"""The consent ledger, folded: what a customer last said decides. The ledger itself only ever grows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from answerback.domain.ids import NumberId

EVERY_PURPOSE: Final = "all"


class Choice(StrEnum):
    """What was chosen."""

    OPT_IN = "opt_in"
    OPT_OUT = "opt_out"


class Source(StrEnum):
    """How we know."""

    KEYWORD = "keyword"
    AGENT = "agent"
    API = "api"
    IMPORT = "import"
    PROVIDER = "provider"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger for a phone. `number_id` None means every number of ours."""

    id: int
    number_id: NumberId | None
    choice: Choice
    source: Source
    at: datetime
    words: str = ""
    purpose: str = EVERY_PURPOSE


@dataclass(frozen=True, slots=True)
class ConsentState:
    """Where a phone stands towards a number of ours; `decided_by` is None if it never said anything."""

    decided_by: Entry | None = None

    @property
    def opted_out(self) -> bool:
        """Whether texts are refused."""
        return self.decided_by is not None and self.decided_by.choice is Choice.OPT_OUT

    @property
    def opted_in(self) -> bool:
        """Whether the customer said yes in so many words; silence is not consent to be advertised to."""
        return self.decided_by is not None and self.decided_by.choice is Choice.OPT_IN


def fold(entries: Iterable[Entry], number_id: NumberId, purpose: str = EVERY_PURPOSE) -> ConsentState:
    """The state towards one number: the newest entry that speaks of it, or of every number, decides."""
    spoken = (
        entry for entry in entries if entry.number_id in (None, number_id) and entry.purpose in (EVERY_PURPOSE, purpose)
    )
    return ConsentState(max(spoken, key=lambda entry: entry.id, default=None))
