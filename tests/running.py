"""Starts the product and the emulator as real processes on free ports, and speaks to them as their users do."""

import asyncio
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

PATIENCE = 30.0
Json = Any


@dataclass(frozen=True, slots=True)
class Running:
    """A process that answers at `base_url`; `log` holds what it wrote."""

    base_url: str
    process: subprocess.Popen[bytes]
    log: Path


def free_port() -> int:
    """A port of 127.0.0.1 that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(
    command: Sequence[str], *, port: int, ready: str, environment: dict[str, str] | None = None
) -> Iterator[Running]:
    """The process, from the moment that `ready` answers 200 until the end of the block. Its log is shown if it dies."""
    with tempfile.NamedTemporaryFile(prefix="abt-", suffix=".log", delete=False) as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env={**os.environ, **(environment or {})})
    one = Running(f"http://127.0.0.1:{port}", process, Path(log.name))
    try:
        _wait_until_ready(one, ready)
        yield one
    finally:
        process.terminate()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        one.log.unlink()


def _wait_until_ready(one: Running, path: str) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if one.process.poll() is not None:
            break
        with suppress(OSError), urllib.request.urlopen(one.base_url + path, timeout=5) as answer:
            if answer.status == 200:
                return
        time.sleep(0.02)  # a process offers nothing to wait on but its door
    raise AssertionError(f"{one.process.args} is not ready at {path}:\n{one.log.read_text()}")


@contextmanager
def emulator_running() -> Iterator[Running]:
    """The carriers and phones, with an empty world."""
    port = free_port()
    command = [sys.executable, "-m", "answerback_emulator", "--port", str(port)]
    with running(command, port=port, ready="/emulator/dials") as one:
        yield one


class Api:
    """JSON over HTTP; fails with the answer's words where the status is not the expected one."""

    def __init__(self, session: aiohttp.ClientSession, base_url: str, headers: dict[str, str] | None = None) -> None:
        self.session, self.base_url, self.headers = session, base_url, headers or {}

    async def ask(
        self, method: str, path: str, body: Json = None, *, expect: int = 0, headers: dict[str, str] | None = None
    ) -> Json:
        """`expect` 0 takes any 2xx."""
        sent = {**self.headers, **(headers or {})}
        async with self.session.request(method, self.base_url + path, json=body, headers=sent) as answer:
            text = await answer.text()
            fine = answer.status == expect if expect else answer.status < 300
            assert fine, f"{method} {path} answered {answer.status}: {text}"
            return await answer.json(content_type=None) if text else None

    async def get(self, path: str) -> Json:
        return await self.ask("GET", path)

    async def post(self, path: str, body: Json = None) -> Json:
        return await self.ask("POST", path, body)

    async def patch(self, path: str, body: Json) -> Json:
        return await self.ask("PATCH", path, body)

    async def put(self, path: str, body: Json = None) -> Json:
        return await self.ask("PUT", path, body)


async def eventually(what: str, find: Any, *, within: float = PATIENCE) -> Json:
    """The first true value that `find` (async, without arguments) gives; asks again until then."""
    until = asyncio.get_running_loop().time() + within
    found = None
    while asyncio.get_running_loop().time() < until:
        found = await find()
        if found:
            return found
        await asyncio.sleep(0.02)  # the far side is another process: asking again is the only way to see it change
    raise AssertionError(f"waited {within:g} s in vain: {what}; last seen: {found!r}")


SECRET_KEY = "a-secret-key-for-tests-only-0123456789abcdef"
ADMINISTRATOR, PASSWORD = "root@centre.example", "correct horse battery staple"
CLI = (sys.executable, "-m", "answerback.cli.main")


@dataclass(frozen=True, slots=True)
class Centre:
    """A contact centre: its database, the address providers were given, and the environment its processes share."""

    public_url: str
    environment: dict[str, str]
    port: int

    def command(self, *words: str, said: str = "") -> str:
        """Run the product's command line; what it printed."""
        done = subprocess.run(
            [*CLI, *words],
            input=said,
            capture_output=True,
            text=True,
            env={**os.environ, **self.environment},
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == 0, f"answerback {' '.join(words)}: {done.stdout}{done.stderr}"
        return done.stdout.strip()

    @contextmanager
    def serving(self, folder: Path, *, port: int = 0, roles: str = "") -> Iterator[Running]:
        """One `answerback serve` with a data folder of its own; its port is the public one unless another is given."""
        chosen = port or self.port
        folder.mkdir(parents=True, exist_ok=True)
        command = [*CLI, "serve", "--host", "127.0.0.1", "--port", str(chosen), *(["--roles", roles] if roles else [])]
        environment = {**self.environment, "ANSWERBACK_DATA_DIR": str(folder)}
        with running(command, port=chosen, ready="/readyz", environment=environment) as one:
            yield one

    def make_administrator(self) -> str:
        """An administrator by the command line, and a token of theirs."""
        words = ("user", "create", "--email", ADMINISTRATOR, "--role", "administrator", "--password-stdin")
        self.command(*words, said=PASSWORD + "\n")
        return self.command("token", "create", "--user", ADMINISTRATOR, "--name", "tests")


def new_centre(database_url: str, folder: Path) -> Centre:
    """A centre on this database; nothing runs yet."""
    port = free_port()
    public_url = f"http://127.0.0.1:{port}"
    environment = {
        "ANSWERBACK_DATABASE_URL": database_url,
        "ANSWERBACK_DATA_DIR": str(folder),
        "ANSWERBACK_PUBLIC_URL": public_url,
        "ANSWERBACK_SECRET_KEY": SECRET_KEY,
        "ANSWERBACK_LOG_FORMAT": "json",
    }
    return Centre(public_url, environment, port)
