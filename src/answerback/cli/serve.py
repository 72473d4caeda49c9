"""`answerback serve`: opens the database, brings its schema up to date, then runs one node or several on one port."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from types import FrameType

import asyncpg
import structlog

from answerback.bootstrap import ROLES, Role
from answerback.cli.errors import CommandError
from answerback.cli.node import run_node
from answerback.logging import configure_logging
from answerback.settings import load_settings
from answerback.storage.migrate import migrate
from answerback.storage.opening import open_database

BACKLOG = 4096
DATABASE_PATIENCE_SECONDS = 60.0
RESTART_PAUSE_SECONDS = 0.5
log = structlog.get_logger(__name__)


class ServeError(CommandError):
    """The server cannot start; the message says what to change."""


@dataclass(frozen=True, slots=True)
class Listening:
    """A bound socket and the address people open."""

    socket: socket.socket
    url: str


def serve(*, host: str = "127.0.0.1", port: int = 8000, workers: int = 1, roles: str = ",".join(sorted(ROLES))) -> None:
    """Run the contact centre until it is told to stop.

    Parameters
    ----------
    host
        Address to listen on; 0.0.0.0 for every interface (behind a TLS proxy).
    port
        Port to listen on; 0 picks a free one.
    workers
        Processes that share the port; each holds nothing and may die at any time.
    roles
        What this node does, comma separated: web, router, dispatcher, clock.
    """
    settings = load_settings()
    configure_logging(settings.log_level, settings.log_format)
    chosen = parse_roles(roles)
    listening = listen(host, port)
    with open_database(settings.database_url, settings.data_dir, "serve", share=False) as database_url:
        asyncio.run(_migrate_when_up(database_url))
        log.info("serving", url=listening.url, workers=workers, roles=",".join(sorted(chosen)))
        if workers == 1:
            run_node(settings, database_url, listening.socket, chosen)
        else:
            _run_nodes(database_url, listening.socket, chosen, workers)


async def _migrate_when_up(database_url: str) -> None:
    """A machine that starts brings the database up in its own time; wait for it, then give up with its message."""
    deadline = time.monotonic() + DATABASE_PATIENCE_SECONDS
    while True:
        try:
            await migrate(database_url)
            return
        except (OSError, asyncpg.CannotConnectNowError, asyncpg.ConnectionDoesNotExistError) as error:
            if time.monotonic() > deadline:
                raise ServeError(
                    f"The database did not answer for {DATABASE_PATIENCE_SECONDS:.0f} seconds ({error}). "
                    "Start it, or correct ANSWERBACK_DATABASE_URL."
                ) from error
            log.warning("waiting_for_database", reason=type(error).__name__)
            await asyncio.sleep(1)


def parse_roles(text: str) -> frozenset[Role]:
    """Read a comma separated list of roles."""
    names = {name.strip() for name in text.split(",") if name.strip()}
    unknown = sorted(names - ROLES)
    if unknown or not names:
        raise ServeError(f"--roles: '{', '.join(unknown)}' is not a role. Choose from {', '.join(sorted(ROLES))}.")
    return frozenset(role for role in ROLES if role in names)


def listen(host: str, port: int) -> Listening:
    """Bind before anything else, so that a taken port is told at once and costs nothing."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
    except OSError as error:
        bound.close()
        raise ServeError(
            f"Cannot listen on {host} port {port}: {error.strerror}. Choose another with --port."
        ) from error
    bound.listen(BACKLOG)
    shown = "127.0.0.1" if host == "0.0.0.0" else host  # noqa: S104 - shown, not bound
    return Listening(bound, f"http://{shown}:{bound.getsockname()[1]}")


def _run_nodes(database_url: str, bound: socket.socket, roles: frozenset[Role], workers: int) -> None:
    """Keep `workers` processes running until a signal; a process that dies is replaced."""
    stopping = False

    def stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    nodes = [_start_node(database_url, bound, roles) for _ in range(workers)]
    while not stopping:
        for place, node in enumerate(nodes):
            if node.poll() is not None:
                log.warning("node_died", pid=node.pid, exit_code=node.returncode)
                time.sleep(RESTART_PAUSE_SECONDS)
                nodes[place] = _start_node(database_url, bound, roles)
        time.sleep(0.1)
    for node in nodes:
        node.terminate()
    for node in nodes:
        node.wait()


def _start_node(database_url: str, bound: socket.socket, roles: frozenset[Role]) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "answerback.cli.node", str(bound.fileno()), ",".join(sorted(roles))]
    environment = {**os.environ, "ANSWERBACK_DATABASE_URL": database_url}
    return subprocess.Popen(command, env=environment, pass_fds=[bound.fileno()])
