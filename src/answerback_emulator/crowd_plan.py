"""Who is in the crowd and what each will say: a pure function of the seed."""

import base64
import struct
import zlib
from dataclasses import dataclass
from random import Random

from answerback_emulator.crowd_dialogues import AREA_CODES, DIALOGUES, NAMES, STREETS, Dialogue

PICTURE = "[picture]"


@dataclass(frozen=True, slots=True)
class Line:
    """One text to send."""

    body: str
    picture: bool


@dataclass(frozen=True, slots=True)
class Errand:
    """One dialogue with its slots filled, and the number it goes to."""

    to: str
    lines: tuple[Line, ...]
    impatient: str


@dataclass(frozen=True, slots=True)
class Person:
    """A customer with a phone and some errands, done one after the other."""

    name: str
    phone: str
    errands: tuple[Errand, ...]


def plan_crowd(seed: int, people: int, numbers: list[str], errands_each: int = 3) -> list[Person]:
    """The same seed gives the same people, phones and words."""
    random = Random(seed)  # noqa: S311 - a repeatable play, no secrets
    return [_plan_person(random, place, numbers, errands_each) for place in range(people)]


def draw_picture(seed: int) -> str:
    """A small photo-like PNG in base64: two colours running into each other."""
    random = Random(seed)  # noqa: S311 - a repeatable play, no secrets
    width, height = 160, 120
    near, far = ([random.randrange(40, 230) for _ in range(3)] for _ in range(2))
    rows = bytearray()
    for y in range(height):
        rows.append(0)
        for x in range(width):
            share = (x + y) / (width + height)
            rows.extend(int(one + (other - one) * share) for one, other in zip(near, far, strict=True))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(bytes(rows))) + _chunk(b"IEND", b"")
    return base64.b64encode(b"\x89PNG\r\n\x1a\n" + chunks).decode()


def _plan_person(random: Random, place: int, numbers: list[str], errands_each: int) -> Person:
    language = "es" if random.random() < 0.4 else "en"
    name = NAMES[language][place % len(NAMES[language])]
    area = random.choice(AREA_CODES[language])
    phone = f"+1{area}555{place % 10_000:04}"
    fitting = [one for one in DIALOGUES if one.language == language]
    errands = tuple(_fill(random, random.choice(fitting), name, numbers) for _ in range(errands_each))
    return Person(name, phone, errands)


def _fill(random: Random, dialogue: Dialogue, name: str, numbers: list[str]) -> Errand:
    slots = {
        "order": str(random.randrange(40_000, 60_000)),
        "amount": f"${random.randrange(1_500, 19_900) / 100:.2f}",
        "street": random.choice(STREETS[dialogue.language]),
        "name": name,
    }
    lines = tuple(
        Line(line.removeprefix(PICTURE).strip().format(**slots), line.startswith(PICTURE)) for line in dialogue.lines
    )
    return Errand(random.choice(numbers), lines, dialogue.impatient)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
