"""Who calls the API in these tests."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import httpx

from answerback.storage.users import User


@dataclass(frozen=True, slots=True)
class Person:
    """A user with a client that acts as them by an API token."""

    user: User
    client: httpx.AsyncClient

    @property
    def id(self) -> int:
        return self.user.id


MakePerson = Callable[..., Awaitable[Person]]
