"""Files and forms: tables, texts, pictures, archives, uploads, settings, lists that were saved."""

import io
import tempfile
from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path

from django.core.exceptions import BadRequest, SuspiciousOperation, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http.multipartparser import MultiPartParserError
from django.test import RequestFactory

from baqylau.accountability.rules import archive as releases
from baqylau.accountability.rules import checking, manifest, outline
from baqylau.accountability.rules.tables import (
    BrokenTableError,
    as_csv,
    as_json,
    read_csv,
    read_json,
)
from baqylau.casework.rules import papers
from baqylau.config.environment import SettingError
from baqylau.config.environment import read as read_settings
from baqylau.documents.accounts import archive as templates
from baqylau.documents.accounts import filling
from baqylau.documents.accounts.errors import AccountError
from baqylau.documents.accounts.pictures import measure
from baqylau.documents.accounts.word import default_template
from baqylau.documents.clean.copying import clean_copy
from baqylau.documents.clean.errors import CleanError
from baqylau.documents.clean.light import light
from baqylau.documents.tables import Sheet, TableError, Value, read_table, write_csv, write_xlsx
from baqylau.documents.wording import WordingError, read_wording
from baqylau.files import archives, metadata, sniff
from baqylau.files.forms import UploadField
from baqylau.files.uploads import Handler
from baqylau.journal import heads
from baqylau.kernel import erasures
from baqylau.operation import archive as backups
from baqylau.operation.sealing import DamagedError
from tests.documents.clean import making
from tests.documents.clean.test_foreign import SMALL, decoded, is_answer
from tests.documents.test_wording import packed, paragraph
from tests.security.doors.door import Door

TABLE: list[list[Value]] = [["Атауы", "Ауданы", "Күні"], ["Мектеп «Үміт»", "Қордай", "31.12.2026"]]
BOOK = write_xlsx([Sheet("1", ["Атауы", "Ауданы", "Күні"], TABLE[1:])])
JPEG, PNG, WEBP = (making.marked(kind) for kind in ("JPEG", "PNG", "WEBP"))
PDF = making.talkative_pdf()
DOCX = packed(paragraph("1. Алаңдағы жарық кешкі 23:00-ге дейін жанады."))
SEED = bytes(range(32))
HEAD = heads.sign("default", date(2026, 11, 23), 7, "ab" * 32, SEED)
HEADS = heads.as_text([HEAD]).encode()


def _picture(content: bytes, media_type: str) -> bool:
    said = decoded(content, media_type)
    if not is_answer(said):
        raise AssertionError("neither pixels nor a reason of the closed set")
    return said[:1] == b"F"


def _paper(content: bytes) -> bool:
    kinds = papers.KINDS.values()
    return any(
        papers.is_whole(content, kind) and papers.is_harmless(content, kind) for kind in kinds
    )


def _strip(content: bytes) -> object:
    refusals = []
    for kind in sorted(metadata.KINDS):
        try:
            return metadata.strip(content, kind)
        except metadata.MetadataError as error:
            refusals.append(error)
    raise refusals[0]


def _template(content: bytes) -> bool:
    templates.weigh(content)
    filling.check(content)
    return True


def _upload(content: bytes) -> object:
    field = UploadField(
        kinds=("image/jpeg", "application/pdf", "text/plain", *sniff.OFFICE.values())
    )
    return field.clean(SimpleUploadedFile("сурет.jpg", content, "image/jpeg"))


BOUND = "multipart/form-data; boundary=here"
MULTIPART = (
    b'--here\r\nContent-Disposition: form-data; name="text"\r\n\r\n\xd2\x9b\r\n'
    b'--here\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n'
    b"Content-Type: text/plain\r\n\r\nwords\r\n--here--\r\n"
)


def _posted(content: bytes, kind: str) -> object:
    request = RequestFactory().generic("POST", "/", content, kind)
    request.upload_handlers = [Handler()]
    return [*request.POST.lists(), *request.FILES.lists()] or True


def _heads(content: bytes) -> object:
    return [heads.is_genuine(head) for head in heads.read(content)] or True


def _backup() -> bytes:
    """What lies inside a sealed copy: one file and the manifest of it."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "a"
        place.write_bytes(b"content")
        member = backups.member("files/ab/abcdef", place)
        told = backups.Manifest(
            "2026-11-23T00:00:00+00:00", "1.0", "x", "training", "sqlite", members=[member]
        )
        sink = io.BytesIO()
        backups.write(sink, told, {member.name: place})
    return sink.getvalue()


def _backup_read(content: bytes) -> object:
    return backups.read(io.BytesIO(content), lambda _told: None, lambda _told, _name: None)


def _settings(content: bytes) -> Mapping[str, object]:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "baqylau.toml").write_bytes(content)
        return read_settings({"BAQYLAU_HOME": folder})


RELEASE = releases.pack(
    {
        manifest.MANIFEST: b'{"format": "x"}',
        "data/cells.csv": b"a\r\n1\r\n",
        "data/cells.json": b"[]",
    }
)
OUTLINE = """
[title]
kk = "Есеп"
ru = "Отчёт"
[[sections]]
code = "done"
[sections.heading]
kk = "Не істелді"
ru = "Что сделано"
[sections.hint]
kk = "Сандармен"
ru = "Числами"
""".encode()
REFUSED = (MultiPartParserError, BadRequest, SuspiciousOperation)

DOORS = (
    Door(
        "tables: XLSX, CSV, TSV",
        read_table,
        (write_csv(TABLE), BOOK, "а;б\n1;2\n".encode("cp1251")),
        (TableError,),
        (
            "documents/tables.py:read_table",
            "documents/delimited.py:records",
            "documents/excel.py:_weigh",
            "documents/excel.py:_look_at_head",
            "documents/excel.py:_read",
        ),
    ),
    Door(
        "wording of drafts: DOCX",
        read_wording,
        (DOCX,),
        (WordingError,),
        (
            "documents/wording/reading.py:read_wording",
            "documents/wording/reading.py:_Reader.read",
            "documents/wording/opening.py:opened",
            "documents/wording/opening.py:events",
            "documents/wording/numbering.py:read_numbering",
            "documents/wording/styles.py:read_styles",
        ),
    ),
    Door(
        "templates of reports: DOCX",
        _template,
        (default_template(),),
        (AccountError,),
        (
            "documents/accounts/archive.py:weigh",
            "documents/accounts/archive.py:_weigh",
            "documents/accounts/filling.py:_parts",
            "documents/accounts/tags.py:check",
        ),
        seconds=6.0,
        megabytes=96,
        examples=15,
    ),
    Door(
        "pictures of a report: PNG, JPEG",
        partial(measure, where="1"),
        (JPEG, PNG),
        (AccountError,),
        ("documents/accounts/pictures.py:_png", "documents/accounts/pictures.py:_jpeg"),
    ),
    *(
        Door(
            f"pictures as a fenced process reads them: {kind}",
            partial(_picture, media_type=kind),
            (content,),
            covers=("documents/clean/pictures.py:frame",),
        )
        for kind, content in (("image/jpeg", JPEG), ("image/png", PNG), ("image/webp", WEBP))
    ),
    Door(
        "clean copies: PDF",
        lambda content: clean_copy(content, "application/pdf", limits=SMALL),
        (PDF, making.plain_pdf()),
        (CleanError,),
        (
            "documents/clean/pages.py:_opened",
            "documents/clean/frames.py:take",
            "documents/clean/answers.py:read",
        ),
        examples=6,
    ),
    Door(
        "light pictures of events and news",
        lambda content: light(content, "image/jpeg"),
        (JPEG,),
        (CleanError,),
        ("documents/clean/light.py:size_of", "outreach/services/pictures.py:look"),
        examples=6,
    ),
    Door(
        "photographs that lose what they say",
        _strip,
        (JPEG, PNG, WEBP),
        (metadata.MetadataError,),
        (
            "files/metadata.py:_segments",
            "files/metadata.py:_turned.number",
            "files/metadata.py:_chunks",
            "files/metadata.py:_webp",
            "files/metadata.py:_pieces",
        ),
    ),
    Door(
        "archives: what they list",
        lambda content: archives.members(io.BytesIO(content)),
        (DOCX, BOOK),
        (archives.ArchiveError,),
        ("files/archives.py:members",),
    ),
    Door(
        "kind of an upload",
        lambda content: sniff.media_type(io.BytesIO(content)),
        (DOCX, JPEG, PDF),
    ),
    Door(
        "papers of cases, councils and evidence",
        _paper,
        (PDF, JPEG, PNG, WEBP, DOCX),
        covers=(
            "casework/rules/papers.py:_jpeg",
            "casework/rules/papers.py:_webp",
            "casework/rules/papers.py:_heic",
        ),
    ),
    Door("uploads at a form's field", _upload, (JPEG, PDF, DOCX, b"words"), (ValidationError,)),
    Door(
        "forms with uploads: multipart",
        partial(_posted, kind=BOUND),
        (MULTIPART,),
        REFUSED,
    ),
    Door(
        "forms: words",
        partial(_posted, kind="application/x-www-form-urlencoded"),
        (b"text=%D2%9B&a=b",),
        REFUSED,
    ),
    Door(
        "signed heads that were saved: text, JSON",
        _heads,
        (HEADS, str(heads.as_json([HEAD])).replace("'", '"').encode()),
        (heads.AnchorsError,),
        (
            "journal/heads.py:read",
            "journal/heads.py:_from_json",
            "journal/heads.py:_head",
            "journal/heads.py:is_genuine",
        ),
    ),
    Door(
        "lists of erasures",
        erasures.read,
        (erasures.written({"ab" * 8: "2026-11-23"}).encode(),),
        (erasures.ListError,),
        ("kernel/erasures.py:read", "operation/replaying.py:read"),
    ),
    Door(
        "copies, opened: gzip, tar, manifest",
        _backup_read,
        (_backup(),),
        (DamagedError,),
        ("operation/archive.py:read", "operation/archive.py:_manifest"),
    ),
    Door(
        "settings: TOML",
        _settings,
        ('organisation_kk = "Бақылау"\nport = 8011\nhosts = ["a.kz"]\n'.encode(),),
        (SettingError,),
        ("config/environment.py:_from_file",),
    ),
    Door(
        "releases that somebody saved",
        checking.check,
        (RELEASE,),
        covers=(
            "accountability/rules/archive.py:_body_at",
            "accountability/rules/checking.py:check",
            "accountability/rules/checking.py:_object",
            "accountability/rules/closings.py:_closing",
            "accountability/rules/anchoring.py:points",
            "accountability/rules/manifest.py:is_genuine",
            "accountability/rules/manifest.py:read_line",
            "accountability/rules/answers.py:read",
        ),
    ),
    Door(
        "open data: CSV",
        read_csv,
        (as_csv(["a", "b"], [["1", "2"]]),),
        (BrokenTableError,),
        ("accountability/rules/tables.py:read_csv",),
    ),
    Door(
        "open data: JSON",
        read_json,
        (as_json(["a", "b"], [["1", "2"]]),),
        (BrokenTableError,),
        ("accountability/rules/tables.py:read_json",),
    ),
    Door(
        "outlines of reports: TOML",
        outline.read,
        (OUTLINE,),
        (outline.OutlineError,),
        ("accountability/rules/outline.py:read",),
    ),
)
