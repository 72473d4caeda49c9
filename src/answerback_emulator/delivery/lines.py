"""Runs webhook jobs on a bounded number of workers; jobs of one line (one text) keep their order."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable

_log = logging.getLogger(__name__)

Job = Callable[[], Awaitable[object]]


class Lines:
    """Jobs with the same key run one after the other, different keys side by side."""

    def __init__(self, workers: int) -> None:
        self._free = workers
        self._ready: deque[tuple[str, Job]] = deque()
        self._behind: dict[str, deque[Job]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def submit(self, key: str, job: Job) -> None:
        """Queue a job behind the earlier ones of its line."""
        line = self._behind.get(key)
        if line is not None:
            line.append(job)
            return
        self._behind[key] = deque()
        self._ready.append((key, job))
        if self._free > 0:
            self._free -= 1
            task = asyncio.get_running_loop().create_task(self._work())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    def clear(self) -> None:
        """Drop what has not started."""
        self._ready.clear()
        self._behind.clear()

    async def close(self) -> None:
        """Stop the workers at once."""
        self.clear()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _work(self) -> None:
        try:
            while self._ready:
                key, job = self._ready.popleft()
                try:
                    await job()
                except Exception:
                    _log.exception("a webhook job failed; the next one goes on")
                finally:
                    self._release(key)
        finally:
            self._free += 1

    def _release(self, key: str) -> None:
        line = self._behind.get(key)
        if line:
            self._ready.append((key, line.popleft()))
        elif line is not None:
            del self._behind[key]
