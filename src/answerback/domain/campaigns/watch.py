"""When a campaign stops by itself: carriers filter it, customers opt out, or texts fail, more than it allows."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Seen:
    """What became of its latest texts."""

    texts: int
    filtered: int
    opted_out: int
    failed: int


@dataclass(frozen=True, slots=True)
class Limits:
    """Shares of texts, 0 to 1; nothing is judged before `after` texts."""

    filtered: float
    opted_out: float
    failed: float
    after: int


def reason_to_pause(seen: Seen, limits: Limits) -> str | None:
    """A sentence: what is wrong and what to do."""
    if seen.texts < limits.after:
        return None
    judged = (
        (seen.filtered, limits.filtered, "were filtered by carriers",
         "Look at the words and the number's registration before you resume."),
        (seen.opted_out, limits.opted_out, "were answered by an opt-out",
         "Ask whether these people expect the text before you resume."),
        (seen.failed, limits.failed, "failed", "Look at the results by reason before you resume."),
    )  # fmt: skip
    for count, limit, what, way_out in judged:
        if count > limit * seen.texts:
            share = f"{count:,} of the last {seen.texts:,} texts"
            return f"{share} {what}, more than the {limit:.0%} that it allows. {way_out}"
    return None
