"""Forgetting somebody: everywhere, for good, and again after a restore."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection

from baqylau.__main__ import main
from baqylau.contacts import queries, verification
from baqylau.contacts.models import ActingFor, Consent, Contact, Erasure
from baqylau.contacts.services import (
    act_for,
    erase,
    find_by_phone,
    forget,
    keep_to_the_rule,
    withdraw,
)
from baqylau.contacts.services.identity import reveal
from baqylau.journal.models import Entry
from baqylau.kernel import clock
from baqylau.kernel.erasures import HEAD
from baqylau.kernel.errors import NotAllowedError
from baqylau.kernel.modules import Erase, Module, registry
from tests.contacts.people import ADMINISTRATOR, ADVISER, MOMENT, PHONE, visitor

pytestmark = pytest.mark.django_db


def test_an_erased_person_is_nowhere_but_in_the_count_of_erasures(prepared: Path) -> None:
    with clock.frozen(MOMENT):
        row, other = visitor(), visitor("Анасы", "")
        act_for(actor=ADVISER, key=row.key, relation="child", whom=other.key)
        erase(actor=ADVISER, key=row.key)
    assert not Contact.objects.filter(key=row.key).exists()
    assert not ActingFor.objects.exists()
    assert Consent.objects.count() == 1
    assert find_by_phone(actor=ADVISER, phone=PHONE) == []
    assert list(queries.erasures()) == [(row.key, date(2026, 3, 5))]
    entry = Entry.objects.get(action="contacts.erased")
    assert (entry.subject, json.loads(entry.payload)) == (
        f"contact:{row.key}",
        {"reason": "request"},
    )
    with pytest.raises(queries.UnknownContactError):
        reveal(actor=ADVISER, key=row.key, reason="visit")


def test_erasing_needs_the_right_and_somebody(prepared: Path) -> None:
    key = visitor().key
    with pytest.raises(NotAllowedError):
        erase(actor=ADMINISTRATOR, key=key)
    with pytest.raises(queries.UnknownContactError):
        erase(actor=ADVISER, key="0" * 16)
    assert Contact.objects.exists()
    assert not Erasure.objects.exists()


@pytest.fixture
def other_room() -> Iterator[list[str]]:
    """Another room that holds something about people."""
    asked: list[str] = []

    def run(key: str) -> int:
        asked.append(key)
        return 2

    registry.register(Module(code="elsewhere", label="Elsewhere", erase=(Erase("elsewhere", run),)))
    yield asked
    del registry._modules["elsewhere"]


def test_every_room_is_asked_to_forget(prepared: Path, other_room: list[str]) -> None:
    key = visitor().key
    rows = erase(actor=ADVISER, key=key)
    assert other_room == [key]
    assert rows == 2 + 2


def test_the_clock_forgets_whose_time_is_over_and_who_took_the_consent_back(
    prepared: Path,
) -> None:
    with clock.frozen(MOMENT):
        late = visitor("Кеш").key
        gone = visitor("Кетті").key
        stays = visitor("Қалады").key
    Contact.objects.filter(key__in=[gone, stays]).update(keep_until=date(2030, 1, 1))
    withdraw(actor=ADVISER, key=gone)
    with clock.frozen(MOMENT + timedelta(days=365)):
        keep_to_the_rule()
        assert Contact.objects.filter(key=late).exists()
    with clock.frozen(MOMENT + timedelta(days=366)):
        assert keep_to_the_rule() == "1 erased"
        assert keep_to_the_rule() == "0 erased"
    assert [row.key for row in Contact.objects.all()] == [stays]
    assert dict(Erasure.objects.values_list("key", "reason")) == {
        late: "retention",
        gone: "withdrawn",
    }


def test_a_restored_copy_forgets_again(
    prepared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    row = visitor()
    saved = Contact.objects.get(pk=row.pk)
    erase(actor=ADVISER, key=row.key)
    capsys.readouterr()
    assert main(["contacts", "erased"]) == 0
    listed = capsys.readouterr().out
    # The copy of before: the person is there, and nothing knows of the erasure.
    Erasure.objects.all().delete()
    saved.save(force_insert=True)
    (tmp_path / "erased.txt").write_text(listed)
    assert main(["contacts", "replay", str(tmp_path / "erased.txt")]) == 0
    assert not Contact.objects.exists()
    assert Erasure.objects.get().reason == "replayed"
    assert forget(row.key) == 0
    assert Entry.objects.filter(action="contacts.erased").count() == 2


def test_a_list_of_nobody_is_a_list(
    prepared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    visitor()
    capsys.readouterr()
    assert main(["contacts", "erased"]) == 0
    (tmp_path / "erased.txt").write_text(capsys.readouterr().out)
    assert main(["contacts", "replay", str(tmp_path / "erased.txt")]) == 0
    assert Contact.objects.exists()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0123456789abcdef\t2026-01-01\n",
        f"{HEAD}\nab\t2026-01-01\n",
        f"{HEAD}\n0123456789abcdef\t2026-01-01\nбасқа\n",
    ],
)
def test_what_is_no_list_of_erasures_erases_nobody(
    prepared: Path, tmp_path: Path, text: str
) -> None:
    visitor()
    (tmp_path / "list.txt").write_text(text)
    assert main(["contacts", "replay", str(tmp_path / "list.txt")]) == 2
    assert main(["contacts", "replay", str(tmp_path / "none.txt")]) == 2
    assert Contact.objects.exists()


def test_verification_sees_who_came_back_and_who_came_from_nowhere(prepared: Path) -> None:
    row, stranger = visitor(), visitor("Бөтен", "")
    assert list(verification.differences()) == []
    saved = Contact.objects.get(pk=row.pk)
    erase(actor=ADVISER, key=row.key)
    saved.save(force_insert=True)
    Contact.objects.filter(pk=stranger.pk).update(key="f" * 16, sealed_with="00000000")
    found = list(verification.differences())
    assert len(found) == 3
    assert row.key in found[0] + found[1]
    assert verification.rebuild() == 1
    assert not Contact.objects.filter(key=row.key).exists()


@pytest.mark.once  # PostgreSQL's pages are cleaned by VACUUM, and are not ours to read
@pytest.mark.django_db(transaction=True)
def test_not_even_the_ciphertext_stays_in_the_file(prepared: Path) -> None:
    rows = [visitor(f"Адам {n}", "") for n in range(30)]
    target = rows[7]
    sealed = bytes(target.sealed_name)
    assert any(sealed in part for part in _files())
    erase(actor=ADVISER, key=target.key)
    assert not any(sealed in part for part in _files())
    assert Contact.objects.count() == 29


def _files() -> Iterator[bytes]:
    path = Path(str(connection.settings_dict["NAME"]))
    for each in path.parent.glob(f"{path.name}*"):
        yield each.read_bytes()


@pytest.mark.django_db(transaction=True)
def test_erasing_cleans_the_pages_on_either_engine(prepared: Path) -> None:
    with clock.frozen(datetime(2026, 5, 1, tzinfo=UTC)):
        key = visitor().key
        assert erase(actor=ADVISER, key=key) == 2
