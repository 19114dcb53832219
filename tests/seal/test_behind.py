"""A secret behind a passphrase: the stock library opens ours and we open its."""

import re
import time

import pyrage
import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from baqylau.seal import behind
from baqylau.seal.behind import HeavyError, UnopenedError, lock, unlock

pytestmark = pytest.mark.once
PHRASE = "жусан иісі далада тұр"
SECRET = b"AGE-SECRET-KEY-1 of nobody\n"


@pytest.fixture
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cheap guesses, so that a busy machine's library opens them too."""
    monkeypatch.setattr(behind, "WORK", 10)


@pytest.fixture(scope="module")
def small() -> bytes:
    """A file with cheap guesses."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(behind, "WORK", 1)
        return lock(SECRET, PHRASE)


@pytest.mark.parametrize("content", [b"", b"x", SECRET, bytes(behind.LIMIT)])
def test_the_stock_library_opens_what_we_lock(light: None, content: bytes) -> None:
    assert pyrage.passphrase.decrypt(lock(content, PHRASE), PHRASE) == content


@pytest.mark.parametrize("armored", [False, True])
def test_we_open_what_the_stock_library_locks(armored: bool) -> None:
    assert unlock(pyrage.passphrase.encrypt(SECRET, PHRASE, armored=armored), PHRASE) == SECRET


def test_a_guess_costs_the_same_on_every_machine() -> None:
    started = time.process_time()
    locked = lock(SECRET, PHRASE)
    spent = time.process_time() - started
    assert locked.split(b"\n")[1].endswith(b" 18")
    assert behind.memory() == 256
    assert spent > 0.1, "a quarter of a gigabyte is not filled for nothing"
    assert unlock(locked, PHRASE) == SECRET


def test_another_passphrase_opens_nothing(small: bytes) -> None:
    assert unlock(small, PHRASE) == SECRET
    for wrong in ("", PHRASE + " ", PHRASE.upper()):
        with pytest.raises(UnopenedError):
            unlock(small, wrong)


@given(place=st.integers(0, 10_000), bit=st.integers(0, 7))
@examples(max_examples=200, deadline=None)
def test_a_file_with_one_wrong_bit_opens_nothing(small: bytes, place: int, bit: int) -> None:
    content = bytearray(small)
    content[place % len(content)] ^= 1 << bit
    with pytest.raises((UnopenedError, HeavyError)):
        unlock(bytes(content), PHRASE)


@given(share=st.floats(0, 1, exclude_max=True), more=st.binary(max_size=40))
@examples(max_examples=60, deadline=None)
def test_a_file_cut_off_or_made_longer_opens_nothing(
    small: bytes, share: float, more: bytes
) -> None:
    for content in (small[: int(len(small) * share)], small + more + b"."):
        with pytest.raises(UnopenedError):
            unlock(content, PHRASE)


@given(content=st.binary(max_size=400))
@examples(max_examples=100, deadline=None)
def test_any_bytes_are_refused_without_deriving_anything(content: bytes) -> None:
    for foreign in (content, b"age-encryption.org/v1\n-> scrypt " + content):
        with pytest.raises(UnopenedError):
            unlock(foreign, PHRASE)


def test_a_file_that_asks_for_more_memory_than_we_give_is_refused_at_once(small: bytes) -> None:
    heavy = re.sub(rb"(-> scrypt \S+) 1\n", rb"\1 21\n", small)
    assert heavy != small
    with pytest.raises(HeavyError) as refused:
        unlock(heavy, PHRASE)
    assert refused.value.megabytes == 2_048


def test_more_than_one_piece_is_not_locked() -> None:
    with pytest.raises(ValueError, match="one piece"):
        lock(bytes(behind.LIMIT + 1), PHRASE)
