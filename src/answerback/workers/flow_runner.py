"""Moves flows on: claims runs that are due, a batch at a time, and makes the calls they owe. Any number may run."""

import asyncio
import secrets
from functools import partial
from typing import Final

import asyncpg
import msgspec
import structlog

from answerback.storage.connection import Pool
from answerback.storage.flows import read_secret
from answerback.storage.sealing import Sealer, SealingError
from answerback.storage.trouble import DATABASE_TROUBLE
from answerback.storage.wakeups import Wakeups
from answerback.usecases.flow_settings import context_of
from answerback.usecases.settle_call import Answer, settle_call
from answerback.usecases.step_flows import OutsideCall, step_due
from answerback.workers.outside_calls import Heard, OutsideCalls
from answerback.workers.turns import take_turns

BATCH: Final = 500
AT_ONCE: Final = 32
LOOK_EVERY: Final = 1.0
log = structlog.get_logger(__name__)


class FlowRunner:
    """`allowed` are hosts that may be called although they are not public."""

    def __init__(self, pool: Pool, wakeups: Wakeups, sealer: Sealer, *, allowed: frozenset[str] = frozenset()) -> None:
        self._pool = pool
        self._wakeups = wakeups
        self._sealer = sealer
        self._allowed = allowed
        self._calling: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Until cancelled; calls under way are then dropped, and made again later under the same id."""
        async with OutsideCalls(self._allowed, AT_ONCE) as outside:
            with self._wakeups.subscribe("flow") as news:
                try:
                    await take_turns("flow_runner", partial(self._step, outside), partial(news.wait, LOOK_EVERY))
                finally:
                    for task in self._calling:
                        task.cancel()

    async def _step(self, outside: OutsideCalls) -> bool:
        """Whether there was anything to do."""
        try:
            stepped = await step_due(self._pool, BATCH)
        except asyncpg.TransactionRollbackError:  # two transactions stood in each other's way: once more
            return True
        for call in stepped.calls:
            task = asyncio.create_task(self._make(outside, call))
            self._calling.add(task)
            task.add_done_callback(self._calling.discard)
        return stepped.runs > 0

    async def _make(self, outside: OutsideCalls, call: OutsideCall) -> None:
        try:
            heard = await self._ask(outside, call)
            jitter = 0.5 + secrets.randbelow(1000) / 2000
            await settle_call(self._pool, call, Answer(heard.status, heard.body, heard.problem), jitter=jitter)
        except DATABASE_TROUBLE as error:  # it is made again under the same id
            log.warning("call_not_settled", run_id=call.run_id, reason=type(error).__name__)

    async def _ask(self, outside: OutsideCalls, call: OutsideCall) -> Heard:
        step = call.asked.step
        try:
            sealed = await read_secret(self._pool, call.flow_id)
            key = self._sealer.open(sealed, context_of(call.flow_id)).decode()
        except SealingError as error:
            return Heard(None, str(error))
        body = b"" if step.method == "GET" else msgspec.json.encode(call.asked.body)
        return await outside.make(step.method, step.url, body, call_id=f"run_{call.run_id}_{call.place}", secrets=[key])
