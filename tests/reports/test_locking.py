"""The two locks of a key: a forgotten passphrase, a lost paper, a paper that somebody keeps."""

from datetime import timedelta

import pytest

from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.reports.models import Unlocked
from baqylau.reports.queries.holders import own_key
from baqylau.reports.services.keyholding import held_key, unlock
from baqylau.reports.services.locking import (
    change_passphrase,
    keep_code,
    opened_by_passphrase,
    recover_with_code,
    renew_code,
)
from baqylau.reports.services.retention import delete_what_is_over
from baqylau.seal import derive
from baqylau.seal.errors import SealError
from tests.reports.conftest import TODAY
from tests.reports.making import PASSPHRASE, House, file
from tests.reports.opening import readable

pytestmark = pytest.mark.django_db(databases=["default", "sealed"])
NEW = "бес бұрыш тас үстінде"


def test_the_printed_code_opens_the_key_when_the_passphrase_is_forgotten(ready: House) -> None:
    _filed, report = file()
    officer = ready.officers[0]
    fresh = recover_with_code(actor=officer.actor, code=officer.code, passphrase=NEW)
    assert opened_by_passphrase(officer.actor, NEW).public == officer.key.public
    assert readable(officer) == {report.pk}
    assert fresh != officer.code
    with pytest.raises(SealError):
        opened_by_passphrase(officer.actor, PASSPHRASE)


def test_a_used_code_opens_nothing_any_more_and_the_new_one_does(ready: House) -> None:
    officer = ready.officers[0]
    fresh = recover_with_code(actor=officer.actor, code=officer.code, passphrase=NEW)
    with pytest.raises(SealError):
        recover_with_code(actor=officer.actor, code=officer.code, passphrase=NEW)
    recover_with_code(actor=officer.actor, code=fresh, passphrase=PASSPHRASE)
    unlock(actor=officer.actor, passphrase=PASSPHRASE)


def test_a_mistyped_code_costs_no_derivation(ready: House) -> None:
    officer, before = ready.officers[0], derive.started()
    wrong = officer.code[:-1] + str((int(officer.code[-1]) + 1) % 10)
    with pytest.raises(SealError) as refused:
        recover_with_code(actor=officer.actor, code=wrong, passphrase=NEW)
    assert refused.value.code == "digits_check"
    assert derive.started() == before


def test_somebody_elses_code_opens_nothing(ready: House) -> None:
    one, other = ready.officers
    with pytest.raises(SealError) as refused:
        recover_with_code(actor=one.actor, code=other.code, passphrase=NEW)
    assert refused.value.code == "code_wrong"
    opened_by_passphrase(one.actor, PASSPHRASE)


def test_changing_the_passphrase_leaves_the_printed_code_good(ready: House) -> None:
    officer = ready.officers[0]
    change_passphrase(actor=officer.actor, old=PASSPHRASE, new=NEW)
    with pytest.raises(SealError):
        unlock(actor=officer.actor, passphrase=PASSPHRASE)
    recover_with_code(actor=officer.actor, code=officer.code, passphrase=PASSPHRASE)


def test_a_new_code_needs_the_passphrase_and_ends_the_old_one(ready: House) -> None:
    officer = ready.officers[0]
    with pytest.raises(SealError):
        renew_code(actor=officer.actor, passphrase=NEW)
    fresh = renew_code(actor=officer.actor, passphrase=PASSPHRASE)
    with pytest.raises(SealError):
        recover_with_code(actor=officer.actor, code=officer.code, passphrase=NEW)
    recover_with_code(actor=officer.actor, code=fresh, passphrase=NEW)


def test_a_code_counts_as_kept_until_another_is_printed(ready: House) -> None:
    officer = ready.officers[0]
    keep_code(actor=officer.actor)
    keep_code(actor=officer.actor)
    row = own_key(officer.actor.key)
    assert row is not None
    assert row.code_kept_on is not None
    renew_code(actor=officer.actor, passphrase=PASSPHRASE)
    row.refresh_from_db()
    assert row.code_kept_on is None


def test_who_has_no_key_is_told_the_same_as_who_mistypes(ready: House) -> None:
    nobody, before = Actor("nobody-1"), derive.started()
    with pytest.raises(SealError) as refused:
        recover_with_code(actor=nobody, code=ready.officers[0].code, passphrase=NEW)
    assert refused.value.code == "code_wrong"
    with pytest.raises(SealError) as refused:
        change_passphrase(actor=nobody, old=PASSPHRASE, new=NEW)
    assert refused.value.code == "passphrase_wrong"
    assert derive.started() == before
    keep_code(actor=nobody)


def test_a_key_that_was_left_open_leaves_nothing_for_the_cookie_to_open(ready: House) -> None:
    officer, other = ready.officers
    secret = unlock(actor=officer.actor, passphrase=PASSPHRASE)
    unlock(actor=other.actor, passphrase=PASSPHRASE)
    with clock.frozen(TODAY + timedelta(minutes=14)):
        held_key(actor=officer.actor, secret=secret)
    with clock.frozen(TODAY + timedelta(minutes=30)):
        with pytest.raises(SealError) as refused:
            held_key(actor=officer.actor, secret=secret)
        assert refused.value.code == "ticket_over"
        assert [row.holder for row in Unlocked.objects.all()] == [other.actor.key]
        delete_what_is_over()
        assert Unlocked.objects.exists()
    with clock.frozen(TODAY + timedelta(days=1)):
        delete_what_is_over()
    assert not Unlocked.objects.exists()
