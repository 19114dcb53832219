"""`baqylau recover`: two shares open what a backup brought back, in a clean directory."""

import contextlib
import io
import os
import pty
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection
from django.utils import translation
from pytest_django import Settings

from baqylau.config.console import run
from baqylau.journal.models import Entry
from baqylau.kernel.access import Actor
from baqylau.operation import sealing
from baqylau.operation.backup import backup
from baqylau.operation.restore import restore
from baqylau.operation.services import mark_installation
from baqylau.reports.models import Item, Keyholder, Part, Report, Wrap
from baqylau.reports.rules.contents import FileHead, dumped, loaded
from baqylau.reports.services.drafts import add_to_draft, begin_draft
from baqylau.reports.store import all_digests
from baqylau.seal import keys, shares, wraps
from baqylau.seal.keys import Use
from baqylau.seal.wraps import Binding, Role
from tests.reports.making import STORY, House, file, make_holder, make_house
from tests.reports.opening import readable

pytestmark = pytest.mark.django_db(databases=["default", "sealed"], transaction=True)
PHOTO = b"\x89PNG a photograph of a note" * 400


@pytest.fixture
def house(tmp_path: Path, settings: Settings, still: None) -> Iterator[House]:
    """An installation's folder, with keys and the people who hold keys."""
    settings.HOME = tmp_path
    settings.VAR = tmp_path / "var"
    settings.KEYS = tmp_path / "keys"
    settings.FILES_ROOT = tmp_path / "var" / "files"
    settings.SPOOL_ROOT = tmp_path / "spool"
    (tmp_path / "var").mkdir()
    (tmp_path / "out").mkdir()
    sealing.make_key()
    mark_installation()
    with translation.override("en"):
        yield make_house()


def with_photo() -> Report:
    """A report with a file of evidence."""
    draft = begin_draft()
    add_to_draft(
        draft=draft,
        head=FileHead("../қолхат.png", "image/png", len(PHOTO)),
        file=io.BytesIO(PHOTO),
    )
    return file(draft=draft, name=dumped({"name": "Айгүл"}))[1]


def typed(*words: str) -> str:
    """Two shares as a pipe gives them."""
    return "\n".join(words) + "\n"


def recover(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    text: str,
    *options: str,
) -> tuple[int, str]:
    """Run the command in this process; returns its status and all that it has said."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    status = run(["recover", *options])
    said = capsys.readouterr()
    return status, said.out + said.err


Say = tuple[pytest.CaptureFixture[str], pytest.MonkeyPatch]


@pytest.fixture
def console(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Say:
    return capsys, monkeypatch


def typed_blindly(home: Path, two: tuple[str, ...]) -> str:
    """Type the shares at a terminal; returns all that the terminal has shown."""
    master, slave = pty.openpty()
    kept = {key: text for key, text in os.environ.items() if not key.startswith("BAQYLAU_")}
    place = {"BAQYLAU_HOME": str(home), "BAQYLAU_MODE": "training", "LC_ALL": "C.UTF-8"}
    process = subprocess.Popen(
        [sys.executable, "-m", "baqylau", "recover", "--check"],
        env={**kept, **place, "DJANGO_SETTINGS_MODULE": "baqylau.config.settings"},
        stdin=slave,
        stdout=slave,
        stderr=slave,
        start_new_session=True,
    )
    os.close(slave)
    shown, waiting = "", [f"{each}\n" for each in two]
    with contextlib.suppress(OSError):  # the terminal closes with the program
        while piece := os.read(master, 4_096).decode(errors="replace"):
            shown += piece
            if waiting and shown.rstrip().endswith(f"Share {3 - len(waiting)}:"):
                os.write(master, waiting.pop(0).encode())
    os.close(master)
    assert process.wait(60) == 0, shown
    return shown


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="one file is one database")
@pytest.mark.once
def test_a_backup_and_two_shares_open_everything_in_a_clean_directory(
    house: House, tmp_path: Path
) -> None:
    assert connection.vendor == "sqlite"
    loser = house.officers[0]
    report = with_photo()
    Wrap.objects.filter(holder=loser.actor.key).delete()
    archive = backup(tmp_path / "out" / "one.age", lambda _line: None)
    clean = tmp_path / "clean"
    restore(archive, clean, tmp_path / "keys" / sealing.SECRET, lambda _line: None)

    def baqylau(*options: str, shares: tuple[str, ...]) -> subprocess.CompletedProcess[str]:
        kept = {key: text for key, text in os.environ.items() if not key.startswith("BAQYLAU_")}
        place = {"BAQYLAU_HOME": str(clean), "BAQYLAU_MODE": "training"}
        return subprocess.run(
            [sys.executable, "-m", "baqylau", "recover", *options],
            env={
                **kept,
                **place,
                "DJANGO_SETTINGS_MODULE": "baqylau.config.settings",
                "LC_ALL": "C.UTF-8",
            },
            input=typed(*shares),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    two = house.shares[1:]
    checked = baqylau("--check", shares=two)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    into = tmp_path / "opened"
    done = baqylau("--open", str(report.locator), "--into", str(into), shares=two)
    assert done.returncode == 0, done.stdout + done.stderr
    words, photo = sorted(into.iterdir())
    assert loaded(words.read_bytes())["story"] == STORY
    assert photo.read_bytes() == PHOTO
    assert into.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in into.iterdir()} == {0o600}
    given = baqylau("--to-officers", shares=two)
    assert given.returncode == 0, given.stdout + given.stderr
    with closing(sqlite3.connect(clean / "var" / "db" / "sealed.sqlite3")) as database:
        (wrapped,) = database.execute(
            "SELECT wrapped FROM reports_wrap WHERE holder = ?", [loser.actor.key]
        ).fetchone()
    binding = Binding(report.pk, Role.OFFICER, loser.actor.key)
    assert wraps.unwrap(loser.key, binding, wrapped, public=report.public).public == report.public
    shown = typed_blindly(clean, two)
    assert not any(share[:24] in shown or share[-24:] in shown for share in two)
    wrong = baqylau("--check", shares=(two[0], two[0]))
    assert wrong.returncode == 2
    assert "Traceback" not in wrong.stderr


def test_a_check_counts_what_opens_and_names_what_does_not(house: House, console: Say) -> None:
    with_photo()
    _filed, damaged = file()
    status, said = recover(*console, typed(*house.shares[:2]), "--check")
    assert (status, "2, with 3 items" in said) == (0, True)
    Item.objects.filter(report=damaged, part=Part.REPORT).update(ciphertext=b"age-encryption")
    status, said = recover(*console, typed(*house.shares[:2]), "--check")
    assert status == 1
    assert str(damaged.locator) in said
    assert STORY not in said


def test_a_missing_file_is_no_whole_report(house: House, console: Say, settings: Settings) -> None:
    report = with_photo()
    (digest,) = all_digests()
    for path in Path(settings.FILES_ROOT).rglob(digest):
        path.unlink()
    status, said = recover(*console, typed(*house.shares[:2]), "--check")
    assert status == 1
    assert str(report.locator) in said


def test_officers_who_lost_everything_read_again(house: House, console: Say) -> None:
    reports = {with_photo().pk, file()[1].pk}
    Wrap.objects.filter(role=Role.OFFICER).delete()
    status, said = recover(*console, typed(*house.shares[1:]), "--to-officers")
    assert status == 0
    assert "4" in said
    for officer in house.officers:
        assert readable(officer) == reports
    assert recover(*console, typed(*house.shares[1:]), "--to-officers")[0] == 0
    assert Entry.objects.using("sealed").filter(action="reports.given").count() == 4
    custodian = house.custodians[0]
    assert readable(custodian) == set()


def test_the_notes_of_officers_come_back_too(house: House, console: Say) -> None:
    _filed, report = file()
    desk = keys.generate(Use.REPORT)
    Report.objects.filter(pk=report.pk).update(desk_public=desk.public)
    assert house.recovery is not None
    binding = Binding(f"{report.pk}-d", Role.RECOVERY)
    wrapped = wraps.wrap(desk, binding, house.recovery.public)
    Wrap.objects.create(report=report, part=Part.DESK, role=Role.RECOVERY, wrapped=wrapped)
    Wrap.objects.filter(role=Role.OFFICER).delete()
    recover(*console, typed(*house.shares[1:]), "--to-officers")
    for officer in house.officers:
        assert readable(officer, Part.DESK) == {report.pk}


def test_without_a_living_officer_nothing_is_handed_out(house: House, console: Say) -> None:
    Keyholder.objects.update(until_on="2026-07-01", by_passphrase=None, by_code=None)
    status, said = recover(*console, typed(*house.shares[1:]), "--to-officers")
    assert status == 2
    assert "No officer has a key" in said


def test_a_report_is_written_once_into_a_new_folder_of_ones_own(
    house: House, console: Say, tmp_path: Path
) -> None:
    report = with_photo()
    two, into = typed(*house.shares[:2]), tmp_path / "in the clear"
    options = ("--open", f"{str(report.locator)[:4]} {str(report.locator)[4:]}")
    status, said = recover(*console, two, *options, "--into", str(into))
    assert status == 0
    assert "in clear" in said
    names = sorted(path.name for path in into.iterdir())
    assert names == ["report-001-report.json", "report-002-_қолхат.png"]
    assert not list(tmp_path.glob("*.png"))
    assert recover(*console, two, *options, "--into", str(into))[0] == 2
    told = Entry.objects.using("sealed").filter(action="reports.opened_by_recovery")
    assert told.count() == 1


def test_a_name_of_long_letters_fits_on_the_disk(
    house: House, console: Say, tmp_path: Path
) -> None:
    draft, name = begin_draft(), "𐰴" * 290 + ".png"
    add_to_draft(draft=draft, head=FileHead(name, "image/png", len(PHOTO)), file=io.BytesIO(PHOTO))
    report, into = file(draft=draft)[1], tmp_path / "opened"
    options = ("--open", str(report.locator), "--into", str(into))
    assert recover(*console, typed(*house.shares[:2]), *options)[0] == 0
    (path,) = into.glob("*.png")
    assert path.read_bytes() == PHOTO
    assert set(path.stem.removeprefix("report-002-")) == {"𐰴"}


def test_a_report_that_does_not_open_whole_leaves_nothing_in_clear(
    house: House, console: Say, tmp_path: Path, settings: Settings
) -> None:
    report = with_photo()
    (digest,) = all_digests()
    for path in Path(settings.FILES_ROOT).rglob(digest):
        path.write_bytes(path.read_bytes()[:-20])
    into = tmp_path / "opened"
    options = ("--open", str(report.locator), "--into", str(into))
    assert recover(*console, typed(*house.shares[:2]), *options)[0] == 2
    assert not into.exists()


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--check", "--to-officers"),
        ("--open", "123456"),
        ("--check", "--into", "folder"),
        ("--open", "000000", "--into", "folder"),
    ],
)
def test_orders_that_do_not_fit_are_refused(
    house: House,
    console: Say,
    options: tuple[str, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    try:
        status, said = recover(*console, typed(*house.shares[:2]), *options)
    except SystemExit as ended:
        status, said = int(ended.code or 0), "refused"
    assert status == 2
    assert said
    assert not (tmp_path / "folder").exists()


def test_every_kind_of_wrong_share_has_its_sentence(house: House, console: Say) -> None:
    foreign = shares.split(keys.generate(Use.RECOVERY)).shares
    first, second, _third = house.shares
    sentences = {
        recover(*console, typed(*pair), "--check")[1]
        for pair in (
            (first,),
            (first, first),
            (first, foreign[1]),
            (first, second.replace(second.split()[0], "zzzz", 1)),
            (first, " ".join(second.split()[:-1])),
        )
    }
    assert len(sentences) == 4, "one share and one share twice are the same mistake"
    status, said = recover(*console, typed(*foreign[:2]), "--check")
    assert status == 2
    assert "another key" in said
    assert not any(word in said for word in foreign[0].split())


def test_an_installation_without_keys_says_so(
    console: Say, tmp_path: Path, settings: Settings
) -> None:
    settings.KEYS = tmp_path
    mark_installation()
    made = shares.make()
    status, said = recover(*console, typed(*made.shares[:2]), "--check")
    assert status == 2
    assert "no recovery key" in said


def test_a_new_officer_is_served_by_recovery_as_well(house: House, console: Say) -> None:
    report = with_photo()
    newcomer = make_holder(Actor("officer-3"), "officer")
    recover(*console, typed(*house.shares[1:]), "--to-officers")
    assert readable(newcomer) == {report.pk}
