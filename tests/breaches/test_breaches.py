"""Breaches of people's data: noted, told to the authority within a working day, closed."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from baqylau.breaches import queries, services
from baqylau.breaches.models import Breach
from baqylau.breaches.rules import deadline_of
from baqylau.breaches.services import Noted, note
from baqylau.journal.models import Entry
from baqylau.kernel import clock
from baqylau.kernel.errors import ConflictError, DomainError, NotAllowedError, RefusalsError
from baqylau.kernel.work import Asked
from baqylau.law.rule_table import shipped_rules
from baqylau.law.seed import seeded_calendar
from baqylau.lawbook.services.seed import seed as seed_law
from tests.cast import Cast

pytestmark = pytest.mark.django_db(databases=["default", "sealed"])
FRIDAY = date(2026, 10, 23)
"""A Friday before the Day of the Republic, which is a Sunday this year."""
STORY = "Қабылдау дәптері автобуста қалып қойды."
LOST = Noted(FRIDAY, "lost", "visitors", STORY, 12)
RULES = shipped_rules()


@pytest.fixture(autouse=True)
def law(db: None) -> Iterator[None]:
    """The law as it ships, on a Friday in October."""
    with clock.frozen(datetime(2026, 10, 23, 5, tzinfo=UTC)):
        seed_law()
        yield


def noted(cast: Cast, said: Noted = LOST) -> Breach:
    return note(actor=cast.coordinator.actor, said=said)


def told(cast: Cast, row: Breach, on: date = FRIDAY) -> Breach:
    return services.tell_authority(
        actor=cast.coordinator.actor, breach=row, on=on, reference="№ 14"
    )


@given(st.dates(date(2026, 1, 1), date(2026, 12, 20)))
def test_the_authority_is_told_by_the_next_working_day(day: date) -> None:
    calendar = seeded_calendar()
    due = deadline_of(day, RULES, calendar).due_on
    assert due > day
    assert calendar.is_working_day(due)
    between = [day + timedelta(n) for n in range(1, (due - day).days)]
    assert not any(calendar.is_working_day(each) for each in between)


def test_a_breach_is_noted_with_its_clock_and_the_journal_holds_none_of_its_words(
    cast: Cast,
) -> None:
    row = noted(cast)
    shown = queries.shown(row, FRIDAY)
    assert shown.deadline.due_on > FRIDAY
    assert not shown.is_late
    assert any("25" in sentence for sentence in shown.account), "the article is named"
    late = queries.shown(row, shown.deadline.due_on + timedelta(1))
    assert late.is_late
    entry = Entry.objects.get(action="breaches.noted")
    assert entry.subject == f"breach:{row.pk}"
    assert json.loads(entry.payload)["detected"] == str(FRIDAY)
    assert STORY not in entry.payload


def test_a_breach_goes_its_way_to_the_end(cast: Cast) -> None:
    row = told(cast, noted(cast))
    assert (row.told_on, row.reference, row.told_by) == (
        FRIDAY,
        "№ 14",
        cast.coordinator.actor.key,
    )
    assert not queries.shown(row, date(2027, 1, 1)).is_late, "told in time, whatever the day"
    row = services.close(actor=cast.administrator.actor, breach=row, outcome="settled")
    assert (row.closed_on, row.outcome) == (FRIDAY, "settled")
    actions = list(Entry.objects.filter(action__startswith="breaches.").order_by("pk"))
    assert [each.action for each in actions] == [
        "breaches.noted",
        "breaches.told",
        "breaches.closed",
    ]
    with pytest.raises(ConflictError):
        services.correct(actor=cast.coordinator.actor, breach=row, said=LOST, seen=row.edition)


def test_what_is_known_later_is_written_down_once(cast: Cast) -> None:
    row = noted(cast)
    more = replace(LOST, people=40, measures="Автопаркке хабарласты.")
    changed = services.correct(actor=cast.coordinator.actor, breach=row, said=more, seen=1)
    assert (changed.people, changed.edition) == (40, 2)
    with pytest.raises(ConflictError):
        services.correct(actor=cast.administrator.actor, breach=row, said=LOST, seen=1)


def test_a_breach_is_not_settled_before_the_authority_knows(cast: Cast) -> None:
    row = noted(cast)
    actor = cast.coordinator.actor
    with pytest.raises(DomainError) as refused:
        services.close(actor=actor, breach=row, outcome="settled")
    assert refused.value.code == "untold"
    with pytest.raises(DomainError):
        services.close(actor=actor, breach=row, outcome="")
    assert services.close(actor=actor, breach=row, outcome="no_breach").told_on is None


@pytest.mark.parametrize("on", [FRIDAY - timedelta(1), FRIDAY + timedelta(1)])
def test_the_authority_is_told_neither_before_nor_in_the_future(cast: Cast, on: date) -> None:
    row = noted(cast)
    with pytest.raises(DomainError) as refused:
        told(cast, row, on)
    assert refused.value.field == "on"
    told(cast, row)
    with pytest.raises(ConflictError):
        told(cast, row)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"detected_on": FRIDAY + timedelta(1)}, "detected_on"),
        ({"story": " "}, "story"),
        ({"measures": "ә" * 4_001}, "measures"),
    ],
)
def test_what_cannot_be_is_refused(cast: Cast, change: dict[str, object], field: str) -> None:
    with pytest.raises(RefusalsError) as refused:
        noted(cast, replace(LOST, **change))  # type: ignore[arg-type]  # mypy does not follow names into a call
    assert [each.field for each in refused.value.refusals] == [field]
    assert not Breach.objects.exists()


def test_only_coordinator_and_administrator_keep_the_register(cast: Cast) -> None:
    for person in (cast.adviser, cast.officer, cast.official, cast.outsider):
        with pytest.raises(NotAllowedError):
            note(actor=person.actor, said=LOST)
        assert person.client.get("/desk/breaches/").status_code == 403


def test_what_waits_stands_in_the_worklist_with_its_day(cast: Cast) -> None:
    row = noted(cast)
    (task,) = queries.waiting(Asked(cast.administrator.actor, FRIDAY))
    assert task.due_on == queries.shown(row, FRIDAY).deadline.due_on
    assert task.url == f"/desk/breaches/{row.pk}/"
    assert STORY not in cast.coordinator.client.get("/desk/").text
    assert task.url in cast.coordinator.client.get("/desk/").text
    assert queries.waiting(Asked(cast.adviser.actor, FRIDAY)) == ()
    told(cast, row)
    (task,) = queries.waiting(Asked(cast.coordinator.actor, FRIDAY))
    assert task.due_on is None
    services.close(actor=cast.coordinator.actor, breach=row, outcome="settled")
    assert queries.waiting(Asked(cast.coordinator.actor, FRIDAY)) == []


def test_the_pages_lead_from_the_first_note_to_the_end(cast: Cast) -> None:
    desk: Client = cast.coordinator.client
    form = {"detected_on": "2026-10-23", "happened": "lost", "whose": "visitors", "story": STORY}
    answer = desk.post("/desk/breaches/new/", form)
    row = Breach.objects.get()
    assert answer.headers["Location"] == f"/desk/breaches/{row.pk}/"
    page = desk.get(f"/desk/breaches/{row.pk}/").text
    assert STORY in page
    assert "заңгер тексермеген" in page, "the rule is not checked by a lawyer"
    change = {**form, "people": "3", "seen": "1"}
    assert desk.post(f"/desk/breaches/{row.pk}/change/", change).status_code == 302
    stale = desk.post(f"/desk/breaches/{row.pk}/change/", {**change, "story": "Басқа сөз"})
    assert stale.status_code == 400
    assert "Басқа сөз" in stale.text, "nothing typed is lost"
    assert desk.post(f"/desk/breaches/{row.pk}/tell/", {"on": "2026-10-23"}).status_code == 302
    assert desk.post(f"/desk/breaches/{row.pk}/close/", {"outcome": "settled"}).status_code == 302
    for address in ("/desk/breaches/", f"/desk/breaches/{row.pk}/"):
        assert desk.get(address).status_code == 200
    assert desk.get("/desk/breaches/999/").status_code == 404


def test_an_empty_register_says_so(cast: Cast) -> None:
    assert "Бірде-бір оқиға жазылмаған" in cast.administrator.client.get("/desk/breaches/").text


@pytest.mark.parametrize(
    "wrong",
    [
        {"told_on": FRIDAY},
        {"told_on": FRIDAY - timedelta(1), "told_by": "x"},
        {"closed_on": FRIDAY},
        {"closed_on": FRIDAY, "closed_by": "x", "outcome": "settled"},
    ],
)
def test_the_table_itself_refuses_half_a_record(cast: Cast, wrong: dict[str, object]) -> None:
    row = noted(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Breach.objects.filter(pk=row.pk).update(**wrong)
