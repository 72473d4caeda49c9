"""What passed between us and a provider, as it was on the wire."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RawExchange:
    """A request to a provider as it left, and what came back, for diagnosis. `answer` is empty and `status` None where
    nothing did. Headers are left out: credentials travel in them."""

    method: str
    address: str
    request: bytes = b""
    status: int | None = None
    answer: bytes = b""
