"""The individual number: a slip of the finger is caught, and the words say which."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from baqylau.kernel.errors import DomainError
from baqylau.reception.rules.iin import check_digit, clean_iin

TODAY = date(2026, 7, 1)
CENTURY = {18: "12", 19: "34", 20: "56"}


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Refusals are read in English here."""
    with translation.override("en"):
        yield


@st.composite
def numbers(draw: st.DrawFn) -> str:
    """A number that could have been given out, of somebody born within the last 120 years."""
    born = draw(st.dates(date(1906, 7, 2), TODAY))
    digit = draw(st.sampled_from(CENTURY[born.year // 100]))
    start = f"{born:%y%m%d}{digit}"
    serials = st.integers(0, 9999).map(lambda serial: f"{start}{serial:04}")
    first = draw(serials.filter(lambda eleven: check_digit(eleven + "0") is not None))
    return f"{first}{check_digit(first + '0')}"


@given(numbers())
def test_a_number_that_was_given_out_is_taken(number: str) -> None:
    assert clean_iin(number, TODAY) == number


@given(numbers(), st.sampled_from([*range(10), 11]), st.integers(1, 9))
def test_one_wrong_digit_is_caught_wherever_the_number_can_tell(
    number: str, place: int, more: int
) -> None:
    wrong = str((int(number[place]) + more) % 10)
    typed = number[:place] + wrong + number[place + 1 :]
    # The eleventh digit weighs eleven, which is nothing: no check digit can see it change. For the
    # others only the second pass, with its own weights, can meet the same remainder again.
    if check_digit(typed) == int(typed[-1]):
        assert _needs_second_pass(number) or _needs_second_pass(typed)
        return
    with pytest.raises(DomainError, match="digit is wrong"):
        clean_iin(typed, TODAY)


def _needs_second_pass(number: str) -> bool:
    weights = range(1, 12)
    return sum(int(d) * w for d, w in zip(number[:11], weights, strict=True)) % 11 == 10


@given(numbers(), st.sampled_from([" ", "-", ".", "\u00a0", "\u200e"]), st.integers(1, 11))
def test_spaces_and_invisible_marks_are_no_mistake(number: str, sign: str, place: int) -> None:
    assert clean_iin(f" {number[:place]}{sign}{number[place:]} ", TODAY) == number


@given(st.text(max_size=30))
def test_whatever_is_typed_gives_a_number_nothing_or_a_sentence(text: str) -> None:
    found, said = None, ""
    try:
        found = clean_iin(text, TODAY)
    except DomainError as error:
        said = error.message
    assert said or found == "" or (found is not None and len(found) == 12 and found.isascii())


@pytest.mark.parametrize("text", ["", "  ", " - ", "\u200f"])
def test_nobody_must_have_a_number(text: str) -> None:
    assert clean_iin(text, TODAY) == ""


@pytest.mark.parametrize(
    "text", ["12345678901", "1234567890123", "12345678901a", "１２３４５６７８９０１２x"]
)
def test_another_count_of_digits_is_refused(text: str) -> None:
    with pytest.raises(DomainError, match="twelve digits"):
        clean_iin(text, TODAY)


def numbered(eleven: str) -> str:
    digit = check_digit(eleven + "0")
    assert digit is not None
    return f"{eleven}{digit}"


@pytest.mark.parametrize(
    "eleven",
    [
        "90023040012",  # the thirtieth of February
        "90130140012",  # a thirteenth month
        "90010190012",  # a century that no digit names
        "27010150012",  # born next year
        "99010110012",  # of 1899: nobody is so old
    ],
)
def test_a_birthday_that_cannot_be_is_refused(eleven: str) -> None:
    with pytest.raises(DomainError, match="no birthday"):
        clean_iin(numbered(eleven), TODAY)


def test_somebody_born_today_has_a_number_and_somebody_born_tomorrow_has_none() -> None:
    today, tomorrow = (f"{day:%y%m%d}5001" for day in (TODAY, TODAY + timedelta(days=1)))
    serial = next(n for n in "0123456789" if check_digit(f"{today}{n}0") is not None)
    clean_iin(numbered(today + serial), TODAY)
    serial = next(n for n in "0123456789" if check_digit(f"{tomorrow}{n}0") is not None)
    with pytest.raises(DomainError, match="no birthday"):
        clean_iin(numbered(tomorrow + serial), TODAY)


def test_the_digit_of_the_second_pass_is_counted_with_other_weights() -> None:
    """Worked by hand: 90010140006 gives 10 in the first pass, so the second decides."""
    eleven = next(
        f"9001014{serial:04}"
        for serial in range(10_000)
        if _needs_second_pass(f"9001014{serial:04}0")
    )
    second = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)
    rest = sum(int(d) * w for d, w in zip(eleven, second, strict=True)) % 11
    assert check_digit(eleven + "0") == (None if rest == 10 else rest)


def test_a_known_number_of_a_public_example_is_taken() -> None:
    """061211600012: the example of a public program that checks such numbers."""
    assert clean_iin("061211600012", TODAY) == "061211600012"
