"""Audience: a file of a million lines read into a list and frozen by a campaign, through the API of a real server."""

import asyncio
import hashlib
import re
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import IO, Any, Final

import aiohttp

from answerback.cli.bench.ingest import free_port
from answerback.cli.bench.stage import Stage, running, serve_command
from answerback.domain.numbers.phone import COUNTRY_OF_AREA_CODE

ASKED: Final = 120
ASKED_MEGABYTES: Final = 500
LOOK_EVERY: Final = 0.2
PATIENCE_SECONDS: Final = 1800.0
BAD_EVERY: Final = 20
FAR_OFF: Final = "2099-01-01T12:00:00Z"
AREAS: Final = sorted(code for code, country in COUNTRY_OF_AREA_CODE.items() if country == "US")
BOSS: Final = """
with person as (
    insert into app_user (email, name, role) values ('boss@bench.example', 'Boss', 'administrator') returning id
)
insert into api_token (user_id, name, token_hash, scopes) select id, 'bench', $1, '{}' from person
"""
TOKEN: Final = "ab_bench_" + "9" * 24
WORDS: Final = {
    "name": "Order ready",
    "purpose": "informational",
    "default_locale": "en-US",
    "texts": {
        "en-US": "Hello {first_name|there}, your order {order} is ready. Come by until Friday.",
        "es": "Hola {first_name|amiga}, su pedido {order} está listo. Le esperamos hasta el viernes. Gracias.",
    },
    "slots": [
        {"name": "first_name", "kind": "text", "sample": "Ana"},
        {"name": "order", "kind": "text", "sample": "A-1042"},
    ],
}


def recipient(place: int) -> str:
    """A distinct phone; area codes and exchanges of the whole country, as a real list has them."""
    row, column = divmod(place, len(AREAS))
    return f"+1{AREAS[column]}{2_000_000 + row * 2_399 % 7_999_999:07d}"


@dataclass(frozen=True, slots=True)
class Desk:
    """An administrator's HTTP client, and the server process."""

    http: aiohttp.ClientSession
    base_url: str
    pid: int

    async def ask(self, method: str, path: str, body: Any = None, **more: Any) -> Any:
        async with self.http.request(method, f"{self.base_url}/api/v1{path}", json=body, **more) as answer:
            if answer.status >= 300:
                raise RuntimeError(f"{method} {path} answered {answer.status}: {await answer.text()}")
            return await answer.json()

    async def until(self, path: str, state: str) -> Any:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while (found := await self.ask("GET", path))["state"] != state:
                if found["state"] == "failed":
                    raise RuntimeError(f"{path} failed: {found}")
                await asyncio.sleep(LOOK_EVERY)
        return found

    async def campaign(self, audience_id: int, number_id: int) -> str:
        """The address of a draft."""
        template = await self.ask("POST", "/message-templates", WORDS)
        decision = {"decision": "approved", "version": template["draft"]["version"]}
        await self.ask("POST", f"/message-templates/{template['id']}/decision", decision)
        draft = {
            "name": "Bench",
            "audience_id": audience_id,
            "number_ids": [number_id],
            "variants": [{"template_id": template["id"]}],
            "send_at": FAR_OFF,
        }
        return f"/campaigns/{(await self.ask('POST', '/campaigns', draft))['id']}"

    def peak_megabytes(self) -> int | None:
        """None where the system does not tell."""
        try:
            found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{self.pid}/status").read_text())
        except OSError:
            return None
        return round(int(found[1]) * 1024 / 1e6) if found else None


@asynccontextmanager
async def open_desk(stage: Stage) -> AsyncIterator[Desk]:
    await stage.pool.execute(BOSS, hashlib.sha256(TOKEN.encode()).digest())
    port = free_port()
    base_url = f"http://127.0.0.1:{port}"
    headers, timeout = {"Authorization": f"Bearer {TOKEN}"}, aiohttp.ClientTimeout(PATIENCE_SECONDS)
    with running(serve_command(port, "web,clock"), stage.environment, f"{base_url}/readyz") as process:
        async with aiohttp.ClientSession(headers=headers, timeout=timeout) as http:
            yield Desk(http, base_url, process.pid)


async def measure_import(stage: Stage, number_id: int, recipients: int) -> dict[str, Any]:
    """One line in twenty is bad on top of them. Ends when a campaign that was started has its copy of the list."""
    lines = recipients + recipients // BAD_EVERY
    with tempfile.TemporaryFile(dir=stage.data_dir) as file:
        size = await asyncio.to_thread(_write_file, file, recipients)
        async with open_desk(stage) as desk:
            marks = [time.perf_counter()]
            form = aiohttp.FormData()
            form.add_field("file", file, filename="people.csv", content_type="text/csv")
            list_id = (await desk.ask("POST", "/audiences/files?name=Bench", data=form))["id"]
            marks.append(time.perf_counter())
            columns = {"phone": 0, "locale": 1, "values": {"first_name": 2, "order": 3}}
            await desk.ask("POST", f"/audiences/{list_id}/import", columns)
            found = await desk.until(f"/audiences/{list_id}", "ready")
            marks.append(time.perf_counter())
            campaign = await desk.campaign(list_id, number_id)
            await desk.ask("POST", f"{campaign}/start")
            frozen = await desk.until(campaign, "scheduled")
            marks.append(time.perf_counter())
            peak = desk.peak_megabytes()
    seconds = marks[-1] - marks[0]
    upload, read, freeze = (round(after - before, 1) for before, after in pairwise(marks))
    return {
        "recipients": recipients,
        "bad_lines": lines - recipients,
        "file_megabytes": round(size / 1e6),
        "seconds": round(seconds, 1),
        "upload_seconds": upload,
        "read_seconds": read,
        "freeze_seconds": freeze,
        "peak_megabytes": peak,
        "exact": (found["members"], found["problems"], frozen["recipients"])
        == (recipients, lines - recipients, recipients),
        "limit": {"seconds": ASKED, "megabytes": ASKED_MEGABYTES},
        "within": seconds < ASKED and (peak is None or peak < ASKED_MEGABYTES),
    }


def _write_file(file: IO[bytes], recipients: int) -> int:
    file.write(b"Phone,Language,First name,Order\n")
    block: list[str] = []
    for place in range(recipients):
        phone = recipient(place)
        language = "es" if place % 5 == 0 else "en-US"
        block.append(f"({phone[2:5]}) {phone[5:8]}-{phone[8:]},{language},Ana {place % 5000},B-{place}\n")
        if place % BAD_EVERY == 0:
            block.append(f"no phone {place},en-US,Nobody,B-{place}\n")
        if len(block) >= 10_000:
            file.write("".join(block).encode())
            block.clear()
    file.write("".join(block).encode())
    size = file.tell()
    file.seek(0)
    return size
