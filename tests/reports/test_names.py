"""A name is closed by keys, not by rights: who opens what before and after a custodian's word."""

import pytest

from baqylau.journal.models import Entry
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import ConflictError, DomainError, NotAllowedError
from baqylau.kernel.roles import Role as Kind
from baqylau.reports.models import Keyholder, NameRequest, Part, Report, Wrap
from baqylau.reports.queries.contents import open_part, open_wrap
from baqylau.reports.queries.names import may_open, open_requests, requests_of
from baqylau.reports.rules.contents import dumped, loaded
from baqylau.reports.services.handing import give_mine
from baqylau.reports.services.leaving import end_key
from baqylau.reports.services.locking import opened_by_passphrase
from baqylau.reports.services.names import (
    ask_for_name,
    grant_name,
    open_name,
    read_note,
    refuse_name,
)
from baqylau.reports.services.rotation import begin_rotation, proceed
from baqylau.seal import wraps
from baqylau.seal.errors import SealError
from baqylau.seal.keys import SecretKey
from baqylau.seal.wraps import Binding, Role
from tests.reports.making import PASSPHRASE, Held, House, file, make_holder

pytestmark = pytest.mark.django_db(databases=["default", "sealed"])
NAME = {"name": "Айгүл Серікова", "phone": "+7 700 000 00 00"}
NOTE = "Сот Айгүлді куә ретінде шақырып отыр."


@pytest.fixture
def report(ready: House) -> Report:
    return file(name=dumped(NAME))[1]


def asked(house: House, report: Report, officer: int = 0) -> NameRequest:
    return ask_for_name(
        actor=house.officers[officer].actor, report=report, reason="authority", note=NOTE
    )


def opened_by_brute_force(key: SecretKey, report: Report) -> set[str]:
    """The parts of a report that a key opens, tried on every wrap there is, as every role."""
    found = set()
    for row in Wrap.objects.filter(report=report):
        for role in Role:
            binding = Binding(report.pk + {"name": "-n"}.get(row.part, ""), role, row.holder)
            public = report.name_public if row.part == Part.NAME else report.public
            try:
                wraps.unwrap(key, binding, bytes(row.wrapped), public=public)
            except SealError:
                continue
            found.add(row.part)
    return found


def test_before_the_custodians_word_no_other_key_opens_a_name(ready: House, report: Report) -> None:
    asked(ready, report)
    assert ready.recovery is not None
    for key in (ready.officers[0].key, ready.officers[1].key, ready.recovery):
        assert opened_by_brute_force(key, report) == {Part.REPORT}
    assert opened_by_brute_force(ready.custodians[0].key, report) == {Part.NAME}


def test_the_asker_alone_opens_the_name_once_it_is_granted(ready: House, report: Report) -> None:
    (asker, other), custodian = ready.officers, ready.custodians[0]
    row = asked(ready, report)
    with pytest.raises(SealError):
        open_name(actor=asker.actor, own=asker.key, report=report)
    grant_name(actor=custodian.actor, own=custodian.key, row=row)
    assert open_name(actor=asker.actor, own=asker.key, report=report) == [NAME]
    assert may_open(asker.actor.key, report)
    assert opened_by_brute_force(other.key, report) == {Part.REPORT}
    with pytest.raises(SealError):
        open_name(actor=other.actor, own=other.key, report=report)
    with pytest.raises(SealError):
        open_name(actor=other.actor, own=asker.key, report=report)


def test_rights_without_a_key_open_nothing(ready: House, report: Report) -> None:
    everything = Actor("administrator-1", frozenset(Kind))
    row = asked(ready, report)
    custodian = ready.custodians[0]
    with pytest.raises(NotAllowedError):
        grant_name(actor=everything, own=custodian.key, row=row)
    with pytest.raises(NotAllowedError):
        read_note(actor=everything, own=ready.officers[0].key, row=row)
    with pytest.raises(SealError):
        open_name(actor=everything, own=ready.officers[0].key, report=report)


def test_only_custodians_read_the_note(ready: House, report: Report) -> None:
    row = asked(ready, report)
    custodian = ready.custodians[0]
    assert read_note(actor=custodian.actor, own=custodian.key, row=row) == NOTE
    assert NOTE.encode() not in bytes(row.note)
    with pytest.raises(SealError):
        read_note(actor=custodian.actor, own=ready.officers[1].key, row=row)
    other = asked(ready, report, officer=1)
    other.note = row.note
    with pytest.raises(SealError):
        read_note(actor=custodian.actor, own=custodian.key, row=other)


def test_a_refusal_opens_nothing_and_says_why(ready: House, report: Report) -> None:
    row, custodian = asked(ready, report), ready.custodians[0]
    refuse_name(actor=custodian.actor, row=row, refusal="no_ground")
    (shown,) = requests_of(ready.officers[0].actor.key)
    assert (shown.state, shown.refusal) == ("refused", "no_ground")
    assert not may_open(ready.officers[0].actor.key, report)
    assert not open_requests()
    with pytest.raises(ConflictError):
        grant_name(actor=custodian.actor, own=custodian.key, row=row)
    asked(ready, report)


def test_one_question_at_a_time_and_one_answer(ready: House, report: Report) -> None:
    row, custodian = asked(ready, report), ready.custodians[0]
    with pytest.raises(ConflictError):
        asked(ready, report)
    grant_name(actor=custodian.actor, own=custodian.key, row=row)
    with pytest.raises(ConflictError):
        refuse_name(actor=custodian.actor, row=row, refusal="unclear")
    assert may_open(ready.officers[0].actor.key, report)


def test_who_cannot_read_the_report_cannot_ask_for_its_name(ready: House, report: Report) -> None:
    recused = ready.officers[0].actor
    Wrap.objects.filter(report=report, holder=recused.key).delete()
    for actor in (recused, ready.custodians[0].actor, Actor("adviser-1")):
        with pytest.raises(NotAllowedError):
            ask_for_name(actor=actor, report=report, reason="wish", note="")


def test_nobody_decides_on_their_own_question(ready: House, report: Report) -> None:
    both = Actor(ready.officers[0].actor.key, frozenset({Kind.INTAKE_OFFICER, Kind.CUSTODIAN}))
    row = asked(ready, report)
    # Even with a custodian's key in hand and a custodian's row in the database.
    Keyholder.objects.filter(holder=both.key).update(office="custodian")
    for call in (
        lambda: grant_name(actor=both, own=ready.custodians[0].key, row=row),
        lambda: refuse_name(actor=both, row=row, refusal="unclear"),
        lambda: read_note(actor=both, own=ready.custodians[0].key, row=row),
    ):
        with pytest.raises(NotAllowedError):
            call()


def test_an_asker_who_was_recused_meanwhile_gets_no_name(ready: House, report: Report) -> None:
    row, custodian = asked(ready, report), ready.custodians[0]
    Wrap.objects.filter(report=report, holder=row.asker).delete()
    with pytest.raises(DomainError):
        grant_name(actor=custodian.actor, own=custodian.key, row=row)
    assert open_requests()


def test_a_key_that_ended_is_no_asker_and_keeps_no_name(ready: House, report: Report) -> None:
    third = make_holder(Actor("officer-3", frozenset({Kind.INTAKE_OFFICER})), "officer")
    report = file(name=dumped(NAME))[1]
    row = ask_for_name(actor=third.actor, report=report, reason="danger", note="")
    custodian = ready.custodians[0]
    grant_name(actor=custodian.actor, own=custodian.key, row=row)
    assert may_open(third.actor.key, report)
    end_key(actor=third.actor, holder=third.actor.key)
    assert not may_open(third.actor.key, report)
    late = ready.officers[0]
    row = ask_for_name(actor=late.actor, report=report, reason="danger", note="")
    Keyholder.objects.filter(holder=late.actor.key).update(
        until_on="2026-07-01", by_passphrase=None, by_code=None
    )
    with pytest.raises(DomainError):
        grant_name(actor=custodian.actor, own=custodian.key, row=row)


def test_a_granted_name_stays_open_through_a_change_of_key(ready: House, report: Report) -> None:
    row, custodian, asker = asked(ready, report), ready.custodians[0], ready.officers[0]
    grant_name(actor=custodian.actor, own=custodian.key, row=row)
    begin_rotation(actor=asker.actor, old=PASSPHRASE, new="бес бұрыш тас үстінде")
    proceed(actor=asker.actor, own=asker.key)
    anew = Held(asker.actor, opened_by_passphrase(asker.actor, "бес бұрыш тас үстінде"), "")
    assert open_name(actor=asker.actor, own=anew.key, report=report) == [NAME]


def test_a_custodian_who_changes_their_key_still_reads_the_note(
    ready: House, report: Report
) -> None:
    second = make_holder(Actor("custodian-2", frozenset({Kind.CUSTODIAN})), "custodian")
    first = ready.custodians[0]
    give_mine(actor=first.actor, own=first.key, to=second.actor.key)
    row = asked(ready, report)
    begin_rotation(actor=first.actor, old=PASSPHRASE, new="бес бұрыш тас үстінде")
    proceed(actor=first.actor, own=first.key)
    anew = opened_by_passphrase(first.actor, "бес бұрыш тас үстінде")
    row.refresh_from_db()
    for held, key in ((first, anew), (second, second.key)):
        assert read_note(actor=held.actor, own=key, row=row) == NOTE
    with pytest.raises(SealError):
        read_note(actor=first.actor, own=first.key, row=row)
    grant_name(actor=first.actor, own=anew, row=row)
    asker = ready.officers[0]
    assert open_name(actor=asker.actor, own=asker.key, report=report) == [NAME]


def test_a_name_that_nobody_gave_opens_as_nothing(ready: House) -> None:
    _filed, report = file()
    row, custodian, asker = asked(ready, report), ready.custodians[0], ready.officers[0]
    grant_name(actor=custodian.actor, own=custodian.key, row=row)
    assert open_name(actor=asker.actor, own=asker.key, report=report) == []


def test_every_step_is_told_and_no_word_of_the_name_or_note(ready: House, report: Report) -> None:
    row, custodian, asker = asked(ready, report), ready.custodians[0], ready.officers[0]
    grant_name(actor=custodian.actor, own=custodian.key, row=row)
    open_name(actor=asker.actor, own=asker.key, report=report)
    told = Entry.objects.using("sealed").filter(action__startswith="reports.name_")
    assert [each.action.partition("_")[2] for each in told.order_by("number")] == [
        "asked",
        "granted",
        "opened",
    ]
    for each in told:
        assert "Айгүл" not in each.payload
        assert "authority" not in each.payload or each.action == "reports.name_asked"


def test_a_custodian_never_gets_the_report(ready: House, report: Report) -> None:
    custodian = ready.custodians[0]
    with pytest.raises(SealError):
        open_wrap(report, Part.REPORT, Role.OFFICER, custodian.key, custodian.actor.key)
    key = open_wrap(report, Part.NAME, Role.CUSTODIAN, custodian.key, custodian.actor.key)
    with pytest.raises(SealError):
        open_part(key, report, Part.REPORT)
    assert loaded(open_part(key, report, Part.NAME)[0].content) == NAME
