"""A key ends: with warning before, and with nothing left behind."""

import pytest

from baqylau.journal.models import Entry
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import DomainError, NotAllowedError
from baqylau.kernel.roles import Role as Kind
from baqylau.reports.models import Keyholder, NextKey, Part, Unlocked, Wrap
from baqylau.reports.queries.holders import own_key
from baqylau.reports.queries.readers import few, risk_of
from baqylau.reports.services.comparing import confirm
from baqylau.reports.services.handing import give_mine
from baqylau.reports.services.keyholding import enrol, held_key, unlock
from baqylau.reports.services.leaving import RiskError, end_key
from baqylau.reports.services.locking import opened_by_passphrase
from baqylau.reports.services.rotation import begin_rotation
from baqylau.seal.errors import SealError
from baqylau.seal.people import fingerprint
from baqylau.staff.models import User
from baqylau.staff.services import close_account
from tests.cast import Cast
from tests.reports.making import PASSPHRASE, Held, House, file, make_holder
from tests.reports.opening import readable

pytestmark = pytest.mark.django_db(databases=["default", "sealed"])
COORDINATOR = Actor("coordinator-1", frozenset({Kind.COORDINATOR}))
ADVISER = Actor("adviser-1", frozenset({Kind.ADVISER}))


def third(house: House) -> Held:
    actor = Actor("officer-3", frozenset({Kind.INTAKE_OFFICER}))
    return make_holder(actor, Keyholder.Office.OFFICER)


def test_a_key_ends_and_nothing_wrapped_to_it_stays(ready: House) -> None:
    leaver = third(ready)
    file()
    unlock(actor=leaver.actor, passphrase=PASSPHRASE)
    begin_rotation(actor=leaver.actor, old=PASSPHRASE, new="бес бұрыш тас үстінде")
    end_key(actor=ready.officers[0].actor, holder=leaver.actor.key)
    row = Keyholder.objects.get(holder=leaver.actor.key)
    assert (row.by_passphrase, row.by_code) == (None, None)
    assert row.until_on is not None
    assert not Wrap.objects.filter(holder=leaver.actor.key).exists()
    assert not NextKey.objects.exists()
    assert not Unlocked.objects.exists()
    with pytest.raises(SealError):
        opened_by_passphrase(leaver.actor, PASSPHRASE)
    told = Entry.objects.using("sealed").filter(action="reports.key_ended").get()
    assert told.actor == ready.officers[0].actor.key


def test_an_open_window_reads_nothing_once_the_key_has_ended(ready: House) -> None:
    leaver = third(ready)
    secret = unlock(actor=leaver.actor, passphrase=PASSPHRASE)
    held_key(actor=leaver.actor, secret=secret)
    end_key(actor=ready.officers[0].actor, holder=leaver.actor.key)
    with pytest.raises(SealError):
        held_key(actor=leaver.actor, secret=secret)


def test_the_reports_that_would_be_hit_are_named_before(ready: House) -> None:
    _filed, report = file()
    leaver, stayer = ready.officers
    with pytest.raises(RiskError) as refused:
        end_key(actor=stayer.actor, holder=leaver.actor.key)
    assert refused.value.risk.rows == [(report.locator, 1)]
    assert refused.value.risk.lost == 0
    assert own_key(leaver.actor.key) is not None


def test_after_a_colleague_has_handed_them_on_nobody_is_asked(ready: House) -> None:
    file()
    leaver, stayer = ready.officers
    newcomer = third(ready)
    give_mine(actor=stayer.actor, own=stayer.key, to=newcomer.actor.key)
    end_key(actor=stayer.actor, holder=leaver.actor.key)
    assert own_key(leaver.actor.key) is None
    assert readable(stayer) == readable(newcomer) != set()
    assert not few().exists()


def test_what_was_confirmed_holds_for_just_that_list(ready: House) -> None:
    file()
    leaver, stayer = ready.officers
    row = own_key(leaver.actor.key)
    assert row is not None
    seen = risk_of(row).mark
    file()
    with pytest.raises(RiskError):
        end_key(actor=stayer.actor, holder=leaver.actor.key, despite=seen)
    end_key(actor=stayer.actor, holder=leaver.actor.key, despite=risk_of(row).mark)
    assert own_key(leaver.actor.key) is None
    assert few().count() == 2


def test_the_last_reader_of_a_report_is_told_that_only_shares_are_left(
    cast: Cast, ready: House
) -> None:
    file()
    one, other = ready.officers
    for leaver in (one, other):
        row = own_key(leaver.actor.key)
        assert row is not None
        risk = risk_of(row)
        user = User.objects.get(key=leaver.actor.key)
        close_account(user=user, actor=cast.administrator.actor)
        end_key(actor=COORDINATOR, holder=leaver.actor.key, despite=risk.mark)
    assert risk.lost == 1


def test_the_last_custodian_is_told_that_names_are_lost(ready: House) -> None:
    file()
    row = own_key(ready.custodians[0].actor.key)
    assert row is not None
    assert risk_of(row).lost == 1
    with pytest.raises(RiskError):
        end_key(actor=COORDINATOR, holder=row.holder)


@pytest.mark.parametrize("actor", [ADVISER, Actor("custodian-1", frozenset({Kind.CUSTODIAN}))])
def test_nobody_else_ends_a_key(ready: House, actor: Actor) -> None:
    with pytest.raises(NotAllowedError):
        end_key(actor=actor, holder=ready.officers[0].actor.key, despite="")


def test_what_would_be_lost_for_good_is_ended_by_two_people(cast: Cast, ready: House) -> None:
    file()
    custodian = make_holder(cast.custodian.actor, Keyholder.Office.CUSTODIAN)
    first = ready.custodians[0]
    give_mine(actor=first.actor, own=first.key, to=custodian.actor.key)
    end_key(actor=COORDINATOR, holder=first.actor.key)
    row = own_key(custodian.actor.key)
    assert row is not None
    mark = risk_of(row).mark
    with pytest.raises(DomainError) as refused:
        end_key(actor=COORDINATOR, holder=row.holder, despite=mark)
    assert refused.value.code == "still_here"
    close_account(user=cast.custodian.user, actor=cast.administrator.actor)
    with pytest.raises(NotAllowedError):
        end_key(actor=cast.administrator.actor, holder=row.holder, despite=mark)
    end_key(actor=COORDINATOR, holder=row.holder, despite=mark)
    assert own_key(row.holder) is None


def test_one_may_end_ones_own_key_once(ready: House) -> None:
    custodian = ready.custodians[0]
    end_key(actor=custodian.actor, holder=custodian.actor.key)
    with pytest.raises(DomainError):
        end_key(actor=custodian.actor, holder=custodian.actor.key)


def test_who_lost_everything_begins_anew_and_a_colleague_hands_the_reports_back(
    ready: House,
) -> None:
    _filed, report = file()
    loser, stayer = ready.officers
    row = own_key(loser.actor.key)
    assert row is not None
    end_key(actor=stayer.actor, holder=loser.actor.key, despite=risk_of(row).mark)
    enrol(actor=loser.actor, office="officer", passphrase=PASSPHRASE)
    anew = Held(loser.actor, opened_by_passphrase(loser.actor, PASSPHRASE), "")
    assert readable(anew) == set()
    assert few().count() == 1
    keeper, fresh = ready.custodians[0].actor, own_key(loser.actor.key)
    assert fresh is not None
    last = fingerprint(fresh.public).split()[-1]
    confirm(actor=keeper, holder=loser.actor.key, last=last)
    give_mine(actor=stayer.actor, own=stayer.key, to=loser.actor.key)
    assert readable(anew) == {report.pk}
    assert not few().exists()


def test_a_report_counts_its_living_readers_alone(ready: House) -> None:
    file()
    assert not few().exists()
    Wrap.objects.filter(part=Part.REPORT, holder=ready.officers[0].actor.key).delete()
    assert [row.readers for row in few()] == [1]
