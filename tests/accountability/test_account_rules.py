"""What an account may say, what its outline may hold, and what its signature is over."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baqylau.accountability.queries.outline import current
from baqylau.accountability.rules import outline, sealing
from baqylau.documents.letters import strange_signs
from baqylau.kernel.errors import DomainError
from baqylau.text.personal import personal

WHOLE = """
[title]
kk = "Есеп"
ru = "Отчёт"
[[sections]]
code = "work"
required = true
heading = { kk = "Жұмыс", ru = "Работа" }
hint = { kk = "Не істелді", ru = "Что сделано" }
[annexes]
codes = ["*"]
"""


@pytest.mark.parametrize(
    "text",
    [
        "8 701 222 33 44",
        "хабарласыңыз: +7(701)222-33-44.",
        "87012223344",
        "7 777 000 11 22",
        "ЖСН 061211600012",
        "850101300123",
    ],
)
def test_telephones_and_numbers_of_people_are_seen(text: str) -> None:
    assert personal(text)


@pytest.mark.parametrize(
    "text",
    [
        "2026 жылғы 3 тоқсанда 1 234 567 теңге жұмсалды",
        "БСН 021140001234",
        "№ 12-7/345, 30.09.2026",
        "номер 123456789012345",
        "8 сағат, 701 кабинет",
        "",
    ],
)
def test_money_dates_and_numbers_of_organisations_are_let_through(text: str) -> None:
    assert personal(text) == ""


@given(st.text(max_size=200))
def test_any_text_is_looked_through(text: str) -> None:
    assert personal(text) in text


def test_the_outline_that_ships_is_whole_and_can_be_printed() -> None:
    found = current()
    assert [part.code for part in found.sections if part.is_required] == ["summary", "work"]
    texts = [
        *found.title.values(),
        *(
            text
            for part in found.sections
            for text in (*part.heading.values(), *part.hint.values())
        ),
        *(text for note in found.notes for text in (*note.heading.values(), *note.text.values())),
    ]
    assert all(not strange_signs(text) for text in texts)


@pytest.mark.parametrize(
    ("change", "name", "place"),
    [
        (("[annexes]", "[anexes]"), "anexes", "TOML"),
        (('code = "work"', 'code = "work"\ncolour = 1'), "colour", "sections"),
        (('ru = "Отчёт"', 'en = "Account"'), "kk, ru", "title"),
        (('ru = "Работа"', 'ru = ""'), "kk, ru", "heading"),
        (('hint = { kk = "Не істелді", ru = "Что сделано" }', ""), "kk, ru", "hint"),
        (('code = "work"', 'code = "two words"'), "code", "sections"),
        (('codes = ["*"]', 'codes = "*"'), "codes", "annexes"),
        (('codes = ["*"]', "codes = [1]"), "codes", "annexes"),
    ],
)
def test_an_outline_with_a_fault_says_what_and_where(
    change: tuple[str, str], name: str, place: str
) -> None:
    outline.read(WHOLE.encode())
    with pytest.raises(outline.OutlineError) as refused:
        outline.read(WHOLE.replace(*change).encode())
    assert refused.value.params == {"name": name, "place": place}


@given(st.binary(max_size=400) | st.text(max_size=400).map(str.encode))
def test_whatever_comes_as_an_outline_is_read_or_refused(content: bytes) -> None:
    with suppress(DomainError):
        assert outline.read(content).title


def test_an_outline_that_is_too_large_is_not_read() -> None:
    with pytest.raises(outline.OutlineError):
        outline.read(b"#" * (outline.SIZE + 1))


def test_a_digest_changes_with_any_word_and_not_with_the_order_of_keys() -> None:
    one, other = {"a": "ә", "b": [1, 2]}, {"b": [1, 2], "a": "ә"}
    assert sealing.digest(one) == sealing.digest(other)
    assert sealing.digest(one) != sealing.digest({"a": "ә", "b": [2, 1]})
    words = sealing.message("1/2026-Q2/1", 7, "f" * 64, sealing.digest(one))
    assert words.startswith(b"baqylau account 1 1/2026-Q2/1 7 ")
