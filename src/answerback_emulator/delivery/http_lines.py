"""Keeps open connections by origin and lends them out; a line idle for long is not trusted again."""

import asyncio
import ssl
import time
from urllib.parse import urlsplit

from answerback_emulator.delivery.http_line import HttpAnswer, HttpLine

IDLE_S = 2.0
_KEPT = 128

Origin = tuple[str, str, int]


class UnreachableError(Exception):
    """No connection could be made in time: nothing was sent."""


class HttpLines:
    """Sends requests over pooled connections."""

    def __init__(self) -> None:
        self._idle: dict[Origin, list[tuple[float, HttpLine]]] = {}
        self._places: dict[str, tuple[Origin, bytes]] = {}
        self._tls: ssl.SSLContext | None = None

    async def send(
        self, method: str, url: str, headers: dict[str, str], body: bytes, *, connect_s: float
    ) -> HttpAnswer:
        """One request to the exact URL. Raises UnreachableError, BrokenLineError or ValueError (bad URL)."""
        origin, start = self._place(method, url)
        lines = "".join([f"{name}: {value}\r\n" for name, value in headers.items()])
        request = b"%b%bContent-Length: %d\r\n\r\n%b" % (start, lines.encode("latin-1"), len(body), body)
        line = self._borrow(origin) or await self._connect(origin, connect_s)
        try:
            answer = await line.exchange(request)
        except BaseException:
            line.close()
            raise
        self._give_back(origin, line)
        return answer

    def close(self) -> None:
        """Hang up every idle line."""
        for lines in self._idle.values():
            for _, line in lines:
                line.close()
        self._idle.clear()

    def _place(self, method: str, url: str) -> tuple[Origin, bytes]:
        key = f"{method} {url}"
        place = self._places.get(key)
        if place is None:
            parts = urlsplit(url)
            if parts.scheme not in ("http", "https") or not parts.hostname:
                raise ValueError(f"not a web address: {url}")
            target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            port = parts.port or (443 if parts.scheme == "https" else 80)
            host = parts.netloc.rpartition("@")[2]
            start = f"{method} {target} HTTP/1.1\r\nHost: {host}\r\n".encode("ascii")
            place = ((parts.scheme, parts.hostname, port), start)
            if len(self._places) > 1_000:
                self._places.clear()
            self._places[key] = place
        return place

    def _borrow(self, origin: Origin) -> HttpLine | None:
        lines = self._idle.get(origin)
        oldest = time.monotonic() - IDLE_S
        while lines:
            since, line = lines.pop()
            if since >= oldest and line.is_usable:
                return line
            line.close()
        return None

    def _give_back(self, origin: Origin, line: HttpLine) -> None:
        lines = self._idle.setdefault(origin, [])
        if line.is_usable and len(lines) < _KEPT:
            lines.append((time.monotonic(), line))
        else:
            line.close()

    async def _connect(self, origin: Origin, connect_s: float) -> HttpLine:
        scheme, host, port = origin
        loop = asyncio.get_running_loop()
        tls = self._tls_context() if scheme == "https" else None
        try:
            async with asyncio.timeout(connect_s):
                _, line = await loop.create_connection(HttpLine, host, port, ssl=tls)
        except (OSError, TimeoutError) as error:
            raise UnreachableError(str(error) or "no connection in time") from error
        return line

    def _tls_context(self) -> ssl.SSLContext:
        if self._tls is None:
            self._tls = ssl.create_default_context()
        return self._tls
