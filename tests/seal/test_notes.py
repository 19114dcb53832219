"""Notes to several people: each of them opens it, nobody else, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baqylau.seal import keys, notes
from baqylau.seal.errors import SealError
from baqylau.seal.keys import Use

ONE, OTHER, STRANGER = (keys.generate(Use.PERSON) for _ in range(3))


@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_each_of_several_people_opens_a_note_and_nobody_else(text: str) -> None:
    sealed = notes.seal(text, "a1", [ONE.public, OTHER.public])
    assert notes.unseal(ONE, "a1", sealed) == notes.unseal(OTHER, "a1", sealed) == text.rstrip()
    with pytest.raises(SealError):
        notes.unseal(STRANGER, "a1", sealed)


def test_a_note_laid_beside_another_question_does_not_open() -> None:
    sealed = notes.seal("сот сұрады", "a1", [ONE.public])
    with pytest.raises(SealError):
        notes.unseal(ONE, "a2", sealed)


def test_the_length_of_a_note_does_not_show() -> None:
    short, long = (notes.seal(text, "a1", [ONE.public]) for text in ("иә", "иә " * 2_000))
    # age adds random filler of its own to the head.
    assert abs(len(short) - len(long)) < 256


@given(place=st.integers(0, 16_000), bit=st.integers(0, 7))
def test_a_changed_note_does_not_open(place: int, bit: int) -> None:
    sealed = bytearray(notes.seal("сот сұрады", "a1", [ONE.public]))
    sealed[place] ^= 1 << bit
    try:
        found = notes.unseal(ONE, "a1", bytes(sealed))
    except SealError:
        return
    # A changed filler stanza of age's own head is authenticated too: nothing else may pass.
    raise AssertionError(found)


@pytest.mark.parametrize("publics", [[], ["age1nobody"]])
def test_a_note_to_nobody_or_to_no_key_is_refused(publics: list[str]) -> None:
    with pytest.raises(SealError):
        notes.seal("сөз", "a1", publics)
