"""No new report is sealed to somebody whose account or role has ended."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import DomainError
from baqylau.kernel.roles import Role
from baqylau.reports.models import Keyholder, Part, Report, Wrap
from baqylau.reports.queries.circle import circle_of
from baqylau.reports.queries.holders import readiness
from baqylau.reports.queries.standing import Standing, standing
from baqylau.reports.services.colleagues import add_colleague
from baqylau.reports.services.filing import ClosedError
from baqylau.reports.services.handing import give_mine
from baqylau.staff import services
from baqylau.staff.models import RoleGrant, User
from tests.reports.making import House, file, make_holder
from tests.reports.officers import Officer
from tests.reports.talking import Visitor

pytestmark = pytest.mark.django_db(databases=["default", "sealed"])
BOSS = Actor("system")


def user_of(key: str) -> User:
    return User.objects.get(key=key)


def holders(report: Report, part: Part = Part.REPORT) -> set[str]:
    rows = Wrap.objects.filter(report=report, part=part).exclude(holder="")
    return set(rows.values_list("holder", flat=True))


@pytest.fixture
def third(ready: House) -> str:
    """A third officer."""
    return make_holder(Actor("officer-3"), "officer").actor.key


def test_a_closed_account_gets_no_new_report_at_once(ready: House, third: str) -> None:
    assert holders(file()[1]) == {"officer-1", "officer-2", third}
    services.close_account(user=user_of(third), actor=BOSS)
    filed, report = file()
    assert holders(report) == {"officer-1", "officer-2"}
    assert filed.readers == 2
    services.reopen_account(user=user_of(third), actor=BOSS)
    assert third in holders(file()[1])


def test_a_role_that_was_taken_away_gets_no_new_report_at_once(ready: House, third: str) -> None:
    file()
    services.set_roles(user=user_of(third), roles={Role.ADVISER}, actor=BOSS)
    assert third not in holders(file()[1])


def test_with_one_officer_left_the_form_closes_with_its_sentence(ready: House) -> None:
    file()
    services.close_account(user=user_of("officer-1"), actor=BOSS)
    with pytest.raises(ClosedError):
        file()
    assert Report.objects.count() == 1
    assert 'name="story"' not in Visitor().get("/report/new/").page


def test_a_custodian_who_has_left_gets_no_new_name(ready: House) -> None:
    second = make_holder(Actor("custodian-2"), "custodian").actor.key
    services.close_account(user=user_of(second), actor=BOSS)
    assert holders(file()[1], Part.NAME) == {"custodian-1"}
    services.close_account(user=user_of("custodian-1"), actor=BOSS)
    with pytest.raises(ClosedError):
        file()


def test_notes_are_not_sealed_to_who_has_left(pair: list[Officer], third: str) -> None:
    _filed, report = file()
    services.close_account(user=user_of(third), actor=BOSS)
    pair[0].desk(report)
    assert holders(report, Part.DESK) == {"officer-1", "officer-2"}
    assert third in holders(report)


def test_nothing_old_is_handed_to_who_has_left(pair: list[Officer], third: str) -> None:
    _filed, report = file()
    Wrap.objects.filter(holder=third).delete()
    services.close_account(user=user_of(third), actor=BOSS)
    one = pair[0].held
    assert third not in {key for key, _name in circle_of(report).others}
    with pytest.raises(DomainError) as given:
        give_mine(actor=one.actor, own=one.key, to=third)
    with pytest.raises(DomainError) as added:
        add_colleague(actor=one.actor, own=one.key, report=report, person=third, avoid=())
    assert {given.value.code, added.value.code} == {"gone"}
    services.reopen_account(user=user_of(third), actor=BOSS)
    assert third in {key for key, _name in circle_of(report).others}


def test_taking_reports_in_asks_the_other_database_nothing_for_it(ready: House) -> None:
    standing.trusted = 600.0
    try:
        file()
        with CaptureQueriesContext(connections["default"]) as asked:
            file()
    finally:
        standing.trusted = 2.0
    assert not asked.captured_queries


@pytest.fixture
def quick() -> Standing:
    """One that trusts what it knows for the blink of an eye."""
    found = Standing()
    found.trusted = 0.0
    return found


def test_a_change_in_another_process_is_seen_when_the_time_is_over(
    ready: House, third: str, quick: Standing
) -> None:
    rows = list(Keyholder.objects.all())
    assert not standing.gone(rows)
    assert not quick.gone(rows)
    # As another process does it: nobody here is told.
    RoleGrant.objects.filter(user__key=third).update(revoked_at=clock.now())
    assert not standing.gone(rows)
    assert quick.gone(rows) == {third}
    assert standing.trusted <= 5


@pytest.mark.django_db(databases=["default", "sealed"], transaction=True)
def test_a_change_is_seen_as_soon_as_it_is_committed(ready: House) -> None:
    make_holder(Actor("officer-3"), "officer")

    def close() -> None:
        try:
            services.close_account(user=user_of("officer-3"), actor=BOSS)
        finally:
            connections.close_all()

    assert len(readiness(clock.today()).officers) == 3
    with ThreadPoolExecutor(1) as pool:
        pool.submit(close).result()
    assert len(readiness(clock.today()).officers) == 2
