"""The send gate: the one function every outbound text passes, whoever asks. Allowed, refused, or not now.

Pure: the caller looks the facts up (usecases/load_facts.py). Rules run in order and the first that holds the text back
decides: what nothing but a person can mend comes before what time mends.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from msgspec.structs import replace

from answerback.domain.sending.number_rules import (
    LONGEST_BODY,
    MOST_MEDIA,
    has_content,
    is_not_too_long,
    is_registered,
    number_takes_media,
    number_works,
)
from answerback.domain.sending.recipient_rules import has_consent, has_not_opted_out, is_not_blocked, may_go_there
from answerback.domain.sending.request import About, Purpose, SendFacts, SendRequest
from answerback.domain.sending.timing_rules import has_budget, has_room_under_caps, is_not_quiet, is_not_too_often
from answerback.domain.sending.verdict import (
    RULES_VERSION,
    Allowed,
    Deferred,
    Exempt,
    Found,
    RefusalReason,
    Refused,
    Verdict,
)

__all__ = [
    "LONGEST_BODY",
    "MOST_MEDIA",
    "RULES",
    "RULES_VERSION",
    "About",
    "Allowed",
    "Deferred",
    "Purpose",
    "RefusalReason",
    "Refused",
    "SendFacts",
    "SendRequest",
    "Verdict",
    "check",
]

RULES: Final[dict[str, Callable[[SendRequest, SendFacts, datetime], Found]]] = {
    "content": has_content,
    "length": is_not_too_long,
    "number": number_works,
    "media": number_takes_media,
    "block_list": is_not_blocked,
    "opt_out": has_not_opted_out,
    "destination": may_go_there,
    "registration": is_registered,
    "consent": has_consent,
    "frequency": is_not_too_often,
    "quiet_hours": is_not_quiet,
    "cap": has_room_under_caps,
    "budget": has_budget,
}


def check(request: SendRequest, facts: SendFacts, now: datetime) -> Verdict:
    """Ask every rule in turn whether the text may leave at `now`."""
    if request.purpose is Purpose.PROACTIVE and request.about is About.CONVERSATION and not facts.customer_opened:
        request = replace(request, about=About.INFORMATIONAL)  # nobody wrote: whatever it is called, it is no answer
    exemptions: tuple[str, ...] = ()
    for name, rule in RULES.items():
        found = rule(request, facts, now)
        if found is None:
            continue
        if isinstance(found, Exempt):
            exemptions = (*exemptions, name)
            continue
        return found
    return Allowed(exemptions)
