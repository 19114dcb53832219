"""Uploads at the door: never in clear on the disk, never believed by their name."""

import io
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import RequestFactory
from django.utils import translation
from django.utils.datastructures import MultiValueDict
from hypothesis import given
from hypothesis import strategies as st

from baqylau.files import uploads
from baqylau.files.forms import UploadField, clean_name
from baqylau.files.sniff import UNKNOWN, media_type
from baqylau.files.spool import PIECE, EncryptedFile

MARK = b"PLAIN-MARKER-" * 20_000
KINDS = {"image/png", "text/plain"}


class _Form(forms.Form):
    file = UploadField(kinds=KINDS, limit=2_000_000)


def _form(upload: object) -> _Form:
    return _Form({}, MultiValueDict({"file": [upload]}))  # type: ignore[list-item]  # uploads of every class


def _request(content: bytes, count: int = 1) -> HttpRequest:
    files = [SimpleUploadedFile(f"{n}.txt", content) for n in range(count)]
    return RequestFactory().post("/", {"file": files if count > 1 else files[0]})


def _upload(content: bytes) -> Any:  # noqa: ANN401 - an upload, whose file has many forms
    return _request(content).FILES["file"]


@pytest.fixture
def spool(settings: object, tmp_path: Path) -> Path:
    settings.SPOOL_ROOT = tmp_path / "spool"  # type: ignore[attr-defined]  # the fixture is typed as an object
    return tmp_path / "spool"


def test_a_large_upload_reaches_the_disk_only_encrypted(spool: Path) -> None:
    content = MARK * 8
    upload = _upload(content)
    assert isinstance(upload.file, EncryptedFile)
    on_disk = Path(f"/proc/self/fd/{upload.file._file.fileno()}").read_bytes()
    assert len(on_disk) > 1_000_000
    assert b"PLAIN-MARKER" not in on_disk
    assert b"".join(upload.chunks()) == content
    assert list(spool.iterdir()) == [], "the spool has no name that a thief could open"


def test_a_small_upload_stays_in_memory(spool: Path) -> None:
    upload = _upload(b"small")
    assert upload.read() == b"small"
    assert not spool.exists()


def test_too_large_an_upload_is_told_and_thrown_away(
    spool: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "LIMIT", 1_500_000)
    upload = _upload(MARK * 8)
    assert isinstance(upload, uploads.TooLarge)
    with translation.override("kk"):
        assert str(_form(upload).errors["file"][0]).startswith("Файл тым үлкен, шегі – 1 МБ.")


def test_more_files_than_a_form_may_hold_are_not_taken(spool: Path) -> None:
    taken = _request(b"x", uploads.COUNT + 5).FILES.getlist("file")
    assert sum(isinstance(one, uploads.TooLarge) for one in taken) == 5


def test_the_content_decides_what_a_file_is() -> None:
    script = SimpleUploadedFile("photo.png", b"<svg onload=alert(1)>", "image/png")
    assert _form(script).errors.as_data()["file"][0].code == "kind"
    picture = _form(SimpleUploadedFile("photo.exe", b"\x89PNG\r\n\x1a\n....", "x/y"))
    assert picture.is_valid()
    assert picture.cleaned_data["file"].content_type == "image/png"


def test_an_office_file_is_told_from_another_archive() -> None:
    def archive(*names: str) -> io.BytesIO:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as file:
            for name in names:
                file.writestr(name, "")
        return buffer

    assert media_type(archive("[Content_Types].xml", "xl/workbook.xml")).endswith("sheet")
    assert media_type(archive("[Content_Types].xml", "word/document.xml")).endswith("document")
    assert media_type(archive("anything.txt")) == UNKNOWN


@given(st.binary(max_size=5000))
def test_any_bytes_have_some_kind_and_stay_as_they_were(content: bytes) -> None:
    file = io.BytesIO(content)
    assert media_type(file)
    assert file.read() == content


@given(st.text(max_size=400))
def test_any_name_becomes_a_harmless_one(name: str) -> None:
    clean = clean_name(name)
    assert clean
    assert len(clean) <= 140
    assert not set(clean) & set("/\\\x00\n\u202e\u200b")


def test_a_kazakh_name_keeps_its_letters() -> None:
    assert clean_name("C:\\құжат\\Әділеттің өтініші.pdf") == "Әділеттің өтініші.pdf"


@given(st.binary(max_size=3 * PIECE), st.integers(0, 3 * PIECE), st.integers(0, 2 * PIECE))
def test_the_spool_reads_like_any_file(content: bytes, start: int, length: int) -> None:
    with tempfile.TemporaryDirectory() as folder, EncryptedFile(Path(folder)) as spool:
        spool.write(content)
        plain = io.BytesIO(content)
        spool.seek(start)
        plain.seek(start)
        assert io.BufferedReader(spool).read(length) == plain.read(length)


def test_nothing_is_added_once_the_spool_is_read(tmp_path: Path) -> None:
    with EncryptedFile(tmp_path) as spool:
        spool.write(b"x")
        spool.read(1)
        with pytest.raises(ValueError, match="being read"):
            spool.write(b"y")
