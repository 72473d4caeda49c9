"""The REST API over its own database, and people of each role who call it."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import httpx
import pytest

from answerback.bootstrap import make_providers
from answerback.storage.connection import Pool
from answerback.storage.sealing import Sealer
from answerback.storage.users import User
from answerback.usecases.create_token import NewToken, TokenDraft, create_token
from answerback.usecases.create_user import UserDraft, create_user
from answerback.web.api.app import make_api
from answerback.web.api.services import Services
from answerback.web.auth.identify import Identify
from tests.api.people import MakePerson, Person
from tests.reaching import reach_of

ADDRESS = "http://centre.test"


@pytest.fixture
async def services(pool: Pool) -> AsyncIterator[Services]:
    async with aiohttp.ClientSession() as session:
        yield Services(
            pool=pool,
            sealer=Sealer(["a key of more than thirty-two characters"]),
            providers=make_providers(session),
            reach=reach_of(ADDRESS),
            identify=Identify(pool),
        )


@pytest.fixture
def transport(services: Services) -> httpx.ASGITransport:
    """Calls the API without a socket; what a handler does not catch fails the test."""
    return httpx.ASGITransport(app=make_api(services))


@pytest.fixture
async def anyone(transport: httpx.ASGITransport) -> AsyncIterator[httpx.AsyncClient]:
    """A client nobody has signed in with."""
    async with httpx.AsyncClient(transport=transport, base_url=ADDRESS) as client:
        yield client


@pytest.fixture
async def person(pool: Pool, transport: httpx.ASGITransport) -> AsyncIterator[MakePerson]:
    """Makes people: `await person("agent", scopes=["read"])`."""
    opened: list[httpx.AsyncClient] = []

    async def make(role: Any, *, scopes: list[Any] | None = None) -> Person:
        number = len(opened) + 1
        draft = UserDraft(email=f"{role}{number}@example.org", name=f"{role} {number}", role=role)
        user = await create_user(pool, draft, None)
        assert isinstance(user, User)
        token = await create_token(pool, TokenDraft(name="test", scopes=scopes or []), user.id, None)
        assert isinstance(token, NewToken)
        headers = {"Authorization": f"Bearer {token.token}"}
        client = httpx.AsyncClient(transport=transport, base_url=ADDRESS, headers=headers)
        opened.append(client)
        return Person(user, client)

    yield make
    for client in opened:
        await client.aclose()


@pytest.fixture
async def admin(person: MakePerson) -> httpx.AsyncClient:
    """A client that acts as an administrator."""
    return (await person("administrator")).client
