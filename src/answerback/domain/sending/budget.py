"""What a number or a provider account may spend in a month, reckoned in parts at a price an administrator gave."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Budget:
    """`what` is for the sentence: "This number". `spent` this month so far, what waits to leave included."""

    what: str
    most: Decimal
    spent: Decimal
    price_per_part: Decimal

    def has_room(self, parts: int) -> bool:
        return self.spent + self.price_per_part * parts <= self.most
