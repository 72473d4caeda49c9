"""Our reader of forms agrees with the standard library's on whatever arrives."""

from urllib.parse import parse_qsl, quote_plus, urlencode

from hypothesis import example, given
from hypothesis import strategies as st

from answerback.providers.twilio.forms import parse_form

FORM_TEXT = st.text(st.sampled_from("ab=&%+01289aAfFcCeE3;. \t"), max_size=40)


@given(FORM_TEXT)
@example("=x&a&&a=&%=%2&%zz=%C3%A9&a=%ED%A0%80&b=%00")
def test_broken_and_odd_forms_are_read_as_the_standard_library_reads_them(text: str) -> None:
    assert parse_form(text.encode()) == parse_qsl(text, keep_blank_values=True)


@given(st.lists(st.tuples(st.text(min_size=1), st.text())))
def test_any_names_and_values_come_back_as_they_were_sent(pairs: list[tuple[str, str]]) -> None:
    pairs = [
        (name.encode("utf-8", "replace").decode(), value.encode("utf-8", "replace").decode()) for name, value in pairs
    ]
    assert parse_form(urlencode(pairs).encode()) == pairs


@given(st.binary(max_size=60))
def test_no_bytes_at_all_make_it_fail(body: bytes) -> None:
    assert parse_form(body) == parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)


@given(st.text(max_size=20))
def test_unescaped_text_beyond_ascii_is_read_too(value: str) -> None:
    body = f"a={quote_plus('x y')}&b={value}".encode("utf-8", "replace")
    assert parse_form(body) == parse_qsl(body.decode(), keep_blank_values=True)
