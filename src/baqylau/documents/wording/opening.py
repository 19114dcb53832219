"""The archive around a DOCX: weighed before anything of it is unpacked, read with limits."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from baqylau.documents.wording.shapes import (
    DEPTH,
    ELEMENTS,
    FILE_BYTES,
    PART_BYTES,
    PARTS,
    WordingError,
)

DOCUMENT: Final = "word/document.xml"
_WAYS: Final = frozenset((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
"""The two ways of packing that DOCX knows. Source: ECMA-376, part 2, annex C."""
_ENCRYPTED: Final = 1


@contextmanager
def opened(data: bytes) -> Iterator[zipfile.ZipFile]:
    """The archive, weighed. Raises: WordingError, also for whatever is found broken inside."""
    if len(data) > FILE_BYTES:
        raise WordingError("large")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            _weigh(packed.infolist())
            yield packed
    except WordingError:
        raise
    except (zipfile.BadZipFile, zlib.error, struct.error, ParseError, DefusedXmlException):
        raise WordingError("kind") from None
    except (ValueError, KeyError, OSError, NotImplementedError, RuntimeError, EOFError):
        raise WordingError("kind") from None


def _weigh(parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > PARTS:
        raise WordingError("large")
    if DOCUMENT not in {part.filename for part in parts}:
        raise WordingError("kind")


def part(packed: zipfile.ZipFile, name: str) -> bytes:
    """A part unpacked; nothing when there is none. Raises: WordingError."""
    try:
        found = packed.getinfo(name)
    except KeyError:
        return b""
    if found.flag_bits & _ENCRYPTED or found.compress_type not in _WAYS:
        raise WordingError("kind")
    with packed.open(found) as stream:
        # What the archive says of a part's size is believed by nobody.
        content = stream.read(PART_BYTES + 1)
    if len(content) > PART_BYTES:
        raise WordingError("large")
    return content


def events(content: bytes) -> Iterator[tuple[str, Element]]:
    """Starts and ends of elements. Raises: WordingError; what the parser says of broken XML."""
    depth = seen = 0
    for event, element in iterparse(io.BytesIO(content), ("start", "end"), forbid_dtd=True):
        seen += event == "start"
        depth += 1 if event == "start" else -1
        if seen > ELEMENTS or depth > DEPTH:
            raise WordingError("large")
        yield event, element
