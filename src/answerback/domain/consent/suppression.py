"""What must stay in the consent ledger when a customer is erased without their proof: the opt-outs that still hold.

docs/decisions/0013-erasure.md says why these lines keep the phone itself. Pure.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from answerback.domain.consent.ledger import EVERY_PURPOSE, Choice, Entry
from answerback.domain.ids import BrandId, NumberId

ERASED_PHONE: Final = "erased"
"""Stands where a row must name a phone and the customer was erased. Nothing can be sent to it."""


def still_out(entries: Iterable[Entry], brand_of: Mapping[NumberId, BrandId]) -> list[Entry]:
    """The opt-outs of one phone that no later opt-in of the same or a wider scope lifted: one for each scope.

    A later opt-in that is narrower goes, and with it what it lifted: in doubt the phone is left alone.
    """
    said = sorted(entries, key=lambda entry: (entry.at, entry.id))
    kept: dict[tuple[NumberId | None, BrandId | None, str], Entry] = {}
    for entry in said:
        if entry.choice is Choice.OPT_OUT:
            kept[entry.number_id, entry.brand_id, entry.purpose] = entry
        elif entry.choice is Choice.OPT_IN:
            kept = {scope: line for scope, line in kept.items() if not _covers(entry, line, brand_of)}
    return sorted(kept.values(), key=lambda entry: (entry.at, entry.id))


def _covers(wide: Entry, narrow: Entry, brand_of: Mapping[NumberId, BrandId]) -> bool:
    if wide.purpose not in (EVERY_PURPOSE, narrow.purpose):
        return False
    if wide.number_id is not None:
        return wide.number_id == narrow.number_id
    if wide.brand_id is None or wide.brand_id == narrow.brand_id:
        return True
    return narrow.number_id is not None and brand_of.get(narrow.number_id) == wide.brand_id
