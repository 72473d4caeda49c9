"""python -m answerback_emulator.crowd: customers who text in, wait for an answer and go on talking.

Uses only the emulator's admin API, so it can run against any emulator. Stops when every errand is done,
or on Ctrl-C.
"""

import argparse
import asyncio
from contextlib import suppress
from dataclasses import dataclass
from random import Random
from typing import Any
from zlib import crc32

import aiohttp
import msgspec

from answerback_emulator.crowd_plan import Errand, Line, Person, draw_picture, plan_crowd

NO_PICTURE = "(picture not sent: this number takes none)"


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast: new errands per second in all, seconds to type an answer, seconds before asking again."""

    errands_per_second: float = 0.5
    typing_s: float = 3.0
    patience_s: float = 60.0


class Crowd:
    """Plays the people of a plan against one emulator."""

    def __init__(self, session: aiohttp.ClientSession, people: list[Person], pace: Pace, seed: int) -> None:
        self._session = session
        self._people = people
        self._pace = pace
        self._random = Random(seed)  # noqa: S311 - a repeatable play, no secrets
        self._answers: dict[str, asyncio.Queue[str]] = {one.phone: asyncio.Queue() for one in people}
        self._door = asyncio.Lock()
        self._with_pictures: set[str] = set()
        self.texts_sent = 0

    async def play(self) -> None:
        """Add the phones, then let everybody do their errands."""
        async with self._session.get("/emulator/numbers") as answer:
            numbers = msgspec.json.decode(await answer.read(), type=list[dict[str, Any]])
        self._with_pictures = {one["phone_number"] for one in numbers if "mms" in one["capabilities"]}
        for person in self._people:
            await self._post("/emulator/phones", {"number": person.phone, "name": person.name})
        ready = asyncio.Event()
        listener = asyncio.create_task(self._listen(ready))
        try:
            await ready.wait()
            await asyncio.gather(*(self._live(person) for person in self._people))
        finally:
            listener.cancel()
            with suppress(asyncio.CancelledError):
                await listener

    async def _live(self, person: Person) -> None:
        for errand in person.errands:
            await self._take_turn()
            if not await self._talk(person, errand):
                return

    async def _take_turn(self) -> None:
        """Errands begin one by one, at random distances that average to the pace."""
        async with self._door:
            await asyncio.sleep(self._random.expovariate(self._pace.errands_per_second))

    async def _talk(self, person: Person, errand: Errand) -> bool:
        """Say each line after an answer to the one before; False: gave up, or said STOP."""
        for place, line in enumerate(errand.lines):
            if place > 0 and not await self._wait_for_answer(person, errand):
                return False
            await self._say(person, errand.to, line)
            if line.body == "STOP":
                return False
        await self._answered_within(person, self._pace.patience_s)
        return True

    async def _wait_for_answer(self, person: Person, errand: Errand) -> bool:
        if not await self._answered_within(person, self._pace.patience_s):
            await self._say(person, errand.to, Line(errand.impatient, picture=False))
            if not await self._answered_within(person, self._pace.patience_s * 5):
                return False
        await asyncio.sleep(self._pace.typing_s * (0.5 + self._random.random()))
        return True

    async def _answered_within(self, person: Person, seconds: float) -> bool:
        answers = self._answers[person.phone]
        try:
            await asyncio.wait_for(answers.get(), seconds)
        except TimeoutError:
            return False
        while not answers.empty():
            answers.get_nowait()
        return True

    async def _say(self, person: Person, to: str, line: Line) -> None:
        media, body = [], line.body
        if line.picture and to in self._with_pictures:
            seed = crc32(f"{person.phone} {line.body}".encode())
            media.append({"content_type": "image/png", "base64": draw_picture(seed)})
        elif line.picture:
            body = f"{line.body} {NO_PICTURE}".strip()
        await self._post(f"/emulator/phones/{person.phone}/texts", {"to": to, "body": body, "media": media})
        self.texts_sent += 1

    async def _post(self, path: str, content: dict[str, Any]) -> None:
        async with self._session.post(path, data=msgspec.json.encode(content)) as answer:
            if answer.status >= 400:
                raise RuntimeError(f"The emulator refused {path}: {await answer.text()}")

    async def _listen(self, ready: asyncio.Event) -> None:
        unlimited = aiohttp.ClientTimeout(total=None, sock_read=None)
        async with self._session.get("/emulator/stream", timeout=unlimited) as stream:
            kind = b""
            async for line in stream.content:
                ready.set()
                if line.startswith(b"event: "):
                    kind = line[7:].strip()
                elif line.startswith(b"data: ") and kind == b"text":
                    self._hear(msgspec.json.decode(line[6:]))

    def _hear(self, text: dict[str, Any]) -> None:
        if text["direction"].startswith("outbound") and text["phone"] in self._answers:
            self._answers[text["phone"]].put_nowait(text["body"])


async def play_crowd(url: str, numbers: list[str], *, people: int, pace: Pace, seed: int) -> int:
    """Play a whole crowd; gives back how many texts it sent."""
    plan = plan_crowd(seed, people, numbers)
    async with aiohttp.ClientSession(base_url=url) as session:
        crowd = Crowd(session, plan, pace, seed)
        await crowd.play()
        return crowd.texts_sent


def run() -> None:
    """Parse the command line and play."""
    parser = argparse.ArgumentParser(prog="answerback_emulator.crowd", description=__doc__)
    parser.add_argument("--emulator", default="http://127.0.0.1:8001", help="address of the emulator")
    parser.add_argument("--number", action="append", required=True, help="number to text; may be repeated")
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--rate", type=float, default=0.5, help="new conversations per second")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    pace = Pace(errands_per_second=given.rate)
    with suppress(KeyboardInterrupt):
        asyncio.run(play_crowd(given.emulator, given.number, people=given.people, pace=pace, seed=given.seed))


if __name__ == "__main__":
    run()
