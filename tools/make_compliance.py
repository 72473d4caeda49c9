"""Writes docs/reference/compliance.md from the tables of keywords, quiet hours and limits.

Run it after a change of those tables: `python tools/make_compliance.py`. A test fails while the page is behind.
"""

from datetime import date
from pathlib import Path

from answerback.domain.consent import keyword_table
from answerback.domain.numbers.regions import region_names
from answerback.domain.sending.gate import RULES, RULES_VERSION
from answerback.domain.sending.law import frequency, quiet_hours
from answerback.domain.sending.recipient_rules import IMPLIED_FOR

PAGE = Path(__file__).parents[1] / "docs/reference/compliance.md"
COUNTRIES = {"US": "United States", "CA": "Canada", "PR": "Puerto Rico"}
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

HEAD = f"""# Keywords, quiet hours and limits

> **Review this with counsel before you rely on it.** These tables are data, compiled by engineers from the sources
> named in each row; they are no legal advice, laws change, and several states speak of telephone solicitation without
> naming texts. Made from the code by `tools/make_compliance.py`: change the tables there, not here. Rules version
> {RULES_VERSION}.
"""

KEYWORDS = f"""## Keywords

Read on {keyword_table.READ_ON}. The whole message must be the word; case, punctuation, spaces and accents do not count.
YES counts only where something was asked: after an opt-out, or for a double opt-in.

"""

ANSWERS = """## Who answers

Where a number is marked as *provider answers keywords*, these words are answered by provider or carrier, and Answerback
adds no second text. All other keywords it answers itself, once.

"""

HOURS = f"""## Hours in which texts may arrive

Read on {quiet_hours.READ_ON}. In the recipient's own time: the contact's time zone, else the zones of the state
written with the contact (attribute `state`, `province` or `region`), else area code and exchange. Of several possible
places the strictest counts. Texts within a conversation the customer opened, answers to keywords, requests to confirm
an opt-in and test texts are exempt; the exemption is kept with the text.

"""

CONSENT = f"""## Consent

Promotional texts need an opt-in. Informational ones need an opt-in, or that the customer wrote to the number within
{round(IMPLIED_FOR.days / 30.44)} months. Answers in a conversation need none, unless the customer opted out. START
undoes an opt-out; it is no opt-in to promotions.

Not covered here: holidays on which some states allow no solicitation, the national and state do-not-call lists, and
rules for single industries.
"""


def write_page() -> str:
    """The whole page."""
    parts = (HEAD, _gate(), _keywords(), _answered(), _quiet(), _frequency(), CONSENT)
    return "\n".join(parts)


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)]) + "\n"


def _gate() -> str:
    return (
        "## The order of the rules\n\nThe send gate asks these in turn; the first that holds a text back decides: "
        + ", ".join(f"`{name}`" for name in RULES)
        + ".\n"
    )


def _keywords() -> str:
    rows = [
        (f"`{row.word}`", row.keyword, row.language, "yes" if row.toll_free else "no", row.source, _since(row.since))
        for row in keyword_table.WORDS
    ]
    return KEYWORDS + _table(("Word", "Means", "Language", "On toll-free", "Source", "In force since"), rows)


def _answered() -> str:
    rows = [
        (provider, number_type.replace("_", " "), ", ".join(f"`{word}`" for word in sorted(words)))
        for (provider, number_type), words in keyword_table.ANSWERED.items()
    ]
    return ANSWERS + _table(("Provider", "Number type", "Answered there"), rows)


def _quiet() -> str:
    rows = [
        (_place(law.place), _hours(law), ", ".join(sorted(law.abouts)), law.source, _since(law.since))
        for law in quiet_hours.QUIET_HOURS + quiet_hours.COURTESY
    ]
    return HOURS + _table(("Place", "Hours", "Texts", "Source", "In force since"), rows)


def _since(day: date | None) -> str:
    return day.isoformat() if day else ""


def _place(place: str) -> str:
    return COUNTRIES.get(place) or region_names()[place]


def _hours(law: quiet_hours.QuietHours) -> str:
    """ "Mon-Fri 9:00-18:00, Sat-Sun 10:00-17:00"."""
    runs: list[tuple[int, int, quiet_hours.Window]] = []
    for day, window in enumerate(law.days):
        if runs and runs[-1][2] == window:
            runs[-1] = (runs[-1][0], day, window)
        else:
            runs.append((day, day, window))
    said = []
    for first, last, window in runs:
        days = DAYS[first] if first == last else f"{DAYS[first]}-{DAYS[last]}"
        hours = "none" if window is None else f"{_time(window[0])}-{_time(window[1])}"
        said.append(hours if (first, last) == (0, 6) else f"{days} {hours}")
    return ", ".join(said)


def _time(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"


def _frequency() -> str:
    rows = [
        (_place(limit.place), f"{limit.most} in {int(limit.within.total_seconds() // 3600)} hours", limit.source)
        for limit in frequency.FREQUENCY_LIMITS
    ]
    intro = f"## How many promotional texts\n\nRead on {frequency.READ_ON}. On one subject, to one phone.\n\n"
    return intro + _table(("Place", "At most", "Source"), rows)


if __name__ == "__main__":
    PAGE.write_text(write_page(), encoding="utf-8")
