"""Reports: how many came, what is refused, what is asked about once more."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baqylau.journal.models import Entry
from baqylau.kernel.errors import ConflictError, DomainError, NotAllowedError, RefusalsError
from baqylau.outreach.models import Event, Headcount, Stage
from baqylau.outreach.rules.heads import MOST, UNUSUAL, Heads, faults
from baqylau.outreach.services.events import cancel_event
from baqylau.outreach.services.reporting import Told, report_event
from tests.outreach.making import LECTURER, OTHER, TODAY, make_event

cells = st.dictionaries(
    st.tuples(st.sampled_from(["female", "male"]), st.sampled_from(["under_18", "from_18"])),
    st.integers(-5, 60),
)


@given(st.integers(-10, MOST + 10), cells, st.booleans())
def test_what_passes_adds_up_and_lies_within_the_limits(
    total: int, said: dict[tuple[str, str], int], is_sure: bool
) -> None:
    heads = Heads(total, said)
    if not list(faults(heads, is_sure=is_sure)):
        whole = heads.whole()
        assert sum(whole.values()) == total <= MOST
        assert all(count > 0 for count in whole.values())
        assert is_sure or 0 < total <= UNUSUAL


@pytest.mark.parametrize(
    ("total", "code"), [(-3, "negative"), (10_000, "too_many"), (501, "unusual"), (0, "unusual")]
)
def test_an_impossible_number_is_refused_and_an_unusual_one_asked_about(
    total: int, code: str
) -> None:
    assert [each.code for each in faults(Heads(total), is_sure=False)] == [code]
    left = list(faults(Heads(total), is_sure=True))
    assert bool(left) == (code != "unusual")


def test_parts_larger_than_the_whole_are_refused_with_both_numbers() -> None:
    (fault,) = faults(Heads(10, {("female", "from_18"): 11}), is_sure=True)
    assert "11" in fault.message
    assert "10" in fault.message


pytestmark = [pytest.mark.django_db]


def told(total: int = 23, **changes: object) -> Told:
    """A plain report."""
    return Told(**{"heads": Heads(total, {("female", "from_18"): 9}), **changes})  # type: ignore[arg-type]  # of many kinds


@pytest.mark.usefixtures("reach")
def test_a_lecturer_reports_at_once_and_sending_it_again_changes_nothing() -> None:
    row = make_event(on=TODAY - timedelta(days=1))
    row = report_event(actor=LECTURER, event=row, told=told(), revision=1)
    again = report_event(actor=LECTURER, event=row, told=told(), revision=1)
    assert (again.stage, again.people, again.reporter) == (Stage.REPORTED, 23, LECTURER.key)
    counted = {(row.sex, row.age): row.count for row in Headcount.objects.all()}
    assert counted == {("female", "from_18"): 9, ("unknown", "unknown"): 14}
    assert Entry.objects.filter(action="outreach.reported").count() == 1


@pytest.mark.usefixtures("reach")
def test_a_report_is_put_right_and_keeps_its_first_day_and_reporter() -> None:
    row = report_event(actor=LECTURER, event=make_event(), told=told())
    first = row.reported_at
    row = report_event(actor=LECTURER, event=row, told=told(20), revision=row.revision)
    assert (row.people, row.reported_at) == (20, first)
    assert sum(Headcount.objects.values_list("count", flat=True)) == 20
    assert Entry.objects.filter(action="outreach.put_right").count() == 1


@pytest.mark.usefixtures("reach")
def test_who_read_an_older_state_is_told_so() -> None:
    row = report_event(actor=LECTURER, event=make_event(), told=told())
    with pytest.raises(ConflictError):
        report_event(actor=LECTURER, event=row, told=told(20), revision=1)


@pytest.mark.usefixtures("reach")
def test_nothing_is_written_when_a_number_is_refused() -> None:
    row = make_event()
    with pytest.raises(RefusalsError):
        report_event(actor=LECTURER, event=row, told=told(-3))
    assert (Event.objects.get().stage, Headcount.objects.count()) == (Stage.PLANNED, 0)


@pytest.mark.usefixtures("reach")
def test_an_event_to_come_or_cancelled_has_no_report() -> None:
    with pytest.raises(DomainError):
        report_event(actor=LECTURER, event=make_event(), told=told(on=date(2026, 7, 2)))
    gone = cancel_event(actor=LECTURER, event=make_event(), reason_kk="Боран")
    with pytest.raises(ConflictError):
        report_event(actor=LECTURER, event=gone, told=told())


@pytest.mark.usefixtures("reach")
def test_a_stranger_reports_nothing() -> None:
    with pytest.raises(NotAllowedError):
        report_event(actor=OTHER, event=make_event(), told=told())
