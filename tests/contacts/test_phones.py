"""One phone, however it is written; and what is no phone."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baqylau.contacts.rules import PhoneError, clean_name, normal_phone, shown_phone
from baqylau.kernel.errors import DomainError

SPELLINGS = (
    "+7 701 123 45 67",
    "8 (701) 123-45-67",
    "87011234567",
    "7011234567",
    "7-701-123-45-67",
    "+7(701)1234567",
    "+8 701 123 45 67",
    "8 10 7 701 123 45 67",
    "007 701 123 45 67",
    "8701 123 45 67",
    "+7\u00a0701\u202f123\u201145\u201167",
    "\u202b+7 701 123 — 45 – 67\u202c",
    "\u200e8\u200f 701 123 45 67\u00ad",
    "＋７ ７０１ １２３ ４５ ６７",
    "+7.701.123.45.67\r\n",
)


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_spelling_is_the_same_phone(spelling: str) -> None:
    assert normal_phone(spelling) == "+77011234567"


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("8 (7262) 45-12-34", "+77262451234"),
        ("+998 90 123 45 67", "+998901234567"),
        ("810 998 90 123 45 67", "+998901234567"),
        ("+49 30 901820", "+4930901820"),
    ],
)
def test_town_phones_and_foreign_ones_are_phones_too(text: str, phone: str) -> None:
    assert normal_phone(text) == phone


@pytest.mark.parametrize(
    "text",
    ["", "   ", "жоқ", "12", "+7 701", "8 701 123 45 67 89 01", "+", "☎️", "x" * 5_000, "-" * 300],
)
def test_what_is_no_phone_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(PhoneError) as refusal:
        normal_phone(text)
    assert refusal.value.field == "phone"
    assert refusal.value.message.endswith(".") or ":" in refusal.value.message


def test_an_extension_is_not_lost_silently() -> None:
    with pytest.raises(PhoneError):
        normal_phone("8 7262 45 12 34 ext. 12")


DIGITS = st.from_regex(r"7(0[0-8]|47|7[15-8])[0-9]{7}", fullmatch=True)
SEPARATORS = st.sampled_from(
    ["", " ", "-", "\u00a0", "\u2009", " – ", "\u2011", "\u200f", "\u202a", ".", "(", ") ", "/"]
)
HEADS = st.sampled_from(["+7", "8", "7", "", "+8", "007", "8107", "\u200e+7", "\ufeff8"])


@given(digits=DIGITS, head=HEADS, separators=st.lists(SEPARATORS, min_size=11, max_size=11))
def test_no_dash_space_or_hidden_mark_makes_another_phone(
    digits: str, head: str, separators: list[str]
) -> None:
    body = "".join(
        f"{separator}{digit}" for separator, digit in zip(separators, digits, strict=False)
    )
    assert normal_phone(head + body) == f"+7{digits}"


@given(digits=DIGITS)
def test_a_shown_phone_reads_back(digits: str) -> None:
    assert normal_phone(shown_phone(f"+7{digits}")) == f"+7{digits}"


@given(text=st.text(max_size=200))
def test_any_text_is_a_phone_or_a_refusal(text: str) -> None:
    phone = ""
    with contextlib.suppress(PhoneError):
        phone = normal_phone(text)
    if phone:
        assert phone.startswith("+")
        assert phone[1:].isascii()
        assert phone[1:].isdigit()
        assert normal_phone(phone) == phone


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("  Әйгерім\u00a0 Қанат ", "Әйгерім Қанат"),
        ("\u202eӘйгерім\u202c", "Әйгерім"),
        ("Айгүл 🌷", "Айгүл 🌷"),
        ("Нұр\u00adсұлтан\r\n", "Нұрсұлтан"),
    ],
)
def test_a_pasted_name_loses_only_what_cannot_be_seen(typed: str, name: str) -> None:
    assert clean_name(typed) == name


@pytest.mark.parametrize("typed", ["", " \u200b ", "12345", "🌷", "ә" * 121])
def test_what_is_no_name_is_refused(typed: str) -> None:
    with pytest.raises(DomainError) as refusal:
        clean_name(typed)
    assert refusal.value.field == "name"
