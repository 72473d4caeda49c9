"""The REST API over its own database, and people of each role who call it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from answerback.storage.connection import Pool
from answerback.storage.sealing import Sealer
from answerback.storage.users import User
from answerback.usecases.create_token import NewToken, TokenDraft, create_token
from answerback.usecases.create_user import UserDraft, create_user
from answerback.web.api.app import make_api
from answerback.web.api.services import Services
from answerback.web.auth.identify import Identify

PASSWORD = "correct horse battery"


@dataclass(frozen=True, slots=True)
class Person:
    """A user with a client that acts as them by an API token."""

    user: User
    client: httpx.AsyncClient

    @property
    def id(self) -> int:
        return self.user.id


@pytest.fixture
def services(pool: Pool) -> Services:
    return Services(
        pool=pool,
        sealer=Sealer(["a key of more than thirty-two characters"]),
        providers={},
        public_url="http://centre.test",
        identify=Identify(pool),
    )


@pytest.fixture
async def anyone(services: Services) -> AsyncIterator[httpx.AsyncClient]:
    """A client nobody has signed in with."""
    transport = httpx.ASGITransport(app=make_api(services), raise_app_exceptions=True)
    async with httpx.AsyncClient(transport=transport, base_url="http://centre.test") as client:
        yield client


@pytest.fixture
async def person(pool: Pool, services: Services) -> AsyncIterator[Callable[..., Awaitable[Person]]]:
    """Makes people: `await person("agent", scopes=["read"])`."""
    opened: list[httpx.AsyncClient] = []
    transport = httpx.ASGITransport(app=make_api(services))

    async def make(role: Any, *, scopes: list[Any] | None = None) -> Person:
        number = len(opened) + 1
        user = await create_user(
            pool, UserDraft(email=f"{role}{number}@example.org", name=f"{role} {number}", role=role), None
        )
        assert isinstance(user, User)
        token = await create_token(pool, TokenDraft(name="test", scopes=scopes or []), user.id, None)
        assert isinstance(token, NewToken)
        headers = {"Authorization": f"Bearer {token.token}"}
        client = httpx.AsyncClient(transport=transport, base_url="http://centre.test", headers=headers)
        opened.append(client)
        return Person(user, client)

    yield make
    for client in opened:
        await client.aclose()


@pytest.fixture
async def admin(person: Callable[..., Awaitable[Person]]) -> httpx.AsyncClient:
    """A client that acts as an administrator."""
    return (await person("administrator")).client
