"""What coverage reads follows every event, in the transaction that changes it."""

import json
from collections import Counter
from datetime import date
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from baqylau.institutions.models import Institution
from baqylau.journal.models import Entry
from baqylau.outreach.models import Counted, Event, Reached, Stage
from baqylau.outreach.rules.reaching import (
    ALL_TIME,
    Told,
    Turn,
    from_plain,
    keys,
    moved,
    packed,
    plain,
    unpacked,
)
from baqylau.outreach.services.reaching import COUNTED
from baqylau.outreach.verification import differences, rebuild
from baqylau.territories import services as territories
from tests.outreach.reached import TARAZ, change, hold, make_body, make_campaign

DAYS = st.dates(date(2025, 11, 1), date(2026, 12, 31))
TOLD = st.builds(
    Told,
    on=DAYS,
    kind=st.sampled_from(["lecture", "meeting"]),
    district=st.just("314800000"),
    campaign=st.sampled_from(["", "spring", "autumn"]),
    people=st.integers(0, 500),
    institutions=st.frozensets(st.integers(1, 6), max_size=4),
)
TURN = st.builds(
    Turn,
    scope=st.sampled_from(["m", "q", "y"]),
    first_on=DAYS.map(lambda day: day.replace(day=1)),
    kind=st.sampled_from(["school", "state_body"]),
    district=st.sampled_from(["314800000", TARAZ]),
    campaign=st.sampled_from(["", "spring"]),
    amount=st.sampled_from([-1, 1]),
)


@given(told=TOLD)
def test_what_is_kept_of_an_event_comes_back_as_it_was(told: Told) -> None:
    assert from_plain(json.loads(json.dumps(plain(told)))) == told


@given(steps=st.lists(st.none() | TOLD, max_size=8))
def test_step_by_step_the_rows_come_to_what_stands_in_the_end(steps: list[Told | None]) -> None:
    rows: Counter[Any] = Counter()
    before: Told | None = None
    for after in steps:
        for key, amount in moved(before, after).items():
            rows[key] += amount
            assert rows[key] >= 0
        before = after
    assert {key for key, amount in rows.items() if amount} == set(keys(before))


@given(turns=st.lists(TURN, max_size=120))
def test_turns_come_back_from_the_journals_short_texts(turns: list[Turn]) -> None:
    wanted: Counter[Any] = Counter()
    for turn in turns:
        wanted[turn.scope, turn.first_on, turn.kind, turn.district, turn.campaign] += turn.amount
    lots = packed(turns)
    found = {
        (turn.scope, turn.first_on, turn.kind, turn.district, turn.campaign): turn.amount
        for texts in lots
        for turn in unpacked(texts)
    }
    assert found == {key: amount for key, amount in wanted.items() if amount}
    assert all(len(json.dumps(texts)) < 3_600 for texts in lots)


@pytest.fixture
def school(db: None) -> Institution:
    territories.seed()
    return make_body("№ 901 мектеп")


def rows_of(body: Institution) -> dict[tuple[str, date, str], int]:
    found = Reached.objects.filter(institution=body).select_related("campaign")
    return {
        (row.scope, row.first_on, row.campaign.code if row.campaign else ""): row.events
        for row in found
    }


def test_an_event_that_was_held_counts_in_its_month_quarter_and_year(school: Institution) -> None:
    hold(school, campaign=make_campaign())
    for campaign in ("", "spring"):
        assert rows_of(school)["m", date(2026, 5, 1), campaign] == 1
        assert rows_of(school)["q", date(2026, 4, 1), campaign] == 1
        assert rows_of(school)["y", date(2026, 1, 1), campaign] == 1
        assert rows_of(school)["a", ALL_TIME, campaign] == 1


@pytest.mark.parametrize("stage", [Stage.PLANNED, Stage.CONFIRMED])
def test_a_plan_reaches_nobody(school: Institution, stage: Stage) -> None:
    hold(school, stage=stage)
    assert rows_of(school) == {}
    assert not Entry.objects.filter(action=COUNTED).exists()


def test_a_second_event_counts_events_and_not_institutions(school: Institution) -> None:
    hold(school)
    hold(school, on=date(2026, 5, 20))
    assert rows_of(school)["m", date(2026, 5, 1), ""] == 2
    assert json.loads(Entry.objects.filter(action=COUNTED).latest("number").payload) == {
        "reached": [],
        "on": "2026-05-20",
        "kind": "lecture",
        "district": "314800000",
        "campaign": "",
        "people": 30,
    }


def test_what_is_cancelled_afterwards_is_taken_back_whole(school: Institution) -> None:
    event = hold(school, campaign=make_campaign())
    change(event, stage=Stage.CANCELLED, reason_kk="болмаған")
    assert rows_of(school) == {}
    assert not Counted.objects.exists()
    assert list(differences()) == []


def test_an_event_moves_with_its_day_its_campaign_and_its_institutions(
    school: Institution,
) -> None:
    other = make_body("Күншуақ бақшасы", TARAZ, kind="kindergarten")
    event = hold(school)
    change(event, on=date(2025, 12, 3), at=[other], campaign=make_campaign())
    assert rows_of(school) == {}
    assert rows_of(other)["m", date(2025, 12, 1), "spring"] == 1
    assert list(differences()) == []


def test_nothing_is_written_when_what_counts_stayed_the_same(school: Institution) -> None:
    event = hold(school)
    before = Entry.objects.count()
    change(event, place_kk="Мәжіліс залы", stage=Stage.REPORTED, reported_at="2026-05-14T12:00Z")
    assert Entry.objects.count() == before


def test_what_was_given_is_taken_back_though_the_institution_moved(school: Institution) -> None:
    event = hold(school)
    Institution.objects.filter(pk=school.pk).update(district_id=TARAZ, kind="college")
    change(event, stage=Stage.CANCELLED, reason_kk="болмаған")
    sums: Counter[tuple[str, str]] = Counter()
    for entry in Entry.objects.filter(action=COUNTED):
        for turn in unpacked(json.loads(entry.payload)["reached"]):
            sums[turn.kind, turn.district] += turn.amount
    assert not any(sums.values())


def test_an_event_for_very_many_institutions_fits_the_journal(school: Institution) -> None:
    bodies = [
        make_body(f"№ {number} мекеме", kind=kind, district=district)
        for number, (kind, district) in enumerate(
            (kind, district)
            for kind in ("school", "college", "hospital", "court", "police", "firm", "ngo")
            for district in ("314800000", TARAZ, "316600000", "313600000")
        )
    ]
    hold(*bodies, campaign=make_campaign())
    entries = Entry.objects.filter(action=COUNTED)
    assert entries.count() > 1
    turns = [turn for row in entries for turn in unpacked(json.loads(row.payload)["reached"])]
    by_any = [turn for turn in turns if turn.scope == "y" and not turn.campaign]
    assert sum(turn.amount for turn in by_any) == len(bodies)


def test_verify_names_what_is_counted_wrongly_and_rebuild_mends_it(school: Institution) -> None:
    event, lost = hold(school), hold(school, on=date(2026, 6, 1))
    Reached.objects.filter(scope="y").update(events=5)
    Counted.objects.filter(event=lost).delete()
    Event.objects.filter(pk=event.pk).update(stage=Stage.PLANNED)
    told = list(differences())
    assert [school.code in line for line in told].count(True) == 1
    assert any(event.code in line for line in told)
    assert any(lost.code in line for line in told)
    assert rebuild() > 0
    assert list(differences()) == []
    assert rows_of(school)["y", date(2026, 1, 1), ""] == 1


def test_an_event_and_each_change_of_it_are_seen_on_the_institutions_page_at_once(
    client: Client, reach: None
) -> None:
    body, other = make_body("№ 8 мектеп"), make_body("№ 9 мектеп")
    address = f"/institutions/{body.code}/"
    tags = [client.get(address)["ETag"]]
    event = hold(body)
    tags.append(client.get(address)["ETag"])
    change(event, topic_kk="Таза сессия")
    tags.append(client.get(address)["ETag"])
    hold(other)
    assert client.get(address, headers={"If-None-Match": tags[-1]}).status_code == 304
    change(event, [other])
    tags.append(client.get(address)["ETag"])
    assert len(set(tags)) == 3
    assert tags[3] == tags[0]  # it shows again what it showed before the event
