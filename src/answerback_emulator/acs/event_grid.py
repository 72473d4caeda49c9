"""Event Grid's deliveries: at least once, in batches, tried again as it documents, one retry of an account at a time.

Source: learn.microsoft.com, "Event Grid message delivery and retry".
"""

import asyncio
from collections import deque
from dataclasses import dataclass
from functools import partial
from typing import Any

import msgspec

from answerback_emulator.acs.events import RECEIVED, REPORTED, show_received, show_report, subject_of, write_event
from answerback_emulator.acs.handshake import PATIENCE, grid_headers, subscribe
from answerback_emulator.callbacks import Subject, await_callback, send_callback
from answerback_emulator.delivery.courier import Parcel, Receipt
from answerback_emulator.emulator import Emulator
from answerback_emulator.world.azure import GridEvent, Subscription
from answerback_emulator.world.records import Account, Text
from answerback_emulator.world.world import World

MOST_TRIES = 30
_HOURS = 3600.0
WAITS_S = (10.0, 30.0, 60.0, 300.0, 600.0, 1800.0, _HOURS, 3 * _HOURS, 6 * _HOURS, 12 * _HOURS)
LASTS_S = 24 * _HOURS
LONGEST_ANSWER_S = 90.0
_TAKEN = frozenset({200, 201, 202, 203, 204})
_GIVEN_UP = frozenset({400, 413})
_LEAST_WAIT_S = {401: 300.0, 403: 300.0, 404: 300.0, 408: 120.0, 503: 30.0}


@dataclass(frozen=True, slots=True)
class Grid:
    """What one resource's events go through; it ends with the world it was made in."""

    emulator: Emulator
    world: World
    resource: str

    @property
    def account(self) -> Account | None:
        """The resource as it is declared now."""
        return self.world.accounts.get(self.resource) if self.emulator.world is self.world else None

    @property
    def subscription(self) -> Subscription:
        """Its events that wait."""
        return self.world.azure.subscription(self.resource)


def publish_report(emulator: Emulator, text: Text) -> None:
    """Tell the account's address what became of a text."""
    publish(emulator, text, REPORTED, subject_of(text.to), data=show_report(text))


def publish(emulator: Emulator, about: Subject, kind: str, subject: str, *, data: dict[str, Any]) -> None:
    """Tell the account's address, where it has one, of something (with whatever the dials do to it)."""
    grid = Grid(emulator, emulator.world, about.account_sid)
    account = grid.account
    if account is None or not account.event_url:
        return
    content = write_event(account, kind, subject, data)

    async def post() -> None:
        await deliver(grid, GridEvent(content))

    send_callback(emulator, about, account.event_url, post)


async def publish_received(emulator: Emulator, text: Text) -> int | None:
    """Tell it of a text from a phone; how the first try was answered, None when there was no answer."""
    account = emulator.world.accounts[text.account_sid]
    if not account.event_url:
        return None
    content = write_event(account, RECEIVED, subject_of(text.to), show_received(text))
    grid = Grid(emulator, emulator.world, account.sid)

    async def post() -> int | None:
        first: asyncio.Future[int | None] = asyncio.get_running_loop().create_future()
        await deliver(grid, GridEvent(content, first=first))
        done, _ = await asyncio.wait({first}, timeout=LONGEST_ANSWER_S)
        return first.result() if done else None

    return await await_callback(emulator, text, account.event_url, post)


async def deliver(grid: Grid, event: GridEvent) -> None:
    """One try now, or soon with others that wait where the account takes batches. Further tries follow by themselves.

    It never waits for another job of the lines: there may be no free worker left to do it.
    """
    account = grid.account
    if account is None or account.event_batch == 1:
        await _post(grid, [event])
        return
    waiting = grid.subscription.waiting
    waiting.append(event)
    grid.emulator.lines.submit(f"{account.sid} events", partial(_post_waiting, grid, waiting))


async def _post_waiting(grid: Grid, waiting: deque[GridEvent]) -> None:
    """While one batch is under way the next one gathers."""
    account = grid.account
    if account is not None and waiting:
        await _post(grid, [waiting.popleft() for _ in range(min(account.event_batch, len(waiting)))])


async def _post(grid: Grid, batch: list[GridEvent]) -> None:
    account = grid.account
    agreed = account is not None and await subscribe(grid.emulator, account)
    receipt = Receipt(None, "ct")
    if account is not None and agreed:
        receipt = await grid.emulator.courier.carry(_wrap(account, batch))
    for event in batch:
        event.note(receipt.status)
        if receipt.status not in _TAKEN:
            _plan_retry(grid, event, receipt)


def _plan_retry(grid: Grid, event: GridEvent, receipt: Receipt) -> None:
    emulator, account = grid.emulator, grid.account
    if account is None:
        return
    wait = max(WAITS_S[min(event.tries, len(WAITS_S)) - 1], _LEAST_WAIT_S.get(receipt.status or 0, 0.0))
    spent = sum(WAITS_S[: event.tries])
    if receipt.status in _GIVEN_UP or event.tries >= MOST_TRIES or spent > LASTS_S:
        sid = str(event.content["id"])
        emulator.alert(receipt.status or 0, sid, account.event_url, "Event Grid gave the event up")
        return
    again = grid.subscription.again

    def resume() -> None:
        again.append(event)
        emulator.lines.submit(f"{grid.resource} again", partial(_post_waiting, grid, again))

    emulator.later(wait * emulator.config.retry_pace * emulator.chance.spread(), resume)


def _wrap(account: Account, batch: list[GridEvent]) -> Parcel:
    contents = [event.content for event in batch]
    if account.event_schema == "eventgrid":
        kind, body = "application/json", msgspec.json.encode(contents)
    elif account.event_batch == 1:
        kind, body = "application/cloudevents+json", msgspec.json.encode(contents[0])
    else:
        kind, body = "application/cloudevents-batch+json", msgspec.json.encode(contents)
    headers = grid_headers(account, "Notification", batch[0].tries) | {"Content-Type": f"{kind}; charset=utf-8"}
    return Parcel("POST", account.event_url, headers, body, PATIENCE, account.provider)
