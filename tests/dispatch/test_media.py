"""Files of customers' texts are fetched from where they may be fetched, and ours are served to who knows the link."""

import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from aiohttp import encode_basic_auth, web

from answerback.usecases.media_links import MediaLinks
from answerback.web.media_links import make_media_app
from answerback.workers.media_fetcher import MediaFetcher
from answerback.workers.public_addresses import is_public
from tests.dispatch.outbound_stage import OutboundStage
from tests.message_stage import ACCOUNT_SID, AUTH_TOKEN, eventually, running, serving, text_form

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 100
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@contextlib.asynccontextmanager
async def fetching(stage: OutboundStage) -> AsyncIterator[None]:
    fetcher = MediaFetcher(stage.pool, stage.wakeups, stage.inner.directory, stage.inner.providers)
    async with running(fetcher.run()):
        yield


async def receive(stage: OutboundStage, *urls: str, content_type: str = "image/png") -> None:
    media = {f"MediaUrl{n}": url for n, url in enumerate(urls)}
    types = {f"MediaContentType{n}": content_type for n in range(len(urls))}
    assert await stage.inner.post("message", text_form("", NumMedia=str(len(urls)), **media, **types)) == 200


async def settled(stage: OutboundStage) -> bool:
    return not await stage.pool.fetchval("select exists (select from media where state = 'pending')")


async def states(stage: OutboundStage) -> list[str]:
    return [row["state"] for row in await stage.pool.fetch("select state from media order by position")]


async def test_three_pictures_are_stored_once_by_their_bytes_with_the_accounts_credentials(
    stage: OutboundStage,
) -> None:
    asked: list[str] = []

    async def picture(request: web.Request) -> web.Response:
        asked.append(request.headers["Authorization"])
        return web.Response(body=PNG, content_type="image/png")

    stage.carrier.other = picture
    async with fetching(stage):
        await receive(stage, *(f"{stage.carrier.url}/media/{n}" for n in range(3)))
        await eventually(lambda: settled(stage))

    assert await states(stage) == ["stored"] * 3
    assert await stage.pool.fetchval("select bytes from media_blob") == PNG
    assert asked == [encode_basic_auth(ACCOUNT_SID, AUTH_TOKEN)] * 3
    assert await stage.pool.fetchval("select count(*) from event where kind = 'MediaStored'") == 3


async def test_a_redirect_is_followed_to_the_picture(stage: OutboundStage) -> None:
    async def redirecting(request: web.Request) -> web.StreamResponse:
        if request.path == "/media/1":
            raise web.HTTPTemporaryRedirect("/elsewhere/picture")
        return web.Response(body=PNG, content_type="image/png")

    stage.carrier.other = redirecting
    async with fetching(stage):
        await receive(stage, f"{stage.carrier.url}/media/1")
        await eventually(lambda: settled(stage))

    assert await states(stage) == ["stored"]


@pytest.mark.parametrize(
    "target", ["http://127.0.0.1:{port}/secret", "http://localhost:{port}/secret", "http://2130706433:{port}/x"]
)
async def test_a_redirect_into_a_private_network_is_refused(stage: OutboundStage, target: str) -> None:
    asked: list[str] = []

    async def inside(_scope: object, _receive: object, _send: object) -> None:
        asked.append("inside")

    async with serving(inside) as private:
        port = private.rpartition(":")[2]

        async def redirecting(request: web.Request) -> web.StreamResponse:
            raise web.HTTPFound(target.format(port=port))

        stage.carrier.other = redirecting
        async with fetching(stage):
            await receive(stage, f"{stage.carrier.url}/media/1")
            await eventually(lambda: settled(stage))

    row = await stage.pool.fetchrow("select state, problem from media")
    assert row["state"] == "refused"
    assert "private network" in row["problem"]
    assert asked == []
    assert await stage.pool.fetchval("select count(*) from event where kind = 'MediaRefused'") == 1


async def test_a_circle_of_redirects_is_refused(stage: OutboundStage) -> None:
    async def circling(request: web.Request) -> web.StreamResponse:
        raise web.HTTPFound("/again")

    stage.carrier.other = circling
    async with fetching(stage):
        await receive(stage, f"{stage.carrier.url}/media/1")
        await eventually(lambda: settled(stage))

    assert await states(stage) == ["refused"]


@pytest.mark.parametrize(
    ("content_type", "size", "word"), [("text/html", 10, "kind"), ("image/png", 5 * 1024 * 1024 + 1, "5 MB")]
)
async def test_what_is_too_large_or_of_a_wrong_kind_is_refused(
    stage: OutboundStage, content_type: str, size: int, word: str
) -> None:
    async def file(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": content_type})
        await response.prepare(request)  # chunked: the size is not told beforehand
        await response.write(b"x" * size)
        return response

    stage.carrier.other = file
    async with fetching(stage):
        await receive(stage, f"{stage.carrier.url}/media/1")
        await eventually(lambda: settled(stage))

    row = await stage.pool.fetchrow("select state, problem from media")
    assert row["state"] == "refused"
    assert word in row["problem"]


async def test_a_file_that_is_not_there_yet_is_fetched_later(stage: OutboundStage) -> None:
    answers = [404, 200]

    async def late(request: web.Request) -> web.Response:
        return web.Response(status=answers.pop(0), body=PNG, content_type="image/png")

    stage.carrier.other = late
    async with fetching(stage):
        await receive(stage, f"{stage.carrier.url}/media/1")
        await eventually(lambda: was_put_off(stage))
        await stage.pool.execute("update media set due_at = now()")
        await eventually(lambda: settled(stage))

    assert await states(stage) == ["stored"]


async def was_put_off(stage: OutboundStage) -> bool:
    return await stage.pool.fetchval("select problem is not null from media")


async def test_a_file_that_is_never_there_is_given_up_with_the_reason(stage: OutboundStage) -> None:
    await stage.pool.execute("select 1")
    await receive(stage, f"{stage.carrier.url}/media/1")
    await stage.pool.execute("update media set attempts = 7")
    async with fetching(stage):
        await eventually(lambda: settled(stage))

    row = await stage.pool.fetchrow("select state, problem from media")
    assert row["state"] == "failed"
    assert "404" in row["problem"]


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::a00:1", False),
        ("2002:a00:1::", False),
        ("224.0.0.1", False),
        ("not an address", False),
    ],
)
def test_only_public_addresses_are_public(address: str, public: bool) -> None:
    assert is_public(address) is public


KEY = "a secret key of the tests, long enough"


async def test_a_link_shows_the_file_it_was_made_for(stage: OutboundStage) -> None:
    media = await stage.upload(PNG)
    async with serving(make_media_app(stage.pool, MediaLinks("", [KEY]))) as url:
        links = MediaLinks(url, ["a newer key, which is also long enough", KEY])
        old = MediaLinks(url, [KEY])
        async with stage.inner.client.get(old.make(media, time.time())) as response:
            assert response.status == 200
            assert await response.read() == PNG
            assert response.headers["X-Content-Type-Options"] == "nosniff"
        for wrong in (
            old.make(media + 1, time.time()),
            old.make(media, time.time())[:-2] + "AA",
            old.make(media, time.time() - 2 * 24 * 3600),
            links.make(media, time.time()),
            f"{url}/media/{media}/",
            f"{url}/media/x/y",
        ):
            async with stage.inner.client.get(wrong) as response:
                assert response.status == 404, wrong

    token = old.make(media, time.time()).rpartition("/")[2]
    assert links.is_good(media, token, time.time()), "an older key is still accepted"


async def test_pictures_go_out_as_links(stage: OutboundStage) -> None:
    media = await stage.upload(PNG)
    conversation = await stage.conversation()
    async with stage.dispatching():
        message = await stage.send(conversation, "Look", media_ids=[media])
        await eventually(lambda: stage.is_status(message, "accepted"))

    assert stage.carrier.taken[0]["MediaUrl"] == f"http://media/{media}"
    assert await stage.pool.fetchval("select message_id from media where id = $1", media) == message


async def test_a_workstream_that_takes_no_pictures_never_asks_for_them(stage: OutboundStage) -> None:
    asked: list[str] = []

    async def picture(request: web.Request) -> web.Response:
        asked.append(request.path)
        return web.Response(body=PNG, content_type="image/png")

    await stage.pool.execute("""update workstream set media = '{"receive": ["audio"], "send": true}'""")
    stage.carrier.other = picture
    async with fetching(stage):
        await receive(stage, f"{stage.carrier.url}/media/1")
        await eventually(lambda: settled(stage))
    row = await stage.pool.fetchrow("select state, problem from media")
    assert tuple(row) == (
        "refused",
        "This workstream takes no pictures from customers. An administrator can change that.",
    )
    assert asked == []
