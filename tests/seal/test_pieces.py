"""Contents in sealed pieces: whole and in order, or not at all."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baqylau.seal.boxes import BoxError
from baqylau.seal.pieces import BOX, PIECE, new_key, opened, sealed


@given(st.integers(0, 3 * PIECE), st.integers(1, 400))
def test_a_sealed_content_opens_whole_or_not_at_all(size: int, cut: int) -> None:
    key, content = new_key(), bytes(size)
    box = b"".join(sealed(key, content, "paper"))
    assert opened(key, io.BytesIO(box), "paper") == content
    for wrong in (box[:-cut], box + b"x", box[1:]):
        with pytest.raises(BoxError):
            opened(key, io.BytesIO(wrong), "paper")


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
def test_no_piece_can_be_left_out_swapped_or_put_after_the_last(size: int) -> None:
    key = new_key()
    boxes = list(sealed(key, bytes(size), "paper"))
    assert len(boxes) == max(1, -(-size // PIECE))
    assert {len(each) for each in boxes[:-1]} <= {BOX}
    others = [boxes[:-1], [*boxes, boxes[-1]], [*boxes[1:], boxes[0]]]
    for wrong in [each for each in others if each != boxes]:
        with pytest.raises(BoxError):
            opened(key, io.BytesIO(b"".join(wrong)), "paper")


def test_another_key_and_another_kind_open_nothing() -> None:
    key = new_key()
    box = b"".join(sealed(key, "Айгүл".encode(), "paper"))
    for wrong, kind in ((new_key(), "paper"), (key, "sheet"), (b"short", "paper")):
        with pytest.raises(BoxError):
            opened(wrong, io.BytesIO(box), kind)


@given(st.binary(max_size=2 * BOX))
def test_any_bytes_are_refused_and_nothing_else_happens(noise: bytes) -> None:
    with pytest.raises(BoxError):
        opened(bytes(32), io.BytesIO(noise), "paper")
