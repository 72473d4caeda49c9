"""Schemathesis as a judge: generated calls to every operation get the answers that its description promises."""

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import dataclass

import asyncpg
import pytest
import schemathesis
import uvicorn
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from answerback.storage.pool import create_pool
from answerback.storage.sealing import Sealer
from answerback.storage.users import User
from answerback.usecases.create_token import NewToken, TokenDraft, create_token
from answerback.usecases.create_user import UserDraft, create_user
from answerback.web.api.app import make_api
from answerback.web.api.services import Services
from answerback.web.auth.identify import Identify
from tests.live.centre import Centre
from tests.reaching import reach_of

EXAMPLES = 8
PROVIDER_REFUSED = 502
CHECKS = [status_code_conformance, content_type_conformance, response_schema_conformance]


@dataclass(frozen=True, slots=True)
class Server:
    url: str
    token: str


@pytest.fixture
def server(database_url: str) -> Iterator[Server]:
    """The API on a real socket in a thread of its own, with a little of everything in its database."""
    ready: Future[Server] = Future()
    stop = threading.Event()
    thread = threading.Thread(target=lambda: asyncio.run(_serve(database_url, ready, stop)))
    thread.start()
    yield ready.result(60)
    stop.set()
    thread.join()


async def _serve(database_url: str, ready: "Future[Server]", stop: threading.Event) -> None:
    try:
        async with await create_pool(database_url) as pool:
            token = await _fill(pool)
            # no providers: generated accounts must not be asked about at real ones
            services = Services(
                pool, Sealer(["a key of more than thirty-two characters"]), {}, reach_of("http://x"), Identify(pool)
            )
            config = uvicorn.Config(
                make_api(services), host="127.0.0.1", port=0, lifespan="off", log_config=None, access_log=False
            )
            running = uvicorn.Server(config)
            serving = asyncio.create_task(running._serve())
            while not running.started:
                await asyncio.sleep(0.005)
            port = running.servers[0].sockets[0].getsockname()[1]
            ready.set_result(Server(f"http://127.0.0.1:{port}", token))
            await asyncio.to_thread(stop.wait)
            running.should_exit = True
            await serving
    except BaseException as error:
        if not ready.done():
            ready.set_exception(error)
        raise


async def _fill(pool: "asyncpg.Pool[asyncpg.Record]") -> str:
    """One of most things with the id 1, which generators like; our own user and token out of their reach."""
    centre = Centre(pool)
    ana = await centre.person("Ana")
    number = await centre.number(await centre.queue(ana))
    conversation = await centre.conversation(number, "active", ana)
    await centre.conversation(number, "offered", ana)
    await pool.execute("insert into blocked_phone (phone) values ('+13125550188')")
    await pool.execute(
        "insert into consent_entry (phone, choice, source) values ('+13125550188', 'opt_out', 'keyword')"
    )
    await pool.execute(
        """
        insert into routing_decision (conversation_id, outcome, queue_id, method, rules_version, sentence, detail)
        values ($1, 'offered', 1, 'least_active', '1', 'Offered.', $2)
        """,
        conversation,
        {"order": [{"agent_id": ana.user_id, "facts": {"used": 1}}], "failed": []},
    )
    await pool.execute("alter table app_user alter column id restart with 7000001")
    await pool.execute("alter table api_token alter column id restart with 7000001")
    draft = UserDraft(email="root@example.org", name="Root", role="administrator")
    user = await create_user(pool, draft, None)
    assert isinstance(user, User)
    token = await create_token(pool, TokenDraft(name="judge"), user.id, None)
    assert isinstance(token, NewToken)
    return token.token


def test_every_operation_keeps_to_its_description(server: Server) -> None:
    schema = schemathesis.openapi.from_url(f"{server.url}/api/v1/openapi.json")
    operations = [result.ok() for result in schema.get_all_operations()]
    assert len(operations) > 50
    succeeded = [operation.label for operation in operations if judge(server, operation)]
    assert len(succeeded) > 20, "the calls must get beyond the refusals"


def judge(server: Server, operation: schemathesis.APIOperation) -> bool:
    """Whether at least one of the generated calls succeeded."""
    headers = {"Authorization": f"Bearer {server.token}"}
    succeeded = False

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def call(case: schemathesis.Case) -> None:
        nonlocal succeeded
        answer = case.call(base_url=server.url, headers=headers)
        assert answer.status_code < 500 or answer.status_code == PROVIDER_REFUSED, answer.text
        case.validate_response(answer, checks=CHECKS)
        succeeded |= answer.status_code < 300

    call()
    return succeeded
