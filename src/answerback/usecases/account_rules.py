"""What is wrong with a provider account before anybody asks the provider."""

from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from msgspec import UnsetType

from answerback.providers.contract import Provider
from answerback.usecases.account_shapes import AccountChanges
from answerback.usecases.create_user import name_problem
from answerback.usecases.provider_facts import FACTS
from answerback.usecases.refusals import FieldProblem


def account_problems(
    providers: Mapping[str, Provider], provider: str, *, name: str, url: str, credentials: Mapping[str, str]
) -> tuple[FieldProblem, ...]:
    """Empty when everything needed is there and well formed."""
    if provider not in providers or provider not in FACTS:
        known = ", ".join(sorted(FACTS.keys() & providers.keys())) or "none"
        return (FieldProblem("provider", "is not a provider of this server", f"Known are: {known}."),)
    found = [name_problem(name), _url_problem(url), *_credential_problems(provider, credentials)]
    return tuple(problem for problem in found if problem is not None)


def merge_credentials(stored: Mapping[str, str], changes: AccountChanges) -> tuple[dict[str, str], tuple[str, ...]]:
    """The credentials after the change, and the names of those that changed."""
    if isinstance(changes.credentials, UnsetType):
        return dict(stored), ()
    merged = dict(stored)
    for name, value in changes.credentials.items():
        if value is None or not value.strip():
            merged.pop(name, None)
        else:
            merged[name] = value.strip()
    changed = sorted(name for name in stored.keys() | merged.keys() if stored.get(name) != merged.get(name))
    return merged, tuple(changed)


def _url_problem(url: str) -> FieldProblem | None:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.query and parts.port != 0
    except ValueError:
        usable = False
    if usable:
        return None
    way_out = "Give it like https://api.twilio.com, or leave it out for the provider's own."
    return FieldProblem("api_base_url", "is not the address of an HTTP server", way_out)


def _credential_problems(provider: str, credentials: Mapping[str, str]) -> Iterator[FieldProblem]:
    facts = FACTS[provider]
    for name in facts.required:
        if not credentials.get(name):
            yield FieldProblem(f"credentials.{name}", "is missing", "Copy it from the provider's console.")
    known = (*facts.required, *facts.optional)
    for name, value in credentials.items():
        if name not in known:
            way_out = f"Known are: {', '.join(known)}."
            yield FieldProblem(f"credentials.{name}", f"is not a credential of {provider}", way_out)
        elif not value.isascii() or not value.isprintable():
            way_out = "Copy it again from the provider's console."
            yield FieldProblem(f"credentials.{name}", "contains characters no credential has", way_out)
