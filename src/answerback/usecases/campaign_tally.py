"""The counts of a preview: texts, parts and price by number and variant, refusals by reason, and when it is done."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import msgspec

from answerback.domain.campaigns.finish import Load, coarse, finish_of
from answerback.domain.sending.gate import Deferred
from answerback.storage.campaign_outlook import others_at
from answerback.storage.campaigns import Campaign
from answerback.storage.connection import Database
from answerback.storage.number_standing import caps_of, read_caps
from answerback.storage.numbers import get_number
from answerback.storage.senders import read_sender

Why = tuple[str, str, str]
"""Reason, rule and a sentence."""


class PreviewReason(msgspec.Struct, frozen=True):
    """Why so many are refused, or leave `later`. `sentence` is that of one of them."""

    reason: str
    rule: str
    sentence: str
    recipients: int
    later: bool


class PreviewOfNumber(msgspec.Struct, frozen=True):
    """`price` None: nobody said what a part costs there; `currency` is the account's. `finish_at` None: a cap lets
    too little through."""

    number_id: int
    texts: int
    refused: int
    parts: int
    price: str | None
    parts_per_second: float
    finish_at: datetime | None
    currency: str = "USD"


class PreviewOfVariant(msgspec.Struct, frozen=True):
    """In the order of the campaign's variants."""

    template_id: int
    texts: int
    refused: int
    parts: int


class PreviewPrice(msgspec.Struct, frozen=True):
    """`currency` by ISO 4217."""

    amount: str
    currency: str


class PreviewResult(msgspec.Struct, frozen=True):
    """`recipients` are `texts` and `refused`; `later` of the texts have to wait, for quiet hours or the like. `prices`
    is a sum for each currency; None: nobody said what a part costs at one of the numbers."""

    recipients: int
    texts: int
    later: int
    refused: int
    parts: int
    finish_at: datetime | None
    reasons: list[PreviewReason]
    numbers: list[PreviewOfNumber]
    variants: list[PreviewOfVariant]
    prices: list[PreviewPrice] | None = None


@dataclass(slots=True)
class Tally:
    """Filled one recipient at a time."""

    variants: int
    texts: Counter[tuple[int, int]] = field(default_factory=Counter)
    parts: Counter[tuple[int, int]] = field(default_factory=Counter)
    refused: Counter[tuple[int, int]] = field(default_factory=Counter)
    reasons: Counter[tuple[str, str, bool]] = field(default_factory=Counter)
    sentences: dict[tuple[str, str, bool], str] = field(default_factory=dict)
    later: int = 0
    waiting: dict[int, Counter[datetime]] = field(default_factory=dict)
    """By number: parts that may leave only then."""

    def send(self, number_id: int, variant: int, parts: int) -> None:
        self.texts[number_id, variant] += 1
        self.parts[number_id, variant] += parts

    def refuse(self, number_id: int, variant: int, why: Why) -> None:
        self.refused[number_id, variant] += 1
        self._note(why, later=False)

    def put_off(self, number_id: int, held: Deferred, parts: int) -> None:
        """It was counted as sent."""
        self.later += 1
        self.waiting.setdefault(number_id, Counter())[coarse(held.until)] += parts
        self._note((held.reason.value, held.rule, held.sentence), later=True)

    def _note(self, why: Why, *, later: bool) -> None:
        reason, rule, sentence = why
        self.reasons[reason, rule, later] += 1
        self.sentences.setdefault((reason, rule, later), sentence)


async def close_tally(database: Database, campaign: Campaign, tally: Tally, begin: datetime) -> dict[str, object]:
    numbers = [await _number(database, tally, number_id, campaign, begin=begin) for number_id in campaign.number_ids]
    finishes = [one.finish_at for one in numbers if one.texts]
    texts, refused = tally.texts.total(), tally.refused.total()
    result = PreviewResult(
        recipients=texts + refused,
        texts=texts,
        later=tally.later,
        refused=refused,
        parts=tally.parts.total(),
        finish_at=None if None in finishes else max((one for one in finishes if one is not None), default=begin),
        reasons=[
            PreviewReason(reason, rule, tally.sentences[reason, rule, later], count, later)
            for (reason, rule, later), count in tally.reasons.most_common()
        ],
        numbers=numbers,
        variants=[
            PreviewOfVariant(
                variant.template_id,
                *(_of_variant(counts, place) for counts in (tally.texts, tally.refused, tally.parts)),
            )
            for place, variant in enumerate(campaign.variants)
        ],
        prices=_prices(numbers),
    )
    built: dict[str, object] = msgspec.to_builtins(result)
    return built


async def _number(
    database: Database, tally: Tally, number_id: int, campaign: Campaign, *, begin: datetime
) -> PreviewOfNumber:
    number, sender = await get_number(database, number_id), await read_sender(database, number_id)
    assert number is not None
    assert sender is not None
    parts = _of_number(tally.parts, number_id)
    caps = caps_of(sender.daily_cap, sender.weekly_cap, sender.monthly_cap)
    load = Load(
        parts,
        number.parts_per_second,
        datetime.now(UTC),
        caps=await read_caps(database, number_id, caps),
        others=await others_at(database, number_id, campaign.id),
        later=tally.waiting.get(number_id, {}),
    )
    price = None if sender.price_per_part is None else str(sender.price_per_part * parts)
    texts, refused = _of_number(tally.texts, number_id), _of_number(tally.refused, number_id)
    finish = finish_of(load, begin)
    return PreviewOfNumber(number_id, texts, refused, parts, price, number.parts_per_second, finish, sender.currency)


def _prices(numbers: Sequence[PreviewOfNumber]) -> list[PreviewPrice] | None:
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    for one in numbers:
        if one.texts and one.price is None:
            return None
        sums[one.currency] += Decimal(one.price or 0) if one.texts else 0
    return [PreviewPrice(str(amount), currency) for currency, amount in sorted(sums.items())]


def _of_number(counts: "Counter[tuple[int, int]]", number_id: int) -> int:
    return sum(count for (each, _), count in counts.items() if each == number_id)


def _of_variant(counts: "Counter[tuple[int, int]]", variant: int) -> Any:
    return sum(count for (_, each), count in counts.items() if each == variant)
