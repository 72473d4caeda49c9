"""What an adapter of a carrier that also carries calls can do besides. One without calls has none of it."""

from collections.abc import Mapping
from typing import Protocol, runtime_checkable

from answerback.domain.calls.behaviour import VoiceRules
from answerback.providers.calls import CallOrder, CallTurn, PlaceResult, Taken
from answerback.providers.contract import Account, AvailableNumber, Check, HookAnswer


@runtime_checkable
class Voice(Protocol):
    """Beside `Provider`, whose `parse` tells the news of calls. `facts.voice` says what kinds of target it can ring."""

    async def conduct_call(self, account: Account, turn: CallTurn) -> HookAnswer | None:
        """Say what happens next in a call: in the answer to the webhook, or, giving None, by a request of its own.

        Quick, and safe to repeat. Raises ProviderError where the provider does not do it."""
        ...

    def why_not(self, account: Account, rules: VoiceRules) -> str | None:
        """What stands in the way of a behaviour in this account, with the way out; None where nothing does."""
        ...

    async def take_calls(
        self, account: Account, number: AvailableNumber, voice_url: str
    ) -> tuple[Taken | None, list[Check]]:
        """Let the number's calls come here. None where they do not; Taken tells what was there before, or nothing
        where they came here already. Raises ProviderError."""
        ...

    async def give_calls_back(
        self, account: Account, number: AvailableNumber, voice_url: str, before: Mapping[str, str]
    ) -> list[Check]:
        """Put the number's former voice settings back, unless somebody has set others since. Raises ProviderError."""
        ...

    async def place_call(self, account: Account, order: CallOrder) -> PlaceResult: ...
