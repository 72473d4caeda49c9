"""A server that notes how official clients ask, and answers with nothing useful."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True, slots=True)
class Taken:
    """A request as it came; `target` is path and query."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes


@contextmanager
def capturing(describe: Callable[[Taken], dict[str, Any]]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Its address, and what was asked so far."""
    taken: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def _take(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            taken.append(describe(Taken(self.command, self.path, self.headers, body)))
            self.send_response(404)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"{}")

        do_GET = do_POST = _take  # noqa: N815 - the names http.server wants

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", taken
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
