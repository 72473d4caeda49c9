"""Parts as a carrier counts them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerback_emulator.world.segments import GSM_BASIC, GSM_EXTENDED, count_parts


@pytest.mark.parametrize(
    ("body", "encoding", "total"),
    [
        ("", "GSM-7", 1),
        ("a" * 160, "GSM-7", 1),
        ("a" * 161, "GSM-7", 2),
        ("a" * 306, "GSM-7", 2),
        ("a" * 307, "GSM-7", 3),
        ("€" * 80, "GSM-7", 1),
        ("€" * 81, "GSM-7", 2),
        ("a" * 152 + "€" + "a" * 152, "GSM-7", 3),
        ("é" * 160, "GSM-7", 1),
        ("á" * 70, "UCS-2", 1),
        ("á" * 71, "UCS-2", 2),
        ("👍" * 35, "UCS-2", 1),
        ("á" * 66 + "👍" + "á" * 66, "UCS-2", 3),
    ],
)
def test_known_texts(body: str, encoding: str, total: int):
    assert count_parts(body) == (encoding, total)


@given(st.text(st.sampled_from(sorted(GSM_BASIC | GSM_EXTENDED)), max_size=700))
def test_an_escape_pair_is_never_cut(body: str):
    septets = [2 if character in GSM_EXTENDED else 1 for character in body]
    parts, room = 1, 153
    for width in septets:
        if width > room:
            parts, room = parts + 1, 153
        room -= width
    assert count_parts(body).total == (1 if sum(septets) <= 160 else parts)


@given(st.text(max_size=400))
def test_one_character_more_never_needs_fewer_parts(body: str):
    assert count_parts(body + "á").total >= count_parts(body).total
