"""Calls at the webhook doors: the news is made durable, then the provider is told what comes next.

Both go on whatever happens to the other: a caller does not wait for the database to come back, and a request that
could not be made is itself news of the call.
"""

import dataclasses
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

import structlog

from answerback.domain.calls.behaviour import Behaviour
from answerback.domain.calls.status import CallStatus
from answerback.providers.calls import CallNews, CallTurn
from answerback.providers.contract import HookAnswer, Provider, ProviderError
from answerback.providers.voice import Voice
from answerback.storage.accounts_read import NumberRow
from answerback.usecases.arrivals import ReceivedCall
from answerback.usecases.directory import Directory, Entry


class PlanCall(Protocol):
    """What comes next in a call: usecases/plan_call.py."""

    async def __call__(
        self, account_id: int, number: NumberRow | None, news: CallNews, /, *, voice_url: str
    ) -> CallTurn: ...


log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class CallDoor:
    """`take` returns once the news is durable, or raises OSError where nothing is."""

    directory: Directory
    take: Callable[[ReceivedCall], Awaitable[None]]
    plan: PlanCall
    with_rules: Callable[[NumberRow], Awaitable[NumberRow]]
    public_url: str | None

    async def hear(
        self, provider: Provider, entry: Entry, told: Sequence[CallNews], *, address: str
    ) -> HookAnswer | None:
        """What the provider wants to hear; None: what it always hears. `address` stands in for the public one."""
        answer = None
        for news in told:
            number = await self._number(entry, news)
            await self._take(entry, number, news)
            if isinstance(provider, Voice):
                voice_url = provider.callback_urls(self.public_url or address, entry.account).voice
                turn = await self.plan(entry.account.id, number, news, voice_url=voice_url)
                answer = await self._conduct(provider, entry, number, turn)
        return answer

    async def _conduct(self, voice: Voice, entry: Entry, number: NumberRow | None, turn: CallTurn) -> HookAnswer | None:
        try:
            return await voice.conduct_call(entry.account, turn)
        except ProviderError as error:
            log.warning("call_not_conducted", account_id=entry.account.id, step=turn.news.step)
            trouble = error.failure.sentence
        news = dataclasses.replace(turn.news, status=CallStatus.FAILED, comes_in=False, trouble=trouble)
        await self._take(entry, number, news)
        return None

    async def _number(self, entry: Entry, news: CallNews) -> NumberRow | None:
        if not news.line:
            return None
        known = entry.numbers.get(news.line) or await self.directory.find_number(entry.account.id, news.line)
        return await self.with_rules(known) if known else None

    async def _take(self, entry: Entry, number: NumberRow | None, news: CallNews) -> None:
        behaviour = number.voice.behaviour if number else Behaviour.UNTOUCHED
        handled = "" if behaviour is Behaviour.UNTOUCHED else behaviour.value
        number_id = number.id if number else None
        try:
            await self.take(ReceivedCall(entry.account.id, number_id, news, handled, datetime.now(UTC)))
        except OSError as error:  # the caller is answered all the same: told again, the call would be over
            log.error("call_not_durable", account_id=entry.account.id, reason=type(error).__name__)
