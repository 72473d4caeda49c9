"""The consent ledger, folded: what a customer last said decides. The ledger itself only ever grows.

"Last" goes by when the customer said it, not by when it was written down: a list imported today cannot undo the STOP of
last week with an opt-in of last year. docs/decisions/0011-consent-fold.md says why the fold is so.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

import msgspec

from answerback.domain.ids import BrandId, NumberId

EVERY_PURPOSE: Final = "all"


class About(StrEnum):
    """What consent is for: the purposes of texts as the law tells them apart."""

    CONVERSATION = "conversation"  # an exchange with a person that the customer takes part in
    INFORMATIONAL = "informational"  # about something the customer bought or asked for
    PROMOTIONAL = "promotional"


class Choice(StrEnum):
    """What was chosen. PENDING: asked for, for instance on a form, but not yet confirmed by the phone itself."""

    OPT_IN = "opt_in"
    OPT_OUT = "opt_out"
    PENDING = "pending"


class Source(StrEnum):
    """How we know."""

    KEYWORD = "keyword"
    FORM = "form"
    AGENT = "agent"
    API = "api"
    IMPORT = "import"
    PROVIDER = "provider"


class Standing(StrEnum):
    """Where a phone stands."""

    NONE = "none"
    PENDING = "pending"
    IN = "in"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class Sender:
    """Who texts: a number of ours, and the brand it belongs to if any."""

    number_id: NumberId
    brand_id: BrandId | None = None


class Entry(msgspec.Struct, frozen=True):
    """One line of the ledger for a phone. It speaks of a number, of a brand, or with neither of every number of ours.

    `at` is when the customer said it; `confirm_until` ends a PENDING one.
    """

    id: int
    number_id: NumberId | None
    choice: Choice
    source: Source
    at: datetime
    words: str = ""
    purpose: str = EVERY_PURPOSE
    brand_id: BrandId | None = None
    confirm_until: datetime | None = None

    def speaks_of(self, sender: Sender, about: About) -> bool:
        """Whether this line has a say on texts of this purpose from this sender."""
        if self.purpose not in (EVERY_PURPOSE, about):
            return False
        if self.number_id is not None:
            return self.number_id == sender.number_id
        return self.brand_id is None or self.brand_id == sender.brand_id


class ConsentState(msgspec.Struct, frozen=True):
    """Where a phone stands towards a sender for one purpose, and the line that decided it."""

    standing: Standing = Standing.NONE
    decided_by: Entry | None = None
    pending: Entry | None = None
    """The unconfirmed line, also while an earlier choice still stands."""

    @property
    def opted_out(self) -> bool:
        return self.standing is Standing.OUT

    @property
    def opted_in(self) -> bool:
        """Whether the customer said yes in so many words; silence is not consent to be advertised to."""
        return self.standing is Standing.IN


UNSAID: Final = ConsentState()


class States(Mapping[About, ConsentState]):
    """The state for each purpose, folded when it is asked for: of a campaign's million, one purpose is."""

    __slots__ = ("_entries", "_folded", "_sender")

    def __init__(self, entries: Sequence[Entry], sender: Sender) -> None:
        self._entries = entries
        self._sender = sender
        self._folded: dict[About, ConsentState] = {}

    def __getitem__(self, about: About) -> ConsentState:
        found = self._folded.get(about)
        if found is None:
            found = self._folded[about] = fold(self._entries, self._sender, about)
        return found

    def __iter__(self) -> Iterator[About]:
        return iter(About)

    def __len__(self) -> int:
        return len(About)


def fold(entries: Iterable[Entry], sender: Sender, about: About) -> ConsentState:
    """The state towards `sender` for texts of this purpose. The order of reading does not matter."""
    spoken = [entry for entry in entries if entry.speaks_of(sender, about)]
    if len(spoken) > 1:
        spoken.sort(key=lambda entry: (entry.at, entry.id))
    state = UNSAID
    asked_for = False  # the customer has said yes to this very purpose before
    for entry in spoken:
        match entry.choice:
            case Choice.OPT_OUT:
                state = ConsentState(Standing.OUT, entry)
            case Choice.PENDING:
                waits = Standing.PENDING if state.standing is Standing.NONE else state.standing
                state = ConsentState(waits, state.decided_by, entry)
            case Choice.OPT_IN:
                asked_for = asked_for or not _only_lifts(entry, about)
                state = ConsentState(Standing.IN if asked_for else Standing.NONE, entry)
    return state


def _only_lifts(entry: Entry, about: About) -> bool:
    """START undoes STOP; it does not sign anybody up for advertising (47 CFR 64.1200(f)(9) wants that agreed to)."""
    return about is About.PROMOTIONAL and entry.source is Source.KEYWORD and entry.purpose == EVERY_PURPOSE
