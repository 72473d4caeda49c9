"""One process of the centre: opens everything through bootstrap and serves on a socket it was given.

`python -m answerback.cli.node FD ROLES` is how `serve --workers` starts its children; a child whose
parent is gone stops.
"""

import asyncio
import gc
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar, cast

import uvicorn

from answerback.bootstrap import Centre, Role, open_centre
from answerback.logging import configure_logging
from answerback.settings import Settings, load_settings

if sys.platform == "win32":
    new_event_loop = asyncio.new_event_loop
else:
    from uvloop import new_event_loop

Result = TypeVar("Result")
GRACE_SECONDS = 3
COLLECTOR_THRESHOLDS = (20_000, 50, 100)


def run(work: Coroutine[Any, Any, Result]) -> Result:
    """`asyncio.run` on the fastest loop of this system."""
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        return runner.run(work)


def collect_rarely() -> None:
    """Long-lived objects leave the collector's sight: halves the 99th percentile (docs/decisions/0002)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECTOR_THRESHOLDS)


def run_node(settings: Settings, database_url: str, bound: socket.socket, roles: frozenset[Role]) -> None:
    """Run until SIGTERM or SIGINT; returns when everything is closed."""
    run(_run(settings, database_url, bound, roles))


async def _run(settings: Settings, database_url: str, bound: socket.socket, roles: frozenset[Role]) -> None:
    fallback_url = f"http://127.0.0.1:{bound.getsockname()[1]}"
    async with open_centre(settings, database_url, fallback_url, roles) as centre:
        collect_rarely()
        if "web" in roles:
            await _serve(centre, bound)
        else:
            await _wait_for_signal()


class _Server(uvicorn.Server):
    """Ends the live streams first when it stops: screens come back by themselves, to the next node."""

    def __init__(self, config: uvicorn.Config, end_streams: Callable[[], None]) -> None:
        super().__init__(config)
        self._end_streams = end_streams

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._end_streams()
        await super().shutdown(sockets)


async def _serve(centre: Centre, bound: socket.socket) -> None:
    config = uvicorn.Config(
        centre.app,
        http="httptools",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
        proxy_headers=True,
    )
    await _Server(config, centre.end_streams).serve(sockets=[bound])


async def _wait_for_signal() -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await stop.wait()


def _stop_with_parent(parent: int) -> None:
    """A parent that was killed cannot tell its children; they look themselves."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os.kill(os.getpid(), signal.SIGTERM)


def main() -> None:
    """Entry of a child process."""
    threading.Thread(target=_stop_with_parent, args=(os.getppid(),), daemon=True).start()
    settings = load_settings()
    configure_logging(settings.log_level, settings.log_format)
    if settings.database_url is None:
        raise SystemExit("answerback.cli.node is started by `answerback serve`, which sets ANSWERBACK_DATABASE_URL.")
    bound = socket.socket(fileno=int(sys.argv[1]))
    run_node(settings, settings.database_url, bound, frozenset(cast(list[Role], sys.argv[2].split(","))))


if __name__ == "__main__":
    main()
