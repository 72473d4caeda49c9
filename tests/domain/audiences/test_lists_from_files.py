"""Lines of a file become members, and what is wrong is told by line and column."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from answerback.domain.audiences.columns import Layout, Mapping, mapping_problem, read_layout
from answerback.domain.audiences.members import Batch, read_locale, read_members
from answerback.domain.audiences.phones import read_phone
from answerback.domain.files.encoding import Encoding
from answerback.domain.numbers.phone import BadPhone, is_short_code, parse_phone

DIGITS = st.text("0123456789", min_size=5, max_size=12)
SEPARATED = st.lists(st.sampled_from(["+", "1", "+1", "(", ")", " ", "-", ".", "212", "555", "0101", "787", "44", "0"]),
                     max_size=12).map("".join)  # fmt: skip


def layout_of(text: str) -> Layout:
    layout = read_layout(text, Encoding.UTF_8)
    assert layout is not None
    return layout


def read(text: str, mapping: Mapping) -> Batch:
    return read_members(text, 1, layout_of(text), mapping)


@given(st.one_of(DIGITS, SEPARATED, st.text(max_size=20)), st.sampled_from(["US", "CA", "PR", "GB", "DE"]))
@example("(212) 555-0101", "US")
@example("1 212 555 0101", "US")
@example("+44 20 7946 0958", "US")
@example("12345", "US")
def test_the_quick_look_agrees_with_the_way_phones_are_read_everywhere(cell: str, region: str) -> None:
    read_slowly, found = parse_phone(cell, region), read_phone(cell, region)
    if isinstance(read_slowly, BadPhone) or is_short_code(read_slowly.address):
        assert isinstance(found, BadPhone)
    else:
        assert found == read_slowly.address


def test_columns_are_recognised_by_name() -> None:
    layout = layout_of("First name;Mobile phone;Language;Order no.\nAna;+12125550101;es;A-1\n")
    assert layout.separator == ";"
    assert [(column.use, column.slot) for column in layout.columns] == [
        ("value", "First_name"), ("phone", ""), ("locale", ""), ("value", "Order_no")
    ]  # fmt: skip
    assert layout.rows == [["Ana", "+12125550101", "es", "A-1"]]


def test_a_file_without_heading_is_recognised_by_its_phones() -> None:
    layout = layout_of("Ana,+12125550101\nBen,+12125550102\n")
    assert not layout.heading
    assert [column.use for column in layout.columns] == ["value", "phone"]
    batch = read("Ana,+12125550101\nBen,+12125550102\n", Mapping(1, None, {"name": 0}))
    assert [(member[0], member[3]) for member in batch.members] == [(1, {"name": "Ana"}), (2, {"name": "Ben"})]


def test_a_file_with_nothing_in_it_has_no_columns() -> None:
    assert read_layout("\n  \n", Encoding.UTF_8) is None


def test_good_lines_are_taken_and_bad_ones_named() -> None:
    text = (
        "phone,lang,name\n"
        "(212) 555-0101,es_MX,Ana\n"
        "nonsense,en,Ben\n"
        "\n"
        '212-555-0103,en,"Cy\n'
        "2125550104,klingonish!,=HYPERLINK(1)\n"
        "12345,en,Dan\n"
        "2125550105\n"
        "2125550106,,\n"
        f"2125550107,en,{'x' * 501}\n"
    )
    batch = read(text, Mapping(0, 1, {"name": 2}))
    assert batch.members == [
        (2, "+12125550101", "es-MX", {"name": "Ana"}),
        (6, "+12125550104", None, {"name": "=HYPERLINK(1)"}),
        (9, "+12125550106", None, {}),
    ]
    assert [(one.line, one.column, one.kind) for one in batch.problems] == [
        (3, "phone", "problem"),
        (5, "name", "problem"),
        (6, "name", "note"),
        (6, "lang", "note"),
        (7, "phone", "problem"),
        (8, "", "problem"),
        (10, "name", "problem"),
    ]
    assert all(len(one.value) <= 100 and one.sentence.endswith(".") for one in batch.problems)


def test_a_block_from_the_middle_of_the_file_counts_on() -> None:
    batch = read_members("2125550101\nx\n", 501, layout_of("phone\n"), Mapping(0))
    assert [member[0] for member in batch.members] == [501]
    assert [problem.line for problem in batch.problems] == [502]


@given(st.text(max_size=300))
def test_no_text_breaks_the_reading(text: str) -> None:
    layout = read_layout(text, Encoding.UTF_8)
    if layout is not None:
        batch = read_members(text, 1, layout, Mapping(0, None, {"last": len(layout.columns) - 1}))
        lines = {member[0] for member in batch.members} | {problem.line for problem in batch.problems}
        assert len(batch.members) <= text.count("\n") + 1
        assert all(1 <= line <= text.count("\n") + 1 for line in lines)


@pytest.mark.parametrize(
    ("said", "locale"),
    [("es_mx", "es-MX"), ("Spanish", "es"), ("EN", "en"), ("zh-Hant-TW", "zh-Hant-TW"), ("", None), ("what?", None)],
)
def test_languages_are_read_as_people_write_them(said: str, locale: str | None) -> None:
    assert read_locale(said) == locale


def test_columns_that_are_not_there_cannot_be_chosen() -> None:
    layout = layout_of("phone,name\n")
    assert mapping_problem(layout, Mapping(0, None, {"name": 1})) is None
    assert "0 to 1" in str(mapping_problem(layout, Mapping(0, 2)))
