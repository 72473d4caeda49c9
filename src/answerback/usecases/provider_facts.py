"""What an administrator must enter for each provider, as data; what the values mean is the adapter's business."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class ProviderFacts:
    """`visible` credentials are no secrets: they are shown when an account is read, the others by their last four."""

    api_base_url: str
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    visible: frozenset[str] = frozenset()


FACTS: Final[dict[str, ProviderFacts]] = {
    "twilio": ProviderFacts(
        api_base_url="https://api.twilio.com",
        required=("account_sid", "auth_token"),
        optional=("api_key_sid", "api_key_secret", "shared_key_id", "shared_key_secret"),
        visible=frozenset({"account_sid", "api_key_sid", "shared_key_id"}),
    ),
}


def mask(provider: str, credentials: dict[str, str]) -> dict[str, str]:
    """Fit to be shown."""
    visible = FACTS[provider].visible if provider in FACTS else frozenset()
    return {name: value if name in visible else _mask_one(value) for name, value in credentials.items()}


def _mask_one(secret: str) -> str:
    return "…" + secret[-4:] if len(secret) >= 16 else "…"
