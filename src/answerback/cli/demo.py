"""`answerback demo`: a whole centre to try, with the emulated carriers and their phones, and something to look at."""

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack

import aiohttp
from rich.console import Console
from rich.panel import Panel

from answerback.cli.demo_data import ACCOUNTS, NUMBERS, PASSWORD, PEOPLE
from answerback.cli.demo_furniture import declare_carrier, furnish_centre
from answerback.cli.errors import CommandError
from answerback.cli.session import open_pool
from answerback.settings import Settings, load_settings
from answerback.usecases.create_user import UserDraft, create_user

START_SECONDS = 60
console = Console()


class DemoError(CommandError):
    """The demo cannot start; the message says why and what to do."""


def demo(*, host: str = "127.0.0.1", port: int = 8000, emulator_port: int = 8001, crowd: bool = False) -> None:
    """Start a centre with demo data, the emulated carriers and their phones; Ctrl-C stops everything.

    Parameters
    ----------
    host
        Address the centre listens on.
    port
        Port of the centre.
    emulator_port
        Port of the emulated carriers and their phones.
    crowd
        Let a scripted crowd of customers text all numbers.
    """
    with contextlib.suppress(KeyboardInterrupt, asyncio.CancelledError):
        asyncio.run(_demo(load_settings(), host, port, emulator_port, crowd=crowd))


async def _demo(settings: Settings, host: str, port: int, emulator_port: int, *, crowd: bool) -> None:
    centre, carrier = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{emulator_port}"
    environment = {
        **os.environ,
        "ANSWERBACK_PUBLIC_URL": settings.public_url or centre,
        "ANSWERBACK_LOG_LEVEL": os.environ.get("ANSWERBACK_LOG_LEVEL", "warning"),
    }
    async with AsyncExitStack() as stack:
        _stop_what_was_started_on_sigterm()
        http = await stack.enter_async_context(aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)))
        console.print("Starting the emulated carriers and the centre…")
        emulator = ["-m", "answerback_emulator", "--port", str(emulator_port)]
        serve = ["-m", "answerback.cli.main", "serve", "--host", host, "--port", str(port)]
        processes = [
            await stack.enter_async_context(_running(emulator, environment)),
            await stack.enter_async_context(_running(serve, environment)),
        ]
        await _answers(http, f"{carrier}/emulator/phones", processes[0])
        await _answers(http, f"{centre}/readyz", processes[1])
        await declare_carrier(http, carrier)
        await _first_administrator()
        await furnish_centre(http, centre, carrier)
        _print_card(centre, carrier)
        if crowd:
            all_numbers = [word for number in NUMBERS for word in ("--number", number.address)]
            script = ["-m", "answerback_emulator.crowd", "--emulator", carrier, *all_numbers]
            processes.append(await stack.enter_async_context(_running(script, environment)))
        await _until_stopped(processes[:2])


def _stop_what_was_started_on_sigterm() -> None:
    """From the first moment on, as Ctrl-C does: a demo stopped while it starts leaves no process behind."""
    task = asyncio.current_task()
    assert task is not None
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)


@contextlib.asynccontextmanager
async def _running(command: list[str], environment: Mapping[str, str]) -> AsyncIterator[asyncio.subprocess.Process]:
    """A process in a group of its own, so that Ctrl-C reaches it once and through us."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, *command, env=environment, start_new_session=True, stdin=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _answers(http: aiohttp.ClientSession, url: str, process: asyncio.subprocess.Process) -> None:
    deadline = asyncio.get_running_loop().time() + START_SECONDS
    while asyncio.get_running_loop().time() < deadline:
        if process.returncode is not None:
            raise CommandError("A part of the demo ended before it was ready; its message stands above.")
        with contextlib.suppress(aiohttp.ClientError):
            async with http.get(url) as answer:
                if answer.status == 200:
                    return
        await asyncio.sleep(0.1)
    raise CommandError(f"{url} did not answer within {START_SECONDS} seconds.")


async def _first_administrator() -> None:
    """The one person the API cannot make; made beside the running server, as `answerback user create` does."""
    first = PEOPLE[0]
    async with open_pool() as pool:
        if await pool.fetchval("select count(*) from app_user") == 0:
            await create_user(pool, UserDraft(first.email, first.name, first.role, PASSWORD), actor_id=None)


def _print_card(centre: str, carrier: str) -> None:
    lines = [
        f"Desktop   [link={centre}]{centre}[/link]",
        f"Phones    [link={carrier}]{carrier}[/link]   text any of these from any of them:",
        *(
            f"  {number.address}   {number.name:<9} {number.type.replace('_', ' '):<10} {account.label}"
            for account in ACCOUNTS
            for number in account.numbers
        ),
        "",
        f"Sign in with the password [bold]{PASSWORD}[/bold]",
        *(f"  {person.email:<22} {person.role}" for person in PEOPLE),
        "",
        "Set your presence to Available (foot of the left rail), then send a text from a phone.",
        "Ctrl-C stops everything; the data stays.",
    ]
    console.print(Panel("\n".join(lines), title="Answerback demo", expand=False))


async def _until_stopped(processes: list[asyncio.subprocess.Process]) -> None:
    """Until a signal, or until a part of the demo dies."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    ends = [asyncio.create_task(process.wait()) for process in processes]
    asked = asyncio.create_task(stop.wait())
    await asyncio.wait([asked, *ends], return_when=asyncio.FIRST_COMPLETED)
    if not stop.is_set():
        console.print("[red]A part of the demo ended by itself; stopping the rest.[/red]")
    for task in (asked, *ends):
        task.cancel()
