"""Measures the agent's desktop in a real Chromium: what its first load weighs, and how a long thread scrolls.

`python -m bench.desktop` prints one JSON object; `make bench-desktop` sets up what it needs. Nothing of the user's own
data is touched: the centre is a scratch one.
"""

import asyncio
import contextlib
import json
import os
import socket
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from playwright.async_api import Browser, Page, Response, async_playwright

from answerback.cli.bench.stage import Stage, add_account, add_numbers, machine, running, serve_command, set_stage
from answerback.usecases.create_user import UserDraft, create_user
from tests.system_chromium import find_chromium

MESSAGES = 10_000
LIMIT_KB, LIMIT_FRAME_MS = 300, 50
PERSON, PASSWORD = "agent@bench.example", "a password for benches only"
PIXELS_A_FRAME = 400
SWITCHES = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run")

CONVERSATION = """
with person as (insert into contact (name) values ('Maria Gonzalez') returning id),
phone as (insert into contact_phone (phone, contact_id) select '+17875550142', id from person)
insert into conversation (number_id, workstream_id, queue_id, contact_id, customer_phone, state, agent_id,
                          last_seq, last_message_at, last_preview, last_direction)
select n.id, n.workstream_id, w.queue_id, person.id, '+17875550142', 'active', $1, $2, now(), 'The newest', 'inbound'
from person, number n join workstream w on w.id = n.workstream_id limit 1
returning id
"""
FILL = """
insert into message (conversation_id, seq, kind, origin, author_id, body, parts, encoding, status, status_rank,
                     created_at)
select $1, i, case when i % 3 = 0 then 'outbound' else 'inbound' end,
       case when i % 3 = 0 then 'agent' else 'customer' end, case when i % 3 = 0 then $3::bigint end,
       'Text ' || i || repeat(' and some more words', i * 7 % 12), 1 + i * 7 % 12 / 8, 'gsm_7',
       case when i % 3 = 0 then 'delivered' else 'received' end, case when i % 3 = 0 then 60 else 0 end,
       now() - ($2 - i) * interval '7 minutes'
from generate_series(1, $2::int) i
"""

# Scrolls by a fixed step each frame until `done`, and notes how long each frame took.
SCROLL = """async ({ step, until, patience }) => {
    const box = document.querySelector('[role="log"]');
    const frames = [];
    const began = performance.now();
    let before = await new Promise(requestAnimationFrame);
    for (;;) {
        box.scrollTop += step;
        const now = await new Promise(requestAnimationFrame);
        frames.push(now - before);
        before = now;
        const edge = step < 0 ? box.scrollTop <= 0 : box.scrollTop >= box.scrollHeight - box.clientHeight - 1;
        // Asked at the edge only, so that the question costs no frame.
        const texts = edge ? [...box.querySelectorAll('article p')] : [];
        const shown = texts.some((one) => one.textContent.split(' and')[0] === until);
        if (shown || now - began > patience) return { frames, arrived: shown };
    }
}"""


@dataclass(frozen=True, slots=True)
class Desk:
    """A running scratch centre with one agent who holds one long conversation."""

    base_url: str
    conversation_id: int


def main() -> None:
    result = asyncio.run(measure())
    print(json.dumps(result, indent=2))
    sys.exit(0 if result["holds"] else 1)


async def measure() -> dict[str, Any]:
    program = find_chromium()
    if program is None:
        raise SystemExit("Chromium or Chrome is needed; `make chromium` installs it or says how.")
    load = os.getloadavg()[0]
    async with set_desk() as desk, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=SWITCHES)
        weight = await weigh_first_load(browser, desk)
        by_part = await scroll_thread(browser, desk)
        version = browser.version
        await browser.close()
    frames = [frame for part in by_part.values() for frame in part]
    longest = max(frames)
    return {
        "first_load_compressed_kb": round(sum(weight.values()) / 1000, 1),
        "first_load_by_kind_kb": {kind: round(size / 1000, 1) for kind, size in weight.items()},
        "first_load_limit_kb": LIMIT_KB,
        "messages": MESSAGES,
        "frames": len(frames),
        "longest_frame_ms": round(longest, 1),
        "p99_frame_ms": round(sorted(frames)[len(frames) * 99 // 100], 1),
        "frames_over_limit": sum(frame > LIMIT_FRAME_MS for frame in frames),
        "longest_frame_by_part_ms": {name: round(max(part), 1) for name, part in by_part.items()},
        "longest_frame_limit_ms": LIMIT_FRAME_MS,
        "holds": sum(weight.values()) <= LIMIT_KB * 1000 and longest <= LIMIT_FRAME_MS,
        "browser": version,
        "load_before": round(load, 1),  # others at work on the same machine make frames late
        "machine": machine(),
    }


@contextlib.asynccontextmanager
async def set_desk() -> AsyncIterator[Desk]:
    async with set_stage() as stage:
        conversation_id = await fill(stage)
        port = free_port()
        base_url = f"http://127.0.0.1:{port}"
        environment = {**stage.environment, "ANSWERBACK_PUBLIC_URL": base_url, "ANSWERBACK_LOG_LEVEL": "error"}
        with running(serve_command(port, "web"), environment, f"{base_url}/readyz"):
            yield Desk(base_url, conversation_id)


async def fill(stage: Stage) -> int:
    account = await add_account(stage, "http://127.0.0.1:9")  # nobody is there: nothing is sent
    await add_numbers(stage, account, 1, 1)
    await create_user(stage.pool, UserDraft(PERSON, "Ana Flores", "agent", PASSWORD), actor_id=None)
    person = await stage.pool.fetchval("select id from app_user where email = $1", PERSON)
    await stage.pool.execute("insert into queue_member (queue_id, user_id) select id, $1 from queue", person)
    conversation: int = await stage.pool.fetchval(CONVERSATION, person, MESSAGES)
    await stage.pool.execute(FILL, conversation, MESSAGES, person)
    await stage.pool.execute("analyze")
    return conversation


async def open_desk(browser: Browser, desk: Desk) -> Page:
    context = await browser.new_context(base_url=desk.base_url, viewport={"width": 1440, "height": 900})
    answer = await context.request.post("/api/v1/session", data={"email": PERSON, "password": PASSWORD})
    assert answer.ok, await answer.text()
    return await context.new_page()


async def weigh_first_load(browser: Browser, desk: Desk) -> dict[str, int]:
    """Bytes as they came over the wire, by kind, until the thread is on screen; data of the API not counted."""
    page = await open_desk(browser, desk)
    came: list[Response] = []
    page.on("response", lambda response: came.append(response))
    await page.goto(f"/desk/{desk.conversation_id}")
    await page.get_by_role("log").get_by_text(f"Text {MESSAGES}").wait_for()
    weight: dict[str, int] = {}
    for response in came:
        kind = response.request.resource_type
        if kind in ("document", "script", "stylesheet", "font", "image"):
            sizes = await response.request.sizes()
            weight[kind] = weight.get(kind, 0) + sizes["responseBodySize"]
    await page.context.close()
    return weight


async def scroll_thread(browser: Browser, desk: Desk) -> dict[str, list[float]]:
    """The frames up to the very first text, page after page, then those down through all of it."""
    page = await open_desk(browser, desk)
    await page.goto(f"/desk/{desk.conversation_id}")
    await page.get_by_role("log").get_by_text(f"Text {MESSAGES}").wait_for()
    frames: dict[str, list[float]] = {}
    for name, step, until in (("reading", -1, "Text 1"), ("down", 1, f"Text {MESSAGES}")):
        wanted = {"step": step * PIXELS_A_FRAME, "until": until, "patience": 240_000}
        scrolled = await page.evaluate(SCROLL, wanted)
        if not scrolled["arrived"]:
            raise SystemExit(f"Scrolling did not arrive at {until!r}.")
        frames[name] = scrolled["frames"]
    await page.context.close()
    return frames


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


if __name__ == "__main__":
    main()
