"""Rules and calendar change, and open terms follow; verification sees what nobody may change."""

import json
from datetime import date, timedelta
from typing import Any

import pytest

from baqylau.casework import verification
from baqylau.casework.models import Case, Step
from baqylau.casework.services import recount
from baqylau.journal.models import Entry
from baqylau.kernel.access import SYSTEM
from baqylau.lawbook.models import CalendarDay, Edition
from baqylau.lawbook.queries.book import shelf
from baqylau.lawbook.services.editions import changing
from tests.casework.making import closed, filed, open_one, silent
from tests.casework.test_steps import DUE

pytestmark = pytest.mark.django_db


def _day_off(on: date) -> Any:  # noqa: ANN401 - the outcome of the lawbook
    """Declare a day off, as the lawbook does: everything open is recomputed with it."""
    with changing(actor=SYSTEM) as outcome:
        CalendarDay.objects.create(
            on=on,
            kind="day_off_transferred",
            reason_kk="демалыс",
            reason_ru="выходной",
            reason_en="day off",
        )
        outcome.told("lawbook.day_set", f"day:{on}")
    return outcome


def test_a_new_day_off_moves_open_terms_and_tells_both_dates(house: None) -> None:
    running, done, waiting = filed(), closed(), open_one()
    outcome = _day_off(date(2026, 5, 20))
    moved = [(row.reference, row.old_on, row.new_on) for row in outcome.moved]
    assert moved == [(running.number, DUE, DUE + timedelta(days=1))]
    assert Case.objects.get(pk=running.pk).next_due_on == DUE + timedelta(days=1)
    assert Case.objects.get(pk=done.pk).next_due_on is None
    assert Case.objects.get(pk=waiting.pk).next_due_on is None
    entry = Entry.objects.get(action="casework.recounted")
    assert json.loads(entry.payload) == {"old": "2026-05-28", "new": "2026-05-29"}
    assert list(verification.differences()) == []


def test_nothing_moves_when_nothing_changed(house: None) -> None:
    case, other = filed(), silent()
    assert [(number, old == new) for number, old, new in recount("test")] == [
        (case.number, True),
        (other.number, True),
    ]
    assert not Entry.objects.filter(action="casework.recounted").exists()
    assert Edition.objects.get().number >= 1


def test_a_sound_house_has_no_differences(house: None) -> None:
    for make in (filed, silent, closed, open_one):
        make()
    assert list(verification.differences()) == []
    assert verification.rebuild() == 0


@pytest.mark.parametrize(
    "change",
    [
        {"next_due_on": date(2030, 1, 1)},
        {"stage": "open"},
        {"person": "thief"},
        {"is_unsure": False},
        {"body": None},
    ],
)
def test_a_row_that_was_changed_is_seen_and_mended(house: None, change: dict[str, Any]) -> None:
    case = filed()
    Case.objects.filter(pk=case.pk).update(**change)
    (sentence,) = verification.differences()
    assert case.number in sentence
    assert verification.rebuild() == 1
    assert list(verification.differences()) == []


def test_a_step_that_was_changed_removed_or_put_in_is_seen(house: None) -> None:
    case, other = filed(), filed()
    Step.objects.filter(case=case, kind="filed").update(on=date(2026, 5, 1))
    assert len(list(verification.differences())) == 1
    Step.objects.filter(case=other, kind="filed").delete()
    assert len(list(verification.differences())) == 2


def test_a_missing_number_is_seen(house: None) -> None:
    first, _second = open_one(), open_one()
    Step.objects.filter(case=first).delete()
    first.delete()
    assert "2026" in "".join(verification.differences())


def test_the_shelf_is_looked_at_again(house: None) -> None:
    shelf.forget()
    assert filed().next_due_on == DUE
