"""Foreign archives: what could act, fetch or burst never gets as far as being read."""

import contextlib
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tools.account_template import paragraph

from baqylau.documents.accounts import archive, limits
from baqylau.documents.accounts.errors import AccountError
from baqylau.documents.accounts.word import check_template, default_template, write_docx
from tests.documents.accounts.making import account
from tests.documents.accounts.test_own_templates import packed, template
from tools import account_template

pytestmark = pytest.mark.once
PARTS = account_template.parts()
RELATIONS = "word/_rels/document.xml.rels"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def code_of(content: bytes) -> str:
    with pytest.raises(AccountError) as found:
        archive.weigh(content)
    assert found.value.sentence("ru")
    return found.value.code


def related(kind: str, target: str, mode: str = "External") -> bytes:
    one = f'<Relationship Id="x" Type="{RELATION}/{kind}" Target="{target}" TargetMode="{mode}"/>'
    closed = "</Relationships>"
    return packed(PARTS | {RELATIONS: PARTS[RELATIONS].replace(closed, one + closed)})


def test_our_own_template_passes() -> None:
    archive.weigh(default_template())
    archive.weigh(related("hyperlink", "https://example.org/"))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04",
        b"%PDF-1.7",
        packed({"a.txt": "a"}),
        packed({**PARTS, "word/document.xml": "<broken"}),
        packed({**PARTS, "word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
        default_template()[:9_000],
    ],
)
def test_what_is_no_docx_is_refused(content: bytes) -> None:
    assert code_of(content) == "template_kind"


def test_what_is_twice_in_an_archive_is_refused() -> None:
    target = io.BytesIO(default_template())
    with zipfile.ZipFile(target, "a") as doubled, pytest.warns(UserWarning, match="Duplicate"):
        doubled.writestr("word/document.xml", "<a/>")
    assert code_of(target.getvalue()) == "template_kind"


def test_bombs_are_refused_before_they_burst() -> None:
    mega = b" " * 1_048_576
    assert code_of(packed({**PARTS, "word/a.xml": mega * 3})) == "template_large"
    assert code_of(packed({**PARTS, "word/media/a.png": mega * 21})) == "template_large"
    many = {f"word/media/{number}": b"" for number in range(limits.TEMPLATE_PARTS)}
    assert code_of(packed({**PARTS, **many})) == "template_large"
    large = b"a" * (limits.TEMPLATE_BYTES + 1)
    assert code_of(large) == "template_large"
    for look in (check_template, lambda content: write_docx(account(), content)):
        with pytest.raises(AccountError) as found:
            look(large)
        assert found.value.code == "template_large"


@pytest.mark.parametrize(
    "name", ["word/vbaProject.bin", "word/embeddings/a.xlsx", "word/activeX/a.xml", "word/a.bin"]
)
def test_files_that_act_are_refused(name: str) -> None:
    assert code_of(packed({**PARTS, name: "<a/>"})) == "template_active"


@pytest.mark.parametrize("kind", ["image", "attachedTemplate", "oleObject", "frame", "header"])
def test_what_would_be_fetched_on_opening_is_refused(kind: str) -> None:
    assert code_of(related(kind, "https://example.org/a")) == "template_active"


@pytest.mark.parametrize("kind", ["attachedTemplate", "aFChunk", "oleObject", "package", "control"])
def test_other_files_inside_are_refused(kind: str) -> None:
    assert code_of(related(kind, "a.xml", "Internal")) == "template_active"


def test_macros_in_the_types_are_refused() -> None:
    kind = "application/vnd.ms-word.document.macroEnabled.main+xml"
    types = PARTS["[Content_Types].xml"].replace(
        f"{account_template._TYPE}.document.main+xml", kind
    )
    assert code_of(packed({**PARTS, "[Content_Types].xml": types})) == "template_active"


@pytest.mark.parametrize(
    "field", ['DDEAUTO c:\\\\x "y"', "INCLUDETEXT x", "INCLUDEPICTURE x", "dde x", "MACROBUTTON x"]
)
def test_fields_that_act_are_refused(field: str) -> None:
    run = f"<w:p><w:r><w:instrText>{field}</w:instrText></w:r></w:p>"
    assert code_of(template(run)) == "template_active"
    simple = f'<w:p><w:fldSimple w:instr="{field.replace(chr(34), "")}"/></w:p>'
    assert code_of(template(simple)) == "template_active"


def test_fields_that_count_pages_pass() -> None:
    runs = "".join(f"<w:r><w:instrText> {x} </w:instrText></w:r>" for x in ("TOC \\o", '"1-3" \\h'))
    archive.weigh(template(f"<w:p>{runs}</w:p>"))


def test_the_fence_answers_for_whatever_comes() -> None:
    with pytest.raises(AccountError) as found:
        check_template(b"PK\x03\x04 broken")
    assert found.value.code == "template_kind"


@settings(max_examples=60, deadline=None)
@given(at=st.integers(0, 40_000), byte=st.integers(0, 255))
def test_a_damaged_archive_passes_or_is_refused(at: int, byte: int) -> None:
    content = bytearray(template(paragraph("{{ title }}")))
    content[at % len(content)] = byte
    with contextlib.suppress(AccountError):
        archive.weigh(bytes(content))
