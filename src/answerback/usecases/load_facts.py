"""Facts for the send gate, for one recipient or many, in the same few statements: the gate itself is pure."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from answerback.domain.consent.ledger import About, ConsentState, Sender, States
from answerback.domain.ids import BrandId, NumberId
from answerback.domain.numbers.phone import country_of
from answerback.domain.sending.budget import Budget
from answerback.domain.sending.caps import Cap
from answerback.domain.sending.quiet import locate
from answerback.domain.sending.request import OwnCap, SendFacts
from answerback.storage.connection import Database
from answerback.storage.number_standing import caps_of, read_caps
from answerback.storage.recipients import Recipient, read_recipients
from answerback.storage.senders import SenderFacts, read_spending

SAID_NOTHING: Final[Mapping[About, ConsentState]] = {}


async def load_facts(
    database: Database, sender: SenderFacts, phones: Sequence[str], *, customer_opened: bool = False
) -> dict[str, SendFacts]:
    """`customer_opened`: the texts stand in conversations in which the customer has written."""
    recipients = await read_recipients(database, sender.number_id, phones)
    limits = caps_of(sender.daily_cap, sender.weekly_cap, sender.monthly_cap)
    caps = await read_caps(database, sender.number_id, limits)
    budgets = await _read_budgets(database, sender)
    known_as = sender_of(sender)
    return {
        phone: _facts(sender, recipient, known_as=known_as, caps=caps, budgets=budgets, customer_opened=customer_opened)
        for phone, recipient in recipients.items()
    }


def sender_of(facts: SenderFacts) -> Sender:
    """As the ledger knows it."""
    brand = None if facts.brand_id is None else BrandId(facts.brand_id)
    return Sender(NumberId(facts.number_id), brand)


def _facts(
    sender: SenderFacts,
    recipient: Recipient,
    *,
    known_as: Sender,
    caps: tuple[Cap, ...],
    budgets: tuple[Budget, ...],
    customer_opened: bool,
) -> SendFacts:
    where = locate(recipient.phone, recipient.time_zone, recipient.region)
    return SendFacts(
        provider=sender.provider,
        number_type=sender.number_type,
        number_country=sender.number_country,
        number_active=sender.number_active,
        capabilities=sender.capabilities,
        country=country_of(recipient.phone),
        blocked=recipient.blocked,
        consent=States(recipient.entries, known_as) if recipient.entries else SAID_NOTHING,
        account_active=sender.account_active,
        registration=sender.registration_status,
        registration_overridden=sender.overridden,
        caps=caps,
        budgets=budgets,
        where=where,
        customer_opened=customer_opened,
        wrote_at=recipient.wrote_at,
        recent=recipient.recent,
        own_cap=None if sender.own_cap_texts is None else OwnCap(sender.own_cap_texts, sender.own_cap_hours),
        courtesy_hours=sender.courtesy_hours,
        media_allowed=sender.media_allowed,
    )


async def _read_budgets(database: Database, sender: SenderFacts) -> tuple[Budget, ...]:
    """Nothing is asked where nobody set one."""
    if sender.price_per_part is None or (sender.monthly_budget is None and sender.account_budget is None):
        return ()
    number, account = await read_spending(database, sender)
    listed: list[tuple[str, Decimal | None, Decimal]] = [
        ("This number", sender.monthly_budget, number),
        ("This number's provider account", sender.account_budget, account),
    ]
    return tuple(Budget(what, most, spent, sender.price_per_part) for what, most, spent in listed if most is not None)
