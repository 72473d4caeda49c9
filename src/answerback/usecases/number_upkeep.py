"""Whether a number is still as it should be at its provider: it is there, it can text, its texts come here."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from answerback.domain.sending.eligibility import why_no_texts
from answerback.providers.contract import AvailableNumber, CallbackUrls, Check
from answerback.providers.facts import Facts
from answerback.storage.numbers import Number

AT_PROVIDER: Final = "Number at the provider"
TEXTS_ARRIVE: Final = "Texts arrive here"
FRESH: Final = timedelta(days=1)
"""A text that came in within this time shows that they still do."""


def judge_number(
    number: Number, found: AvailableNumber | None, facts: Facts, *, urls: CallbackUrls, last_in: datetime | None,
    now: datetime,
) -> list[Check]:  # fmt: skip
    """`found` is the number in the provider's list; `last_in` when the account last brought a text."""
    if number.type not in facts.listed_types:
        evidence = f"{facts.label} does not list {_kind(number.type)}, so it cannot be seen from here."
        return [Check(AT_PROVIDER, None, evidence), _arrivals(facts, last_in, now)]
    if found is None:
        fix = f"Look for it at {facts.label}: {facts.without_texts} If it was given up, make the number inactive here."
        return [Check(AT_PROVIDER, False, f"The account has no number {number.address} any more.", fix)]
    return list(_judge_listed(number, found, facts, urls=urls, last_in=last_in, now=now))


def _judge_listed(
    number: Number, found: AvailableNumber, facts: Facts, *, urls: CallbackUrls, last_in: datetime | None, now: datetime
) -> Iterator[Check]:
    refusal = why_no_texts(found.address, found.capabilities, facts.label)
    if refusal is not None:
        yield Check(AT_PROVIDER, False, refusal, facts.without_texts)
        return
    yield Check(AT_PROVIDER, True, f"The account has it, with {', '.join(found.capabilities).upper()}.")
    if not facts.sets_callbacks:
        yield _arrivals(facts, last_in, now)
    elif found.sms_url == urls.message:
        yield Check(TEXTS_ARRIVE, True, f"Texts go to {urls.message}.")
    else:
        evidence = f"Texts to {number.address} go to {found.sms_url or 'nothing'}, not to this server."
        yield Check(TEXTS_ARRIVE, False, evidence, "Point texts here again, or see who changed it at the provider.")


def _arrivals(facts: Facts, last_in: datetime | None, now: datetime) -> Check:
    unseen = f"{facts.label} does not tell where texts go."
    if last_in is None:
        return Check(TEXTS_ARRIVE, None, f"{unseen} None has come in yet.", "Send a test text and answer it.")
    when = f"{last_in:%Y-%m-%d %H:%M} UTC"
    if now - last_in < FRESH:
        return Check(TEXTS_ARRIVE, True, f"One of the account's texts came in at {when}.")
    fix = "If that is longer ago than usual, send a test text and answer it."
    return Check(TEXTS_ARRIVE, None, f"{unseen} The account's last one came in at {when}.", fix)


def _kind(number_type: str) -> str:
    return {"short_code": "short codes", "toll_free": "toll-free numbers"}.get(number_type, "numbers")
