"""A begun HMAC is left as it was: each request is signed by itself."""

import hmac

from hypothesis import given
from hypothesis import strategies as st

from answerback.providers.keyed_hash import keyed_hash


@given(key=st.binary(max_size=200), texts=st.lists(st.binary(), min_size=2), digest=st.sampled_from(["sha1", "sha256"]))
def test_every_text_is_hashed_as_the_standard_library_does(key: bytes, texts: list[bytes], digest: str) -> None:
    assert [keyed_hash(key, text, digest) for text in texts] == [hmac.digest(key, text, digest) for text in texts]
