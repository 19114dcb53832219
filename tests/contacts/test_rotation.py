"""Changing the key while the desk goes on working; finished whatever stopped it."""

import threading
from pathlib import Path

import pytest
from django.db import connections

from baqylau.__main__ import main
from baqylau.contacts import keyring, verification
from baqylau.contacts.keyring import KeyFileError, add, ring, turning
from baqylau.contacts.models import Contact
from baqylau.contacts.services import find_by_phone, reveal, rotate
from baqylau.contacts.services.rotation import _seal_some
from baqylau.journal.models import Entry
from tests.contacts.people import ADVISER, NAME, PHONE, visitor

pytestmark = pytest.mark.django_db


def test_everybody_opens_and_is_found_under_the_new_key(
    prepared: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    people = {visitor(f"Адам {n}", f"+7701000{n:04}").key: n for n in range(5)}
    visitor(phone="")
    old = ring()
    assert main(["contacts", "rotate"]) == 0
    assert "6" in capsys.readouterr().out
    new = ring()
    assert old.current not in new.keys
    assert list(new.keys) == [new.current]
    for key, n in people.items():
        assert reveal(actor=ADVISER, key=key, reason="visit").name == f"Адам {n}"
        assert [r.key for r in find_by_phone(actor=ADVISER, phone=f"8701000{n:04}")] == [key]
    assert list(verification.differences()) == []
    assert Entry.objects.filter(action="contacts.rotated").count() == 1


def test_half_a_rotation_hinders_nobody_and_is_finished_by_the_next(prepared: Path) -> None:
    key = visitor().key
    old, both = ring(), add()
    assert find_by_phone(actor=ADVISER, phone=PHONE)[0].key == key
    assert reveal(actor=ADVISER, key=key, reason="visit").name == NAME
    other = visitor("Жаңа", "+77052223344").key
    assert set(Contact.objects.values_list("sealed_with", flat=True)) == {old.current, both.current}
    assert rotate() == 1
    assert list(ring().keys) == [both.current]
    for each in (key, other):
        assert reveal(actor=ADVISER, key=each, reason="visit").key == each


def test_a_row_that_does_not_open_keeps_both_keys(prepared: Path) -> None:
    row, other = visitor(), visitor("Екінші", "")
    Contact.objects.filter(pk=row.pk).update(sealed_name=bytes(other.sealed_name))
    with pytest.raises(KeyFileError):
        rotate()
    assert len(ring().keys) == 2
    assert reveal(actor=ADVISER, key=other.key, reason="visit").name == "Екінші"


def test_two_rotations_do_not_run_at_once(prepared: Path) -> None:
    with turning(), pytest.raises(KeyFileError):
        rotate()
    assert len(ring().keys) == 1


@pytest.mark.parametrize("content", ["", "\n", "abc", "0123abcd zz", "0123abcd " + "0" * 62, "é ü"])
def test_a_damaged_file_is_told_in_one_sentence(prepared: Path, content: str) -> None:
    keyring.path().write_text(content)
    with pytest.raises(KeyFileError, match=r"contacts\.key"):
        ring()


def test_a_file_lost_for_good_is_begun_anew_and_the_old_rows_wait_for_their_end(
    prepared: Path,
) -> None:
    lost = visitor().key
    keyring.path().unlink()
    assert main(["contacts", "rotate"]) == 2
    assert main(["contacts", "rotate", "--lost"]) == 0
    with pytest.raises(KeyFileError):
        reveal(actor=ADVISER, key=lost, reason="visit")
    new = visitor("Жаңа", "").key
    assert rotate() == 1
    assert reveal(actor=ADVISER, key=new, reason="visit").name == "Жаңа"
    assert len(list(verification.differences())) == 1


@pytest.mark.django_db(transaction=True)
def test_who_is_written_down_during_a_rotation_can_be_opened_afterwards(prepared: Path) -> None:
    first = [visitor(f"Бұрынғы {n}", "").key for n in range(20)]
    written: list[str] = []
    failures: list[BaseException] = []

    def write(worker: int) -> None:
        try:
            written.extend(visitor(f"Жаңа {worker} {n}", "").key for n in range(8))
        except BaseException as error:  # noqa: BLE001 - told below, outside the thread
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for _round in range(3):
        rotate()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(written) == 32
    for key in (*first, *written):
        assert reveal(actor=ADVISER, key=key, reason="visit").key == key
    assert _seal_some() == 0
