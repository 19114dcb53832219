"""What no account may hold: which section, how long, which sign, which picture."""

import contextlib
import dataclasses
import io
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from baqylau.documents.accounts import limits, pictures
from baqylau.documents.accounts.book import write_xlsx
from baqylau.documents.accounts.checks import check
from baqylau.documents.accounts.errors import MESSAGES, AccountError, Place
from baqylau.documents.accounts.paper import write_pdf
from baqylau.documents.accounts.shapes import Account, Annex, Picture, Section
from baqylau.documents.accounts.word import write_docx
from tests.documents.accounts.making import INDICATORS, account, picture

pytestmark = pytest.mark.once


def refused(**changed: object) -> AccountError:
    with pytest.raises(AccountError) as found:
        check(account(**changed))
    assert all(found.value.sentence(language) for language in ("kk", "ru", "en"))
    return found.value


@pytest.mark.parametrize("write", [write_pdf, write_docx, write_xlsx])
def test_every_writer_refuses_what_one_of_them_could_not_show(
    write: Callable[[Account], bytes],
) -> None:
    with pytest.raises(AccountError):
        write(account(sections=(Section("Мәтін", "😀"),)))


def test_an_enormous_narrative_is_refused_with_its_section_and_its_length() -> None:
    found = refused(sections=(Section("Не істелді", "а" * (limits.SECTION + 1)),))
    assert found.code == "account_long"
    assert found.params == {"where": "Не істелді", "length": 20_001, "limit": 20_000}
    assert "Не істелді: мәтін тым ұзын. Ұзындығы: 20001 таңба" in found.sentence("kk")


def test_the_longest_narrative_of_long_words_is_printed() -> None:
    text = ("ұзақсөз" * 30 + " ") * 90
    made = write_pdf(account(sections=(Section("Не істелді", text[: limits.SECTION]),)))
    assert made.startswith(b"%PDF")


def test_the_whole_has_its_limit_too() -> None:
    cell = "а" * limits.TEXT
    rows = ((cell,),) * (limits.WHOLE // limits.TEXT)
    assert refused(annexes=(Annex("Кездесулер", ("a",), rows),)).params["limit"] == limits.WHOLE


@pytest.mark.parametrize(
    ("sign", "number"),
    [("😀", "U+1F600"), ("\u202e", "U+202E"), ("\x07", "U+0007"), ("\t", "U+0009")],
)
def test_a_sign_that_is_not_printed_is_named(sign: str, number: str) -> None:
    found = refused(sections=(Section("Не істелді", f"Жақсы{sign}"),))
    assert found.code == "account_sign"
    assert found.params["number"] == number
    assert found.params["where"] == "Не істелді"


def test_only_narratives_have_lines() -> None:
    label = dataclasses.replace(INDICATORS[0], label="бір\nекі")
    found = refused(indicators=(INDICATORS[1], label))
    assert (found.params["number"], found.params["where"]) == ("U+000A", "Indicators, 2")


@pytest.mark.parametrize(
    ("changed", "limit"),
    [
        ({"indicators": INDICATORS[:1] * 201}, limits.INDICATORS),
        ({"annexes": (Annex("a", ("b",), (("c",),) * 5_001),)}, limits.ROWS),
        ({"annexes": (Annex("a", ("b",) * 9, ()),)}, limits.COLUMNS),
        ({"sections": (Section("a", "b"),) * 30}, limits.SECTIONS),
        ({"pictures": (Picture(picture(), "a", "b"),) * 25}, limits.PICTURES),
    ],
)
def test_more_than_allowed_is_refused(changed: dict[str, object], limit: int) -> None:
    found = refused(**changed)
    assert (found.code, found.params["limit"]) == ("account_many", limit)


def shown(content: bytes) -> tuple[Picture, ...]:
    return (Picture(content, "Семинар", "Адамдар"),)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a",
        b"<svg/>",
        b"%PDF-1.7",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0",
        picture("GIF"),
        picture("WEBP"),
        picture("PNG")[8:],
        picture("JPEG")[:40],
    ],
)
def test_a_picture_that_is_no_picture_is_refused(content: bytes) -> None:
    found = refused(pictures=shown(content))
    assert (found.code, found.params["where"]) == ("account_picture", "Picture 1")


def test_large_pictures_are_refused() -> None:
    large = bytearray(picture())
    large[16:24] = (100_000).to_bytes(4, "big") * 2
    for content in (bytes(large), picture() + b"\0" * limits.PICTURE_BYTES):
        assert refused(pictures=shown(content)).code == "account_picture_large"


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_picture_that_breaks_off_is_refused(kind: str) -> None:
    content = picture(kind, (300, 200))
    assert refused(pictures=shown(content[: len(content) // 2])).code == "account_picture"


def test_a_picture_that_is_damaged_inside_is_refused_on_paper() -> None:
    content = bytearray(picture("PNG", (300, 200)))
    content[60:70] = b"\0" * 10
    with pytest.raises(AccountError) as found:
        write_pdf(account(pictures=shown(bytes(content))))
    assert found.value.code == "account_picture"


@given(
    width=st.integers(1, 300),
    height=st.integers(1, 300),
    kind=st.sampled_from(["PNG", "JPEG"]),
    is_progressive=st.booleans(),
)
def test_the_size_of_a_picture_is_read(
    width: int, height: int, kind: str, is_progressive: bool
) -> None:
    target = io.BytesIO()
    Image.new("RGB", (width, height)).save(target, kind, progressive=is_progressive)
    size = pictures.measure(target.getvalue(), "")
    assert (size.kind, size.width, size.height) == (kind.lower(), width, height)
    assert size.millimetres <= 166
    assert size.millimetres * height / width <= 111


@given(st.binary(max_size=60) | st.binary(max_size=60).map(lambda rest: b"\xff\xd8\xff" + rest))
def test_whatever_comes_is_measured_or_refused(content: bytes) -> None:
    with contextlib.suppress(AccountError):
        assert pictures.measure(content, "a").width > 0


def test_every_refusal_has_its_sentence_in_three_languages() -> None:
    params = ("where", "sign", "number", "length", "limit", "mebibytes", "megapixels", "name")
    for code in MESSAGES:
        error = AccountError(code, Place("footer", 3), **dict.fromkeys(params, 1))
        assert len({error.sentence(language) for language in ("kk", "ru", "en")}) == 3
        assert error.message == error.sentence("kk")
