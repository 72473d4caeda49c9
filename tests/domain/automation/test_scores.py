"""What counts as the answer to "reply 1-5", and what is a text like any other."""

import pytest

from answerback.domain.automation.score import Score, read_score


@pytest.mark.parametrize(
    ("text", "score", "comment"),
    [
        ("5", 5, ""),
        (" 4! ", 4, ""),
        ("five", 5, ""),
        ("Cinco", 5, ""),
        ("FIVE!!!", 5, ""),
        ("4/5", 4, ""),
        ("3 out of 5, slow", 3, "slow"),
        ("5 stars", 5, ""),
        ("5️⃣", 5, ""),
        ("⭐⭐⭐", 3, ""),
        ("5 great service", 5, "great service"),
        ("1 - terrible", 1, "terrible"),
        ("5,thanks", 5, "thanks"),
    ],
)
def test_a_score_is_read_with_its_comment(text: str, score: int, comment: str) -> None:
    assert read_score(text) == Score(score, comment)


@pytest.mark.parametrize(
    "text",
    ["", "hello", "0", "6", "10", "50", "5pm", "5 pm works", "5:30", "4.5", "5-10", "2nd", "one more thing",
     "five of them", "5 where is my order?", "2 of my items are missing", "3 days", "555-1234", "5" + " very" * 80],
)  # fmt: skip
def test_any_other_text_is_none(text: str) -> None:
    assert read_score(text) is None
