"""A file whose server is killed again and again while it is read becomes the list it would have been."""

import io
from pathlib import Path
from typing import Any

import aiohttp
import asyncpg

from tests.running import Running, eventually, new_centre

LINES = 60_000
KILLED_AT = (1, 20_000, 40_000)
"""How many lines are read by then."""


def make_file() -> bytes:
    """Every twentieth line is bad, and every thousandth one has the phone of the line before."""
    lines = ["phone,note"]
    for n in range(LINES):
        same = n - (n % 1000 == 999)
        phone = f"bad {n}" if n % 20 == 0 else f"+1{212 + same // 10_000}555{same % 10_000:04d}"
        lines.append(f"{phone},{'a note of some length ' * 3}")
    return "\n".join(lines).encode()


async def upload(session: aiohttp.ClientSession, server: Running, token: str) -> str:
    """The address of the list, whose import has begun."""
    audiences = f"{server.base_url}/api/v1/audiences"
    headers = {"Authorization": f"Bearer {token}"}
    form = aiohttp.FormData()
    form.add_field("file", io.BytesIO(make_file()), filename="people.csv", content_type="text/csv")
    async with session.post(f"{audiences}/files", params={"name": "All"}, data=form, headers=headers) as answer:
        assert answer.status == 201, await answer.text()
        address = f"{audiences}/{(await answer.json())['id']}"
    async with session.post(f"{address}/import", json={"phone": 0, "values": {"note": 1}}, headers=headers) as answer:
        assert answer.status == 200, await answer.text()
    return address


async def kill_after(server: Running, database: "asyncpg.Connection[Any]", lines: int) -> None:
    async def came_so_far() -> bool:
        return int(await database.fetchval("select lines from audience")) >= lines

    await eventually(f"{lines} lines read", came_so_far)
    server.process.kill()
    server.process.wait()


async def test_a_list_whose_import_is_killed_is_whole_in_the_end(database_url: str, tmp_path: Path) -> None:
    centre = new_centre(database_url, tmp_path)
    token = centre.make_administrator()
    database = await asyncpg.connect(database_url)
    async with aiohttp.ClientSession() as session:
        for place, lines in enumerate(KILLED_AT):
            with centre.serving(tmp_path / str(place)) as server:
                if place == 0:
                    await upload(session, server, token)
                await kill_after(server, database, lines)
        with centre.serving(tmp_path / "last"):

            async def is_ready() -> bool:
                return bool(await database.fetchval("select state = 'ready' from audience"))

            await eventually("the list is ready", is_ready)
    found = dict(
        await database.fetchrow("select lines, members, duplicates, problems, bytes = bytes_done from audience")
    )
    bad, again = LINES // 20, LINES // 1000
    assert tuple(found.values()) == (LINES + 1, LINES - bad - again, again, bad, True)
    assert await database.fetchval("select count(*) from audience_member") == LINES - bad - again
    assert await database.fetchval("select count(*) from audience_problem") == bad + again
    assert await database.fetchval("select count(*) from event where kind = 'AudienceImported'") == 1
    await database.close()
