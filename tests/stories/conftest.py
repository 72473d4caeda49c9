"""The stage of a story: centre and emulator as real processes, started once per worker and shared by its stories."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import aiohttp
import asyncpg
import pytest

from tests.conftest import PgServer
from tests.running import Api, Centre, Running, emulator_running, free_port, new_centre
from tests.stories.shop import Shop


@dataclass(frozen=True, slots=True)
class Stage:
    """`token` is an administrator's; `database_url` is for what only time or a crash could do."""

    centre: Centre
    server: Running
    emulator: Running
    token: str
    database_url: str


@pytest.fixture(scope="session")
def stage(pg_server: PgServer, template_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    folder = tmp_path_factory.mktemp("centre")
    with own_database(pg_server, template_database) as url, emulator_running() as emulator:
        bare = new_centre(url, folder)
        centre = replace(bare, environment={**bare.environment, "ANSWERBACK_PRIVATE_HOSTS": "127.0.0.1"})
        token = centre.make_administrator()
        with centre.serving(folder / "first") as server:
            yield Stage(centre, server, emulator, token, url)


@pytest.fixture(scope="session")
def second_server(stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Another server process of the same centre, at a port of its own."""
    with stage.centre.serving(tmp_path_factory.mktemp("second"), port=free_port()) as server:
        yield server


@pytest.fixture
async def shop(stage: Stage) -> AsyncIterator[Shop]:
    """An account, a number, a queue and a workstream that no other story touches."""
    async with aiohttp.ClientSession() as session:
        api = Api(session, stage.server.base_url + "/api/v1", {"Authorization": f"Bearer {stage.token}"})
        emulator = Api(session, stage.emulator.base_url)
        shop = Shop(session, api, emulator, stage.centre.public_url)
        await shop.open()
        yield shop
        await shop.close()


@contextmanager
def own_database(server: PgServer, template: str) -> Iterator[str]:
    name = f"s_{uuid.uuid4().hex}"
    asyncio.run(_do(server, f"create database {name} template {template} strategy file_copy"))
    try:
        yield server.url(name)
    finally:
        asyncio.run(_do(server, f"drop database {name} with (force)"))


async def _do(server: PgServer, statement: str) -> None:
    admin = await asyncpg.connect(server.url("postgres"))
    try:
        await admin.execute(statement)
    finally:
        await admin.close()
