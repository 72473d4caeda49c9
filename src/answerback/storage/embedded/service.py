"""The embedded server as the process sees it: opened once, kept alive, closed at the end."""

import atexit
import contextlib
import os
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import structlog

from answerback.storage.embedded.account import Account, choose_account, make_private_folder
from answerback.storage.embedded.binaries import Binaries, find_binaries
from answerback.storage.embedded.cluster import ensure_cluster
from answerback.storage.embedded.errors import AlreadyHeldError, EmbeddedPostgresError
from answerback.storage.embedded.holder import Card, Hold, Purpose, read_card, try_hold
from answerback.storage.embedded.orphan import stop_orphan
from answerback.storage.embedded.place import Place, choose_place
from answerback.storage.embedded.server import (
    Server,
    database_url,
    release_guard,
    start_server,
    stop_server,
)

PATIENCE_SECONDS = 60.0
DYING_SECONDS = 1.0  # a holder killed a moment ago may not be gone yet
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Installation:
    account: Account
    binaries: Binaries
    place: Place

    def leave(self) -> None:
        """Remove a socket folder that lies apart from the data; the one below the data may stay."""
        if self.place.socket_folder.parent != self.place.base:
            with contextlib.suppress(OSError):
                self.place.socket_folder.rmdir()

    def start(self) -> Server:
        make_private_folder(self.account, self.place.socket_folder)  # an earlier holder may have removed it
        stop_orphan(self.place)
        return start_server(self.account, self.binaries, self.place)


class EmbeddedPostgres:
    """A server we run (`owned`) or one that another process of this data folder runs for us."""

    def __init__(self, url: str, hold: Hold | None = None, installation: _Installation | None = None) -> None:
        self.url = url
        self._hold = hold
        self._installation = installation
        self._server: Server | None = None
        self._closing = threading.Event()
        self._turn = threading.Lock()
        self._pid = os.getpid()
        if hold is not None and installation is not None:
            self._server = installation.start()
            hold.announce(url)
            atexit.register(self.close)
            threading.Thread(target=self._keep_alive, name="embedded-postgres", daemon=True).start()

    @property
    def owned(self) -> bool:
        return self._hold is not None

    @property
    def postmaster_pid(self) -> int | None:
        """The process number of the server while we run it."""
        return None if self._server is None else self._server.process.pid

    def close(self) -> None:
        """Stop the server if it is ours. Safe to call twice, and from a forked child, which owns nothing."""
        if os.getpid() != self._pid:
            return
        self._closing.set()
        with self._turn:
            if self._server is not None:
                stop_server(self._server)
                self._server = None
            if self._installation is not None:
                self._installation.leave()
                self._installation = None
            if self._hold is not None:
                self._hold.release()
                self._hold = None
        atexit.unregister(self.close)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _keep_alive(self) -> None:
        """Start the server again whenever it goes without being asked to."""
        pause = 0.1
        while not self._closing.is_set():
            server = self._server
            if server is None or self._installation is None:
                return
            server.process.wait()
            with self._turn:
                if self._closing.is_set():
                    return
                log.warning("embedded_postgres_died", exit_code=server.process.returncode)
                release_guard(server)
                try:
                    self._server = self._installation.start()
                    pause = 0.1
                except (EmbeddedPostgresError, OSError) as error:
                    log.error("embedded_postgres_restart_failed", reason=str(error))
                    pause = min(pause * 2, 10.0)
            self._closing.wait(pause)


def open_embedded(data_dir: Path, purpose: Purpose, *, share: bool) -> EmbeddedPostgres:
    """Start the server of this data folder, or with `share` use the one a `serve` elsewhere runs.

    Without `share` a living `serve` elsewhere raises AlreadyHeldError. A short command is waited for in any case: its
    server goes when it ends.
    """
    try:
        account = choose_account()
        return _open_at(choose_place(account, data_dir), account, data_dir, purpose, share=share)
    except OSError as error:
        raise EmbeddedPostgresError(
            f"The embedded PostgreSQL cannot use the data folder {data_dir}: {error}. "
            "Give this account the right to write there, name another folder with ANSWERBACK_DATA_DIR, "
            "or set ANSWERBACK_DATABASE_URL."
        ) from error


def _open_at(place: Place, account: Account, data_dir: Path, purpose: Purpose, *, share: bool) -> EmbeddedPostgres:
    began = time.monotonic()
    while True:
        hold = try_hold(place.base, purpose)
        if hold is not None:
            return _open_own(hold, account, place)
        card = read_card(place.base)
        if share and card is not None and card.url and card.purpose == "serve":
            return EmbeddedPostgres(card.url)
        refused = not share and card is not None and card.purpose == "serve"
        if time.monotonic() - began > (DYING_SECONDS if refused else PATIENCE_SECONDS):
            raise _already_held(data_dir, card)
        time.sleep(0.05)


def _open_own(hold: Hold, account: Account, place: Place) -> EmbeddedPostgres:
    try:
        binaries = find_binaries(account)
        ensure_cluster(account, binaries, place)
        return EmbeddedPostgres(database_url(place), hold, _Installation(account, binaries, place))
    except BaseException:
        hold.release()
        raise


def _already_held(data_dir: Path, card: Card | None) -> AlreadyHeldError:
    who = "another process" if card is None else f"process {card.pid} ('{card.purpose}', since {card.since})"
    return AlreadyHeldError(
        f"The data folder {data_dir} is in use by {who}. "
        "Stop that process, or give this one another folder with ANSWERBACK_DATA_DIR."
    )
