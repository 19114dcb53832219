"""Who joins a report, and who steps back from it."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.test import Client

from baqylau.institutions.models import Institution
from baqylau.institutions.services import add_interest
from baqylau.journal.models import Entry
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import DomainError
from baqylau.reports.models import Keyholder, Report, Wrap
from baqylau.reports.queries.reading import kept_out
from baqylau.reports.rules.contents import dumped
from baqylau.reports.services import colleagues, noting
from tests.casework.making import AKIMAT
from tests.reports.making import STORY, Held, file, make_holder
from tests.reports.officers import MARK, Officer, fresh

pytestmark = pytest.mark.django_db(databases=["default", "sealed"])


def join(officer: Held, report: Report, person: str, avoid: frozenset[int] = frozenset()) -> None:
    colleagues.add_colleague(
        actor=officer.actor, own=officer.key, report=report, person=person, avoid=avoid
    )


def test_a_colleague_reads_what_was_there_before_and_no_item_is_touched(
    pair: list[Officer],
) -> None:
    _filed, report = file()
    noting.note(to=pair[0].desk(report), actor=pair[0].held.actor, text="бұрынғы", mark=MARK)
    late = make_holder(Actor("officer-3"), "officer")
    before = [item.content for item in pair[0].talk(report).items()]
    for _press in range(2):
        join(pair[0].held, fresh(report), "officer-3")
    newcomer = Officer(late, Client())
    assert [item.content for item in newcomer.talk(report).items()] == before
    assert len(newcomer.desk(fresh(report)).items()) == 1
    told = Entry.objects.using("sealed").filter(action="reports.colleague_added")
    assert [row.payload for row in told] == ['{"person":"officer-3"}']


def test_whom_the_reporter_keeps_out_gets_no_key(places: None, pair: list[Officer]) -> None:
    akimat = Institution.objects.get(code=AKIMAT)
    answers = {"avoid": [AKIMAT], "story": STORY}
    _filed, report = file(answers=dumped(answers))
    make_holder(Actor("officer-3"), "officer")
    add_interest(actor=Actor("x"), institution=akimat, tie="relative", person="officer-3")
    assert kept_out(answers) == {akimat.pk}
    with pytest.raises(DomainError) as refused:
        join(pair[0].held, report, "officer-3", kept_out(answers))
    assert refused.value.code == "kept_out"
    assert "officer-3" not in report.holders


@pytest.mark.parametrize("person", ["nobody", "custodian-1"])
def test_who_has_no_officers_key_cannot_be_added(pair: list[Officer], person: str) -> None:
    _filed, report = file()
    with pytest.raises(DomainError) as refused:
        join(pair[0].held, report, person)
    assert refused.value.code == "no_key"


def test_one_steps_back_unless_one_is_the_last(pair: list[Officer]) -> None:
    _filed, report = file()
    first, second = (one.held for one in pair)
    pair[0].desk(report)
    colleagues.recuse(actor=first.actor, report=report)
    assert not Wrap.objects.filter(report=report, holder=first.actor.key).exists()
    with pytest.raises(DomainError) as refused:
        colleagues.recuse(actor=second.actor, report=report)
    assert refused.value.code == "last"
    assert second.actor.key in report.holders
    told = Entry.objects.using("sealed").filter(action="reports.recused")
    assert [row.actor for row in told] == [first.actor.key]


def test_a_colleague_whose_key_was_ended_does_not_count(pair: list[Officer]) -> None:
    _filed, report = file()
    Keyholder.objects.filter(holder=pair[1].held.actor.key).update(
        until_on=clock.today(), by_passphrase=None, by_code=None
    )
    with pytest.raises(DomainError):
        colleagues.recuse(actor=pair[0].held.actor, report=report)


@pytest.mark.django_db(databases=["default", "sealed"], transaction=True)
def test_two_who_step_back_at_once_leave_one(pair: list[Officer]) -> None:
    _filed, report = file()

    def leave(officer: Officer) -> bool:
        try:
            colleagues.recuse(actor=officer.held.actor, report=report)
        except DomainError:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(leave, pair)) == [False, True]
    assert len(report.holders) == 1
