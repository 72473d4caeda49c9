"""Whether an address is Twilio's own, so that the account's credentials may go there with the request."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from answerback.providers.contract import Account
from answerback.providers.twilio.client import authorization

DEFAULT_PORTS = {"https": 443, "http": 80}


def media_credentials(account: Account, url: str) -> Mapping[str, str] | None:
    """Headers for the account's API address (same scheme, host and port), None for any other.

    Twilio redirects media to storage elsewhere: ask again for each address on the way.
    """
    asked, ours = _origin_of(url), _origin_of(account.api_base_url)
    return authorization(account.credentials) if asked is not None and asked == ours else None


def _origin_of(url: str) -> tuple[str, str, int | None] | None:
    try:
        parts = urlsplit(url)
        port = parts.port or DEFAULT_PORTS.get(parts.scheme)
    except ValueError:
        return None
    return (parts.scheme, parts.hostname, port) if parts.scheme in DEFAULT_PORTS and parts.hostname else None
