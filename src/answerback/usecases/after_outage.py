"""Says what becomes of texts that met no open door, by what the provider has: a list, long redelivery, or neither."""

from datetime import timedelta
from typing import Final

from answerback.providers.contract import Check
from answerback.providers.facts import Facts

NAME: Final = "After an outage"
LONG: Final = timedelta(hours=1)


def after_outage(facts: Facts) -> Check:
    """Never wrong, but a step to take where texts would be lost within minutes."""
    if facts.lists_inbound:
        return Check(NAME, True, f"{facts.label} lists texts that could not be delivered here: they are fetched then.")
    again = f"tries again for {_words(facts.redelivers_for)}" if facts.redelivers_for else "does not try again"
    told = f"{facts.label} has no list of received texts, and {again}"
    if facts.redelivers_for >= LONG:
        return Check(NAME, True, f"{told}: texts come late, not never.")
    fix = "Run a second node behind the public address, so that one is there while the other restarts."
    return Check(NAME, None, f"{told}: a text that finds this server away for longer is lost.", fix)


def _words(time: timedelta) -> str:
    minutes = time // timedelta(minutes=1)
    if minutes < 2:
        return f"{time // timedelta(seconds=1)} seconds"
    return f"{minutes} minutes" if minutes < 120 else f"{minutes // 60} hours"
