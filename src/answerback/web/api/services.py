"""What the handlers work with, joined by bootstrap; and how they get it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from litestar import Request
from litestar.di import NamedDependency
from litestar.params import SkipValidation

from answerback.providers.contract import Provider
from answerback.storage.connection import Pool
from answerback.storage.sealing import Sealer
from answerback.usecases.account_settings import AccountDesk
from answerback.usecases.reach import ReachTest
from answerback.web.auth.identify import Identify
from answerback.web.auth.identity import Identity


@dataclass(frozen=True, slots=True)
class Services:
    """`providers` by their name; `reach` knows the public address."""

    pool: Pool
    sealer: Sealer
    providers: Mapping[str, Provider]
    reach: ReachTest
    identify: Identify
    patience_seconds: float = 10.0  # how long a repeated call waits for the first one to end

    @property
    def public_url(self) -> str:
        """Without a slash at its end."""
        return self.reach.public_url


Given = NamedDependency[SkipValidation[Services]]
Caller = NamedDependency[SkipValidation[Identity]]


def find_caller(request: Request[Any, Any, Any]) -> Identity | None:
    """The signed-in user; never None behind a door that asks for one."""
    identity: Identity | None = request.scope["user"]
    return identity


def account_desk(services: Services) -> AccountDesk:
    """What work on provider accounts needs of it."""
    return AccountDesk(services.pool, services.sealer, services.providers, services.reach)
