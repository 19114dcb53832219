"""Letters on paper: whatever is typed stays text, and the same letter gives the same bytes."""

import io
import unicodedata
import zipfile
from dataclasses import replace
from datetime import date
from typing import Any

import docx
import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baqylau.documents import letters
from baqylau.documents.letters import (
    SIGNS,
    Letter,
    LetterError,
    strange_signs,
    write_docx,
    write_pdf,
)

LETTER = Letter(
    title="Мемлекеттік органға жолданым",
    language="kk",
    day=date(2026, 7, 1),
    head=("Кімге: Тараз қаласының әкімдігі", "", "Кімнен: Ғалымқызы Әсел"),
    heading="ЖОЛДАНЫМ",
    body=("Мән-жайы:", "Өтінішім тіркелмеді.", "", "Қолы: ____________________"),
)
ALL_SIGNS = "".join(
    chr(number) for first, last in letters._PRINTABLE for number in range(first, last + 1)
)
MARKUP = (
    "#let x = 1",
    "$x^2$ \\ @ref <a> *b* _i_ `c` ~ -- ---",
    "{{ facts }} {% if %} {# #}",
    "<b>&amp;</b> ]]> <!-- --> </w:t>",
    "\"quoted\" 'single' // /* */",
    "= heading",
    "- item",
    "1. item",
)


def said_in_pdf(made: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(made)).pages
    return "\n".join(page.extract_text() for page in pages)


def said_in_docx(made: bytes) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(made)).paragraphs]


def bare(text: str) -> str:
    """The text without spaces and line ends, and without the places where a word may break."""
    return "".join(sign for sign in text if not sign.isspace() and sign != "\u200b")


def test_a_letter_in_kazakh_can_be_read_back_from_both() -> None:
    lines = [*LETTER.head, LETTER.heading, *LETTER.body]
    assert said_in_docx(write_docx(LETTER)) == lines
    assert bare(said_in_pdf(write_pdf(LETTER))) == bare("".join(lines))


def test_the_same_letter_gives_the_same_bytes() -> None:
    assert write_pdf(LETTER) == write_pdf(LETTER)
    assert write_docx(LETTER) == write_docx(LETTER)


def test_the_pdf_is_tagged_and_names_its_language_and_title() -> None:
    reader = pypdf.PdfReader(io.BytesIO(write_pdf(LETTER)))
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).startswith("kk")
    assert reader.metadata is not None
    assert reader.metadata.title == LETTER.title
    assert not reader.metadata.author


def test_the_fonts_lie_inside_the_pdf() -> None:
    reader = pypdf.PdfReader(io.BytesIO(write_pdf(LETTER)))
    resources: Any = reader.pages[0]["/Resources"]
    fonts = resources["/Font"]
    kinds = [font.get_object()["/DescendantFonts"][0].get_object() for font in fonts.values()]
    described = [kind["/FontDescriptor"] for kind in kinds]
    assert described
    assert all("/FontFile3" in each or "/FontFile2" in each for each in described)


def test_every_sign_that_may_be_typed_is_drawn() -> None:
    """PDF/UA refuses a letter with a sign that no font draws: so this compiles, or it fails."""
    lines = tuple(ALL_SIGNS[start : start + 40] for start in range(0, len(ALL_SIGNS), 40))
    said = said_in_pdf(write_pdf(replace(LETTER, body=lines)))
    folded = set(unicodedata.normalize("NFKC", said))
    missing = [
        sign
        for sign in ALL_SIGNS
        if sign.isalnum() and not folded & set(unicodedata.normalize("NFKC", sign))
    ]
    assert not missing


@pytest.mark.parametrize("line", MARKUP)
def test_signs_of_markup_stay_signs(line: str) -> None:
    letter = replace(LETTER, body=(line,))
    assert line in said_in_docx(write_docx(letter))
    assert bare(line) in bare(said_in_pdf(write_pdf(letter)))


def test_a_word_longer_than_the_page_breaks_and_nothing_of_it_is_lost() -> None:
    word = "ұзақсөз" * 285
    made = write_pdf(replace(LETTER, body=(word,)))
    assert word in bare(said_in_pdf(made))
    assert word in said_in_docx(write_docx(replace(LETTER, body=(word,))))


@settings(max_examples=60, deadline=None)
@given(
    line=st.text(
        st.sampled_from("#$@\\*_`<>{}[]()\"'/=-+~^&%;:!?,. №«»әғқңөұүһіaz09")
        | st.sampled_from(ALL_SIGNS),
        max_size=200,
    )
)
def test_whatever_may_be_typed_stays_as_it_is(line: str) -> None:
    line = " ".join(line.split())
    letter = replace(LETTER, body=(line, "соңы"))
    assert said_in_docx(write_docx(letter))[-2:] == [line, "соңы"]
    pypdf.PdfReader(io.BytesIO(write_pdf(letter)))


@settings(max_examples=60, deadline=None)
@given(
    line=st.text(
        st.sampled_from("#$@\\*_`<>{}[]()\"'/=-+~^&%;:!?,. №«»әғқңөұүһіЖaz09"), max_size=200
    )
)
def test_signs_of_markup_in_any_order_can_be_read_back(line: str) -> None:
    letter = replace(LETTER, head=(), heading="", body=(line.strip(), "соңы"))
    assert bare(said_in_pdf(write_pdf(letter))) == bare(line + "соңы")


@pytest.mark.parametrize("sign", ["😀", "\u202e", "\u200f", "漢", "ع", "\x00", "\ue000", "\ud800"])
def test_a_sign_that_no_font_draws_is_named(sign: str) -> None:
    assert strange_signs(f"Маған {sign} жауап {sign}\nберіңіз") == (sign,)
    for write in (write_pdf, write_docx):
        with pytest.raises(LetterError):
            write(replace(LETTER, body=(f"Маған {sign}",)))


def test_a_letter_has_an_end() -> None:
    for write in (write_pdf, write_docx):
        with pytest.raises(LetterError):
            write(replace(LETTER, body=("а" * SIGNS, "б")))


def test_letters_to_offices_are_in_two_languages() -> None:
    for write in (write_pdf, write_docx):
        with pytest.raises(LetterError):
            write(replace(LETTER, language="en"))


def test_a_long_letter_goes_on_the_next_page() -> None:
    made = write_pdf(replace(LETTER, body=("Өтінемін. " * 40,) * 30))
    assert len(pypdf.PdfReader(io.BytesIO(made)).pages) > 2


def test_a_docx_holds_nothing_but_what_it_needs() -> None:
    with zipfile.ZipFile(io.BytesIO(write_docx(LETTER))) as packed:
        assert sorted(packed.namelist()) == [
            "[Content_Types].xml",
            "_rels/.rels",
            "docProps/core.xml",
            "word/_rels/document.xml.rels",
            "word/document.xml",
            "word/styles.xml",
        ]
        assert {entry.date_time[0] for entry in packed.infolist()} == {1980}
