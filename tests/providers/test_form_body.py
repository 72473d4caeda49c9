"""A form is written as the standard library writes it, whatever is in it."""

from urllib.parse import urlencode

from hypothesis import example, given
from hypothesis import strategies as st

from answerback.providers.form_body import encoded

NAMES = st.sampled_from(["To", "Body", "phone_number", "message_type"])


@given(st.lists(st.tuples(NAMES, st.text())))
@example([("To", "+12125550100"), ("Body", "Größe & Preis: 5 € = ½\r\n~*"), ("Body", "٣"), ("Body", "")])
def test_a_form_is_encoded_as_the_standard_library_does(form: list[tuple[str, str]]) -> None:
    assert encoded(form) == urlencode(form).encode()
