"""One text to its provider, and what its answer means for the text. No database here."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

import structlog

from answerback.domain.ids import MessageId
from answerback.domain.sending.failure import Failure, FailureClass, Retry, WhoCanFix
from answerback.providers.contract import Accepted, Account, NotSent, OutboundText, Provider, SendResult, Unclear
from answerback.storage.accounts_read import NumberRow
from answerback.storage.outbox import Claimed
from answerback.usecases.directory import Directory
from answerback.usecases.keep_raw import RawKeeper
from answerback.workers.dispatcher_results import (
    Result,
    Settled,
    TryAgain,
    standing_of_accepted,
    standing_of_failure,
    standing_of_unclear,
)

MOST_ATTEMPTS: Final = 12
LONGEST_WAIT_SECONDS: Final = 300.0
GONE: Final = Failure(
    FailureClass.SENDER,
    None,
    WhoCanFix.ADMINISTRATOR,
    "The number or its provider account was taken away before this text left: send it from another number.",
    Retry.NEVER,
)
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Sender:
    """`media_url` makes the public address of a stored file."""

    directory: Directory
    providers: Mapping[str, Provider]
    public_url: str
    media_url: Callable[[int], str]

    def together(self, claimed: Sequence[Claimed]) -> list[list[Claimed]]:
        """The same texts, those that one request can carry side by side."""
        groups: dict[tuple[object, ...], list[Claimed]] = {}
        whole: list[list[Claimed]] = []
        for text in claimed:
            most = self._most_together(text.number_id)
            key = (text.number_id, text.body, text.purpose, *text.media)
            group = groups.get(key) if most > 1 else None
            if group is None or len(group) >= most:
                group = groups[key] = []
                whole.append(group)
            group.append(text)
        return whole

    async def send(self, claimed: Sequence[Claimed]) -> list[SendResult]:
        """One request for texts that go together; never raises, but for being cancelled: whatever is not certain is
        unclear."""
        number = self.directory.number(claimed[0].number_id)
        entry = self.directory.entry(number.provider_account_id) if number else None
        if number is None or entry is None or entry.account.provider not in self.providers:
            return [NotSent(GONE)] * len(claimed)
        provider = self.providers[entry.account.provider]
        texts = [self._text(one, number, provider, entry.account) for one in claimed]
        try:
            results = await provider.send(entry.account, texts)  # providers bound their own requests in time
        except Exception as error:
            log.exception("send_failed_unexpectedly", message_id=claimed[0].message_id)
            return [Unclear(f"the request was cut short ({type(error).__name__})")] * len(claimed)
        missing = len(claimed) - len(results)
        return [*results, *([Unclear("the provider's answer does not name it")] * missing)]

    def _text(self, claimed: Claimed, number: NumberRow, provider: Provider, account: Account) -> OutboundText:
        message_id = MessageId(claimed.message_id)
        return OutboundText(
            message_id=message_id,
            sender=number.address,
            messaging_service_id=number.messaging_service_id,
            to=claimed.phone,
            body=claimed.body,
            media_urls=tuple(self.media_url(media) for media in claimed.media),
            status_callback=provider.status_callback(self.public_url, account, message_id),
            purpose=claimed.purpose,
            first_tried_at=claimed.sending_at,
        )

    def _most_together(self, number_id: int) -> int:
        number = self.directory.number(number_id)
        entry = self.directory.entry(number.provider_account_id) if number else None
        provider = self.providers.get(entry.account.provider) if entry else None
        return provider.facts.most_together if provider else 1

    def judge(self, claimed: Claimed, result: SendResult) -> Result:
        """What becomes of the text; what the provider said is kept where that is not good."""
        judged = judge(claimed, result)
        if isinstance(result, Accepted) or result.raw is None or not isinstance(judged, Settled):
            return judged
        number = self.directory.number(claimed.number_id)
        entry = self.directory.entry(number.provider_account_id) if number else None
        if entry is None:
            return judged
        keeper = RawKeeper(self.directory.sealer, self.providers)
        return replace(judged, raw=keeper.seal_send(entry.account, claimed.message_id, result.raw))

    def account_and_rate(self, number_id: int) -> tuple[int, float] | None:
        number = self.directory.number(number_id)
        return (number.provider_account_id, number.parts_per_second) if number else None


def judge(claimed: Claimed, result: SendResult) -> Result:
    """What becomes of the text."""
    match result:
        case Accepted():
            return Settled(claimed.message_id, standing_of_accepted(result))
        case Unclear(why=why):
            return Settled(claimed.message_id, standing_of_unclear(why))
        case NotSent(failure=failure) if failure.retry is Retry.NEVER or claimed.attempts >= MOST_ATTEMPTS:
            return Settled(claimed.message_id, standing_of_failure(failure))
        case NotSent(failure=failure):
            wait = min(2.0 ** (claimed.attempts - 1), LONGEST_WAIT_SECONDS) * jitter()
            return TryAgain(claimed.message_id, max(wait, seconds_of(failure.retry_after)))


def seconds_of(wait: timedelta | None) -> float:
    return wait.total_seconds() if wait else 0.0


def jitter() -> float:
    """From 0.5 to 1."""
    return 0.5 + secrets.randbelow(1000) / 2000
