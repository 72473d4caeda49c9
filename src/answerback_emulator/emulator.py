"""The running emulator: its world, dials and the ways it calls others. Carriers and phones work on this."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from dataclasses import asdict, dataclass, field
from typing import Any

import msgspec

from answerback_emulator.delivery.announcer import Announcer
from answerback_emulator.delivery.courier import Courier
from answerback_emulator.delivery.exchanges import ExchangeLog, show_exchange
from answerback_emulator.delivery.lines import Lines
from answerback_emulator.settings.config import Config
from answerback_emulator.settings.dials import Chance
from answerback_emulator.world.calls import CallStore
from answerback_emulator.world.texts import TextStore
from answerback_emulator.world.world import Alert, World


@dataclass(slots=True)
class Emulator:
    """Everything one emulator holds. `base_url` is learnt from requests unless configured."""

    config: Config
    world: World
    chance: Chance
    log: ExchangeLog
    courier: Courier
    lines: Lines
    announcer: Announcer
    base_url: str = ""
    epoch: int = 0
    background: set[asyncio.Task[None]] = field(default_factory=set)

    def later(self, seconds: float, step: Callable[[], None]) -> None:
        """Run a step after a time, unless the world was reset meanwhile."""
        epoch = self.epoch

        def run() -> None:
            if self.epoch == epoch:
                step()

        loop = asyncio.get_running_loop()
        if seconds > 0:
            loop.call_later(seconds, run)
        else:
            loop.call_soon(run)

    def spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Run something that waits (fetching a picture, a delayed webhook) beside everything else."""
        task = asyncio.get_running_loop().create_task(work)
        self.background.add(task)
        task.add_done_callback(self.background.discard)
        return task

    def alert(self, code: int, sid: str, url: str, detail: str) -> None:
        """Write in the carrier's debugger."""
        alert = Alert(time.time(), code, sid, url, detail)
        self.world.alerts.append(alert)
        self.announcer.tell("alert", lambda: asdict(alert))

    def reset(self) -> None:
        """Back to how it started: texts, opt-outs and log are gone, declared things are there again."""
        self.epoch += 1
        self._stop_background()
        self.lines.clear()
        self.log.clear()
        self.world = _populate(self.config)
        self.chance.turn(self.config.dials)
        self.announcer.tell("reload", dict)

    async def close(self) -> None:
        """Stop all work and connections."""
        self.epoch += 1
        self.announcer.close()
        await self.lines.close()
        self._stop_background()
        await asyncio.gather(*self.background, return_exceptions=True)
        self.courier.close()

    def _stop_background(self) -> None:
        for task in self.background:
            task.cancel()


def build_emulator(config: Config) -> Emulator:
    """Join the parts; opens nothing yet."""
    log = ExchangeLog(config.keep_exchanges)
    announcer = Announcer()
    log.listener = lambda exchange: announcer.tell("exchange", lambda: show_exchange(exchange))
    return Emulator(
        config=config,
        world=_populate(config),
        chance=Chance(config.dials),
        log=log,
        courier=Courier(log),
        lines=Lines(config.callback_workers),
        announcer=announcer,
        base_url=config.public_url.rstrip("/"),
    )


def _populate(config: Config) -> World:
    fresh = msgspec.json.decode(msgspec.json.encode(config), type=Config)
    world = World(texts=TextStore(config.keep_texts), calls=CallStore(config.keep_calls))
    for account in fresh.accounts:
        world.add_account(account)
    for service in fresh.services:
        world.services[service.sid] = service
    for number in fresh.numbers:
        world.add_number(number)
    for phone in fresh.phones:
        world.add_phone(phone)
    return world
