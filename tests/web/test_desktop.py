"""The door of the built desktop: files as files, everything else the page, nothing outside its folder."""

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from yarl import URL

from answerback.web.desktop import make_desktop
from tests.message_stage import serving


@pytest.fixture
async def desktop(tmp_path: Path) -> AsyncIterator[tuple[aiohttp.ClientSession, str]]:
    """A built desktop behind a real server, and a client that does not unpack what it gets."""
    static = tmp_path / "static"
    (static / "assets").mkdir(parents=True)
    (static / "index.html").write_text("<!doctype html><title>Answerback</title>")
    (static / "assets" / "app-1234.js").write_text("let answer = 42;" * 100)
    (static / "mark.svg").write_text("<svg/>")
    (tmp_path / "secret.key").write_text("secret")
    async with serving(make_desktop(static)) as base, aiohttp.ClientSession() as http:
        yield http, base


Desktop = tuple[aiohttp.ClientSession, str]


async def test_any_path_of_the_desktop_gets_the_page_uncached(desktop: Desktop) -> None:
    http, base = desktop
    async with http.get(f"{base}/desk/conversations/7") as answer:
        assert "<title>Answerback</title>" in await answer.text()
        assert answer.headers["cache-control"] == "no-cache"
        assert "default-src 'self'" in answer.headers["content-security-policy"]


async def test_a_hashed_asset_is_kept_for_ever_and_compressed(desktop: Desktop) -> None:
    http, base = desktop
    async with http.get(f"{base}/assets/app-1234.js") as answer:
        assert "immutable" in answer.headers["cache-control"]
        assert answer.headers["content-encoding"] == "gzip"
        assert "let answer" in await answer.text()


async def test_a_missing_asset_is_missing_and_not_the_page(desktop: Desktop) -> None:
    http, base = desktop
    async with http.get(f"{base}/assets/gone.js") as answer:
        assert answer.status == 404


async def test_a_file_beside_the_page_is_served_as_itself(desktop: Desktop) -> None:
    http, base = desktop
    async with http.get(f"{base}/mark.svg") as answer:
        assert await answer.text() == "<svg/>"
        assert answer.content_type == "image/svg+xml"


@pytest.mark.parametrize(
    "path", ["/../secret.key", "/%2e%2e/secret.key", "/..%2fsecret.key", "/assets/..%2f..%2fsecret.key"]
)
async def test_nothing_outside_of_the_folder_is_served(desktop: Desktop, path: str) -> None:
    http, base = desktop
    async with http.get(URL(base + path, encoded=True)) as answer:
        assert "secret" not in await answer.text()


async def test_an_unbuilt_desktop_says_how_to_build_it(tmp_path: Path) -> None:
    async with serving(make_desktop(tmp_path)) as base, aiohttp.ClientSession() as http, http.get(base) as answer:
        assert answer.status == 503
        assert "make demo" in await answer.text()
