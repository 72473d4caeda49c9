"""What is wrong with a provider account before anybody asks the provider."""

import secrets
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from msgspec import UnsetType

from answerback.providers.contract import Provider
from answerback.providers.facts import Facts
from answerback.usecases.account_shapes import AccountChanges
from answerback.usecases.create_user import name_problem
from answerback.usecases.refusals import FieldProblem


def account_problems(
    providers: Mapping[str, Provider], provider: str, *, name: str, url: str, credentials: Mapping[str, str]
) -> tuple[FieldProblem, ...]:
    """Empty when everything needed is there and well formed."""
    if provider not in providers:
        return (FieldProblem("provider", "is not a provider of this server", f"Known are: {', '.join(providers)}."),)
    facts = providers[provider].facts
    found = [name_problem(name), _url_problem(url, facts), *_credential_problems(facts, credentials)]
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


def complete(facts: Facts, credentials: Mapping[str, str]) -> dict[str, str]:
    """What was given, without blanks, and a fresh secret where one is ours to make."""
    given = {name: value.strip() for name, value in credentials.items() if value.strip()}
    made = {one.name: secrets.token_urlsafe(32) for one in facts.credentials if one.generated and one.required}
    return made | given


def mask(facts: Facts | None, credentials: Mapping[str, str]) -> dict[str, str]:
    """Fit to be shown."""
    visible = {one.name for one in facts.credentials if not one.secret} if facts else frozenset()
    return {name: value if name in visible else _mask_one(value) for name, value in credentials.items()}


def _mask_one(secret: str) -> str:
    return "…" + secret[-4:] if len(secret) >= 16 else "…"


def _url_problem(url: str, facts: Facts) -> FieldProblem | None:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.query and parts.port != 0
    except ValueError:
        usable = False
    if usable:
        return None
    if facts.api_base_url is None:
        way_out = f"Copy the address of your resource from {facts.label}; it begins with https://."
    else:
        way_out = f"Give it like {facts.api_base_url}, or leave it out for the provider's own."
    return FieldProblem("api_base_url", "is not the address of an HTTP server" if url else "is missing", way_out)


def _credential_problems(facts: Facts, credentials: Mapping[str, str]) -> Iterator[FieldProblem]:
    for one in facts.credentials:
        if one.required and not credentials.get(one.name):
            yield FieldProblem(f"credentials.{one.name}", "is missing", one.help)
    known = [one.name for one in facts.credentials]
    for name, value in credentials.items():
        if name not in known:
            way_out = f"Known are: {', '.join(known)}."
            yield FieldProblem(f"credentials.{name}", f"is not a credential of {facts.label}", way_out)
        elif not value.isascii() or not value.isprintable():
            way_out = "Copy it again from the provider's console."
            yield FieldProblem(f"credentials.{name}", "contains characters no credential has", way_out)
