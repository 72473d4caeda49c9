"""The traffic of a crash test: customers who text until they hear 200, agents who answer until they hear 201.

Remembers what was promised by provider: the ids of texts answered with 200, the words of replies answered with 201.
"""

import asyncio
import contextlib
import random
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass

import aiohttp

from answerback.cli.bench.agents import BenchAgent
from answerback.cli.bench.carriers import Carrier, Knock, id_of
from answerback.cli.bench.texts import customer

CUSTOMERS = 60
TEXT_PAUSE_SECONDS = 0.01
REPLY_PAUSE_SECONDS = 0.02
PATIENCE = aiohttp.ClientTimeout(total=10)
FAULTS = (aiohttp.ClientError, TimeoutError, OSError)


@dataclass(frozen=True, slots=True)
class Line:
    """An account at one carrier, its numbers by address with their ids."""

    carrier: Carrier
    account: int
    numbers: Mapping[str, int]


class Traffic:
    """Everybody outside the centre. `promised_texts` and `promised_replies` are what the centre must answer for."""

    def __init__(self, port: int, lines: Sequence[Line], crew: list[BenchAgent], *, dice: random.Random) -> None:
        self._port = port
        self._base = f"http://127.0.0.1:{port}"
        self._lines = lines
        self._provider_of = {number: line.carrier.name for line in lines for number in line.numbers.values()}
        self._crew = crew
        self._dice = dice
        self._flowing = True
        self._count = 0
        self.promised_texts: dict[str, set[str]] = {line.carrier.name: set() for line in lines}
        self.promised_replies: dict[str, set[str]] = {line.carrier.name: set() for line in lines}
        self.attempts = 0

    @contextlib.asynccontextmanager
    async def flowing(self) -> AsyncIterator[None]:
        """Traffic during the block; at its end everybody finishes what they began, then leaves. Agents stay on."""
        async with aiohttp.ClientSession(timeout=PATIENCE) as http, asyncio.TaskGroup() as group:
            for agent in self._crew:
                group.create_task(self._stay_on(http, agent))
            for _ in range(8):
                group.create_task(self._text_in(http))
            for agent in self._crew:
                group.create_task(self._reply(http, agent))
            yield
            self._flowing = False

    async def _stay_on(self, http: aiohttp.ClientSession, agent: BenchAgent) -> None:
        headers = {"Authorization": f"Bearer {agent.token}"}
        while self._flowing:
            with contextlib.suppress(*FAULTS):
                async with http.get(f"{self._base}/api/v1/stream", headers=headers) as stream:
                    async for _ in stream.content:
                        if not self._flowing:
                            return
            await asyncio.sleep(0.1)

    async def _text_in(self, http: aiohttp.ClientSession) -> None:
        while self._flowing:
            self._count += 1
            line = self._dice.choice(self._lines)
            sender, to = customer(self._dice.randrange(CUSTOMERS)), self._dice.choice(list(line.numbers))
            place, name = self._count, line.carrier.name
            text_id = id_of(name, place)
            body = f"Question {text_id}"
            knock = line.carrier.post(line.account, self._port, place, to=to, sender=sender, body=body)
            if await self._deliver(http, knock):
                self.promised_texts[name].add(text_id)
                if self._dice.random() < 0.2:
                    await self._deliver(http, knock)  # carriers repeat themselves
            await asyncio.sleep(TEXT_PAUSE_SECONDS)

    async def _deliver(self, http: aiohttp.ClientSession, knock: Knock) -> bool:
        """As a carrier with retries: the same text again until it is taken."""
        url = self._base + knock.path
        for _ in range(100):
            self.attempts += 1
            with contextlib.suppress(*FAULTS):
                async with http.post(url, data=knock.body, headers=knock.headers) as answer:
                    await answer.read()
                    if answer.status == 200:
                        return True
            await asyncio.sleep(0.2)
        return False

    async def _reply(self, http: aiohttp.ClientSession, agent: BenchAgent) -> None:
        headers = {"Authorization": f"Bearer {agent.token}"}
        mine: list[tuple[int, str]] = []
        place = 0
        while self._flowing:
            if place % 20 == 0 or not mine:
                mine = await self._held_by(http, agent, headers) or mine
            place += 1
            if mine:
                await self._say(http, self._dice.choice(mine), f"Answer {agent.id}-{place}", headers)
            await asyncio.sleep(REPLY_PAUSE_SECONDS)

    async def _held_by(
        self, http: aiohttp.ClientSession, agent: BenchAgent, headers: dict[str, str]
    ) -> list[tuple[int, str]]:
        """Conversations, and the provider of each."""
        with contextlib.suppress(*FAULTS):
            async with http.get(f"{self._base}/api/v1/desk", headers=headers) as answer:
                if answer.status == 200:
                    rows = (await answer.json())["my"]
                    return [(row["id"], self._provider_of[row["number_id"]]) for row in rows]
        return []

    async def _say(
        self, http: aiohttp.ClientSession, held: tuple[int, str], words: str, headers: dict[str, str]
    ) -> None:
        """The same key until there is an answer, as the desktop does."""
        conversation, provider = held
        url = f"{self._base}/api/v1/conversations/{conversation}/messages"
        keyed = {**headers, "Idempotency-Key": words}
        for _ in range(100):
            with contextlib.suppress(*FAULTS):
                async with http.post(url, json={"body": words}, headers=keyed) as answer:
                    await answer.read()
                    if answer.status == 201:
                        self.promised_replies[provider].add(words)
                    if answer.status < 500 and answer.status != 409:
                        return
            await asyncio.sleep(0.2)
