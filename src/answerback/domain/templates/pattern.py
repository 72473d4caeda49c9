"""A text with holes, such as "Hi {CustomerFirstName|there}, order {order} is ready".

A hole is a name in braces; after a bar stands what is said where the value is missing. Braces themselves are doubled.
No conditions and no loops, on purpose: what was approved is what is sent (docs/decisions/0007-templates.md).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

_PIECE: Final = re.compile(r"\{\{|\}\}|\{([^{}|]*)(?:\|([^{}]*))?\}|[{}]|[^{}]+")
NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,49}")


@dataclass(frozen=True, slots=True)
class Hole:
    """`instead` is said where no value is known; None: there must be one."""

    name: str
    instead: str | None = None


@dataclass(frozen=True, slots=True)
class BadPattern:
    """`at` counts characters from 0."""

    at: int
    problem: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """Read once, filled often. `needed` are the names without which it cannot be said."""

    pieces: tuple[str | Hole, ...]
    names: frozenset[str] = field(init=False, repr=False, compare=False)
    needed: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        holes = [piece for piece in self.pieces if isinstance(piece, Hole)]
        object.__setattr__(self, "names", frozenset(hole.name for hole in holes))
        object.__setattr__(self, "needed", frozenset(hole.name for hole in holes if hole.instead is None))


def read_pattern(text: str) -> Pattern | BadPattern:
    """Names are letters, digits and underscores, and begin with a letter."""
    pieces: list[str | Hole] = []
    for match in _PIECE.finditer(text):
        piece, (name, instead) = match.group(), match.groups()
        if name is not None:
            if not NAME.fullmatch(name.strip()):
                return BadPattern(match.start(), f"{piece} does not name a slot: use letters, digits and underscores")
            pieces.append(Hole(name.strip(), instead))
        elif piece in ("{", "}"):
            return BadPattern(match.start(), f"there is a lone {piece}: write {piece * 2} to have it in the text")
        else:
            pieces.append({"{{": "{", "}}": "}"}.get(piece, piece))
    return Pattern(tuple(pieces))


def fill(pattern: Pattern, values: Mapping[str, str]) -> str | frozenset[str]:
    """The text, or the names of the values it lacks. An empty value is a missing one: nobody writes "Hi ,"."""
    for name in pattern.needed:
        if not values.get(name):
            return frozenset(name for name in pattern.needed if not values.get(name))
    return "".join(
        [piece if isinstance(piece, str) else values.get(piece.name) or piece.instead or "" for piece in pattern.pieces]
    )
