"""Minutes on paper: tagged, the same bytes, and nothing in them read as markup."""

import io
import zipfile
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree as ET

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baqylau.documents.letters import strange_signs
from baqylau.documents.minutes import (
    CELLS,
    SIGNS,
    Grid,
    Minutes,
    MinutesError,
    Part,
    printable,
    write_docx,
    write_pdf,
)

TOLD = Minutes(
    title="Хаттама: Қоғамдық кеңес",
    language="kk",
    day=date(2026, 7, 15),
    head=("Өтетін жері: мәжіліс залы", ""),
    parts=(
        Part("Мүшелер", grid=Grid(("Аты-жөні", "Қатысуы"), (("Әсел & <b>", "#emph[қатысты]"),))),
        Part("1. Аула туралы", ("Қолдады: 5; қарсы: 0.",)),
    ),
    foot=("Төраға: ________",),
)


def test_a_pdf_is_tagged_and_says_its_language() -> None:
    root = pypdf.PdfReader(io.BytesIO(write_pdf(TOLD))).root_object
    assert "/StructTreeRoot" in root
    assert str(root["/Lang"]).startswith("kk")
    assert write_pdf(TOLD) == write_pdf(TOLD)


def test_signs_of_markup_are_text_in_both_forms() -> None:
    text = pypdf.PdfReader(io.BytesIO(write_pdf(TOLD))).pages[0].extract_text()
    assert "#emph[қатысты]" in text
    with zipfile.ZipFile(io.BytesIO(write_docx(TOLD))) as packed:
        root = ET.fromstring(packed.read("word/document.xml"))  # noqa: S314 - our own
    said = "".join(root.itertext())
    assert "Әсел & <b>" in said
    assert write_docx(TOLD) == write_docx(TOLD)


@pytest.mark.parametrize(
    "wrong",
    [
        replace(TOLD, language="en"),
        replace(TOLD, title="Сөз 🙂"),
        replace(TOLD, head=("екі\nжол",)),
        replace(TOLD, foot=("а" * (SIGNS + 1),)),
        replace(TOLD, parts=(Part("x", grid=Grid(("a", "b"), (("1",),))),)),
        replace(TOLD, parts=(Part("x", grid=Grid(("a",), (("1",),) * (CELLS + 1))),)),
    ],
)
def test_minutes_that_cannot_be_printed_are_refused(wrong: Minutes) -> None:
    for write in (write_pdf, write_docx):
        with pytest.raises(MinutesError):
            write(wrong)


@given(st.text(max_size=200))
@settings(max_examples=200)
def test_whatever_was_typed_becomes_one_printable_line(text: str) -> None:
    shown = printable(text)
    assert not strange_signs(shown)
    assert "\n" not in shown
    assert printable(shown) == shown
