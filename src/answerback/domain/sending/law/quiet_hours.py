"""When texts may arrive, by the recipient's place, as data. Times are the recipient's own, from midnight in minutes.

Compiled 25 November 2026 from 47 CFR 64.1200, the CRTC's rules and published tables of state telemarketing law. Several
states speak of telephone solicitation and do not name texts; they are held here all the same. Review it with counsel;
docs/reference/compliance.md is made from it.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from answerback.domain.consent.ledger import About

READ_ON: Final = date(2026, 11, 25)
Window = tuple[int, int] | None
"""From and until, in minutes of the day; None: not at all on that day."""


@dataclass(frozen=True, slots=True)
class QuietHours:
    """One rule. `place` is a country ("US") or a region ("US-FL"); `days` are Monday to Sunday.

    `since` is when the rule came into force, where that is known; before it the rule says nothing.
    """

    place: str
    days: tuple[Window, ...]
    source: str
    abouts: frozenset[About] = frozenset({About.PROMOTIONAL})
    since: date | None = None


def _hours(start: int, end: int) -> tuple[int, int]:
    return start * 60, end * 60


def _every_day(start: int, end: int) -> tuple[Window, ...]:
    return (_hours(start, end),) * 7


def _not_on_sunday(start: int, end: int) -> tuple[Window, ...]:
    return (*((_hours(start, end),) * 6), None)


EVERYTHING: Final = frozenset({About.PROMOTIONAL, About.INFORMATIONAL})
TABLES: Final = "published tables of state telemarketing hours"

QUIET_HOURS: Final = (
    QuietHours("US", _every_day(8, 21), "47 CFR 64.1200(c)(1)"),
    QuietHours("PR", _every_day(8, 21), "47 CFR 64.1200(c)(1)"),
    QuietHours(
        "CA",
        (*(((9 * 60, 21 * 60 + 30),) * 5), *((_hours(10, 18),) * 2)),
        "CRTC Unsolicited Telecommunications Rules, Part III, s. 23",
    ),
    QuietHours("US-AL", _not_on_sunday(8, 20), f"Ala. Code 8-19C; {TABLES}"),
    QuietHours("US-CT", _every_day(9, 20), "Conn. Gen. Stat. 42-288a", since=date(2023, 10, 1)),
    QuietHours("US-FL", _every_day(8, 20), "Fla. Stat. 501.616(6)(a)", since=date(2021, 7, 1)),
    QuietHours("US-IL", _every_day(8, 21), f"815 ILCS 413/15; {TABLES}"),
    QuietHours("US-KY", _every_day(10, 21), "KRS 367.46955"),
    QuietHours("US-LA", _not_on_sunday(8, 20), f"La. R.S. 45:844; {TABLES}"),
    QuietHours("US-MA", _every_day(8, 20), "M.G.L. c. 159C, s. 3"),
    QuietHours("US-MD", _every_day(8, 20), "Md. Code, Com. Law 14-4502", since=date(2024, 1, 1)),
    QuietHours("US-MI", _every_day(9, 21), f"MCL 445.111; {TABLES}"),
    QuietHours("US-MN", _every_day(9, 21), "Minn. Stat. 325E.30"),
    QuietHours("US-MS", _not_on_sunday(8, 20), f"Miss. Code 77-3-723; {TABLES}"),
    QuietHours("US-NJ", _every_day(8, 20), f"N.J.S.A. 56:8-130; {TABLES}"),
    QuietHours("US-NM", _every_day(9, 21), "N.M. Stat. 57-12-22"),
    QuietHours("US-NV", _every_day(9, 20), "NRS 598.0918"),
    QuietHours("US-OK", _every_day(8, 20), "15 O.S. 775C.4", since=date(2022, 11, 1)),
    QuietHours("US-RI", (*((_hours(9, 18),) * 5), *((_hours(10, 17),) * 2)), "R.I. Gen. Laws 5-61-3.6"),
    QuietHours("US-TX", (*((_hours(9, 21),) * 6), _hours(12, 21)), "Tex. Bus. & Com. Code 301.051"),
    QuietHours("US-WA", _every_day(8, 20), "RCW 80.36.390", since=date(2022, 6, 9)),
)

COURTESY: Final = tuple(
    QuietHours(place, _every_day(8, 21), "this centre's own rule (Settings, Sending rules)", EVERYTHING)
    for place in ("US", "PR", "CA")
)
"""Held also for informational texts, while the centre says so."""
