"""A message template: the same words in several languages, and the one text a customer gets from it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

import msgspec
from babel.core import Locale, UnknownLocaleError

from answerback.domain.templates.pattern import BadPattern, Pattern, fill, read_pattern
from answerback.domain.templates.slots import BUILT_IN, BadValue, Slot, write_value

LONGEST_TEXT: Final = 1600


class TemplateState(StrEnum):
    """Of one version. Only what is approved is sent; approving a version retires the one before."""

    DRAFT = "draft"
    APPROVED = "approved"
    REJECTED = "rejected"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a template; `field` such as `texts.es`."""

    field: str
    problem: str
    way_out: str


@dataclass(frozen=True, slots=True)
class Template:
    """Patterns by locale (BCP 47), read. Values of `slots` are given with each text; BUILT_IN ones are known."""

    default_locale: str
    patterns: Mapping[str, Pattern]
    slots: Mapping[str, Slot]
    used: Mapping[str, tuple[Slot, ...]] = field(init=False, repr=False, compare=False)
    """By locale, the slots that its pattern has holes for."""
    names: frozenset[str] = field(init=False, repr=False, compare=False)
    """Of the holes in any of its languages."""

    def __post_init__(self) -> None:
        names = frozenset[str]().union(*(pattern.names for pattern in self.patterns.values()))
        object.__setattr__(self, "names", names)
        used = {
            locale: tuple(slot for name, slot in self.slots.items() if name in pattern.names)
            for locale, pattern in self.patterns.items()
        }
        object.__setattr__(self, "used", used)

    def locale_for(self, wanted: str | None) -> str:
        """The wanted one, else one of the same language, else the default."""
        if wanted is not None and wanted in self.patterns:
            return wanted
        language = (wanted or "").partition("-")[0].lower()
        same = (locale for locale in sorted(self.patterns) if locale.partition("-")[0].lower() == language)
        return next(same, self.default_locale)


class Written(msgspec.Struct, frozen=True):
    """What one customer gets."""

    body: str
    locale: str


@dataclass(frozen=True, slots=True)
class Unwritable:
    """Why this one text cannot be written: by slot, what is wrong with its value."""

    problems: Mapping[str, BadValue]


def read_template(
    default_locale: str, texts: Mapping[str, str], slots: tuple[Slot, ...]
) -> Template | tuple[Problem, ...]:
    """All problems at once."""
    patterns: dict[str, Pattern] = {}
    problems = list(_locale_problems(default_locale, texts))
    declared = {slot.name: slot for slot in slots}
    for locale, text in texts.items():
        read = read_pattern(text)
        if isinstance(read, BadPattern):
            problems.append(Problem(f"texts.{locale}", f"at character {read.at + 1}, {read.problem}", "Mend it there."))
        else:
            patterns[locale] = read
            problems += _text_problems(locale, text, read, declared)
    problems += _slot_problems(slots, patterns)
    return tuple(problems) or Template(default_locale, patterns, declared)


def write(
    template: Template, wanted: str | None, known: Mapping[str, str], given: Mapping[str, str]
) -> Written | Unwritable:
    """The text for one customer. `known` are built-in values, as they are; `given` are those of the slots, raw."""
    locale = template.locale_for(wanted)
    pattern = template.patterns[locale]
    values = dict(known)
    problems: dict[str, BadValue] = {}
    for slot in template.used[locale]:
        raw = given.get(slot.name, "")
        if raw and not raw.isspace():
            value = write_value(slot, raw, locale)
            if isinstance(value, str):
                values[slot.name] = value
            else:
                problems[slot.name] = value
    if problems:
        return Unwritable(problems)
    body = fill(pattern, values)
    if isinstance(body, frozenset):
        missing = BadValue("has no value", "Give one, or let the template say something instead: {name|instead}.")
        return Unwritable(dict.fromkeys(sorted(body), missing))
    if len(body) > LONGEST_TEXT:
        return Unwritable(
            {"": BadValue(f"makes a text of {len(body)} characters", f"A text has at most {LONGEST_TEXT}.")}
        )
    return Written(body, locale)


def write_sample(template: Template, locale: str, given: Mapping[str, str] | None = None) -> Written | Unwritable:
    """To look at: with what is given, and samples for the rest."""
    samples = {slot.name: slot.sample for slot in template.slots.values()}
    values = {**samples, **BUILT_IN, **(given or {})}
    return write(template, locale, {name: values[name] for name in BUILT_IN}, values)


def _locale_problems(default_locale: str, texts: Mapping[str, str]) -> Iterator[Problem]:
    for locale in texts:
        try:
            Locale.parse(locale, sep="-")
        except (UnknownLocaleError, ValueError):
            yield Problem(f"texts.{locale}", "is not a locale", "Use BCP 47, such as en-US or es.")
    if default_locale not in texts:
        yield Problem("default_locale", f"has no text: {default_locale}", "Write its text, or choose another.")


def _text_problems(locale: str, text: str, pattern: Pattern, declared: Mapping[str, Slot]) -> Iterator[Problem]:
    if not text.strip():
        yield Problem(f"texts.{locale}", "is empty", "Write the text, or leave the language out.")
    if len(text) > LONGEST_TEXT:
        yield Problem(f"texts.{locale}", f"has {len(text)} characters", f"Shorten it to {LONGEST_TEXT}.")
    for name in sorted(pattern.names - declared.keys() - BUILT_IN.keys()):
        near = next((known for known in [*declared, *BUILT_IN] if known.lower() == name.lower()), None)
        way_out = f"Did you mean {{{near}}}?" if near else "Add it to the slots, or take it out of the text."
        yield Problem(f"texts.{locale}", f"uses {{{name}}}, which is not a slot", way_out)


def _slot_problems(slots: tuple[Slot, ...], patterns: Mapping[str, Pattern]) -> Iterator[Problem]:
    used = frozenset[str]().union(*(pattern.names for pattern in patterns.values()))
    names = [slot.name for slot in slots]
    for place, slot in enumerate(slots):
        field = f"slots[{place}]"
        if slot.name in BUILT_IN:
            yield Problem(f"{field}.name", f"{slot.name} is known by itself", "Take it out of the slots, or rename it.")
        if names.count(slot.name) > 1:
            yield Problem(f"{field}.name", f"{slot.name} stands there twice", "Give each slot its own name.")
        if slot.name not in used:
            yield Problem(
                f"{field}.name", f"{slot.name} is used in no text", "Use it as {" + slot.name + "}, or remove it."
            )
        sample = write_value(slot, slot.sample, "en")
        if isinstance(sample, BadValue) or not slot.sample.strip():
            problem = sample if isinstance(sample, BadValue) else BadValue("is missing", "Give one to preview with.")
            yield Problem(f"{field}.sample", problem.problem, problem.way_out)
