"""Receipts: drawn, printed, typed in any spelling; what the check digits find."""

import secrets
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baqylau.seal import derive, digits, receipts
from baqylau.seal.errors import SealError

pytestmark = pytest.mark.once

LOCATORS = st.from_regex(r"[0-9]{6}", fullmatch=True)
SECRETS = st.from_regex(r"[0-9]{20}", fullmatch=True)
RECEIPTS = st.builds(receipts.make, LOCATORS, SECRETS)
GAPS = st.sampled_from(["", " ", "-", " – ", "\u00a0", ".", "\t", "\u200b", "\r\n", "—", "_", "/"])
ZEROS = "0٠۰०０𝟎"
"""Noughts whose other digits follow them: Arabic, Persian, Hindi, full-width, bold."""


def test_a_receipt_is_28_digits_in_fours_and_reads_back() -> None:
    receipt = receipts.make("004217", "13371337133713371337")
    assert receipt.printed().replace(" ", "") == receipt.number
    assert [len(group) for group in receipt.printed().split(" ")] == [4] * 7
    assert receipts.read(receipt.printed()) == receipt


def test_the_check_digits_are_those_of_the_standard() -> None:
    # 794 with 44: the worked example of ISO 7064, MOD 97-10.
    assert digits.with_check("794") == "79444"
    assert digits.is_whole("79444")


@given(RECEIPTS, st.data())
@settings(deadline=None)
def test_a_receipt_is_read_in_any_spelling(receipt: receipts.Receipt, data: st.DataObject) -> None:
    typed = "".join(
        chr(ord(data.draw(st.sampled_from(ZEROS))) + int(digit)) + data.draw(GAPS)
        for digit in receipt.number
    )
    assert receipts.read(f"  {typed}\n") == receipt


@given(RECEIPTS, st.integers(0, 27), st.integers(1, 9))
@settings(deadline=None)
def test_every_wrong_digit_is_found(receipt: receipts.Receipt, place: int, step: int) -> None:
    wrong = (int(receipt.number[place]) + step) % 10
    typed = f"{receipt.number[:place]}{wrong}{receipt.number[place + 1 :]}"
    with pytest.raises(SealError) as refusal:
        receipts.read(typed)
    assert refusal.value.code == "digits_check"


@given(RECEIPTS)
@settings(deadline=None)
def test_every_pair_of_neighbours_that_changed_places_is_found(receipt: receipts.Receipt) -> None:
    number = receipt.number
    for place in range(27):
        typed = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
        if typed != number:
            with pytest.raises(SealError):
                receipts.read(typed)


@given(RECEIPTS, st.integers(0, 27), st.sampled_from("0123456789"))
@settings(deadline=None)
def test_a_digit_too_many_or_too_few_is_found(
    receipt: receipts.Receipt, place: int, extra: str
) -> None:
    number = receipt.number
    for typed in (number[:place] + number[place + 1 :], number[:place] + extra + number[place:]):
        with pytest.raises(SealError) as refusal:
            receipts.read(typed)
        assert refusal.value.code == "digits_count"


@pytest.mark.parametrize("letter", ["O", "o", "О", "о", "l", "I", "І", "З", "б", "Ә"])
def test_a_letter_in_place_of_a_digit_is_named_not_guessed(letter: str) -> None:
    number = receipts.make("120000", "0" * 20).number
    with pytest.raises(SealError) as refusal:
        receipts.read(number.replace("0", letter, 1))
    assert refusal.value.code == "digits_letter"
    assert letter in refusal.value.sentence("kk")


@pytest.mark.parametrize(
    "typed", ["", "   ", "1" * 5_000, "12" * 13, "½" * 28, "²" * 28, "{}", "1+1"]
)
def test_what_is_no_receipt_is_refused_in_one_short_sentence(typed: str) -> None:
    with pytest.raises(SealError) as refusal:
        receipts.read(typed)
    assert len(refusal.value.sentence("ru")) < 120


@given(st.text(max_size=400))
@settings(deadline=None)
def test_any_text_is_a_receipt_or_a_clear_refusal(typed: str) -> None:
    found: str | receipts.Receipt
    try:
        found = receipts.read(typed)
    except SealError as refusal:
        found = refusal.code
    if isinstance(found, str):
        assert found.startswith("digits_")
    else:
        assert receipts.read(found.printed()) == found


def test_reading_a_receipt_derives_no_key() -> None:
    before = derive.started()
    number = receipts.make("004217", receipts.draw_secret()).number
    receipts.read(number)
    with pytest.raises(SealError):
        receipts.read(number[:-1] + str((int(number[-1]) + 1) % 10))
    assert derive.started() == before


def test_the_last_group_shows_that_it_was_written_down() -> None:
    receipt = receipts.make("004217", "13371337133713371337")
    last = receipt.number[-4:]
    assert receipt.is_last_group(last)
    assert receipt.is_last_group(f" {last[0]}-{last[1:]} ")
    assert receipt.is_last_group("".join(chr(0xFF10 + int(digit)) for digit in last))
    assert not receipt.is_last_group(receipt.number[:4])
    assert not receipt.is_last_group(last[:3])
    assert not receipt.is_last_group("OOOO")


def test_drawn_digits_are_of_their_length_and_evenly_spread() -> None:
    drawn = "".join(receipts.draw_secret() + receipts.draw_locator() for _ in range(2_000))
    assert len(drawn) == 52_000
    # 5,200 of each are expected; six standard deviations are 410.
    assert all(abs(count - 5_200) < 410 for count in Counter(drawn).values())
    assert len({receipts.draw_secret() for _ in range(100)}) == 100


def test_parts_that_were_not_drawn_here_are_refused() -> None:
    for locator, secret in (("12345", "1" * 20), ("123456", "1" * 19), ("12345O", "1" * 20)):
        with pytest.raises(SealError):
            receipts.make(locator, secret)


def test_a_receipt_never_shows_its_digits_in_a_traceback() -> None:
    secret = "".join(secrets.choice("123456789") for _ in range(20))
    receipt = receipts.make("004217", secret)
    assert secret not in repr(receipt)
    assert secret not in str([receipt])
