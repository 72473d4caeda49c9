"""Opening times and moments said to customers in their language, without characters that make a text cost double."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from babel.core import Locale, UnknownLocaleError
from babel.dates import format_date, format_time, get_day_names

from answerback.domain.hours.calendar import DAY, Calendar, Spans


@dataclass(frozen=True, slots=True)
class Phrases:
    """How a language joins a time to its day. Names of days, months and hours are babel's."""

    today: str = "{time}"
    tomorrow: str = "{day} {time}"
    this_week: str = "{day} {time}"
    later: str = "{date} {time}"
    date: str = "EEEE d MMMM"
    always: str = "24/7"
    never: str = "-"


PHRASES: Final[Mapping[str, Phrases]] = {
    "en": Phrases(
        "today at {time}", "tomorrow at {time}", "{day} at {time}", "{date} at {time}", "EEEE, MMMM d",
        "24 hours a day", "closed",
    ),
    "es": Phrases(
        "hoy a las {time}", "mañana a las {time}", "el {day} a las {time}", "el {date} a las {time}",
        "EEEE d 'de' MMMM", "las 24 horas", "cerrado",
    ),
    "fr": Phrases(
        "aujourd'hui à {time}", "demain à {time}", "{day} à {time}", "{date} à {time}", "EEEE d MMMM",
        "24 heures sur 24", "fermé",
    ),
}  # fmt: skip
_PLAIN_SPACES: Final = {0x00A0: " ", 0x202F: " "}


def say_moment(at: datetime, now: datetime, zone: str, language: str | None) -> str:
    """ "today at 6 PM", "Monday at 9 AM", "Monday, January 4 at 9 AM": seen from `now`, in the calendar's zone."""
    locale = _locale(language)
    phrases = PHRASES.get(locale.language, Phrases())
    local, today = at.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone)).date()
    away = local.date() - today
    if away < timedelta(days=2):
        phrase = phrases.tomorrow if away else phrases.today
    else:
        phrase = phrases.this_week if away < timedelta(days=7) else phrases.later
    said = phrase.format(
        time=_say_time(local.hour * 60 + local.minute, locale),
        day=format_date(local.date(), "EEEE", locale=locale),
        date=format_date(local.date(), phrases.date, locale=locale),
    )
    return said.translate(_PLAIN_SPACES)


def say_week(calendar: Calendar, language: str | None) -> str:
    """ "Mon-Fri 9 AM-5 PM, Sat 10 AM-2 PM"; days that are the same stand together."""
    locale = _locale(language)
    phrases = PHRASES.get(locale.language, Phrases())
    if all(_is_all_day(spans) for spans in calendar.week):
        return phrases.always
    runs: list[tuple[int, int]] = []
    for day, spans in enumerate(calendar.week):
        if runs and spans == calendar.week[runs[-1][0]]:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    names = get_day_names("abbreviated", locale=locale)
    said = []
    for first, last in runs:
        if spans := calendar.week[first]:
            days = names[first] + (f"-{names[last]}" if last > first else "")
            said.append(f"{days} {phrases.always if _is_all_day(spans) else _say_spans(spans, locale)}")
    return (", ".join(said) or phrases.never).translate(_PLAIN_SPACES)


def _say_spans(spans: Spans, locale: Locale) -> str:
    times = (f"{_say_time(span.opens, locale)}-{_say_time(span.closes, locale)}" for span in sorted(spans))
    return " + ".join(times)


def _is_all_day(spans: Spans) -> bool:
    return len(spans) == 1 and spans[0].opens == 0 and spans[0].closes == DAY


def _say_time(minutes: int, locale: Locale) -> str:
    said: str = format_time(time(minutes % DAY // 60, minutes % 60), "short", locale=locale)
    return said.replace(":00", "") if locale.language == "en" else said


@cache
def _locale(language: str | None) -> Locale:
    """English where the language is none that babel knows."""
    try:
        return Locale.parse(language or "en", sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")
