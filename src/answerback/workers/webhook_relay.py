"""Makes the calls that are owed to other systems: signed, into public networks only, again when they are not taken."""

import asyncio
import secrets
from datetime import UTC, datetime
from functools import partial
from typing import Final
from urllib.parse import urlsplit

from answerback.domain.webhooks.calls import GIVES_UP_AFTER, GONE, is_taken, wait_after
from answerback.storage.connection import Pool
from answerback.storage.events import NewEvent, append
from answerback.storage.sealing import Sealer, SealingError
from answerback.storage.wakeups import Wakeups, notify
from answerback.storage.webhook_deliveries import DueCall, claim_due, settle_refused, settle_taken
from answerback.storage.webhook_subscriptions import switch_off
from answerback.usecases.webhook_body import write_body
from answerback.usecases.webhook_settings import context_of
from answerback.workers.outside_calls import Heard, OutsideCalls
from answerback.workers.turns import take_turns

AT_ONCE: Final = 32
HOLD_SECONDS: Final = 60.0
"""Longer than any call; after a crash it is due again then."""
POLL_SECONDS: Final = 1.0


class WebhookRelay:
    """Any number of processes may run one. `allowed` are hosts that may be called although they are not public."""

    def __init__(self, pool: Pool, wakeups: Wakeups, sealer: Sealer, *, allowed: frozenset[str] = frozenset()) -> None:
        self._pool = pool
        self._wakeups = wakeups
        self._sealer = sealer
        self._allowed = allowed

    async def run(self) -> None:
        """Until cancelled."""
        async with OutsideCalls(self._allowed, AT_ONCE) as outside:
            with self._wakeups.subscribe("webhook") as news:
                await take_turns("webhook_relay", partial(self._call_due, outside), partial(news.wait, POLL_SECONDS))

    async def _call_due(self, outside: OutsideCalls) -> bool:
        """Whether there was anything to do."""
        calls = await claim_due(self._pool, AT_ONCE, HOLD_SECONDS)
        await asyncio.gather(*(self._make(outside, call) for call in calls))
        return bool(calls)

    async def _make(self, outside: OutsideCalls, call: DueCall) -> None:
        heard = await self._ask(outside, call)
        status, problem = heard.status, heard.problem
        async with self._pool.acquire() as connection, connection.transaction():
            if status is not None and is_taken(status):
                return await settle_taken(connection, call, status)
            wait = wait_after(call.tries, jitter=0.5 + secrets.randbelow(1000) / 2000)
            seconds = None if wait is None or status == GONE or call.type == "test" else wait.total_seconds()
            await settle_refused(connection, call, status, problem, wait_seconds=seconds)
            reason = _why_give_up(call, status)
            if reason is not None and await switch_off(connection, call.subscription_id, reason):
                data = {"id": call.subscription_id, "host": urlsplit(call.url).hostname, "reason": reason}
                await append(connection, [NewEvent("WebhookSubscriptionSwitchedOff", data=data)])
                await notify(connection, "event")

    async def _ask(self, outside: OutsideCalls, call: DueCall) -> Heard:
        body = await write_body(self._pool, call)
        try:
            keys = [self._sealer.open(one, context_of(call.subscription_id)).decode() for one in call.secrets]
        except SealingError as error:
            return Heard(None, str(error))
        return await outside.make("POST", call.url, body, call_id=f"msg_{call.id}", secrets=keys)


def _why_give_up(call: DueCall, status: int | None) -> str | None:
    if status == GONE:
        return "It answered 410 Gone: it wants no more calls."
    if call.failing_since is not None and datetime.now(UTC) - call.failing_since > GIVES_UP_AFTER:
        return f"It took no call for {GIVES_UP_AFTER.days} days."
    return None
