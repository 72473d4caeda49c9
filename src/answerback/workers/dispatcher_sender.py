"""One text to its provider, and what its answer means for the text and for the pace. No database here."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import structlog

from answerback.domain.ids import MessageId
from answerback.domain.sending.failure import Failure, FailureClass, Retry, WhoCanFix
from answerback.providers.contract import Accepted, NotSent, OutboundText, Provider, SendResult, Unclear
from answerback.storage.outbox import Claimed
from answerback.usecases.directory import Directory
from answerback.workers.dispatcher_pace import Health, Pace
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

    async def send(self, claimed: Claimed) -> SendResult:
        """Never raises, but for being cancelled: whatever is not certain is unclear."""
        number = self.directory.number(claimed.number_id)
        entry = self.directory.entry(number.provider_account_id) if number else None
        if number is None or entry is None or entry.account.provider not in self.providers:
            return NotSent(GONE)
        provider, account = self.providers[entry.account.provider], entry.account
        message_id = MessageId(claimed.message_id)
        text = OutboundText(
            message_id=message_id,
            sender=number.address,
            messaging_service_id=number.messaging_service_id,
            to=claimed.phone,
            body=claimed.body,
            media_urls=tuple(self.media_url(media) for media in claimed.media),
            status_callback=provider.status_callback(self.public_url, account.id, message_id),
        )
        try:
            return await provider.send(account, text)  # providers bound their own requests in time
        except Exception as error:
            log.exception("send_failed_unexpectedly", message_id=claimed.message_id)
            return Unclear(f"the request was cut short ({type(error).__name__})")

    def account_and_rate(self, number_id: int) -> tuple[int, float] | None:
        number = self.directory.number(number_id)
        return (number.provider_account_id, number.parts_per_second) if number else None


def judge(claimed: Claimed, result: SendResult) -> Result:
    """What becomes of the text."""
    match result:
        case Accepted():
            return Settled(claimed.message_id, standing_of_accepted(result))
        case Unclear(why):
            return Settled(claimed.message_id, standing_of_unclear(why))
        case NotSent(failure) if failure.retry is Retry.NEVER or claimed.attempts >= MOST_ATTEMPTS:
            return Settled(claimed.message_id, standing_of_failure(failure))
        case NotSent(failure):
            wait = min(2.0 ** (claimed.attempts - 1), LONGEST_WAIT_SECONDS) * jitter()
            return TryAgain(claimed.message_id, max(wait, seconds_of(failure.retry_after)))


def adjust(pace: Pace, number_id: int, account_id: int, *, result: SendResult, now: float) -> None:
    """Trouble at the provider slows the account down, trouble with the rate the number; success forgives both."""
    match result:
        case Accepted():
            for health in (pace.numbers.get(number_id), pace.accounts.get(account_id)):
                if health is not None:
                    health.recover()
        case NotSent(Failure(cls=FailureClass.THROTTLED, retry_after=wait)):
            health = pace.numbers.setdefault(number_id, Health())
            health.trouble(now, jitter=jitter(), at_least=seconds_of(wait))
        case NotSent(Failure(cls=FailureClass.PROVIDER_TROUBLE, retry_after=wait)):
            health = pace.accounts.setdefault(account_id, Health())
            health.trouble(now, jitter=jitter(), at_least=seconds_of(wait))
        case _:
            pass


def seconds_of(wait: timedelta | None) -> float:
    return wait.total_seconds() if wait else 0.0


def jitter() -> float:
    """From 0.5 to 1."""
    return 0.5 + secrets.randbelow(1000) / 2000
