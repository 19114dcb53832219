"""New colleagues get old reports when somebody hands them on, and never against the reporter."""

from datetime import date

import pytest

from baqylau.institutions.models import Interest
from baqylau.institutions.services import create
from baqylau.journal.models import Entry
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import ConflictError, DomainError
from baqylau.kernel.roles import Role as Kind
from baqylau.reports.models import Item, Keyholder, Part, Report, Wrap
from baqylau.reports.rules.contents import dumped
from baqylau.reports.services import batches, handing
from baqylau.reports.services.colleagues import recuse
from baqylau.reports.services.handing import give_mine, wrapped_to
from baqylau.reports.services.leaving import end_key
from baqylau.seal import keys
from baqylau.seal.keys import Use
from baqylau.seal.wraps import Role
from baqylau.territories import services as territories
from tests.reports.making import House, file, make_holder
from tests.reports.opening import readable

pytestmark = pytest.mark.django_db(databases=["default", "sealed"])
NEWCOMER = Actor("officer-3", frozenset({Kind.INTAKE_OFFICER}))


def test_a_new_officer_reads_nothing_old_until_a_colleague_hands_it_on(ready: House) -> None:
    _filed, report = file()
    newcomer = make_holder(NEWCOMER, Keyholder.Office.OFFICER)
    assert readable(newcomer) == set()
    giver = ready.officers[0]
    done = give_mine(actor=giver.actor, own=giver.key, to=NEWCOMER.key)
    assert (done.done, done.kept_back, done.left) == (1, 0, 0)
    assert readable(newcomer) == {report.pk}
    told = Entry.objects.using("sealed").get(action="reports.given")
    assert told.actor == giver.actor.key
    assert told.subject == f"report:{report.pk}"


def test_handing_on_again_gives_nothing_twice(ready: House) -> None:
    file()
    make_holder(NEWCOMER, Keyholder.Office.OFFICER)
    giver = ready.officers[0]
    give_mine(actor=giver.actor, own=giver.key, to=NEWCOMER.key)
    assert give_mine(actor=giver.actor, own=giver.key, to=NEWCOMER.key).done == 0
    assert Wrap.objects.filter(holder=NEWCOMER.key).count() == 1


def test_handing_on_that_was_killed_goes_on_where_it_was(
    ready: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "PIECE", 1)
    reports = {file()[1].pk for _ in range(3)}
    newcomer = make_holder(NEWCOMER, Keyholder.Office.OFFICER)
    giver, left = ready.officers[0], []
    for number in (1, 2, 3):
        left.append(give_mine(actor=giver.actor, own=giver.key, to=NEWCOMER.key, seconds=0).left)
        assert len(readable(newcomer)) == number
    assert left == [2, 1, 0]
    assert readable(newcomer) == reports


def test_a_report_stays_closed_to_whom_the_reporter_keeps_out(ready: House) -> None:
    territories.seed()
    fields = {"name_kk": "№ 5 мектеп", "kind": "school", "ownership": "state"}
    body = create(actor=NEWCOMER, fields={**fields, "district_id": "311000000"})
    Interest.objects.create(
        person=NEWCOMER.key, institution=body, tie="works", first_on=date(2020, 1, 1)
    )
    avoiding = file(answers=dumped({"avoid": [body.code]}), avoid=frozenset({body.pk}))[1]
    other = file()[1]
    newcomer = make_holder(NEWCOMER, Keyholder.Office.OFFICER)
    giver = ready.officers[0]
    done = give_mine(actor=giver.actor, own=giver.key, to=NEWCOMER.key)
    assert (done.done, done.kept_back) == (1, 1)
    assert readable(newcomer) == {other.pk}
    assert not Wrap.objects.filter(report=avoiding, holder=NEWCOMER.key).exists()


def test_the_officers_own_notes_go_with_the_report(ready: House) -> None:
    _filed, report = file()
    giver = ready.officers[0]
    desk = keys.generate(Use.REPORT)
    row = Keyholder.objects.get(holder=giver.actor.key)
    Report.objects.filter(pk=report.pk).update(desk_public=desk.public)
    wrapped_to(report, Part.DESK, Role.OFFICER, desk, row).save()
    newcomer = make_holder(NEWCOMER, Keyholder.Office.OFFICER)
    give_mine(actor=giver.actor, own=giver.key, to=NEWCOMER.key)
    assert readable(newcomer, Part.DESK) == {report.pk}


def test_a_custodian_hands_on_names_and_no_report(ready: House) -> None:
    _filed, report = file()
    second = make_holder(Actor("custodian-2", frozenset({Kind.CUSTODIAN})), "custodian")
    giver = ready.custodians[0]
    give_mine(actor=giver.actor, own=giver.key, to=second.actor.key)
    assert readable(second, Part.NAME, Role.CUSTODIAN) == {report.pk}
    assert readable(second) == set()
    assert not Wrap.objects.filter(holder=second.actor.key).exclude(part=Part.NAME).exists()


def test_nothing_passes_between_officers_and_custodians(ready: House) -> None:
    file()
    officer, custodian = ready.officers[0], ready.custodians[0]
    for giver, taker in ((officer, custodian), (custodian, officer), (officer, officer)):
        with pytest.raises(DomainError):
            give_mine(actor=giver.actor, own=giver.key, to=taker.actor.key)


def test_nobody_gets_a_report_back_from_which_they_stepped_back(ready: House) -> None:
    stepped, other = file()[1], file()[1]
    one, leaver = ready.officers
    recuse(actor=leaver.actor, report=stepped)
    Wrap.objects.filter(report=other, holder=leaver.actor.key).delete()
    assert give_mine(actor=one.actor, own=one.key, to=leaver.actor.key).done == 1
    assert readable(leaver) == {other.pk}


def test_a_damaged_report_is_passed_over_and_told(ready: House) -> None:
    _filed, report = file()
    Item.objects.filter(report=report, part=Part.REPORT).update(ciphertext=b"age-encryption")
    make_holder(NEWCOMER, Keyholder.Office.OFFICER)
    giver = ready.officers[0]
    done = give_mine(actor=giver.actor, own=giver.key, to=NEWCOMER.key)
    assert (done.done, done.damaged) == (0, 1)


def test_nothing_is_wrapped_to_a_key_that_ends_meanwhile(
    ready: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    file()
    make_holder(NEWCOMER, Keyholder.Office.OFFICER)
    giver, found = ready.officers[0], handing._wraps

    def meanwhile(*arguments: object) -> list[Wrap]:
        made = found(*arguments)  # type: ignore[arg-type]  # mypy does not follow values into a call
        end_key(actor=giver.actor, holder=NEWCOMER.key)
        return made

    monkeypatch.setattr(handing, "_wraps", meanwhile)
    with pytest.raises(ConflictError):
        give_mine(actor=giver.actor, own=giver.key, to=NEWCOMER.key)
    assert not Wrap.objects.filter(holder=NEWCOMER.key).exists()
