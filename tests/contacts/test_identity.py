"""Opening, finding, revealing and changing somebody who agreed to be known."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from baqylau.contacts import queries
from baqylau.contacts.keyring import KeyFileError, ring
from baqylau.contacts.models import Contact, Relation
from baqylau.contacts.sealing import seal, unseal
from baqylau.contacts.services import (
    Reason,
    act_for,
    change,
    find_by_phone,
    open_contact,
    prolong,
    reveal,
    still_open,
    withdraw,
)
from baqylau.journal.models import Entry
from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError, NotAllowedError
from tests.contacts.people import (
    ADMINISTRATOR,
    ADVISER,
    LAWYER,
    MOMENT,
    NAME,
    OFFICIAL,
    PHONE,
    visitor,
)
from tests.contacts.test_phones import SPELLINGS

pytestmark = pytest.mark.django_db


def journalled(action: str) -> list[dict[str, object]]:
    return [json.loads(entry.payload) for entry in Entry.objects.filter(action=action)]


def test_what_was_said_comes_back(prepared: Path) -> None:
    key = visitor().key
    identity = reveal(actor=LAWYER, key=key, reason=Reason.CALL_BACK)
    assert (identity.name, identity.phone, identity.language) == (NAME, PHONE, "kk")
    assert NAME not in repr(identity)


def test_every_opening_is_journalled_with_its_reason_and_without_the_name(prepared: Path) -> None:
    key = visitor().key
    reveal(actor=LAWYER, key=key, reason="letter")
    entry = Entry.objects.get(action="contacts.revealed")
    assert (entry.actor, entry.subject) == (LAWYER.key, f"contact:{key}")
    assert json.loads(entry.payload) == {"reason": "letter"}


def test_an_unknown_reason_opens_nothing(prepared: Path) -> None:
    key = visitor().key
    with pytest.raises(ValueError, match="curiosity"):
        reveal(actor=LAWYER, key=key, reason="curiosity")


@pytest.mark.parametrize("stranger", [ADMINISTRATOR, OFFICIAL])
def test_who_has_no_right_neither_finds_nor_opens(prepared: Path, stranger: object) -> None:
    key = visitor().key
    for act in (
        lambda: reveal(actor=stranger, key=key, reason="visit"),  # type: ignore[arg-type]  # actors come as parameters
        lambda: find_by_phone(actor=stranger, phone=PHONE),  # type: ignore[arg-type]  # actors come as parameters
        lambda: change(actor=stranger, key=key, name="Басқа"),  # type: ignore[arg-type]  # actors come as parameters
    ):
        with pytest.raises(NotAllowedError):
            act()
    assert not Entry.objects.filter(action="contacts.revealed").exists()


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_any_spelling_finds_the_person(prepared: Path, spelling: str) -> None:
    key = visitor().key
    assert [row.key for row in find_by_phone(actor=ADVISER, phone=spelling)] == [key]


def test_a_family_may_share_a_phone(prepared: Path) -> None:
    keys = {visitor("Ана").key, visitor("Бала").key}
    visitor("Басқа", "+77051112233")
    assert {row.key for row in find_by_phone(actor=ADVISER, phone=PHONE)} == keys


def test_looking_up_a_known_phone_is_journalled_without_the_phone(prepared: Path) -> None:
    visitor()
    find_by_phone(actor=ADVISER, phone=PHONE)
    assert journalled("contacts.found") == [{}]
    assert find_by_phone(actor=ADVISER, phone="+77770000001") == []


def test_somebody_without_a_phone_is_kept_and_not_found_by_an_empty_one(prepared: Path) -> None:
    key = visitor(phone="").key
    assert reveal(actor=ADVISER, key=key, reason="visit").phone == ""
    assert Contact.objects.get(key=key).phone_mark == ""
    with pytest.raises(DomainError):
        find_by_phone(actor=ADVISER, phone="")


def test_a_correction_changes_what_is_found_and_tells_which_fields(prepared: Path) -> None:
    key = visitor().key
    change(actor=ADVISER, key=key, name="Қаламқас", phone="8 705 111 22 33")
    assert find_by_phone(actor=ADVISER, phone=PHONE) == []
    assert [row.key for row in find_by_phone(actor=ADVISER, phone="+77051112233")] == [key]
    assert journalled("contacts.changed") == [{"changed": ["name", "phone"]}]


def test_a_correction_that_changes_nothing_writes_nothing(prepared: Path) -> None:
    key = visitor().key
    before = bytes(Contact.objects.get().sealed_name)
    change(actor=ADVISER, key=key, name=f" {NAME} ", phone="87011234567", language="kk")
    assert bytes(Contact.objects.get().sealed_name) == before
    assert journalled("contacts.changed") == []


def test_a_wrong_phone_leaves_everything_as_it_was(prepared: Path) -> None:
    key = visitor().key
    with pytest.raises(DomainError):
        change(actor=ADVISER, key=key, name="Басқа", phone="12")
    assert reveal(actor=ADVISER, key=key, reason="visit").name == NAME
    with pytest.raises(DomainError):
        visitor("Жаңа", "12")
    assert Contact.objects.count() == 1


def test_another_visit_begins_the_time_anew(prepared: Path) -> None:
    with clock.frozen(MOMENT):
        key = visitor().key
    first = Contact.objects.get().keep_until
    with clock.frozen(MOMENT.replace(month=9)):
        prolong(actor=ADVISER, key=key)
        prolong(actor=ADVISER, key=key)
    assert (Contact.objects.get().keep_until - first).days == 184
    assert len(journalled("contacts.prolonged")) == 1


def test_a_relative_may_come_for_somebody_known_or_not(prepared: Path) -> None:
    daughter, mother = visitor("Қызы"), visitor("Анасы", "")
    act_for(actor=ADVISER, key=daughter.key, relation=Relation.CHILD, whom=mother.key)
    act_for(actor=ADVISER, key=daughter.key, relation=Relation.NEIGHBOUR)
    found = queries.acting_for(daughter)
    assert [(row.relation, row.whom and row.whom.key) for row in found] == [
        ("child", mother.key),
        ("neighbour", None),
    ]
    with pytest.raises(DomainError):
        act_for(actor=ADVISER, key=daughter.key, relation=Relation.CHILD, whom=daughter.key)
    with pytest.raises(DomainError):
        act_for(actor=ADVISER, key=daughter.key, relation="boss")


def test_an_unknown_key_is_told_from_nothing(prepared: Path) -> None:
    with pytest.raises(queries.UnknownContactError):
        reveal(actor=ADVISER, key="0" * 16, reason="visit")


def test_a_ciphertext_opens_in_its_own_row_and_field_only(prepared: Path) -> None:
    keys = ring()
    sealed = seal(keys, "row-1", "name", NAME)
    assert unseal(keys, keys.current, "row-1", "name", sealed) == NAME
    for row, field in (("row-2", "name"), ("row-1", "phone")):
        with pytest.raises(KeyFileError):
            unseal(keys, keys.current, row, field, sealed)
    for at in (0, 30, len(sealed) - 1):
        changed = bytearray(sealed)
        changed[at] ^= 1
        with pytest.raises(KeyFileError):
            unseal(keys, keys.current, "row-1", "name", bytes(changed))
    with pytest.raises(KeyFileError):
        unseal(keys, keys.current, "row-1", "name", b"short")


def test_names_of_any_usual_length_look_alike_at_rest(prepared: Path) -> None:
    sizes = {len(bytes(visitor(name).sealed_name)) for name in ("Ан", NAME, "Ә" * 31)}
    assert len(sizes) == 1


def test_identities_swapped_between_rows_do_not_open(prepared: Path) -> None:
    one, two = visitor("Бірінші"), visitor("Екінші", "+77051112233")
    Contact.objects.filter(pk=one.pk).update(sealed_name=two.sealed_name)
    with pytest.raises(KeyFileError):
        reveal(actor=ADVISER, key=one.key, reason="visit")


def test_without_the_key_nothing_opens_and_no_new_key_hides_the_loss(prepared: Path) -> None:
    key = visitor().key
    (prepared / "contacts.key").unlink()
    with pytest.raises(KeyFileError):
        reveal(actor=ADVISER, key=key, reason="visit")
    with pytest.raises(KeyFileError):
        open_contact(actor=ADVISER, name="Жаңа", phone="", language="ru")
    assert not (prepared / "contacts.key").exists()


def test_what_was_opened_a_moment_ago_stays_open_without_a_second_entry(prepared: Path) -> None:
    key = visitor().key
    with clock.frozen(MOMENT):
        reveal(actor=LAWYER, key=key, reason=Reason.CALL_BACK)
        again = still_open(actor=LAWYER, key=key, reason=Reason.CALL_BACK)
    assert again is not None
    assert (again.name, again.phone) == (NAME, PHONE)
    assert len(journalled("contacts.revealed")) == 1


def test_nothing_stays_open_for_others_for_another_reason_or_for_long(prepared: Path) -> None:
    key = visitor().key
    with clock.frozen(MOMENT):
        reveal(actor=LAWYER, key=key, reason=Reason.CALL_BACK)
        assert still_open(actor=ADVISER, key=key, reason=Reason.CALL_BACK) is None
        assert still_open(actor=LAWYER, key=key, reason=Reason.LETTER) is None
        with pytest.raises(NotAllowedError):
            still_open(actor=OFFICIAL, key=key, reason=Reason.CALL_BACK)
    with clock.frozen(MOMENT + timedelta(minutes=31)):
        assert still_open(actor=LAWYER, key=key, reason=Reason.CALL_BACK) is None


def test_nothing_stays_open_once_the_consent_is_taken_back(prepared: Path) -> None:
    key = visitor().key
    reveal(actor=LAWYER, key=key, reason=Reason.CALL_BACK)
    withdraw(actor=LAWYER, key=key)
    assert still_open(actor=LAWYER, key=key, reason=Reason.CALL_BACK) is None
