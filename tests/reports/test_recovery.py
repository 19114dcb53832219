"""The recovery key: agreed to by two people, tried, and replaced without losing a report."""

import pytest

from baqylau.journal.models import Entry
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import ConflictError, DomainError
from baqylau.kernel.roles import Role as Kind
from baqylau.reports.models import Item, Keyholder, RecoveryKey, Report, Wrap
from baqylau.reports.queries.recovery import coming_recovery, drill_due_on, living_recovery
from baqylau.reports.services import batches
from baqylau.reports.services.filing import ClosedError
from baqylau.reports.services.recovery import (
    agree_recovery,
    propose_recovery,
    prove_recovery,
    rebuilt,
    refuse_recovery,
    rewrap_recovery,
)
from baqylau.seal import keys, shares
from baqylau.seal.errors import SealError
from baqylau.seal.keys import SecretKey, Use
from tests.reports.making import House, file, make_holder
from tests.reports.opening import recoverable

pytestmark = pytest.mark.django_db(databases=["default", "sealed"])
LEADER = Actor("coordinator-1", frozenset({Kind.COORDINATOR}))


def fresh() -> tuple[SecretKey, tuple[str, ...]]:
    key = keys.generate(Use.RECOVERY)
    return key, shares.split(key).shares


def test_the_first_recovery_key_is_in_use_once_a_second_person_agrees(
    folders: object, still: None
) -> None:
    officer, other = (
        make_holder(Actor(f"officer-{n}", frozenset({Kind.INTAKE_OFFICER})), "officer")
        for n in (1, 2)
    )
    make_holder(Actor("custodian-1", frozenset({Kind.CUSTODIAN})), "custodian")
    key, _shares = fresh()
    propose_recovery(actor=officer.actor, public=key.public)
    with pytest.raises(ClosedError):
        file()
    with pytest.raises(DomainError):
        agree_recovery(actor=officer.actor, public=key.public)
    with pytest.raises(DomainError):
        agree_recovery(actor=LEADER, public=key.public)
    assert agree_recovery(actor=other.actor, public=key.public)
    _filed, report = file()
    assert recoverable(key) == {report.pk}
    assert coming_recovery() is None


def test_a_new_recovery_key_takes_over_when_every_report_is_wrapped_to_it(
    ready: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "PIECE", 1)
    reports = {file()[1].pk for _ in range(3)}
    (key, _new), officer, old = fresh(), ready.officers[0], ready.recovery
    assert old is not None
    propose_recovery(actor=LEADER, public=key.public)
    assert not agree_recovery(actor=officer.actor, public=key.public)
    assert rewrap_recovery(actor=officer.actor, own=officer.key, seconds=0).left == 2
    # Here the process is killed: the old key still opens everything, new reports included.
    reports.add(file()[1].pk)
    assert recoverable(old) == reports
    assert recoverable(key) == set()
    while rewrap_recovery(actor=officer.actor, own=officer.key, seconds=0).left:
        """Until all is done."""
    assert recoverable(key) == reports
    assert recoverable(old) == set()
    living = living_recovery()
    assert living is not None
    assert living.public == key.public
    ended = RecoveryKey.objects.get(public=old.public)
    assert ended.until_on is not None
    assert not ended.is_living


def test_several_officers_wrap_what_each_of_them_can_read(ready: House) -> None:
    one, other = ready.officers
    first, second = file()[1], file()[1]
    Wrap.objects.filter(report=first, holder=one.actor.key).delete()
    Wrap.objects.filter(report=second, holder=other.actor.key).delete()
    key, _shares = fresh()
    propose_recovery(actor=LEADER, public=key.public)
    agree_recovery(actor=one.actor, public=key.public)
    assert rewrap_recovery(actor=one.actor, own=one.key).left == 1
    assert recoverable(key) == set()
    assert rewrap_recovery(actor=other.actor, own=other.key).left == 0
    assert recoverable(key) == {first.pk, second.pk}


def test_a_recovery_key_is_dropped_and_the_old_one_stays(ready: House) -> None:
    _filed, report = file()
    key, _shares = fresh()
    propose_recovery(actor=LEADER, public=key.public)
    refuse_recovery(actor=ready.officers[0].actor)
    refuse_recovery(actor=ready.officers[0].actor)
    assert ready.recovery is not None
    assert recoverable(ready.recovery) == {report.pk}
    with pytest.raises(ConflictError):
        agree_recovery(actor=ready.officers[0].actor, public=key.public)
    with pytest.raises(DomainError):
        rewrap_recovery(actor=ready.officers[0].actor, own=ready.officers[0].key)


def test_another_ceremony_replaces_one_that_nobody_agreed_to(ready: House) -> None:
    one, other = fresh()[0], fresh()[0]
    propose_recovery(actor=LEADER, public=one.public)
    propose_recovery(actor=LEADER, public=other.public)
    coming = coming_recovery()
    assert coming is not None
    assert coming.public == other.public
    agree_recovery(actor=ready.officers[0].actor, public=other.public)
    with pytest.raises(ConflictError):
        propose_recovery(actor=LEADER, public=one.public)


@pytest.mark.parametrize("pair", [(0, 1), (1, 2), (2, 0)])
def test_any_two_shares_pass_the_drill_and_nothing_is_stored(
    ready: House, pair: tuple[int, int]
) -> None:
    living = living_recovery()
    assert living is not None
    assert drill_due_on(living) == living.since_on
    prove_recovery(actor=LEADER, typed=[ready.shares[each] for each in pair])
    living.refresh_from_db()
    assert living.proven_on is not None
    assert (drill_due_on(living) - living.proven_on).days == 180
    assert not Report.objects.exists()
    assert not Item.objects.exists()
    told = Entry.objects.using("sealed").get(action="reports.recovery_proven")
    assert not any(word in told.payload for word in ready.shares[0].split())


def test_shares_that_do_not_fit_are_refused_one_by_one(ready: House) -> None:
    stranger = fresh()[1]
    first, second, _third = ready.shares
    wrong = {
        "shares_few": [first, first],
        "shares_apart": [first, stranger[1]],
        "share_words": [first, second.rsplit(" ", 1)[0]],
        "share_word": [first, second.replace(second.split()[4], "тарақ", 1)],
        "share_mistyped": [first, " ".join([*second.split()[:-1], other_word(second)])],
    }
    for code, typed in wrong.items():
        with pytest.raises(SealError) as refused:
            prove_recovery(actor=LEADER, typed=typed)
        assert refused.value.code == code
    with pytest.raises(SealError):
        prove_recovery(actor=LEADER, typed=stranger[:2])
    living = living_recovery()
    assert living is not None
    assert living.proven_on is None


def other_word(share: str) -> str:
    """A word of the list that is not the share's last one."""
    return "academic" if not share.endswith("academic") else "acid"


def test_shares_of_an_ended_key_are_known_and_prove_nothing(ready: House) -> None:
    key, new = fresh()
    officer = ready.officers[0]
    propose_recovery(actor=LEADER, public=key.public)
    agree_recovery(actor=officer.actor, public=key.public)
    rewrap_recovery(actor=officer.actor, own=officer.key)
    assert ready.recovery is not None
    assert rebuilt(ready.shares[:2]).public == ready.recovery.public
    with pytest.raises(SealError):
        prove_recovery(actor=LEADER, typed=ready.shares[:2])
    prove_recovery(actor=LEADER, typed=new[1:])


def test_without_a_recovery_key_there_is_nothing_to_try(folders: object) -> None:
    for call in (lambda: rebuilt(fresh()[1][:2]), lambda: prove_recovery(actor=LEADER, typed=[])):
        with pytest.raises(DomainError):
            call()
    assert not Keyholder.objects.exists()
