"""A foreign DOCX before anything of it is read: weighed, and without anything that acts."""

import io
import re
import zipfile
import zlib
from typing import Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from baqylau.documents.accounts import limits
from baqylau.documents.accounts.errors import AccountError

_DOCUMENT: Final = "word/document.xml"
_ACTIVE: Final = re.compile(r"vbaProject|/embeddings/|/activeX/|/afchunk|\.bin$", re.IGNORECASE)
_WORD: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HYPERLINK: Final = "/hyperlink"
_ACTING: Final = ("/attachedTemplate", "/aFChunk", "/oleObject", "/package", "/control")
"""Kinds of relations that bring in another file. Source: ECMA-376, part 1, 15.2."""
_PLAIN_FIELDS: Final = frozenset(
    ("PAGE", "NUMPAGES", "SECTIONPAGES", "TOC", "PAGEREF", "HYPERLINK")
)
"""Fields of Word that only count pages and point inside the document."""


def weigh(template: bytes) -> None:
    """Refuse what is no DOCX, would not fit, or could act or fetch something when it is opened.

    Raises: AccountError `template_kind`, `template_large`, `template_active`.
    """
    check_size(template)
    try:
        with zipfile.ZipFile(io.BytesIO(template)) as packed:
            _weigh(packed)
    except (zipfile.BadZipFile, zlib.error, ParseError, DefusedXmlException):
        raise AccountError("template_kind") from None
    except (ValueError, KeyError, OSError, NotImplementedError, RuntimeError, EOFError):
        raise AccountError("template_kind") from None


def check_size(template: bytes) -> None:
    """Refuse what is too large to be looked at. Raises: AccountError `template_large`."""
    if len(template) > limits.TEMPLATE_BYTES:
        raise _too_large()


def _too_large() -> AccountError:
    return AccountError("template_large", mebibytes=limits.TEMPLATE_BYTES // 1_048_576)


def _weigh(packed: zipfile.ZipFile) -> None:
    parts = packed.infolist()
    names = [part.filename for part in parts]
    if _DOCUMENT not in names or len(set(names)) != len(names):
        raise AccountError("template_kind")
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > limits.TEMPLATE_PARTS or unpacked > limits.TEMPLATE_UNPACKED:
        raise _too_large()
    for part in parts:
        if part.flag_bits & 1:
            raise AccountError("template_kind")
        if _ACTIVE.search(part.filename):
            raise AccountError("template_active", name=part.filename[-80:])
        if part.filename.endswith((".xml", ".rels")):
            if part.file_size > limits.TEMPLATE_PART:
                raise _too_large()
            _look_into(part.filename, fromstring(packed.read(part), forbid_dtd=True))


def _look_into(name: str, root: Element) -> None:
    """Macros and links hide in the types, the relations and the fields of the text."""
    for node in root.iter():
        kind = str(node.tag)
        if kind.endswith("}Relationship"):
            relation = node.get("Type") or ""
            leads_out = node.get("TargetMode") == "External" and not relation.endswith(_HYPERLINK)
            if leads_out or relation.endswith(_ACTING):
                raise AccountError("template_active", name=(node.get("Target") or name)[:80])
        elif "macroEnabled" in (node.get("ContentType") or ""):
            raise AccountError("template_active", name=name)
        elif kind in {f"{_WORD}instrText", f"{_WORD}fldSimple"}:
            _look_at_field((node.text or "") + (node.get(f"{_WORD}instr") or ""))


def _look_at_field(text: str) -> None:
    """Word may cut a field in pieces; those after the first begin with a switch or a quote."""
    words = text.split()
    if words and words[0].upper() not in _PLAIN_FIELDS and words[0][0] not in '\\"':
        raise AccountError("template_active", name=" ".join(words)[:80])
