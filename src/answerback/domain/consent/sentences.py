"""A state of consent in a sentence for people: what holds, by which words, since when."""

from typing import Final

from answerback.domain.consent.ledger import EVERY_PURPOSE, About, Choice, ConsentState, Entry, Source, Standing

OF: Final = {
    EVERY_PURPOSE: "everything",
    About.CONVERSATION: "answers from people",
    About.INFORMATIONAL: "informational texts",
    About.PROMOTIONAL: "promotional texts",
}
BY: Final = {
    Source.FORM: "on a form",
    Source.AGENT: "as an agent recorded",
    Source.API: "as another system recorded",
    Source.IMPORT: "as an imported list says",
    Source.PROVIDER: "at the provider",
}


def explain(state: ConsentState) -> str:
    """ "Opted out of everything by STOP on 3 March 2026." """
    entry = state.decided_by
    waits = f" Waits for YES until {_day(state.pending)}." if state.pending is not None else ""
    if entry is None:
        return f"Asked for, not yet confirmed.{waits}" if state.standing is Standing.PENDING else "Said nothing yet."
    if state.standing is Standing.NONE:
        return f"Took back an opt-out {_by(entry)} on {_day(entry)}, which is no consent to promotions.{waits}"
    verb = "Opted out of" if entry.choice is Choice.OPT_OUT else "Opted in to"
    return f"{verb} {OF.get(entry.purpose, entry.purpose)} {_by(entry)} on {_day(entry)}.{waits}"


def _by(entry: Entry) -> str:
    if entry.source is Source.KEYWORD:
        return f"by {entry.words.strip().upper() or 'keyword'}"
    return BY[entry.source]


def _day(entry: Entry) -> str:
    at = entry.confirm_until if entry.choice is Choice.PENDING and entry.confirm_until else entry.at
    return f"{at.day} {at:%B %Y}"
