"""Sends what waits in the outbox: leases numbers, claims texts at each number's pace, keeps many sends under way.

What is claimed was committed as `sending` before its request leaves, so a crash leaves it unclear, never repeated.
"""

import asyncio
import contextlib
import time
import uuid
from collections import Counter
from datetime import UTC, datetime
from typing import Final

import structlog

from answerback.providers.contract import Accepted
from answerback.storage import outbox
from answerback.storage.connection import Pool
from answerback.storage.outbox import Claimed
from answerback.storage.trouble import DATABASE_TROUBLE
from answerback.storage.wakeups import Wakeups
from answerback.workers.breaker_board import BreakerBoard
from answerback.workers.dispatcher_pace import Pace
from answerback.workers.dispatcher_results import Results, Settled, standing_of_unclear
from answerback.workers.dispatcher_sender import Sender, jitter

MOST_IN_FLIGHT: Final = 400
"""Requests under way at one account: one that hangs holds up no other."""
MOST_UNSETTLED: Final = 800
"""Answers that wait to be written."""
SMALLEST_CLAIM: Final = 100
"""While sends are under way, room is saved up to this many, so that a claim pays."""
POLL_SECONDS: Final = 1.0
RENEW_SECONDS: Final = 3.0
RECOVER_SECONDS: Final = 5.0
GRACE_SECONDS: Final = 2.5
log = structlog.get_logger(__name__)


class Dispatcher:
    """One per process; numbers are shared out among all by leases."""

    def __init__(self, pool: Pool, wakeups: Wakeups, sender: Sender) -> None:
        self.holder = f"dispatcher {uuid.uuid4()}"
        self._pool = pool
        self._wakeups = wakeups
        self._sender = sender
        self._results = Results(pool, self.holder)
        self._pace = Pace()
        self._board = BreakerBoard(pool, self.holder)
        self._leased: set[int] = set()
        self._busy: dict[int, None] = {}  # leased numbers that had texts waiting when last looked at, in turn
        self._blocked: set[int] = set()
        self._in_flight: set[asyncio.Task[None]] = set()
        self._under_way: set[int] = set()  # messages from their claim until their result is written
        self._recovered_at = 0.0
        self._asked: Counter[int] = Counter()  # requests without an answer yet, by account
        self._changed = asyncio.Event()

    async def run(self) -> None:
        """Until cancelled; then what is under way is finished and the leases are given back."""
        writing = asyncio.create_task(self._results.run())
        telling = asyncio.create_task(self._board.run())
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._keep_leases())
                tasks.create_task(self._watch())
                tasks.create_task(self._send_on())
        finally:
            with contextlib.suppress(TimeoutError, *DATABASE_TROUBLE):
                async with asyncio.timeout(GRACE_SECONDS):
                    if self._in_flight:
                        await asyncio.wait(self._in_flight)
                    await outbox.release_leases(self._pool, self.holder)
                    await self._board.clear()
            for task in [*self._in_flight, writing, telling]:
                task.cancel()
            await asyncio.gather(*self._in_flight, writing, telling, return_exceptions=True)

    async def _watch(self) -> None:
        """Learn which numbers have texts waiting: at once when told so, else every second."""
        with self._wakeups.subscribe("outbox", "config") as news:
            while True:
                try:
                    await self._look()
                except DATABASE_TROUBLE as error:
                    log.warning("dispatcher_waits_for_database", reason=type(error).__name__)
                except Exception:
                    log.exception("dispatcher_could_not_look")
                await news.wait(POLL_SECONDS)

    async def _look(self) -> None:
        waiting = await outbox.numbers_with_queued(self._pool)
        wanted = [number for number in waiting if number not in self._leased]
        if wanted:
            await self._take_leases(wanted)
        for number in waiting:
            if number in self._leased:
                self._busy.setdefault(number)
        self._changed.set()

    async def _keep_leases(self) -> None:
        """Renew in time, and take over what dispatchers that died have left."""
        while True:
            try:
                held = set(await outbox.renew_leases(self._pool, self.holder))
                for lost in self._leased - held:
                    self._drop(lost)
                abandoned = await outbox.numbers_with_strays(self._pool, self.holder)
                if abandoned:
                    await self._take_leases(abandoned)
            except DATABASE_TROUBLE as error:
                log.warning("leases_not_renewed", reason=type(error).__name__)
            except Exception:
                log.exception("leases_not_renewed")
            await asyncio.sleep(RENEW_SECONDS)

    async def _take_leases(self, numbers: list[int]) -> None:
        """A send that an earlier holder left open is unclear: nobody knows whether its request left."""
        granted = await outbox.lease_numbers(self._pool, self.holder, numbers)
        left_open = await outbox.strays(self._pool, self.holder, granted) if granted else []
        standing = standing_of_unclear("the server stopped while it was being sent")
        await asyncio.gather(*(self._results.put(Settled(message, standing)) for message in left_open))
        self._leased.update(granted)

    def _drop(self, number: int) -> None:
        self._leased.discard(number)
        self._busy.pop(number, None)
        self._blocked.discard(number)
        self._pace.forget(number)

    async def _send_on(self) -> None:
        while True:
            self._changed.clear()
            try:
                await self._recover_claims()
                more = await self._claim()
            except DATABASE_TROUBLE as error:
                log.warning("dispatcher_waits_for_database", reason=type(error).__name__)
                await asyncio.sleep(POLL_SECONDS)
                continue
            except Exception:
                log.exception("claiming_failed")
                await asyncio.sleep(POLL_SECONDS)
                continue
            if not more:
                chance = min(self._pace.next_chance(self._busy, time.monotonic()), POLL_SECONDS)
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(max(chance, 0.001)):
                        await self._changed.wait()

    async def _recover_claims(self) -> None:
        """A claim whose answer was lost may have been committed: its texts were never sent, so they queue again.

        Never beside a claim of ours, which might be the one that is about to answer.
        """
        now = time.monotonic()
        if now - self._recovered_at < RECOVER_SECONDS:
            return
        self._recovered_at = now
        lost = set(await outbox.begun(self._pool, self.holder, RECOVER_SECONDS)) - self._under_way
        if lost:
            log.warning("claims_recovered", texts=len(lost))
            await outbox.requeue(self._pool, self.holder, dict.fromkeys(lost, datetime.now(UTC)))
            await self._look()

    async def _claim(self) -> bool:
        """Claim what there is room for and start it; whether it pays to claim again at once."""
        room = self._room()
        if room < SMALLEST_CLAIM:
            return False
        facts, now = self._sender.account_and_rate, time.monotonic()
        tokens = self._pace.allowances(list(self._busy), facts, self._room_of, most=room, now=now)
        if not tokens:
            return False
        claimed, more = await outbox.claim(self._pool, self.holder, tokens, room)
        for text in claimed:
            self._under_way.add(text.message_id)
            known = facts(text.number_id)
            self._pace.spend(text.number_id, known[0] if known else 0, text.parts, now)
        for texts in self._sender.together(claimed):
            known = facts(texts[0].number_id)
            account = known[0] if known else 0
            self._asked[account] += 1
            self._in_flight.add(asyncio.create_task(self._send(texts, account)))
        self._take_turns(tokens, {text.number_id for text in claimed}, more)
        return len(claimed) > 0

    def _take_turns(self, asked: dict[int, int], gave: set[int], more: set[int]) -> None:
        """Numbers that gave and have more go to the end. One that has more but gave nothing waits: for a time, or for
        a text under way in the same conversation."""
        for number in asked:
            self._busy.pop(number, None)
            self._blocked.discard(number)
        for number in more & self._leased:
            if number in gave:
                self._busy[number] = None
            else:
                self._blocked.add(number)

    async def _send(self, texts: list[Claimed], account_id: int) -> None:
        """One request, for texts of one number."""
        number_id = texts[0].number_id
        try:
            try:
                results = await self._sender.send(texts)
            finally:
                self._asked[account_id] -= 1
                self._wake_when_roomy()
            for result in results:
                spread = 1.0 if isinstance(result, Accepted) else jitter()  # drawing it for each text is dear
                for turn in self._pace.heed(number_id, account_id, result, jitter=spread, now=time.monotonic()):
                    self._board.put(turn)
            if len(texts) == 1:
                await self._results.put(self._sender.judge(texts[0], results[0]))
            else:
                judged = map(self._sender.judge, texts, results)
                await asyncio.gather(*map(self._results.put, judged))
            # Not after a surprise: then they stay unclear, and are not repeated.
            self._under_way.difference_update(text.message_id for text in texts)
            if number_id in self._blocked:
                self._blocked.discard(number_id)
                self._busy.setdefault(number_id)
        except Exception:
            log.exception("send_not_settled", message_ids=[text.message_id for text in texts])
        finally:
            task = asyncio.current_task()
            if task is not None:
                self._in_flight.discard(task)
            self._wake_when_roomy()

    def _room(self) -> int:
        """For more requests at all."""
        return min(MOST_IN_FLIGHT, MOST_UNSETTLED - (len(self._in_flight) - self._asked.total()))

    def _room_of(self, account_id: int) -> int:
        """For more requests at one account: none rather than a few, so that a claim pays."""
        room = MOST_IN_FLIGHT - self._asked[account_id]
        return room if room >= SMALLEST_CLAIM else 0

    def _wake_when_roomy(self) -> None:
        if self._room() >= SMALLEST_CLAIM:
            self._changed.set()
