"""A key that somebody has put into the database is found: the journal does not know it."""

from datetime import UTC, date, datetime

import pytest

from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.roles import Role
from baqylau.reports.models import Keyholder, RecoveryKey
from baqylau.reports.services.comparing import confirm, doubt
from baqylau.reports.services.keyholding import enrol
from baqylau.reports.services.leaving import end_key
from baqylau.reports.services.locking import opened_by_passphrase
from baqylau.reports.services.recovery import agree_recovery, propose_recovery
from baqylau.reports.services.rotation import begin_rotation, proceed
from baqylau.reports.verification_keys import differences
from baqylau.seal import keys
from baqylau.seal.keys import Use
from baqylau.seal.people import fingerprint
from tests.reports.making import PASSPHRASE, make_account

pytestmark = pytest.mark.django_db(databases=["default", "sealed"])
OFFICER = Actor("officer-1", frozenset({Role.INTAKE_OFFICER}))
OTHER = Actor("officer-2", frozenset({Role.INTAKE_OFFICER}))
CUSTODIAN = Actor("custodian-1", frozenset({Role.CUSTODIAN}))


def heard(by: Actor, of: Actor) -> None:
    """One has heard the other's digits."""
    public = Keyholder.objects.get(holder=of.key, until_on=None).public
    confirm(actor=by, holder=of.key, last=fingerprint(public).split()[-1])


@pytest.fixture
def made(db: None, folders: None, still: None) -> None:
    """Keys as people make them, and a recovery key that two have agreed to."""
    for actor, office in ((OFFICER, "officer"), (OTHER, "officer"), (CUSTODIAN, "custodian")):
        make_account(actor, office)
        enrol(actor=actor, office=office, passphrase=PASSPHRASE)
    for by, of in ((OFFICER, OTHER), (OTHER, OFFICER), (OTHER, CUSTODIAN)):
        heard(by, of)
    public = keys.generate(Use.RECOVERY).public
    propose_recovery(actor=OFFICER, public=public)
    agree_recovery(actor=OTHER, public=public)


def test_keys_that_people_made_changed_and_ended_are_known(made: None) -> None:
    assert list(differences()) == []
    begin_rotation(actor=OFFICER, old=PASSPHRASE, new="бес бұрыш тас үстінде")
    proceed(actor=OFFICER, own=opened_by_passphrase(OFFICER, PASSPHRASE))
    end_key(actor=OTHER, holder=OTHER.key)
    assert list(differences()) == []


def test_a_key_made_after_midnight_is_known(db: None, folders: None) -> None:
    # One in the morning in Taraz is still yesterday in Greenwich.
    with clock.frozen(datetime(2026, 7, 1, 20, tzinfo=UTC)):
        enrol(actor=OFFICER, office="officer", passphrase=PASSPHRASE)
    assert list(differences()) == []


def planted() -> str:
    return keys.generate(Use.PERSON).public


def told(public: str) -> None:
    (sentence,) = differences()
    assert fingerprint(public) in sentence


def test_a_new_key_beside_the_officers_is_told(made: None) -> None:
    row, public = Keyholder.objects.get(holder=OFFICER.key), planted()
    row.pk, row.holder, row.public = None, "officer-9", public
    row.save(force_insert=True)
    told(public)


def test_another_key_in_the_place_of_an_officers_is_told(made: None) -> None:
    public = planted()
    Keyholder.objects.filter(holder=OFFICER.key).update(public=public)
    told(public)


def test_a_custodians_key_that_is_made_an_officers_is_told(made: None) -> None:
    rows = Keyholder.objects.filter(holder=CUSTODIAN.key)
    rows.update(office="officer")
    told(rows.get().public)


def test_a_key_that_is_given_an_older_day_is_told(made: None) -> None:
    rows = Keyholder.objects.filter(holder=OFFICER.key)
    rows.update(since_on=date(2026, 5, 1))
    told(rows.get().public)


def test_a_key_that_counts_as_compared_though_nobody_did_is_told(made: None) -> None:
    third = Actor("officer-3")
    make_account(third, "officer")
    enrol(actor=third, office="officer", passphrase=PASSPHRASE)
    assert list(differences()) == []
    rows = Keyholder.objects.filter(holder=third.key)
    rows.update(trusted_on=clock.today())
    told(rows.get().public)
    rows.update(trusted_on=None)
    heard(OFFICER, third)
    assert list(differences()) == []


def test_a_doubted_key_that_is_put_back_into_use_is_told(made: None) -> None:
    doubt(actor=OFFICER, holder=OTHER.key)
    assert list(differences()) == []
    rows = Keyholder.objects.filter(holder=OTHER.key)
    rows.update(trusted_on=clock.today())
    told(rows.get().public)


def test_another_recovery_key_is_told(made: None) -> None:
    public = keys.generate(Use.RECOVERY).public
    RecoveryKey.objects.update(public=public)
    told(public)
