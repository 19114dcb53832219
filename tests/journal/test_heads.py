"""Signed heads: made daily, published, saved by anybody, read back with suspicion."""

import contextlib
import json
import sqlite3
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries, Settings

from baqylau.journal import heads, keys, queries
from baqylau.journal.chain import Walk
from baqylau.journal.heads import AnchorsError, SignedHead, as_json, as_text, is_genuine, read, sign
from baqylau.journal.models import Entry
from baqylau.journal.services import sign_heads
from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError
from baqylau.kernel.modules import registry
from tests.journal.chains import chain, write

SEED = bytes(range(32))
DAY = date(2026, 3, 5)
HEAD = sign("default", DAY, 7, "ab" * 32, SEED)
SEALED = sign("sealed", DAY, None, "cd" * 32, SEED)
BOTH = ["default", "sealed"]
ROOT = Path(__file__).resolve().parents[2]


def at(day: int) -> datetime:
    return datetime(2026, 3, day, 9, tzinfo=UTC)


@pytest.fixture
def own_keys(tmp_path: Path, settings: Settings) -> Path:
    settings.KEYS = tmp_path / "keys"
    return tmp_path / "keys"


def test_a_head_is_genuine_only_as_it_was_signed() -> None:
    assert is_genuine(HEAD)
    assert is_genuine(SEALED)
    for changed in (
        replace(HEAD, chain="sealed"),
        replace(HEAD, number=8),
        replace(HEAD, number=None),
        replace(HEAD, signed_on=date(2026, 3, 6)),
        replace(HEAD, digest="ac" * 32),
        replace(HEAD, signature=SEALED.signature),
        replace(HEAD, key=sign("default", DAY, 7, "ab" * 32, bytes(32)).key),
    ):
        assert not is_genuine(changed)


def test_both_files_bring_back_what_was_saved() -> None:
    assert read(as_text([HEAD, SEALED]).encode()) == [HEAD, SEALED]
    assert read(json.dumps(as_json([HEAD, SEALED])).encode()) == [HEAD, SEALED]
    assert read(b"\xef\xbb\xbf" + as_text([HEAD]).replace("\n", "\r\n").encode()) == [HEAD]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"", 1),
        (b"\xff\xfe", 1),
        (b"<html>", 1),
        (b"{}", 1),
        (b"{" * 100_000, 1),
        (b'{"format": "baqylau heads 1", "heads": {}}', 1),
        (b'{"format": "baqylau heads 1", "heads": [1]}', 1),
        (b'{"format": "baqylau heads 1", "heads": [{}]}', 1),
        (as_text([HEAD]).encode() + b"default 2026-03-06 8\n", 3),
        (as_text([HEAD]).replace("default", "other").encode(), 2),
        (as_text([HEAD]).replace("2026-03-05", "yesterday").encode(), 2),
        (as_text([HEAD]).replace(" 7 ", " ७ ").encode(), 2),
        (as_text([HEAD]).replace(" 7 ", " " + "7" * 5_000 + " ").encode(), 2),
        (as_text([HEAD]).replace("abab", "ABAB").encode(), 2),
    ],
)
def test_a_file_that_is_no_list_of_heads_is_refused_with_its_line(
    content: bytes, line: int
) -> None:
    with pytest.raises(AnchorsError) as refused:
        read(content)
    assert refused.value.params["line"] == line


def test_a_file_beyond_all_measure_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heads, "FILE_LIMIT", 10)
    with pytest.raises(AnchorsError):
        read(as_text([HEAD]).encode())


@given(st.binary(max_size=300))
def test_foreign_bytes_are_heads_or_a_refusal(content: bytes) -> None:
    for start in (b"", b"# baqylau heads 1\n", b'{"format": "baqylau heads 1", "heads": ['):
        with contextlib.suppress(AnchorsError):
            assert all(isinstance(head, SignedHead) for head in read(start + content))


@pytest.mark.django_db(databases=BOTH)
def test_each_day_both_chains_are_signed_once(own_keys: Path) -> None:
    write(3)
    for day in (5, 5, 6):
        with clock.frozen(at(day)):
            sign_heads()
    signed = queries.signed_heads()
    assert [(head.chain, head.signed_on.day, head.number) for head in signed] == [
        ("default", 5, 3),
        ("sealed", 5, None),
        ("default", 6, 3),
        ("sealed", 6, None),
    ]
    assert all(is_genuine(head) for head in signed)
    assert {head.key for head in signed} == {keys.public()}
    for alias in BOTH:
        own = [head for head in signed if head.chain == alias]
        assert list(Walk(alias, own).over(queries.rows(alias))) == []


@pytest.mark.django_db(databases=BOTH)
def test_the_sealed_head_changes_daily_whether_or_not_anything_happened(own_keys: Path) -> None:
    for day in (5, 6):
        with clock.frozen(at(day)):
            sign_heads()
    one, other = queries.signed_heads()
    assert one.digest != other.digest
    salts = {entry.payload for entry in Entry.objects.using("sealed")}
    assert len(salts) == 2


@pytest.mark.django_db(databases=BOTH)
def test_an_empty_open_chain_is_not_signed(own_keys: Path) -> None:
    assert [head.chain for head in sign_heads()] == ["sealed"]


def test_the_key_is_made_once_and_read_by_its_owner_alone(own_keys: Path) -> None:
    assert keys.public() == ""
    assert keys.make()
    first = keys.seed()
    assert not keys.make()
    assert keys.seed() == first
    assert keys.path().stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("content", ["", "no key", "ab" * 31, "ab" * 33])
def test_a_damaged_key_is_one_sentence(own_keys: Path, content: str) -> None:
    own_keys.mkdir()
    keys.path().write_text(content)
    with pytest.raises(DomainError, match=r"journal\.key"):
        keys.seed()


@pytest.mark.django_db(databases=BOTH)
def test_the_page_and_the_files_show_the_signed_heads(client: Client, own_keys: Path) -> None:
    assert client.get("/en/journal/").status_code == 200
    write(1)
    made = sign_heads()
    page = client.get("/en/journal/").text
    assert made[0].digest in page
    assert made[0].key in page
    for name in ("heads.json", "heads.txt"):
        assert read(client.get(f"/journal/{name}").content) == made


@pytest.mark.django_db(databases=BOTH)
def test_the_public_page_asks_the_sealed_database_nothing(
    client: Client,
    own_keys: Path,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    sign_heads()
    with django_assert_num_queries(0, using="sealed"):
        client.get("/journal/")
        client.get("/journal/heads.json")


def test_signing_is_a_daily_duty() -> None:
    (duty,) = [job for job in registry.gather("jobs") if job.code == "journal.sign"]
    assert duty.at


@pytest.mark.once
def test_the_lines_of_code_in_the_document_check_a_saved_file(tmp_path: Path) -> None:
    document = (ROOT / "docs" / "journal.md").read_text(encoding="utf-8")
    code = document.split("```python\n")[1].split("```")[0]
    saved = tmp_path / "heads.json"
    for wrong in (False, True):
        head = replace(HEAD, number=8) if wrong else HEAD
        saved.write_text(json.dumps(as_json([head, SEALED])))
        result = subprocess.run(
            [sys.executable, "-c", code, str(saved)], capture_output=True, text=True
        )
        assert (result.returncode == 0) is not wrong, result.stderr


@pytest.mark.once
def test_the_lines_of_code_in_the_document_check_a_database_file(tmp_path: Path) -> None:
    document = (ROOT / "docs" / "journal.md").read_text(encoding="utf-8")
    code = document.split("```python\n")[2].split("```")[0]
    names = "number, at, action, actor, subject, payload, digest"
    for kept, status in ((chain(5), 0), (chain(5)[1:], 1), ([*chain(5)[:2], *chain(5)[3:]], 1)):
        path = tmp_path / f"{len(kept)}-{kept[0][0]}.sqlite3"
        with contextlib.closing(sqlite3.connect(path)) as database, database:
            database.execute(f"CREATE TABLE journal_entry ({names})")
            database.executemany("INSERT INTO journal_entry VALUES (?,?,?,?,?,?,?)", kept)
        result = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True)
        assert result.returncode == status
