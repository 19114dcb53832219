"""The drill: a site that works is saved, lost, brought back elsewhere, and everything opens."""

import gzip
import io
import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyrage
import pytest
from django.db import connections
from pytest_django import Settings

from baqylau.contacts import keyring
from baqylau.contacts.services.texts import seed
from baqylau.kernel.access import Actor
from baqylau.kernel.roles import Role
from baqylau.operation import archive, sealing, wrapping
from baqylau.operation.archive import Manifest
from baqylau.operation.backup import backup
from baqylau.operation.queries import ALIASES, row_counts
from baqylau.reports.models import Keyholder
from baqylau.reports.queries.holders import forget
from baqylau.reports.rules.contents import FileHead
from baqylau.reports.services.comparing import confirm
from baqylau.reports.services.drafts import add_to_draft, begin_draft
from baqylau.reports.services.keyholding import enrol
from baqylau.reports.services.recovery import agree_recovery, propose_recovery
from baqylau.seal import shares
from baqylau.seal.people import fingerprint
from tests.contacts.people import visitor
from tests.journal.chains import write
from tests.operation.conftest import ROOT, baqylau, other_place, quiet
from tests.reports.making import PASSPHRASE, file, make_account

pytestmark = pytest.mark.django_db(databases=["default", "sealed"], transaction=True)
OFFICER = Actor("officer-1", frozenset({Role.INTAKE_OFFICER}))
OTHER = Actor("officer-2", frozenset({Role.INTAKE_OFFICER}))
CUSTODIAN = Actor("custodian-1", frozenset({Role.CUSTODIAN}))
PHOTO = b"\x89PNG a photograph of a note" * 4_000


@pytest.fixture
def sheets(home: Path, settings: Settings) -> tuple[str, ...]:
    """Keys as people make them, a report with a photograph; the shares of the recovery key."""
    settings.SPOOL_ROOT = home / "spool"
    for actor, office in ((OFFICER, "officer"), (OTHER, "officer"), (CUSTODIAN, "custodian")):
        make_account(actor, office)
        enrol(actor=actor, office=office, passphrase=PASSPHRASE)
    for by, of in ((OFFICER, OTHER), (OTHER, OFFICER), (OTHER, CUSTODIAN)):
        public = Keyholder.objects.get(holder=of.key).public
        confirm(actor=by, holder=of.key, last=fingerprint(public).split()[-1])
    made = shares.make()
    propose_recovery(actor=OFFICER, public=made.public)
    agree_recovery(actor=OTHER, public=made.public)
    forget()
    draft = begin_draft()
    head = FileHead("қолхат.png", "image/png", len(PHOTO))
    add_to_draft(draft=draft, head=head, file=io.BytesIO(PHOTO))
    file(draft=draft)
    return made.shares


@contextmanager
def at_work() -> Iterator[None]:
    """Colleagues write and people report, as fast as they can, until the block ends."""
    stopped = threading.Event()
    failed: list[BaseException] = []

    def work() -> None:
        try:
            while not stopped.is_set():
                write(1)
                file()
        except BaseException as error:  # noqa: BLE001 - raised again in the test
            failed.append(error)
        finally:
            connections.close_all()

    desk = threading.Thread(target=work)
    desk.start()
    try:
        yield
    finally:
        stopped.set()
        desk.join()
    assert failed == []


def manifest_of(path: Path, key: Path) -> Manifest:
    """What the archive says of itself."""
    with sealing.opened(path, sealing.identities(key)) as source:
        return archive.read(source, lambda _manifest: None, lambda _manifest, _name: None)


def typed(*shares: str) -> str:
    return "\n".join(shares) + "\n"


def test_what_was_saved_during_the_work_comes_back_and_opens(
    home: Path, sheets: tuple[str, ...], tmp_path: Path
) -> None:
    before = {alias: row_counts(alias) for alias in ALIASES}
    with at_work():
        saved = backup(home / "out", quiet)
    after = {alias: row_counts(alias) for alias in ALIASES}
    key = home / "keys" / sealing.SECRET
    place = other_place(tmp_path / "clean", "drill")
    into = tmp_path / "new"
    done = baqylau(place, "restore", str(saved), "--into", str(into), "--key", str(key))
    assert done.returncode == 0, done.stdout + done.stderr
    place["BAQYLAU_HOME"] = str(into)
    verified = baqylau(place, "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr

    told = {"holder": OTHER.key, "passphrase": PASSPHRASE}
    answer = subprocess.run(
        [sys.executable, "-m", "tests.operation.opener"],
        env=place,
        input=json.dumps(told) + "\n",
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=120,
    )
    assert answer.returncode == 0, answer.stderr
    found = json.loads(answer.stdout)
    assert found["rows"] == manifest_of(saved, key).rows
    for alias, tables in found["rows"].items():
        for table in ("journal_entry", "reports_report"):
            if table in tables:
                assert before[alias][table] <= tables[table] <= after[alias][table]
    reports = found["rows"]["sealed"]["reports_report"]
    assert len(found["opened"]) == reports >= 1
    assert max(found["opened"].values()) == 2

    recovered = baqylau(place, "recover", "--check", typed=typed(*sheets[1:]))
    assert recovered.returncode == 0, recovered.stdout + recovered.stderr
    assert f"open whole: {reports}, with {reports + 1} items" in recovered.stdout


def test_two_shares_open_the_archive_itself_and_the_names_in_it(
    home: Path, sheets: tuple[str, ...], tmp_path: Path
) -> None:
    seed()
    person = visitor()
    saved = backup(home / "out", quiet)
    place = other_place(tmp_path / "clean", "drill")
    words = ("restore", str(saved), "--shares", "--into")
    one = baqylau(place, *words, str(tmp_path / "one"), typed=typed(sheets[0]))
    assert (one.returncode, one.stderr.count("\n")) == (2, 1)
    other = typed(*shares.make().shares[:2])
    foreign = baqylau(place, *words, str(tmp_path / "foreign"), typed=other)
    assert (foreign.returncode, "does not open the archive" in foreign.stderr) == (2, True)
    done = baqylau(place, *words, str(tmp_path / "new"), typed=typed(*sheets[:2]))
    assert done.returncode == 0, done.stdout + done.stderr
    assert not (tmp_path / "one").exists()
    assert not (tmp_path / "foreign").exists()
    ring = (home / "keys" / keyring.NAME).read_bytes()
    assert (tmp_path / "new" / "keys" / keyring.NAME).read_bytes() == ring
    assert "contacts.key came back with the shares" in done.stdout
    assert "contacts.key is not in" not in done.stdout
    assert "key that is missing" not in done.stdout
    assert person.sealed_with in ring.decode()


def test_whoever_has_an_archive_and_the_backup_key_has_no_name_in_it(
    home: Path, sheets: tuple[str, ...]
) -> None:
    seed()
    visitor()
    ring = (home / "keys" / keyring.NAME).read_bytes()
    secret = bytes.fromhex(ring.split()[1].decode())
    saved, own = backup(home / "out", quiet), sealing.identities(home / "keys" / sealing.SECRET)
    (home / "read" / "keys").mkdir(parents=True)
    box = home / "read" / "keys" / f"{keyring.NAME}.age"
    with sealing.opened(saved, own) as source:
        packed = source.read()
    plain = gzip.decompress(packed)
    assert not [form for form in (secret, secret.hex().encode(), ring) if form in plain]
    with sealing.opened(saved, own) as source:
        archive.read(
            source,
            lambda _manifest: None,
            lambda _manifest, name: box if name.startswith("keys/") else None,
        )
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(box.read_bytes(), own)
    said: list[str] = []
    wrapping.unwrap(home / "read", own, said.append)
    assert "for two shares of the recovery key (--shares)" in said[0]
    assert not (home / "read" / "keys").exists()
    again = shares.rebuild([shares.read(sheet) for sheet in sheets[:2]], public="").identity()
    box.parent.mkdir()
    box.write_bytes(wrapping.wrapped({}, home)[f"keys/{box.name}"].read_bytes())
    wrapping.unwrap(home / "read", [again], said.append)
    assert (home / "read" / "keys" / keyring.NAME).read_bytes() == ring


def test_a_key_that_was_changed_while_the_databases_were_copied_opens_both_halves(
    home: Path, sheets: tuple[str, ...]
) -> None:
    seed()
    before = wrapping.held()
    old = keyring.ring().current
    keyring.add()
    keyring.drop_all_but_current()
    box = wrapping.wrapped(before, home)[f"keys/{keyring.NAME}.age"]
    again = shares.rebuild([shares.read(sheet) for sheet in sheets[:2]], public="").identity()
    lines = pyrage.decrypt(box.read_bytes(), [again]).decode().splitlines()
    assert [line.split()[0] for line in lines] == [old, keyring.ring().current]
