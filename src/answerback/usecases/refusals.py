"""The ways a use case says no: values, each with what happened and what to do. The doors turn them into answers."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """One thing wrong with one field; `field` is its path, such as `members[2]`."""

    field: str
    problem: str
    way_out: str


@dataclass(frozen=True, slots=True)
class Invalid:
    """The values cannot be used."""

    problems: tuple[FieldProblem, ...]


@dataclass(frozen=True, slots=True)
class NotFound:
    """`what` is a noun for people: "queue 7"."""

    what: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """The values are fine, but not beside what exists already."""

    sentence: str
    problems: tuple[FieldProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class InUse:
    """Cannot be removed: `used_by` names what would lose it, such as "workstream Support"."""

    what: str
    used_by: tuple[str, ...]
    way_out: str


@dataclass(frozen=True, slots=True)
class ProviderRefused:
    """The provider could not be asked, or said no; `sentence` is for people."""

    sentence: str


Refusal = Invalid | NotFound | Conflict | InUse | ProviderRefused


def invalid(field: str, problem: str, way_out: str) -> Invalid:
    """One field, one problem."""
    return Invalid((FieldProblem(field, problem, way_out),))
