"""A wire to a carrier that can be cut and mended: bytes are passed on both ways while it is whole.

Cut, it refuses connections and breaks those that are open, as a provider that is down does.
"""

import asyncio
import contextlib

CHUNK = 64 * 1024


class WireCut:
    """Listens at `port` and passes on to `far_port`, both on this machine."""

    def __init__(self, port: int, far_port: int) -> None:
        self.port = port
        self._far_port = far_port
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()

    async def mend(self) -> None:
        self._server = await asyncio.start_server(self._pass_on, "127.0.0.1", self.port)

    async def cut(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None
        for writer in self._open:
            writer.transport.abort()

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._far_port)
            ends = {writer, far_writer}
            self._open |= ends
            try:
                await asyncio.gather(_copy(reader, far_writer), _copy(far_reader, writer))
            finally:
                self._open -= ends
                for end in ends:
                    end.close()


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while data := await reader.read(CHUNK):
            writer.write(data)
            await writer.drain()
    writer.close()
