"""Message templates: languages, typed slots, and what is wrong with one."""

import pytest

from answerback.domain.templates.slots import BUILT_IN, BadValue, Slot, SlotKind, write_value
from answerback.domain.templates.template import (
    Problem,
    Template,
    Unwritable,
    Written,
    read_template,
    write,
    write_sample,
)
from answerback.domain.text.parts import Encoding, count_parts

ORDER = Slot("order", SlotKind.TEXT, "A-1042")
TOTAL = Slot("total", SlotKind.MONEY, "12.50 USD")
TEXTS = {
    "en-US": "Hi {CustomerFirstName|there}, order {order} of {total} has left.",
    "es": "Hola {CustomerFirstName}: el pedido {order} de {total} ha salido.",
}


def template(texts: dict[str, str] = TEXTS, slots: tuple[Slot, ...] = (ORDER, TOTAL)) -> Template:
    read = read_template("en-US", texts, slots)
    assert isinstance(read, Template), read
    return read


@pytest.mark.parametrize(
    ("wanted", "used"),
    [
        ("es", "es"),
        ("es-PR", "es"),
        ("en-GB", "en-US"),
        ("en-US", "en-US"),
        ("fr", "en-US"),
        (None, "en-US"),
        ("", "en-US"),
    ],
)
def test_the_customers_language_is_used_else_the_same_language_else_the_default(wanted: str, used: str) -> None:
    assert template().locale_for(wanted) == used


def test_each_slot_is_written_as_people_of_that_language_write_it() -> None:
    given = {"order": "A-7", "total": "1250 USD"}
    assert write(template(), "en-US", {}, given) == Written("Hi there, order A-7 of $1,250.00 has left.", "en-US")
    in_spanish = write(template(), "es", {"CustomerFirstName": "Luis"}, given)
    assert isinstance(in_spanish, Written)
    assert "1.250,00 US$" in in_spanish.body


def test_a_missing_or_wrong_value_refuses_this_one_text_and_names_the_slot() -> None:
    missing = write(template(), "es", {}, {"order": "A-7", "total": "1 USD"})
    assert isinstance(missing, Unwritable)
    assert missing.problems.keys() == {"CustomerFirstName"}
    wrong = write(template(), "en-US", {}, {"order": "A-7", "total": "a lot"})
    assert isinstance(wrong, Unwritable)
    assert wrong.problems.keys() == {"total"}
    assert "12.50 USD" in wrong.problems["total"].way_out


def test_a_value_that_makes_the_text_too_long_refuses_it() -> None:
    long = template({"en-US": "{order}" * 4}, (ORDER,))
    assert isinstance(write(long, None, {}, {"order": "x" * 450}), Unwritable)


@pytest.mark.parametrize(
    ("kind", "given", "locale", "said"),
    [
        (SlotKind.TEXT, " two\nlines ", "en", "two lines"),
        (SlotKind.NUMBER, "1234.5", "en", "1,234.5"),
        (SlotKind.NUMBER, "1234.5", "de", "1.234,5"),
        (SlotKind.MONEY, "12.5 USD", "en-US", "$12.50"),
        (SlotKind.DATE, "2026-11-25", "en-US", "Nov 25, 2026"),
        (SlotKind.DATE, "2026-11-25", "es", "25 nov 2026"),
        (SlotKind.TIME, "14:30", "en-US", "2:30 PM"),
        (SlotKind.TIME, "2026-11-25T14:30:00", "es", "14:30"),
        (SlotKind.LINK, "https://example.org/a?b=1", "en", "https://example.org/a?b=1"),
    ],
)
def test_values_by_kind(kind: SlotKind, given: str, locale: str, said: str) -> None:
    assert write_value(Slot("x", kind, ""), given, locale) == said


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        (SlotKind.NUMBER, "many"),
        (SlotKind.NUMBER, "NaN"),
        (SlotKind.MONEY, "12.50"),
        (SlotKind.MONEY, "12.50 XXY"),
        (SlotKind.MONEY, "Infinity USD"),
        (SlotKind.DATE, "25/11/2026"),
        (SlotKind.TIME, "half past two"),
        (SlotKind.LINK, "javascript:alert(1)"),
        (SlotKind.LINK, "https://"),
        (SlotKind.TEXT, "x" * 501),
    ],
)
def test_a_value_of_another_kind_says_what_is_wanted(kind: SlotKind, given: str) -> None:
    refused = write_value(Slot("x", kind, ""), given, "en")
    assert isinstance(refused, BadValue)
    assert refused.way_out


@pytest.mark.parametrize("locale", ["en-US", "fr", "de", "es", "pt-BR", "pl"])
def test_formatting_alone_never_makes_a_text_cost_double(locale: str) -> None:
    slots = (TOTAL, Slot("day", SlotKind.DATE, "2026-03-05"), Slot("at", SlotKind.TIME, "14:30"))
    written = write_sample(template({"en-US": "x", locale: "{total} {day} {at}"}, slots), locale)
    assert isinstance(written, Written)
    assert "\u00a0" not in written.body
    assert "\u202f" not in written.body
    if locale == "en-US":
        assert count_parts(written.body).encoding is Encoding.GSM_7


@pytest.mark.parametrize(
    ("texts", "slots", "field", "way_out"),
    [
        ({"en-US": "Hi {order}"}, (), "texts.en-US", "Add it to the slots"),
        ({"en-US": "Hi {Order}"}, (ORDER,), "texts.en-US", "{order}"),
        ({"en-US": "Hi {customername}"}, (), "texts.en-US", "{CustomerName}"),
        ({"en-US": "Hi {order"}, (ORDER,), "texts.en-US", "Mend"),
        ({"en-US": " "}, (), "texts.en-US", "Write the text"),
        ({"en-US": "x" * 1601}, (), "texts.en-US", "Shorten"),
        ({"es": "Hola"}, (), "default_locale", "Write its text"),
        ({"en-US": "Hi", "klingon": "nuqneH"}, (), "texts.klingon", "BCP 47"),
        ({"en-US": "Hi"}, (ORDER,), "slots[0].name", "{order}"),
        ({"en-US": "{order}"}, (ORDER, ORDER), "slots[1].name", "own name"),
        ({"en-US": "{AgentName}"}, (Slot("AgentName", SlotKind.TEXT, "x"),), "slots[0].name", "rename"),
        ({"en-US": "{total}"}, (Slot("total", SlotKind.MONEY, "12"),), "slots[0].sample", "12.50 USD"),
        ({"en-US": "{order}"}, (Slot("order", SlotKind.TEXT, ""),), "slots[0].sample", "preview"),
    ],
)
def test_what_is_wrong_with_a_template_is_named_with_the_way_out(
    texts: dict[str, str], slots: tuple[Slot, ...], field: str, way_out: str
) -> None:
    problems = read_template("en-US", texts, slots)
    assert not isinstance(problems, Template)
    assert any(one.field == field and way_out in one.way_out for one in problems), problems
    assert all(isinstance(one, Problem) for one in problems)


def test_samples_of_the_built_in_values_show_what_they_are() -> None:
    shown = write_sample(template({"en-US": "{CustomerName} {AgentName} {NumberName}"}, ()), "en-US")
    assert shown == Written(f"{BUILT_IN['CustomerName']} {BUILT_IN['AgentName']} {BUILT_IN['NumberName']}", "en-US")
