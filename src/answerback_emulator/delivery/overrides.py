"""Connection settings a webhook URL may carry in its fragment (#rc=2&ct=500…); the fragment itself is never sent.

Source: Twilio, "Connection overrides": ct, rt, tt in ms, rc retries, rp which failures to retry.
"""

from dataclasses import dataclass
from urllib.parse import parse_qsl, urldefrag


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait and how often to try; `retry_on` holds rp policies: ct, rt, 4xx, 5xx or all."""

    connect_s: float = 5.0
    read_s: float = 15.0
    total_s: float = 15.0
    retries: int = 1
    retry_on: frozenset[str] = frozenset({"ct"})


DEFAULT_PATIENCE = Patience()


def read_overrides(url: str) -> tuple[str, Patience]:
    """Split a configured URL into the one to call (and sign) and the patience its fragment asks for."""
    if "#" not in url:
        return url, DEFAULT_PATIENCE
    bare, fragment = urldefrag(url)
    given = dict(parse_qsl(fragment))
    retry_on = frozenset(given["rp"].split(",")) if "rp" in given else DEFAULT_PATIENCE.retry_on
    return bare, Patience(
        connect_s=_clamped(given.get("ct"), 100, 10_000, 5_000) / 1000,
        read_s=_clamped(given.get("rt"), 100, 15_000, 15_000) / 1000,
        total_s=_clamped(given.get("tt"), 100, 15_000, 15_000) / 1000,
        retries=_clamped(given.get("rc"), 0, 5, 1),
        retry_on=retry_on,
    )


def _clamped(given: str | None, low: int, high: int, default: int) -> int:
    if given is None or not given.isdecimal():
        return default
    return min(max(int(given), low), high)
