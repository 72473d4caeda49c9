"""What an adapter can do besides where its carrier keeps opt-outs that can be asked for."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from answerback.providers.contract import Account


@runtime_checkable
class OptOutList(Protocol):
    """Beside `Provider`."""

    async def opted_out(self, account: Account, sender: str, phones: Sequence[str]) -> frozenset[str]:
        """Those of `phones` that the carrier sends nothing from `sender` to any more. Raises ProviderError, with
        `FailureClass.ACCOUNT` where the account may not read the list."""
        ...
