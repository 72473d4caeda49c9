"""Files as people bring them: any of three encodings, three separators, quotes that break."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerback.domain.files.cells import safe_cell, write_rows
from answerback.domain.files.encoding import Encoding, decode, decode_blocks, find_encoding, whole_lines
from answerback.domain.files.records import BrokenLine, Record, find_separator, read_records

TEXT = "phone,name\n+12125550101,José Núñez\n"


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (TEXT.encode(), Encoding.UTF_8),
        (codecs.BOM_UTF8 + TEXT.encode(), Encoding.UTF_8),
        (TEXT.encode("utf-16"), Encoding.UTF_16),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), Encoding.UTF_16),
        (TEXT.encode("cp1252"), Encoding.WINDOWS_1252),
        (TEXT.replace("\n", "\r\n").encode(), Encoding.UTF_8),
        (TEXT.replace("\n", "\r").encode(), Encoding.UTF_8),
    ],
)
def test_the_same_text_comes_out_of_every_encoding(content: bytes, encoding: Encoding) -> None:
    assert find_encoding([content]) is encoding
    for size in (1, 2, 3, len(content)):
        blocks = [content[at : at + size] for at in range(0, len(content), size)]
        assert "".join(decode_blocks(blocks, encoding)) == TEXT
    assert decode(content) == TEXT


@given(st.lists(st.text(st.sampled_from('ab",\n'), max_size=30)), st.integers(1, 40))
def test_blocks_of_whole_lines_are_the_text_again_and_know_their_first_line(texts: list[str], size: int) -> None:
    text = "".join(texts)
    blocks = list(whole_lines(texts, size))
    assert "".join(block for _, block in blocks) == text
    at = 1
    for place, (line, block) in enumerate(blocks):
        assert line == at
        assert place == len(blocks) - 1 or block.endswith("\n")
        at += block.count("\n")


def test_a_block_does_not_end_inside_a_quoted_cell() -> None:
    blocks = list(whole_lines(['a,"one\ntwo",b\n', "c,d,e\n"], 5))
    assert blocks[0] == (1, 'a,"one\ntwo",b\n')


@pytest.mark.parametrize(("line", "separator"), [("a,b", ","), ("a;b;c,d", ";"), ("a\tb", "\t"), ("phone", ",")])
def test_the_separator_is_found(line: str, separator: str) -> None:
    assert find_separator(line) == separator


def test_cells_over_several_lines_and_doubled_quotes_are_read() -> None:
    found = list(read_records('1,"a\nb"\n\n2,"say ""hi"""\n', ",", width=2))
    assert found == [Record(1, ["1", "a\nb"]), Record(4, ["2", 'say "hi"'])]


def test_an_unclosed_quote_costs_its_own_line_only() -> None:
    text = '1,ok\n2,"never closed\n3,ok\n4,"fine"\n5,ok\n'
    found = list(read_records(text, ",", width=2))
    broken = [one for one in found if isinstance(one, BrokenLine)]
    assert [(one.line, one.column, one.value) for one in broken] == [(2, 2, "never closed")]
    assert [one.line for one in found if isinstance(one, Record)] == [1, 3, 4, 5]


def test_text_after_a_closing_quote_is_told() -> None:
    [broken, good] = read_records('1,"a"b\n2,c\n', ",", width=2)
    assert isinstance(broken, BrokenLine)
    assert "after a closing quote" in broken.sentence
    assert good == Record(2, ["2", "c"])


def test_another_number_of_cells_is_told_but_for_empty_ones_at_the_end() -> None:
    found = list(read_records("1,a\n2,b,,\n3,c,d\n4\n,\n", ",", width=2))
    assert [one.line for one in found if isinstance(one, Record)] == [1, 2]
    told = {one.line: one.sentence for one in found if isinstance(one, BrokenLine)}
    assert "3 cells" in told[3]
    assert "1 cells" in told[4]


@given(st.text(st.sampled_from('abc",;\n\t1'), max_size=200), st.sampled_from(",;\t"))
def test_every_line_with_something_in_it_is_in_a_record_or_named(text: str, separator: str) -> None:
    lines = [one.line for one in read_records(text, separator, width=2)]
    assert lines == sorted(set(lines))
    assert all(1 <= line <= text.count("\n") + 1 for line in lines)


@given(st.lists(st.lists(st.text(st.characters(exclude_characters="\r\x00", exclude_categories=["Cs"]), min_size=1),
                         min_size=2, max_size=2)))  # fmt: skip
def test_what_is_written_is_read_again(rows: list[list[str]]) -> None:
    text = write_rows(rows).decode().replace("\r\n", "\n")
    found = list(read_records(text, ",", width=2))
    expected = [[safe_cell(cell).replace("\r\n", "\n") for cell in row] for row in rows]
    if all(sum(cell.count("\n") for cell in row) < 19 for row in rows) and not any(
        all(not part.strip() for part in row) for row in rows
    ):
        assert [one.cells for one in found if isinstance(one, Record)] == expected


@pytest.mark.parametrize("cell", ["=1+1", "@SUM(A1)", "-cmd", "+cmd|'x'", "\t=1"])
def test_formulas_go_out_harmless(cell: str) -> None:
    assert safe_cell(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["+12125550101", "-5", "-5.20", "Ana", ""])
def test_plain_cells_go_out_as_they_are(cell: str) -> None:
    assert safe_cell(cell) == cell
