"""Rules of the gate about whom the text is for: block list, consent, destination."""

from datetime import datetime, timedelta
from typing import Final

from answerback.domain.consent.ledger import About, ConsentState, Standing
from answerback.domain.consent.sentences import explain
from answerback.domain.sending.destinations import allowed_countries, name_countries
from answerback.domain.sending.request import Purpose, SendFacts, SendRequest
from answerback.domain.sending.verdict import Exempt, Found, RefusalReason, Refused

IMPLIED_FOR: Final = timedelta(days=548)
"""Who wrote to us within 18 months may be told things about it (47 CFR 64.1200(f)(5), established business
relationship); promotions need a yes in so many words."""
REVOKED: Final = "47 CFR 64.1200(a)(10)"
WRITTEN: Final = "47 CFR 64.1200(a)(2), (f)(9)"
EXPRESS: Final = "47 CFR 64.1200(a)(1)"
ASKED_FOR: Final = frozenset({Purpose.KEYWORD_REPLY, Purpose.CONSENT_REQUEST, Purpose.TEST})
"""Texts that somebody at the phone has just asked for."""
UNSAID: Final = ConsentState()


def is_not_blocked(_: SendRequest, facts: SendFacts, __: datetime) -> Found:
    if facts.blocked:
        sentence = "This phone is on the block list: a supervisor can take it off there."
        return Refused(RefusalReason.BLOCKED, sentence, "block_list")
    return None


def has_not_opted_out(request: SendRequest, facts: SendFacts, _: datetime) -> Found:
    state = facts.consent.get(request.about, UNSAID)
    if not state.opted_out:
        return None
    if request.purpose is Purpose.KEYWORD_REPLY:
        return Exempt("the answer to a keyword is owed also to those who opted out")
    sentence = f"{explain(state)} They can text START to this number to opt in again."
    return Refused(RefusalReason.OPTED_OUT, sentence, "opt_out", REVOKED)


def has_consent(request: SendRequest, facts: SendFacts, now: datetime) -> Found:
    if request.about is About.CONVERSATION or request.purpose in ASKED_FOR:
        return None
    state = facts.consent.get(request.about, UNSAID)
    if state.opted_in:
        return None
    if request.about is About.INFORMATIONAL and facts.wrote_at is not None and now - facts.wrote_at < IMPLIED_FOR:
        return Exempt("the customer wrote to this number within 18 months")
    if state.standing is Standing.PENDING:
        sentence = f"The customer has not confirmed yet that they want such texts. {explain(state)}"
    elif request.about is About.PROMOTIONAL:
        sentence = (
            "The customer has not agreed to promotional texts: record their opt-in with their words, "
            "or ask them to confirm one."
        )
    else:
        sentence = (
            "The customer never wrote to this number and has not agreed to texts from it: "
            "record their opt-in with their words, or wait until they write."
        )
    source = WRITTEN if request.about is About.PROMOTIONAL else EXPRESS
    return Refused(RefusalReason.NO_CONSENT, sentence, "consent", source)


def may_go_there(_: SendRequest, facts: SendFacts, __: datetime) -> Found:
    allowed = allowed_countries(facts.provider, facts.number_type, facts.number_country) | facts.countries
    if facts.country in allowed:
        return None
    where = "a country that could not be told from the phone number" if facts.country == "ZZ" else facts.country
    sentence = (
        f"This number may text {name_countries(allowed)}, and the recipient is in {where}: "
        "check the phone number, or use a number of ours that may text there."
    )
    return Refused(RefusalReason.DESTINATION_NOT_ALLOWED, sentence, "destination", "domain/sending/destinations.py")
