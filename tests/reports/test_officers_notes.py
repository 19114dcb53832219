"""What officers keep for themselves: notes, labels, counters, reports about the same."""

import json
from collections import Counter as Tally
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import connections
from hypothesis import given
from hypothesis import strategies as st

from baqylau.journal.models import Entry
from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError
from baqylau.reports.models import Counter, Part, RecoveryKey, Uncounted, Wrap
from baqylau.reports.queries.contents import open_part, open_wrap
from baqylau.reports.rules.contents import Kind, dumped, loaded
from baqylau.reports.rules.labels import Label, moves, read_label
from baqylau.reports.services import counting, noting
from baqylau.reports.services.counting import count_together
from baqylau.reports.services.deskpart import desk_part
from baqylau.reports.services.retention import forget_the_order
from baqylau.seal.errors import SealError
from baqylau.seal.wraps import Role
from tests.casework.making import TARAZ
from tests.reports.making import House, file
from tests.reports.officers import MARK, OTHER, KilledError, Officer, fresh, killed

pytestmark = pytest.mark.django_db(databases=["default", "sealed"])


def counted() -> dict[tuple[str, str], int]:
    return {(row.by, row.value): row.number for row in Counter.objects.exclude(number=0)}


def later() -> None:
    """When labels have waited long enough."""
    with clock.frozen(datetime(2026, 10, 1, 5, tzinfo=UTC)):
        count_together()


def test_notes_open_for_officers_and_recovery_and_for_no_receipt(
    ready: House, pair: list[Officer]
) -> None:
    _filed, report = file()
    noting.note(to=pair[0].desk(report), actor=pair[0].held.actor, text="Көршісі", mark=MARK)
    (item,) = pair[1].desk(fresh(report)).items()
    assert loaded(item.content)["text"] == "Көршісі"
    wraps = Wrap.objects.filter(report=report, part=Part.DESK)
    assert sorted(wraps.values_list("role", flat=True)) == ["officer", "officer", "recovery"]
    assert ready.recovery is not None
    key = open_wrap(fresh(report), Part.DESK, Role.RECOVERY, ready.recovery, "")
    assert len(open_part(key, fresh(report), Part.DESK)) == 1
    talk = pair[0].talk(report)
    with pytest.raises(SealError):
        open_part(talk.key, fresh(report), Part.DESK)


def test_a_note_sent_twice_is_one(pair: list[Officer]) -> None:
    _filed, report = file()
    to = pair[0].desk(report)
    said = [
        noting.note(to=to, actor=pair[0].held.actor, text="бір", mark=mark)
        for mark in (MARK, MARK, OTHER)
    ]
    assert said == [True, False, True]


@pytest.mark.django_db(databases=["default", "sealed"], transaction=True)
def test_two_officers_at_once_make_one_desk_part_and_lose_no_note(pair: list[Officer]) -> None:
    _filed, report = file()

    def write(number: int) -> str:
        try:
            one = pair[number % 2]
            row = fresh(report)
            noting.note(
                to=one.desk(row), actor=one.held.actor, text=str(number), mark=f"{number:032x}"
            )
            return fresh(report).desk_public
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        publics = set(pool.map(write, range(4)))
    assert len(publics) == 1
    texts = {loaded(item.content)["text"] for item in pair[0].desk(fresh(report)).items()}
    assert texts == {"0", "1", "2", "3"}


LABELS = st.builds(
    Label,
    district=st.sampled_from(["", "311000000", "313600000"]),
    conduct=st.sampled_from(["", "waste", "abuse", "rudeness"]),
    credibility=st.sampled_from(["", "witness"]),
    severity=st.integers(0, 4),
)


@given(st.lists(LABELS, max_size=6))
def test_however_often_it_is_labelled_a_report_counts_by_its_last_label_alone(
    labels: list[Label],
) -> None:
    sums: Tally[tuple[str, str]] = Tally()
    earlier = None
    for now in labels:
        for by, value, step in moves(earlier, now):
            sums[by, value] += step
            assert sums[by, value] in {0, 1}
        earlier = now
    left = {cell for cell, number in sums.items() if number}
    assert left == (labels[-1].cells() if labels else set())


@given(LABELS)
def test_a_label_comes_back_as_it_was_sealed(label: Label) -> None:
    assert read_label(json.loads(dumped(label.values()))) == label


def test_labels_move_the_counters_of_the_month_and_nothing_else(pair: list[Officer]) -> None:
    _filed, report = file()
    officer = pair[0]
    to = officer.desk(report)

    def label(mark: str, chosen: Label) -> None:
        noting.label(to=to, actor=officer.held.actor, chosen=chosen, mark=mark)

    label(MARK, Label(TARAZ, "waste"))
    label(MARK, Label(TARAZ, "waste"))
    assert counted() == {}
    assert Uncounted.objects.count() == 1
    label(OTHER, Label("313600000", "waste", severity=3))
    later()
    assert counted() == {("district", "313600000"): 1, ("conduct", "waste"): 1}
    assert set(Counter.objects.values_list("month", flat=True)) == {date(2026, 7, 1)}
    for told in Entry.objects.using("sealed").filter(action__startswith="reports."):
        assert TARAZ not in told.payload
        assert "waste" not in told.payload


def log_of_sealed() -> bytes:
    """What stands in the database's log."""
    name = str(connections["sealed"].settings_dict["NAME"])
    return Path(name + "-wal").read_bytes()


@pytest.mark.skipif(
    connections["sealed"].vendor != "sqlite", reason="PostgreSQL keeps a log of its own"
)
@pytest.mark.django_db(databases=["default", "sealed"], transaction=True)
def test_no_log_shows_which_report_was_written_with_which_counter(pair: list[Officer]) -> None:
    _filed, report = file()
    assert report.pk.encode() in log_of_sealed()
    noting.label(to=pair[0].desk(report), actor=pair[0].held.actor, chosen=Label(TARAZ), mark=MARK)
    assert Uncounted.objects.count() == 1
    assert not log_of_sealed()
    file(site="example.kz")
    assert log_of_sealed()
    assert forget_the_order() == "cut"
    assert not log_of_sealed()


def test_the_log_stays_while_something_is_being_written(ready: House) -> None:
    assert forget_the_order() == "left"


def test_a_label_that_is_not_stored_moves_no_counter(
    pair: list[Officer], monkeypatch: pytest.MonkeyPatch
) -> None:
    _filed, report = file()
    to = pair[0].desk(report)
    monkeypatch.setattr(counting, "put", killed)
    with pytest.raises(KilledError):
        noting.label(to=to, actor=pair[0].held.actor, chosen=Label(TARAZ, "waste"), mark=MARK)
    assert not to.items()
    assert not Uncounted.objects.exists()


def test_reports_about_the_same_name_each_other_once(pair: list[Officer]) -> None:
    (_a, one), (_b, other) = file(), file()
    officer = pair[0].held
    for _press in range(2):
        to = pair[0].desk(fresh(one))
        noting.link_twin(to=to, own=officer.key, actor=officer.actor, locator=str(other.locator))
    for report, twin in ((one, other), (other, one)):
        (item,) = pair[1].desk(fresh(report)).items()
        assert (item.kind, loaded(item.content)["report"]) == (Kind.TWIN, twin.pk)


def test_a_report_that_one_cannot_open_is_no_twin(pair: list[Officer]) -> None:
    (_a, one), (_b, other) = file(), file()
    officer = pair[0].held
    Wrap.objects.filter(report=other, holder=officer.actor.key).delete()
    for locator in (str(other.locator), "000000", str(one.locator)):
        with pytest.raises(DomainError) as refused:
            noting.link_twin(
                to=pair[0].desk(one), own=officer.key, actor=officer.actor, locator=locator
            )
        assert refused.value.code == "unknown"
    assert not pair[0].desk(fresh(one)).items()


def test_without_a_recovery_key_notes_go_to_officers_alone(pair: list[Officer]) -> None:
    _filed, report = file()
    RecoveryKey.objects.update(is_living=False, until_on=clock.today())
    desk_part(actor=pair[0].held.actor, own=pair[0].held.key, report=report)
    roles = Wrap.objects.filter(report=report, part=Part.DESK).values_list("role", flat=True)
    assert set(roles) == {"officer"}
