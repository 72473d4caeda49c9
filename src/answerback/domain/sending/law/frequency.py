"""How many texts somebody may get in a while, by their place, as data. Review it with counsel."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

READ_ON: Final = date(2026, 11, 25)


@dataclass(frozen=True, slots=True)
class FrequencyLimit:
    """At most `most` promotional texts on one subject within `within`, to recipients of `place`."""

    place: str
    most: int
    within: timedelta
    source: str


FREQUENCY_LIMITS: Final = (
    FrequencyLimit("US-FL", 3, timedelta(hours=24), "Fla. Stat. 501.616(6)(b)"),
    FrequencyLimit("US-OK", 3, timedelta(hours=24), "15 O.S. 775C.4"),
    FrequencyLimit("US-MD", 3, timedelta(hours=24), "Md. Code, Com. Law 14-4502"),
)
