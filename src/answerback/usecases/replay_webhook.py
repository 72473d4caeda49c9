"""A kept webhook once more, after a person repaired the cause: read again and stored as if it had just come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from answerback.providers.contract import DeliveryReport, Happening, HookRequest, InboundText, Malformed, Provider
from answerback.providers.facts import Door
from answerback.storage.connection import Pool
from answerback.storage.events import NewEvent, append
from answerback.storage.sealing import Sealer, SealingError
from answerback.storage.wakeups import notify
from answerback.storage.webhooks import KeptWebhook, finish_kept, lock_kept
from answerback.usecases.apply_reports import apply_known
from answerback.usecases.arrivals import ReceivedReport, ReceivedText
from answerback.usecases.directory import Directory
from answerback.usecases.keep_webhook import Contents, open_contents
from answerback.usecases.receive_texts import Reception, store_texts
from answerback.usecases.refusals import Conflict, NotFound


@dataclass(frozen=True, slots=True)
class ReplayDesk:
    """What replaying needs."""

    pool: Pool
    sealer: Sealer
    providers: Mapping[str, Provider]


@dataclass(frozen=True, slots=True)
class Replayed:
    """Stored now, exactly once; a text that had come by another way meanwhile is not doubled."""

    kept_id: int


async def replay_webhook(desk: ReplayDesk, kept_id: int, actor_id: int | None) -> Replayed | NotFound | Conflict:
    """Conflict names what is still wrong; the webhook then stays kept."""
    directory = Directory(desk.pool, desk.sealer)
    await directory.refresh()
    async with desk.pool.acquire() as connection, connection.transaction():
        kept = await lock_kept(connection, kept_id)
        if kept is None:
            return NotFound(f"kept webhook {kept_id}")
        problem = await _store(desk, directory, kept)
        if problem is not None:
            return Conflict(problem)
        await finish_kept(connection, kept_id, "replayed")
        data = {"id": kept_id, "account_id": kept.account_id, "outcome": "replayed"}
        await append(connection, [NewEvent("WebhookReplayed", actor_id=actor_id, data=data)])
        await notify(connection, "event")
    return Replayed(kept_id)


async def drop_webhook(pool: Pool, kept_id: int, actor_id: int | None) -> Replayed | NotFound:
    """A person decides that nothing is to be done with it."""
    async with pool.acquire() as connection, connection.transaction():
        kept = await lock_kept(connection, kept_id)
        if kept is None:
            return NotFound(f"kept webhook {kept_id}")
        await finish_kept(connection, kept_id, "dropped")
        data = {"id": kept_id, "account_id": kept.account_id, "outcome": "dropped"}
        await append(connection, [NewEvent("WebhookReplayed", actor_id=actor_id, data=data)])
        await notify(connection, "event")
    return Replayed(kept_id)


async def _store(desk: ReplayDesk, directory: Directory, kept: KeptWebhook) -> str | None:
    """None when everything in it is stored; else what is still wrong, for people."""
    entry = directory.entry(kept.account_id)
    provider = desk.providers.get(entry.account.provider) if entry else None
    if entry is None or provider is None:
        return "The provider account's secrets cannot be opened: enter its credentials again, then replay."
    try:
        contents = open_contents(desk.sealer, kept)
    except SealingError as error:
        return str(error)
    told = _happenings(provider, kept, contents)
    problem = next((one for one in told if isinstance(one, Malformed)), None)
    if problem is not None:
        return f"It still cannot be read: {problem.field} {problem.problem}."
    texts = [one for one in told if isinstance(one, InboundText)]
    reports = [
        ReceivedReport(kept.account_id, one, kept.received_at) for one in told if isinstance(one, DeliveryReport)
    ]
    if not texts and not reports:
        return "There is nothing to store in this webhook: drop it."
    if reports and await apply_known(desk.pool, reports):
        return "No message of ours has this id at the provider."
    return await _store_texts(desk, directory, kept, texts)


async def _store_texts(
    desk: ReplayDesk, directory: Directory, kept: KeptWebhook, texts: Sequence[InboundText]
) -> str | None:
    entry = directory.entry(kept.account_id)
    items = [
        ReceivedText(kept.account_id, number.id, text, kept.received_at, delayed=True)
        for text in texts
        if entry is not None and (number := entry.numbers.get(text.to)) is not None
    ]
    if len(items) != len(texts):
        return "The number it was sent to is not one of this account's: add the number, then replay."
    if items:
        await store_texts(Reception(desk.pool, directory, desk.sealer), items)
    return None


def _happenings(provider: Provider, kept: KeptWebhook, contents: Contents) -> tuple[Happening, ...]:
    """What was read when it came, else what can be read now."""
    read = contents.text or contents.report
    return (read,) if read else provider.parse(_request(kept, contents))


def _request(kept: KeptWebhook, contents: Contents) -> HookRequest:
    url = f"{kept.url}?{contents.query}" if contents.query else kept.url
    return HookRequest(Door(kept.door), contents.method, url, kept.headers, contents.body, contents.query)
