"""What texts of one batch use up, so that the gate is asked for each as if those before it were written already."""

from dataclasses import dataclass, field, replace

import msgspec

from answerback.domain.sending.request import Recent, SendFacts


@dataclass(slots=True)
class Usage:
    """Of one number: parts that wait to leave now, and texts unasked by phone."""

    parts: int = 0
    _recent: dict[str, tuple[Recent, ...]] = field(default_factory=dict)

    def on_top_of(self, phone: str, known: SendFacts) -> SendFacts:
        """The facts as they are by now."""
        if self.parts and (known.caps or known.budgets):
            caps = tuple(replace(cap, waiting=cap.waiting + self.parts) for cap in known.caps)
            budgets = tuple(replace(one, spent=one.spent + one.price_per_part * self.parts) for one in known.budgets)
            known = msgspec.structs.replace(known, caps=caps, budgets=budgets)
        recent = self._recent.get(phone)
        return known if recent is None else msgspec.structs.replace(known, recent=known.recent + recent)

    def add_parts(self, parts: int) -> None:
        """A text is queued; one without a part counts as one."""
        self.parts += max(parts, 1)

    def add_unasked(self, phone: str, sent: Recent) -> None:
        """A text that nobody asked for leaves now or later."""
        self._recent[phone] = (*self._recent.get(phone, ()), sent)
