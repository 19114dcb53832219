"""What is wrong with the keys, told on the page and in the worklist before it hurts."""

from datetime import timedelta

import pytest

from baqylau.kernel import clock
from baqylau.kernel.work import Asked
from baqylau.reports.models import Keyholder, RecoveryKey, Wrap
from baqylau.reports.queries.keys import About, Concern, holders, tasks, warnings
from baqylau.reports.services.leaving import end_key
from baqylau.reports.services.locking import keep_code
from baqylau.reports.services.names import ask_for_name
from baqylau.reports.services.recovery import propose_recovery, prove_recovery
from baqylau.seal import keys
from baqylau.seal.keys import Use
from baqylau.staff import services
from tests.cast import Cast, Person, make_person
from tests.reports.conftest import TODAY
from tests.reports.making import House, file, make_holder, make_house

pytestmark = pytest.mark.django_db(databases=["default", "sealed"])


@pytest.fixture
def house(cast: Cast, folders: object, still: None) -> House:
    """Everybody is there, every code is checked, the recovery key is proven."""
    officers = (cast.officer.actor, cast.second_officer.actor)
    made = make_house(*officers, custodians=(cast.custodian.actor,))
    for held in (*made.officers, *made.custodians):
        keep_code(actor=held.actor)
    prove_recovery(actor=cast.coordinator.actor, typed=made.shares[:2])
    return made


def found() -> dict[About, Concern]:
    return {each.code: each for each in warnings(clock.today())}


def shown(person: Person) -> list[str]:
    """The tasks of a person's worklist, as words."""
    return [str(each.label) for each in tasks(Asked(person.actor, clock.today()))]


def test_where_all_is_well_nobody_is_warned(cast: Cast, house: House) -> None:
    file()
    assert found() == {}
    assert shown(cast.coordinator) == []


def test_a_form_that_has_closed_is_told(cast: Cast, house: House) -> None:
    end_key(actor=cast.officer.actor, holder=cast.officer.actor.key)
    assert About.CLOSED in found()
    assert len(shown(cast.coordinator)) == 1


def test_a_report_with_one_reader_left_is_told(cast: Cast, house: House) -> None:
    file(), file()
    Wrap.objects.filter(holder=cast.officer.actor.key, role="officer").delete()
    assert found()[About.FEW].number == 2
    assert len(shown(cast.officer)) == 1


@pytest.mark.parametrize(("days", "is_away"), [(14, False), (15, True)])
def test_an_officer_who_was_not_in_for_fourteen_days_is_named(
    cast: Cast, house: House, days: int, is_away: bool
) -> None:
    long_ago = clock.today() - timedelta(days=days)
    Keyholder.objects.filter(holder=cast.officer.actor.key).update(seen_on=long_ago)
    Keyholder.objects.filter(holder=cast.custodian.actor.key).update(seen_on=long_ago)
    assert (About.AWAY in found()) is is_away
    if is_away:
        assert found()[About.AWAY].names == [cast.officer.user.name]


def test_a_key_outlives_account_or_role_only_with_a_warning(cast: Cast, house: House) -> None:
    administrator = cast.administrator.actor
    services.close_account(user=cast.officer.user, actor=administrator)
    services.set_roles(user=cast.custodian.user, roles=["lawyer"], actor=administrator)
    names = {cast.officer.user.name, cast.custodian.user.name}
    assert set(found()[About.GONE].names) == names
    services.reopen_account(user=cast.officer.user, actor=administrator)
    assert found()[About.GONE].names == [cast.custodian.user.name]


def test_a_drill_is_due_at_first_and_every_half_year(cast: Cast, house: House) -> None:
    assert About.UNPROVEN not in found()
    with clock.frozen(TODAY + timedelta(days=179)):
        assert About.UNPROVEN not in found()
    with clock.frozen(TODAY + timedelta(days=180)):
        assert found()[About.UNPROVEN].due_on == clock.today()
    RecoveryKey.objects.update(proven_on=None)
    assert found()[About.UNPROVEN].due_on == clock.today()


def test_a_recovery_key_that_waits_is_told(cast: Cast, house: House) -> None:
    public = keys.generate(Use.RECOVERY).public
    propose_recovery(actor=cast.coordinator.actor, public=public)
    assert About.WAITING in found()


def test_a_code_that_nobody_checked_is_told_by_name(cast: Cast, house: House) -> None:
    Keyholder.objects.filter(holder=cast.custodian.actor.key).update(code_kept_on=None)
    assert found()[About.CODE].names == [cast.custodian.user.name]


def test_a_key_that_joins_later_is_to_be_compared_for_two_weeks(cast: Cast, house: House) -> None:
    with clock.frozen(TODAY + timedelta(days=30)):
        newcomer = make_person("intake_officer")
        make_holder(newcomer.actor, "officer")
        assert found()[About.NEW].names == [newcomer.user.name]
    with clock.frozen(TODAY + timedelta(days=44)):
        assert About.NEW in found()
    with clock.frozen(TODAY + timedelta(days=45)):
        assert About.NEW not in found()


def test_before_there_is_any_key_nobody_is_troubled(cast: Cast, folders: object) -> None:
    assert found() == {}
    assert holders(clock.today()) == []
    assert shown(cast.coordinator) == []


@pytest.mark.parametrize("who", ["adviser", "official", "custodian", "outsider"])
def test_warnings_are_for_those_who_look_after_keys(cast: Cast, house: House, who: str) -> None:
    RecoveryKey.objects.update(proven_on=None)
    assert shown(getattr(cast, who)) == []
    assert len(shown(cast.administrator)) == len(shown(cast.officer)) == 1


def test_a_custodian_finds_requests_in_the_worklist(cast: Cast, house: House) -> None:
    _filed, report = file()
    ask_for_name(actor=cast.officer.actor, report=report, reason="wish", note="")
    assert len(shown(cast.custodian)) == 1
    assert shown(cast.officer) == []
