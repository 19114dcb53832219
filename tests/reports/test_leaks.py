"""Whoever takes databases, files, spools, logs, letters, keys and a backup reads no report."""

import io
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections, models
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as tries
from hypothesis import strategies as st
from pytest_django import Settings

from baqylau.journal.models import Entry
from baqylau.kernel.access import Actor
from baqylau.reports import store
from baqylau.reports.models import Item, Part, Report, Wrap
from baqylau.reports.queries.contents import open_wrap
from baqylau.reports.rules.contents import FileHead, Kind, dumped
from baqylau.reports.services.drafts import add_to_draft, begin_draft
from baqylau.reports.services.keyholding import enrol, unlock
from baqylau.reports.services.names import ask_for_name
from baqylau.reports.services.sealing import add_words
from baqylau.seal import digits, envelope, keys, wraps
from baqylau.seal.errors import SealError
from baqylau.seal.keys import Use
from baqylau.seal.wraps import Binding, Role
from baqylau.storage.router import home_of
from tests.reports.browsing import Reporter
from tests.reports.dumping import (
    backup_bytes,
    database_bytes,
    folder_bytes,
    found_in,
    mail_bytes,
)
from tests.reports.making import House, file

pytestmark = pytest.mark.django_db(databases=["default", "sealed"], transaction=True)
AGENT = "Nokia-3310-of-a-reporter"
STORY = "Тіс дәрігері Ержан отыз мың теңге сұрады"
PHOTO = b"\xff\xd8\xff" + "жасырын түсірілген сурет".encode() * 40
PASSPHRASE = "түнгі дала самалы жүрекке жылы"


@dataclass(slots=True)
class Told:
    """What a test put in, by what it is; the report that it made."""

    report: Report
    texts: dict[str, str | bytes] = field(default_factory=dict)


@pytest.fixture
def home(folders: Path, settings: Settings) -> Path:
    """An installation's folder."""
    settings.HOME, settings.VAR = folders, folders / "var"
    (folders / "var").mkdir()
    settings.KEYS.mkdir(exist_ok=True)
    return folders


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """All that any logger says, at any level."""
    words, root = io.StringIO(), logging.getLogger()
    handler, before = logging.StreamHandler(words), root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    quieted = {
        name: logger.level
        for name, logger in logging.Logger.manager.loggerDict.items()
        if isinstance(logger, logging.Logger) and logger.level
    }
    for name in quieted:
        logging.getLogger(name).setLevel(logging.DEBUG)
    yield words
    for name, level in quieted.items():
        logging.getLogger(name).setLevel(level)
    root.setLevel(before)
    root.removeHandler(handler)


@pytest.fixture
def told(ready: House, home: Path, log: io.StringIO) -> Told:
    """A report with everything that may belong to one."""
    draft = begin_draft()
    head = FileHead("Ержан_дәрігер.jpg", "image/jpeg", len(PHOTO))
    add_to_draft(draft=draft, head=head, file=io.BytesIO(PHOTO))
    answers = dumped({"story": STORY, "conduct": "bribe_asked", "district": "311000000"})
    name = dumped({"name": "Айгүл Серікқызы", "phone": "+7 701 555 66 77"})
    filed, report = file(draft=draft, answers=answers, name=name, site="example.org")
    officer = ready.officers[0]
    key = open_wrap(report, Part.REPORT, Role.OFFICER, officer.key, officer.actor.key)
    talk = {
        Kind.OFFICER: "Қай күні, қай кабинетте болды?",
        Kind.REPORTER: "Екінші қабат, он төртінші бөлме",
    }
    for kind, words in talk.items():
        content = dumped({"words": words})
        add_words(
            report=report,
            part=Part.REPORT,
            key=key,
            kind=kind,
            content=content,
            actor=officer.actor,
        )
    notes = note_something(report, officer.actor)
    enrol(actor=Actor("officer-9"), office="officer", passphrase=PASSPHRASE)
    unlock(actor=Actor("officer-9"), passphrase=PASSPHRASE)
    ask = "Сотта куә ретінде қорғау керек"
    ask_for_name(actor=officer.actor, report=report, reason="protection", note=ask)
    number = filed.receipt.number
    texts: dict[str, str | bytes] = {
        "the story": STORY,
        "a part of the story": "отыз мың теңге",
        "the name": "Айгүл Серікқызы",
        "the phone": "+7 701 555 66 77",
        "the file's name": "Ержан_дәрігер",
        "the file": PHOTO[:64],
        "a question": talk[Kind.OFFICER],
        "an answer": talk[Kind.REPORTER],
        "a note": notes,
        "the custodian's question": ask,
        "the receipt": number,
        "the receipt in fours": digits.grouped(number),
        "the receipt's secret": number[6:26],
        "the passphrase": PASSPHRASE,
        "the draft's key": draft.secret,
        "the report's key": key.text,
        "an officer's key": officer.key.text,
    }
    return Told(report, texts)


def note_something(report: Report, actor: Actor) -> str:
    """A note and a label in the desk's part; returns the note."""
    desk, words = keys.generate(Use.REPORT), "Ержанды бұрын да айтқан, тексеру керек"
    report.desk_public = desk.public
    report.save()
    for kind, values in (
        (Kind.NOTE, {"words": words}),
        (Kind.LABEL, {"district": "311000000", "conduct": "bribe_asked"}),
    ):
        add_words(
            report=report, part=Part.DESK, key=desk, kind=kind, content=dumped(values), actor=actor
        )
    return words


def test_nothing_that_was_put_in_stands_anywhere(told: Told, home: Path, log: io.StringIO) -> None:
    places = {
        "the sealed database": database_bytes("sealed"),
        "the other database": database_bytes("default"),
        "files and spools": folder_bytes(settings.FILES_ROOT, settings.SPOOL_ROOT),
        "letters": mail_bytes(),
        "the log": log.getvalue().encode(),
    }
    if connections["sealed"].vendor == "sqlite":
        places["a backup"] = backup_bytes(home)
    places["keys"] = folder_bytes(settings.KEYS)
    found = {where: found_in(dump, told.texts) for where, dump in places.items()}
    assert {where: names for where, names in found.items() if names} == {}


def test_nothing_that_came_through_the_pages_stands_anywhere(
    ready: House, home: Path, log: io.StringIO
) -> None:
    client = Client(headers={"user-agent": AGENT}, REMOTE_ADDR="203.0.113.77")
    reporter = Reporter(client=client)
    picture = SimpleUploadedFile("Ержан_дәрігер.pdf", b"%PDF-1.4 " + PHOTO, "application/pdf")
    reporter.open().press("whole")
    reporter.press("review", story=STORY, office="Тіс емханасы", name=["Айгүл"], files=[picture])
    secret = reporter.fields["secret"][0]
    printed = reporter.press("send").digits
    assert Item.objects.filter(ciphertext=None).count() == 1, "the evidence was taken"
    reporter.open("/report/channel/")
    typed = {"receipt": [printed], "do": ["open"]}
    assert reporter.send(reporter.fields | typed, "/report/channel/").answer.status_code == 200
    texts: dict[str, str | bytes] = {
        "the story": STORY,
        "the office": "Тіс емханасы",
        "the file's name": "Ержан_дәрігер",
        "the file": PHOTO[:64],
        "the secret": secret,
        "the receipt": printed.replace(" ", ""),
        "the receipt as printed": printed,
        "the browser": AGENT,
        "the address": "203.0.113.77",
    }
    places = {
        "the sealed database": database_bytes("sealed"),
        "the other database": database_bytes("default"),
        "files and spools": folder_bytes(settings.FILES_ROOT, settings.SPOOL_ROOT),
        "letters": mail_bytes(),
        "the log": log.getvalue().encode(),
    }
    found = {where: found_in(dump, texts) for where, dump in places.items()}
    assert {where: names for where, names in found.items() if names} == {}


def test_the_search_is_not_blind(told: Told, home: Path) -> None:
    text = told.texts["a note"]
    assert isinstance(text, str)
    for hidden in (text.encode(), text.encode().hex().encode(), text.lower().encode("utf-8")):
        assert found_in(b"..." + hidden + b"...", told.texts) == ["a note"]
    locator = told.report.locator or ""
    assert locator.encode() in database_bytes("sealed"), "what is in clear is found"
    if connections["sealed"].vendor == "sqlite":
        assert locator.encode() in backup_bytes(home)


def test_nothing_is_written_to_the_other_database(ready: House, home: Path) -> None:
    def rows() -> dict[str, int]:
        here = [each for each in apps.get_models() if home_of(each._meta.app_label) != "sealed"]
        return {
            model._meta.label: models.QuerySet(model, using="default").count() for model in here
        }

    before = rows()
    file(name=dumped({"name": "Айгүл"}), site="example.org")
    assert rows() == before


CLEAR = {
    "Report": "id locator filed_on state is_urgent acknowledge_by feedback_by acknowledged_on"
    " answered_on closed_on delete_on bucket public name_public desk_public",
    "Wrap": "id report_id part role holder",
    "Item": "id report_id part number digest",
    "Draft": "id public slot",
    "DraftFile": "id draft_id number digest bucket",
    "Keyholder": "id holder office public since_on until_on seen_on code_kept_on trusted_on",
    "RecoveryKey": "id public is_living since_on until_on proven_on",
    "Unlocked": "holder made_on",
    "NameRequest": "id report_id asker reason asked_on state decider refusal decided_on",
    "Export": "id report_id reason asker asked_on second agreed_on taken_on",
    "Counter": "id month by value number",
    "Slip": "digest week",
    "SlipList": "week text digest",
    "NextKey": "holder public code_kept_on made_by agreed_by begun_on",
    "Uncounted": "id month",
    "KeyCheck": "id public by office is_same on",
    "NextWrap": "id key_id wrap_id",
}
"""Every column that is no ciphertext: whoever adds one says here that it ties nothing."""


def test_every_clear_column_is_known_and_none_tells_more_than_a_day() -> None:
    for model in apps.get_app_config("reports").get_models():
        fields = list(model._meta.concrete_fields)
        clear = [each.attname for each in fields if not isinstance(each, models.BinaryField)]
        assert clear == CLEAR[model.__name__].split(), model.__name__
        assert not [each for each in fields if isinstance(each, models.DateTimeField)]
        for each in fields:
            if isinstance(each, models.ForeignKey):
                assert each.remote_field.model._meta.app_label == "reports"


def test_two_reports_from_different_places_look_the_same(ready: House) -> None:
    def looks(**values: str) -> list[object]:
        _filed, report = file(answers=dumped(values))
        shown = {each: getattr(report, each) for each in CLEAR["Report"].split()}
        for drawn in ("id", "locator", "public", "name_public"):
            del shown[drawn]
        items = Item.objects.filter(report=report).order_by("part")
        held = Wrap.objects.filter(report=report).order_by("part", "role", "holder")
        told = Entry.objects.using("sealed").filter(subject__contains=report.pk)
        return [
            shown,
            [(item.part, item.number) for item in items],
            [(wrap.part, wrap.role, wrap.holder) for wrap in held],
            [(entry.action, entry.at, entry.actor, len(entry.payload)) for entry in told],
        ]

    one = looks(district="311000000", conduct="bribe_asked", institution="12", story="Қысқа.")
    other = looks(district="", conduct="rudeness", institution="", story="Ұзақ әңгіме. " * 200)
    assert one == other


@given(size=st.integers(0, 60_000), more=st.integers(0, 4_000))
@tries(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_stored_sizes_tell_the_bucket_alone(ready: House, size: int, more: int) -> None:
    _filed, report = file(answers=dumped({"story": "a" * size}), name=dumped({"name": "b" * more}))
    for item in Item.objects.filter(report=report):
        stored = len(bytes(item.ciphertext or b""))
        bucket = max(each for each in _buckets() if each <= stored)
        # age: 16 bytes for each 64 KiB, and a header whose length is partly drawn by lot.
        assert 200 < stored - bucket <= 600 + 16 * (bucket // 65_536 + 1)
    assert report.bucket.bit_count() == 1


def _buckets() -> set[int]:
    return {envelope.bucket(length) for length in range(0, 130_000, 500)}


def test_the_journal_and_the_files_tell_days_alone(told: Told) -> None:
    entries = Entry.objects.using("sealed").filter(action__startswith="reports.")
    assert {len(entry.at) for entry in entries} == {len("2026-07-01")}
    assert list(store.stray_times()) == []


def test_an_administrator_with_all_rows_and_the_keys_folder_opens_nothing(
    told: Told, home: Path
) -> None:
    if connections["sealed"].vendor == "sqlite":
        backup_bytes(home)
    there = [path.read_bytes() for path in Path(settings.KEYS).rglob("*") if path.is_file()]
    tried = [one for content in there for one in _keys_in(content)]
    assert tried, "there are keys to try"
    report = Report.objects.get(pk=told.report.pk)
    sealed = [bytes(wrap.wrapped) for wrap in Wrap.objects.filter(report=report)]
    for own in tried:
        for wrapped in sealed:
            with pytest.raises(SealError):
                wraps.unwrap(own, Binding(report.pk, Role.RECOVERY), wrapped, public=report.public)
    assert b"AGE-SECRET-KEY-" not in database_bytes("sealed") + database_bytes("default")


def _keys_in(content: bytes) -> Iterator[keys.SecretKey]:
    """Whatever may be a key in a file: a line of age, or 32 bytes in hexadecimal digits."""
    for found in re.findall(rb"AGE-SECRET-KEY-1[A-Z0-9]{58}", content):
        yield keys.from_text(Use.PERSON, found.decode())
    for found in re.findall(rb"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])", content):
        yield keys.from_seed(Use.PERSON, bytes.fromhex(found.decode()))


def test_a_wrap_of_its_own_opens_no_name(told: Told, ready: House) -> None:
    officer = ready.officers[0]
    key = keys.generate(Use.PERSON)
    row = Wrap.objects.filter(report=told.report, part=Part.NAME).get()
    # Whoever writes the database puts the custodian's wrap under an officer's name.
    Wrap.objects.filter(pk=row.pk).update(role=Role.ASKER, holder=officer.actor.key)
    for own in (officer.key, key):
        with pytest.raises(SealError):
            open_wrap(told.report, Part.NAME, Role.ASKER, own, officer.actor.key)
