"""Whether the public address leads here: asked over real sockets, and judged without guessing."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator

import aiohttp
import pytest
from aiohttp import web

from answerback.providers.acs.facts import FACTS as ACS
from answerback.providers.facts import Facts
from answerback.providers.twilio.facts import FACTS as TWILIO
from answerback.usecases.reach import Answered, Barrier
from answerback.usecases.reach_proof import ReachProof
from answerback.workers.reach_probe import ReachProbe, open_probe
from tests.message_stage import Stage
from tests.reaching import PROOF, reach_of

EMULATOR = "http://127.0.0.1:8001"
TWILIO_API = "https://api.twilio.com"


@pytest.fixture
async def probe() -> AsyncIterator[ReachProbe]:
    async with aiohttp.ClientSession() as session, open_probe(session) as probe:
        yield probe


@pytest.fixture
def closed_port() -> Iterator[int]:
    """A port of this machine where nobody listens."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        yield closed.getsockname()[1]


async def test_a_request_to_our_address_comes_out_at_our_door_and_proves_it(stage: Stage, probe: ReachProbe) -> None:
    check = await reach_of(stage.url, probe).check(TWILIO, EMULATOR)
    assert (check.ok, check.fix) == (True, "")
    assert stage.url in check.evidence


async def test_another_centre_at_our_address_is_not_taken_for_us(stage: Stage, probe: ReachProbe) -> None:
    stranger = reach_of(stage.url, probe)
    stranger = type(stranger)(stage.url, True, ReachProof(["another key of thirty-two characters"]), probe)
    check = await stranger.check(TWILIO, EMULATOR)
    assert check.ok is False
    assert "Something else" in check.evidence


async def test_a_node_with_the_former_key_still_proves_it(stage: Stage, probe: ReachProbe) -> None:
    test = reach_of(stage.url, probe)
    turning = type(test)(stage.url, True, ReachProof(["a newer key of thirty-two characters!", *PROOF.keys]), probe)
    assert (await turning.check(TWILIO, EMULATOR)).ok


async def test_the_door_answers_only_short_challenges_by_get(stage: Stage) -> None:
    for method, place, status in (("GET", "a" * 65, 404), ("GET", "", 404), ("GET", "a/b", 404), ("POST", "a", 405)):
        async with stage.client.request(method, f"{stage.url}/hooks/reach/{place}") as answer:
            assert answer.status == status


async def test_another_server_is_told_from_ours_and_redirects_are_not_followed(probe: ReachProbe) -> None:
    async def elsewhere(_: web.Request) -> web.Response:
        return web.Response(status=302, headers={"Location": "http://10.0.0.1/"})

    application = web.Application()
    application.router.add_get("/{rest:.*}", elsewhere)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    check = await reach_of(f"http://127.0.0.1:{port}", probe).check(TWILIO, EMULATOR)
    await runner.cleanup()
    assert check.ok is False
    assert "302" in check.evidence


async def test_what_stands_in_the_way_is_told_apart(probe: ReachProbe, closed_port: int, stage: Stage) -> None:
    plain = stage.url.replace("http://", "https://")
    assert await probe(f"http://127.0.0.1:{closed_port}/") is Barrier.REFUSED
    assert await probe(plain) is Barrier.TLS
    assert await probe("https://nobody.invalid/") is Barrier.NAME
    assert await probe("http://10.1.2.3/") is Barrier.PRIVATE
    assert await probe("http://[::ffff:10.1.2.3]/") is Barrier.PRIVATE


async def test_a_name_that_leads_into_a_private_network_is_not_asked(
    probe: ReachProbe, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def private(*_: object, **__: object) -> list[tuple[object, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.1.2.3", 443))]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", private)
    assert await probe("https://texts.example.com/") is Barrier.PRIVATE


@pytest.mark.parametrize(
    ("url", "is_set", "facts", "api", "ok", "words"),
    [
        ("http://127.0.0.1:8000", True, TWILIO, EMULATOR, True, "on this machine"),
        ("http://127.0.0.1:8000", False, TWILIO, EMULATOR, True, "on this machine"),
        ("http://127.0.0.1:8000", True, TWILIO, TWILIO_API, False, "own address"),
        ("http://localhost:8000", True, TWILIO, TWILIO_API, False, "own address"),
        ("http://127.0.0.1:8000", False, TWILIO, TWILIO_API, False, "No public address"),
        ("http://texts.example.com", True, ACS, "https://a.communication.azure.com", False, "not https"),
        ("http://texts.example.com", True, TWILIO, TWILIO_API, True, "reaches it"),
        ("https://texts.example.com", True, ACS, "https://a.communication.azure.com", True, "reaches it"),
    ],
)
async def test_this_machine_counts_only_for_an_emulator_on_it(
    url: str, is_set: bool, facts: Facts, api: str, ok: bool, words: str
) -> None:
    check = await reach_of(url, is_set=is_set).check(facts, api)
    assert check.ok is ok
    assert words in check.evidence
    assert bool(check.fix) is not ok


@pytest.mark.parametrize(
    ("seen", "ok", "words"),
    [
        (Barrier.NAME, False, "no address in DNS"),
        (Barrier.PRIVATE, None, "private network"),
        (Barrier.TLS, False, "certificate"),
        (Barrier.REFUSED, False, "Nothing takes connections"),
        (Barrier.SILENT, False, "did not answer"),
        (Answered(200, "<html>"), False, "Something else"),
        (Answered(502, ""), False, "502"),
    ],
)
async def test_each_reason_is_said_with_what_to_do(seen: Answered | Barrier, ok: bool | None, words: str) -> None:
    async def probe(_: str) -> Answered | Barrier:
        return seen

    check = await reach_of("https://texts.example.com", probe).check(TWILIO, TWILIO_API)
    assert (check.ok, words in check.evidence, bool(check.fix)) == (ok, True, True)
