"""The row of an event follows from its steps in the journal, and is written anew from them."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baqylau.journal.models import Entry
from baqylau.outreach import verification, verification_steps
from baqylau.outreach.models import Event, Stage
from baqylau.outreach.rules.heads import Heads
from baqylau.outreach.rules.life import FOLLOWING, may_follow
from baqylau.outreach.rules.steps import ACTIONS, CHANGED, STAGES, TAKEN_IN, standing
from baqylau.outreach.services.events import (
    Planned,
    cancel_event,
    change_event,
    confirm_event,
    hold_event,
    plan_event,
)
from baqylau.outreach.services.reporting import Told, report_event
from tests.outreach.making import LECTURER, TARAZ, TODAY, body, campaign, make_event

BEGUN = {"on": "2026-07-01", "kind": "lecture", "district": TARAZ, "campaign": "bribe-free"}
WHOLE = {**BEGUN, "people": 9}


@given(st.lists(st.sampled_from(sorted(FOLLOWING)), max_size=8))
def test_no_way_leads_back_from_a_report_or_a_cancellation(ways: list[str]) -> None:
    now, was_over = "planned", False
    for then in ways:
        if may_follow(now, then):
            assert not was_over or then == now == "reported"
            now = then
        was_over = was_over or now in {"reported", "cancelled"}


@given(st.lists(st.sampled_from(sorted(ACTIONS - {TAKEN_IN, "outreach.planned"})), max_size=8))
def test_the_last_step_that_names_a_stage_decides(actions: list[str]) -> None:
    found = standing([("outreach.planned", BEGUN), *((each, WHOLE) for each in actions)])
    assert found is not None
    named = [STAGES[each] for each in actions if each != CHANGED]
    assert found.stage == (named[-1] if named else Stage.PLANNED)
    assert (found.people == 9) == bool({"outreach.reported", "outreach.put_right"} & {*actions})


def test_what_was_taken_in_with_a_headcount_is_reported_and_without_one_held() -> None:
    counted, bare = standing([(TAKEN_IN, WHOLE)]), standing([(TAKEN_IN, {**BEGUN, "people": None})])
    assert counted is not None
    assert bare is not None
    assert (counted.stage, counted.people) == (Stage.REPORTED, 9)
    assert (bare.stage, bare.people) == (Stage.HELD, None)
    assert standing([("outreach.held", WHOLE)]) is None


pytestmark = [pytest.mark.django_db]
DAY = timedelta(days=1)


def planned(**changes: object) -> Event:
    """An event that came through the service."""
    said = {"kind": "lecture", "topic_kk": "Дәріс", "on": TODAY - DAY, "district": TARAZ}
    said |= {"institutions": [body()], "campaign": campaign(), **changes}
    return plan_event(actor=LECTURER, said=Planned(**said))  # type: ignore[arg-type]  # of many kinds


def every_way() -> list[Event]:
    """An event at each stage, and one that was changed and put right."""
    confirmed = confirm_event(actor=LECTURER, event=planned(), confirmed_by="хат № 12")
    held = hold_event(actor=LECTURER, event=planned())
    reported = report_event(actor=LECTURER, event=held, told=Told(Heads(23)))
    right = report_event(
        actor=LECTURER, event=reported, told=Told(Heads(21), on=TODAY), revision=reported.revision
    )
    moved = Planned("seminar", "Басқа", TODAY - 3 * DAY, TARAZ, [body()])
    change_event(actor=LECTURER, event=right, said=moved, revision=right.revision)
    gone = cancel_event(actor=LECTURER, event=planned(), reason_kk="Боран")
    return [planned(), confirmed, hold_event(actor=LECTURER, event=planned()), right, gone]


@pytest.mark.usefixtures("reach")
def test_every_stage_that_services_write_is_the_one_of_the_steps() -> None:
    rows = every_way()
    assert {row.stage for row in Event.objects.all()} == set(Stage.values)
    assert len(rows) == len(Stage.values)
    assert list(verification_steps.differences()) == []
    assert all(may_follow("planned", stage) for stage in set(Stage.values) - {Stage.PLANNED})


@pytest.mark.usefixtures("reach")
@pytest.mark.parametrize(
    "change",
    [
        {"stage": Stage.PLANNED},
        {"people": 230},
        {"on": TODAY - 40 * DAY},
        {"kind": "hearing"},
        {"campaign": None},
    ],
)
def test_a_row_that_was_changed_by_hand_is_told_and_mended(change: dict[str, object]) -> None:
    row = report_event(actor=LECTURER, event=planned(), told=Told(Heads(23)))
    before = Event.objects.values().get(pk=row.pk)
    Event.objects.filter(pk=row.pk).update(**change)
    (told,) = verification_steps.differences()
    assert row.code in told
    assert verification_steps.rebuild() == 1
    assert Event.objects.values().get(pk=row.pk) == before
    assert list(verification_steps.differences()) == []
    assert verification_steps.rebuild() == 0
    assert list(verification.differences()) == []


@pytest.mark.usefixtures("reach")
def test_an_event_that_the_journal_does_not_know_is_told_and_left_as_it_is() -> None:
    row = make_event(stage=Stage.HELD)
    (told,) = verification_steps.differences()
    assert row.code in told
    assert verification_steps.rebuild() == 0
    assert Event.objects.get().stage == Stage.HELD


@pytest.mark.usefixtures("reach")
def test_a_report_whose_moment_was_lost_is_told_and_not_made_up() -> None:
    row = report_event(actor=LECTURER, event=planned(), told=Told(Heads(23)))
    Event.objects.filter(pk=row.pk).update(stage=Stage.HELD, reported_at=None, people=None)
    assert verification_steps.rebuild() == 0
    assert len(list(verification_steps.differences())) == 1
    assert Entry.objects.filter(subject=f"event:{row.code}").count() >= 2
