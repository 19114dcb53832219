"""Codes of records: their shape, and that chance gives no sign more often than another."""

import re
from collections import Counter

from baqylau.kernel.codes import LENGTH, SHAPE, SIGNS, new_code


def test_a_code_fits_the_shape_that_addresses_and_data_sets_promise() -> None:
    assert all(re.fullmatch(SHAPE, new_code()) for _each in range(200))


def test_no_sign_can_be_taken_for_another() -> None:
    assert len(set(SIGNS)) == len(SIGNS) == 32
    assert not set("ilou") & set(SIGNS)


def test_every_sign_comes_equally_often() -> None:
    # 16,000 signs: 500 of each, with a deviation of 22; six of those are never seen by chance.
    found = Counter("".join(new_code() for _each in range(2_000)))
    assert found.keys() == set(SIGNS)
    expected = 2_000 * LENGTH / len(SIGNS)
    assert all(abs(count - expected) < 6 * 22 for count in found.values())


def test_two_of_many_do_not_meet() -> None:
    assert len({new_code() for _each in range(5_000)}) == 5_000
