"""Connection settings in a webhook URL's fragment."""

import pytest

from answerback_emulator.delivery.overrides import DEFAULT_PATIENCE, Patience, read_overrides


def test_a_plain_url_waits_five_and_fifteen_seconds_and_retries_once():
    assert read_overrides("https://x/a?b=1") == ("https://x/a?b=1", DEFAULT_PATIENCE)
    assert (DEFAULT_PATIENCE.connect_s, DEFAULT_PATIENCE.read_s, DEFAULT_PATIENCE.retries) == (5, 15, 1)


def test_the_fragment_is_taken_off_and_read():
    bare, patience = read_overrides("https://x/a?b=1#ct=500&rt=1500&tt=2000&rc=3&rp=4xx,5xx")
    assert bare == "https://x/a?b=1"
    assert patience == Patience(0.5, 1.5, 2.0, 3, frozenset({"4xx", "5xx"}))


@pytest.mark.parametrize(
    ("fragment", "expected"),
    [
        ("ct=1", Patience(connect_s=0.1)),
        ("rc=99", Patience(retries=5)),
        ("rt=99999", Patience()),
        ("rc=x&sni=y&e=ashburn", Patience()),
    ],
)
def test_values_out_of_range_are_brought_into_it(fragment: str, expected: Patience):
    assert read_overrides(f"https://x/#{fragment}")[1] == expected
