"""The example of a report: each page says that it is invented; both languages say the same."""

import io
import re
from collections import Counter
from functools import cache
from typing import Any

import pypdf
import pytest
from tools.example import TARGET

from baqylau.accountability.training.words import PROMISES

pytestmark = pytest.mark.once
MARKS = {
    "kk": "Оқу жазбасы: мұндағының бәрі ойдан шығарылған",
    "ru": "Учебная запись: всё здесь вымышлено",
}
FILES = {path.stem[-2:]: path for path in TARGET.glob("account-*.pdf")}
NUMBER = re.compile(r"\d+(?:[\u202f\xa0]\d{3})*,\d+")
"""Shares, days and money: all that has a comma, which no sentence and no name has."""


@cache
def pages(language: str) -> tuple[str, ...]:
    """The text of each page."""
    content = io.BytesIO(FILES[language].read_bytes())
    return tuple(page.extract_text() for page in pypdf.PdfReader(content, strict=True).pages)


def test_there_is_one_in_each_language_of_accounts_and_it_is_small() -> None:
    assert set(FILES) == set(MARKS)
    assert all(path.stat().st_size < 200_000 for path in FILES.values())


@pytest.mark.parametrize("language", MARKS)
def test_each_page_says_that_it_is_invented(language: str) -> None:
    assert len(pages(language)) > 3
    assert [page for page in pages(language) if MARKS[language] not in page] == []


@pytest.mark.parametrize("language", MARKS)
def test_every_indicator_of_the_training_contract_is_in_it(language: str) -> None:
    text = " ".join(" ".join(pages(language)).split())
    for promise, _plan in PROMISES:
        label = getattr(promise, f"label_{language}")
        assert re.search(rf"{label}[^а-яә]*{promise.code}\b", text, re.IGNORECASE), label


def test_both_languages_tell_the_same_numbers() -> None:
    kk, ru = (Counter(NUMBER.findall(" ".join(pages(code)))) for code in MARKS)
    assert kk.total() > 40
    assert kk == ru


@pytest.mark.parametrize("language", MARKS)
def test_it_is_tagged_and_names_its_language(language: str) -> None:
    root: Any = pypdf.PdfReader(FILES[language], strict=True).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]) == f"{language}-KZ"
