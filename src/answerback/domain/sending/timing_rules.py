"""Rules of the gate that time mends: how often, at which hour, within which caps and budget."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from answerback.domain.consent.ledger import About
from answerback.domain.numbers.regions import region_names
from answerback.domain.sending.caps import Period, ends, first_full
from answerback.domain.sending.law.frequency import FREQUENCY_LIMITS
from answerback.domain.sending.quiet import Quiet, quiet_for
from answerback.domain.sending.recipient_rules import ASKED_FOR
from answerback.domain.sending.request import Purpose, Recent, SendFacts, SendRequest
from answerback.domain.sending.verdict import OURS, Deferred, Exempt, Found, RefusalReason, Refused
from answerback.domain.text.parts import size_of

COUNTRIES: Final = {"US": "the United States", "CA": "Canada", "PR": "Puerto Rico"}


def is_not_too_often(request: SendRequest, facts: SendFacts, now: datetime) -> Found:
    if request.purpose is not Purpose.PROACTIVE or not facts.recent:
        return None
    for most, within, source, counted in _limits(request, facts):
        times = sorted((one.at for one in counted if one.at > now - within), reverse=True)
        if len(times) < most:
            continue
        hours = int(within.total_seconds() // 3600)
        sentence = (
            f"The customer got {len(times)} texts unasked within {hours} hours, and {most} are allowed: "
            "wait, or let them write first."
        )
        return Deferred(RefusalReason.TOO_OFTEN, sentence, "frequency", times[most - 1] + within, source)
    return None


def _limits(request: SendRequest, facts: SendFacts) -> Iterator[tuple[int, timedelta, str, list[Recent]]]:
    if request.about is About.PROMOTIONAL:
        same = [
            one
            for one in facts.recent
            if one.about == About.PROMOTIONAL and (one.subject == request.subject or not one.subject)
        ]
        for limit in FREQUENCY_LIMITS:
            if limit.place in facts.where.places:
                yield limit.most, limit.within, limit.source, same
    if facts.own_cap is not None:
        yield facts.own_cap.most, timedelta(hours=facts.own_cap.hours), OURS, list(facts.recent)


def frequency_reach(about: About, own_cap_hours: int | None) -> timedelta | None:
    """How far back the rule looks at most; None: not at all."""
    reach = [limit.within for limit in FREQUENCY_LIMITS] if about is About.PROMOTIONAL else []
    if own_cap_hours is not None:
        reach.append(timedelta(hours=own_cap_hours))
    return max(reach, default=None)


def is_not_quiet(request: SendRequest, facts: SendFacts, now: datetime) -> Found:
    """A text within a conversation the customer opened is no solicitation, nor is one they have just asked for."""
    inside = request.about is About.CONVERSATION
    about = About.INFORMATIONAL if inside else request.about
    quiet = quiet_for(facts.where, about, now, courtesy=inside or facts.courtesy_hours)
    if quiet is None:
        return None
    if request.purpose in ASKED_FOR:
        return Exempt("the customer has just asked for it")
    if inside:
        return Exempt("the customer opened this conversation")
    if quiet.until is None:
        sentence = "There is no hour that is allowed in every place this recipient may be: write down their time zone."
        return Refused(RefusalReason.QUIET_HOURS, sentence, "quiet_hours", quiet.law.source)
    return Deferred(RefusalReason.QUIET_HOURS, _say(quiet, quiet.until), "quiet_hours", quiet.until, quiet.law.source)


def _say(quiet: Quiet, until: datetime) -> str:
    place = quiet.law.place
    named = region_names().get(place) or COUNTRIES.get(place, place)
    city = quiet.zone.rpartition("/")[2].replace("_", " ")
    there = until.astimezone(quiet.local.tzinfo)
    day = "" if there.date() == quiet.local.date() else f"{there:%A} "
    return (
        f"It is {quiet.local:%H:%M} in {city}, and texts that nobody asked for must wait for the hours of {named}: "
        f"allowed again {day}at {there:%H:%M} there."
    )


def has_room_under_caps(request: SendRequest, facts: SendFacts, now: datetime) -> Found:
    full = first_full(facts.caps, _parts(request)) if facts.caps else None
    if full is None:
        return None
    if request.purpose is Purpose.KEYWORD_REPLY:
        return Exempt("the answer to a keyword is owed also by a number at its cap")
    until = ends(full.period, now)
    sentence = (
        f"This number may send {full.most:,} parts a {full.period}, and {full.used + full.waiting:,} are gone: it can "
        f"send again from {until:%A %d %B %H:%M %Z}. Use another number, or let an administrator raise the cap."
    )
    return Deferred(RefusalReason.CAP_REACHED, sentence, "cap", until, "the carriers' limit, as entered under Numbers")


def has_budget(request: SendRequest, facts: SendFacts, now: datetime) -> Found:
    parts = _parts(request) if facts.budgets else 0
    for budget in facts.budgets:
        if budget.has_room(parts):
            continue
        if request.purpose is Purpose.KEYWORD_REPLY:
            return Exempt("the answer to a keyword is owed whatever it costs")
        until = ends(Period.MONTH, now)
        sentence = (
            f"{budget.what} may spend {budget.most:,.2f} a month, and {budget.spent:,.2f} are gone: it can send again "
            f"from {until:%A %d %B}, or let an administrator raise the budget."
        )
        return Deferred(RefusalReason.BUDGET_SPENT, sentence, "budget", until)
    return None


def _parts(request: SendRequest) -> int:
    return 1 if request.media_count else size_of(request.body)[1]
