"""Sealed secrets open with the right key at the right place only, and survive a change of the key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerback.storage.sealing import Sealer, SealingError

OLD, NEW = "an-old-key-of-thirty-two-characters", "a-new-key-of-thirty-two-characters!"


@given(plain=st.binary(max_size=300), context=st.text(max_size=40))
def test_what_was_sealed_opens_again(plain: bytes, context: str) -> None:
    sealer = Sealer([NEW])
    sealed = sealer.seal(plain, context)
    assert sealer.open(sealed, context) == plain
    assert len(plain) < 4 or plain not in sealed


def test_the_same_secret_never_looks_the_same() -> None:
    sealer = Sealer([NEW])
    assert sealer.seal(b"token", "account 1") != sealer.seal(b"token", "account 1")


def test_a_sealed_secret_cannot_be_moved_to_another_row() -> None:
    sealer = Sealer([NEW])
    with pytest.raises(SealingError, match="changed or moved"):
        sealer.open(sealer.seal(b"token", "account 1"), "account 2")


@given(place=st.integers(min_value=0, max_value=36))
def test_any_changed_byte_is_noticed(place: int) -> None:
    sealer = Sealer([NEW])
    sealed = bytearray(sealer.seal(b"token", "account 1"))
    sealed[place] ^= 1
    with pytest.raises(SealingError):
        sealer.open(bytes(sealed), "account 1")


@pytest.mark.parametrize("rubbish", [b"", b"\x01", b"plain text", b"\x02" * 40])
def test_rubbish_is_refused(rubbish: bytes) -> None:
    with pytest.raises(SealingError):
        Sealer([NEW]).open(rubbish, "account 1")


def test_rotation_opens_old_seals_and_says_which_need_a_new_one() -> None:
    sealed = Sealer([OLD]).seal(b"token", "account 1")
    rotated = Sealer([NEW, OLD])
    assert rotated.open(sealed, "account 1") == b"token"
    assert rotated.needs_resealing(sealed)
    assert not rotated.needs_resealing(rotated.seal(b"token", "account 1"))


def test_a_forgotten_key_says_so() -> None:
    sealed = Sealer([OLD]).seal(b"token", "account 1")
    with pytest.raises(SealingError, match="ANSWERBACK_SECRET_KEY"):
        Sealer([NEW]).open(sealed, "account 1")
