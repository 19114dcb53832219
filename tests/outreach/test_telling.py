"""What outreach tells others: figures, open data, the commissioner's list, parts of other pages."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from baqylau.documents.tables import Value, write_csv
from baqylau.figures.queries.definitions import figures as registered
from baqylau.figures.rules.adding import add_up
from baqylau.figures.rules.spans import first_of
from baqylau.imports import rules as planning
from baqylau.imports import services as imports
from baqylau.institutions.models import Institution
from baqylau.journal.models import Entry
from baqylau.kernel import clock
from baqylau.kernel.access import Nobody
from baqylau.kernel.figures import Count, Slice, Span, Told
from baqylau.kernel.period import Period
from baqylau.outreach import annexes, datasets, figures, verification_steps
from baqylau.outreach.importing import IMPORTER
from baqylau.outreach.models import Campaign, Event, Reached
from baqylau.outreach.services.reaching import COUNTED
from baqylau.outreach.verification import differences
from baqylau.territories import services as territories
from tests.outreach.reached import KORDAY, TARAZ, change, hold, make_body, make_campaign

MAY = Period.month(2026, 5)
YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))
HEADINGS: list[Value] = ["Күні", "Түрі", "Тақырыбы", "Ауданы", "Мекемелер", "Қатысқандар саны"]


@pytest.fixture(autouse=True)
def _in_july() -> Iterator[None]:
    with clock.frozen(datetime(2026, 7, 1, 9, tzinfo=UTC)):
        yield


@pytest.fixture
def school(db: None) -> Institution:
    territories.seed()
    return make_body("№ 901 мектеп")


@pytest.fixture
def year(school: Institution) -> None:
    """Events that were held, moved, counted anew and called off."""
    other = make_body("Балауса бақшасы", TARAZ, kind="kindergarten", ownership="private")
    spring, autumn = make_campaign(), make_campaign("autumn")
    first = hold(school, campaign=spring, people=30)
    hold(school, other, on=date(2026, 5, 20), people=12, campaign=autumn)
    moved = hold(other, district_id=TARAZ, people=8)
    change(moved, on=date(2026, 6, 3), people=9)
    lost = hold(school, on=date(2026, 6, 9), people=50)
    change(lost, stage="cancelled", reason_kk="болмады")
    change(first, people=31)


def told() -> list[Told]:
    rows = Entry.objects.filter(action=COUNTED).order_by("number")
    return [
        Told(row.number, date(2026, 7, 1), row.action, row.subject, json.loads(row.payload))
        for row in rows
    ]


def sums() -> dict[tuple[str, str, str, date, str], int]:
    return {
        key[:5]: amount for key, amount in add_up(figures.run(told()), figures.FOLDS[0]).items()
    }


def test_entries_one_by_one_and_all_together_come_to_the_same(year: None) -> None:
    single: Counter[object] = Counter()
    for entry in told():
        single.update(add_up(figures.run([entry])))
    together = add_up(figures.run(told()))
    assert {key: amount for key, amount in single.items() if amount} == dict(together)


def test_events_people_and_institutions_are_counted_as_they_stand(year: None) -> None:
    found = sums()
    whole = (Span.YEAR.value, date(2026, 1, 1), "")
    assert found[figures.EVENTS, "", *whole] == 3
    assert found[figures.PEOPLE, "", *whole] == 31 + 12 + 9
    assert found[figures.REACHED, "", *whole] == 2
    assert found[figures.REACHED, "campaign", *whole[:2], "autumn"] == 2
    assert found[figures.REACHED, "district", *whole[:2], TARAZ] == 1
    month = (Span.MONTH.value, date(2026, 6, 1), "")
    assert (found[figures.EVENTS, "", *month], found[figures.REACHED, "", *month]) == (1, 1)


def test_the_figures_institutions_are_those_of_the_rows(year: None) -> None:
    found = sums()
    for row in Reached.objects.filter(campaign=None).values("scope", "first_on").distinct():
        rows = Reached.objects.filter(campaign=None, **row)
        span = figures.SPANS[row["scope"]]
        first = first_of(span, row["first_on"])
        assert found[figures.REACHED, "", span.value, first, ""] == rows.count()


def test_every_number_opens_the_very_events_behind_it(client: Client, year: None) -> None:
    found = sums()
    for by, value in (("", ""), ("district", KORDAY), ("campaign", "spring")):
        for span, period in ((Span.MONTH, MAY), (Span.YEAR, YEAR)):
            address = figures.events_list(Nobody(), Slice(period, by, value))
            assert address is not None
            page = client.get(address).text
            key = (figures.EVENTS, by, span.value, period.first, value)
            assert page.count('<li><a href="/reached/events/') == found[key]


def test_a_number_that_no_page_lists_alone_has_no_link(year: None) -> None:
    assert figures.reached_list(Nobody(), Slice(MAY)) is None
    assert figures.reached_list(Nobody(), Slice(YEAR, "institution_kind", "school")) is None
    assert figures.events_list(Nobody(), Slice(MAY, "campaign", "")) is None


def test_pages_of_coverage_open_from_their_numbers(client: Client, year: None) -> None:
    for wanted in (
        Slice(YEAR),
        Slice(),
        Slice(YEAR, "district", TARAZ),
        Slice(None, "campaign", "spring"),
    ):
        address = figures.reached_list(Nobody(), wanted)
        assert address
        assert client.get(address).status_code == 200


def test_live_figures_come_to_the_register(year: None) -> None:
    today = date(2026, 7, 1)
    assert figures.covered(today, "") == {"": 2}
    assert figures.registered(today, "district") == {KORDAY: 1, TARAZ: 1}
    assert figures.covered(today, "institution_kind") == {"school": 1, "kindergarten": 1}


def test_the_figures_are_public_and_named_in_the_language(year: None) -> None:
    known = {each.code: each for each in registered()}
    for figure in figures.FIGURES:
        assert known[figure.code].has_public_records
        if isinstance(figure.kind, Count):
            assert figure.published
    names = {each.code: each for each in known["outreach.events"].dimensions}
    assert names["campaign"].names(["spring"]) == {"spring": "Науқан spring"}
    assert set(names["event_kind"].names(["lecture", "x"])) == {"lecture"}


def test_open_data_fits_its_fields(year: None) -> None:
    for dataset in datasets.DATASETS:
        for row in dataset.rows({}):
            assert len(row) == len(dataset.fields)
    rows = {row[0]: row for row in datasets.events({})}
    assert len(rows) == 4
    assert sorted(str(row[8]) for row in rows.values()) == ["cancelled", "held", "held", "held"]
    cover = [row for row in datasets.reached({}) if row[0] == 2026]
    assert [(row[2], row[4], row[5]) for row in cover] == [("kindergarten", 1, 1), ("school", 1, 1)]


def test_the_commissioners_list_has_what_was_held_and_no_person(year: None) -> None:
    rows = list(annexes.events(MAY))
    assert [(row[0].day, row[5]) for row in rows] == [(14, 31), (20, 12)]
    assert "Балауса бақшасы" in rows[1][4]
    assert all(len(row) == len(annexes.EVENTS.columns) for row in rows)


@pytest.mark.parametrize("prefix", ["", "/ru", "/en"])
def test_a_district_an_institution_and_the_home_page_tell_of_it(
    client: Client, year: None, school: Institution, prefix: str
) -> None:
    assert (
        f"{prefix}/reached/districts/{KORDAY}/" in client.get(f"{prefix}/districts/{KORDAY}/").text
    )
    event = Event.objects.get(people=31)
    here = client.get(f"{prefix}/institutions/{school.code}/").text
    assert f"{prefix}/reached/events/{event.code}/" in here
    assert f'href="{prefix}/reached/"' in client.get(f"{prefix}/").text


def test_an_events_page_says_how_many_came_and_why_it_was_not_held(
    client: Client, year: None
) -> None:
    held, lost = Event.objects.get(people=31), Event.objects.get(stage="cancelled")
    assert "<dd>31</dd>" in client.get(f"/reached/events/{held.code}/").text
    page = client.get(f"/reached/events/{lost.code}/").text
    assert "болмады" in page
    assert "<dd>50</dd>" not in page
    assert client.get("/reached/events/00000000/").status_code == 404


def test_a_campaigns_page_shows_its_events(client: Client, year: None) -> None:
    Campaign.objects.filter(code="autumn").update(until_on=date(2026, 9, 1))
    page = client.get("/reached/campaigns/autumn/").text
    assert "2026 жылғы 1 қаңтар – 2026 жылғы 31 тамыз" in page
    assert page.count('<li><a href="/reached/events/') == 1
    assert client.get("/reached/campaigns/none/").status_code == 404


def test_pages_of_events_follow_each_other_without_a_gap(
    client: Client, school: Institution
) -> None:
    for _each in range(55):
        hold(school)
    first = client.get("/reached/events/").text
    (after,) = {part.split('"')[0] for part in first.split("after=")[1:]}
    second = client.get(f"/reached/events/?after={after}").text
    assert first.count('<li><a href="/reached/events/') == 50
    assert second.count('<li><a href="/reached/events/') == 5


def plan_of(*rows: list[Value], headings: list[Value] | None = None) -> planning.Plan:
    data = write_csv([headings or HEADINGS, *rows])
    return planning.plan(IMPORTER, planning.read(IMPORTER, data))


def test_an_older_list_is_taken_in_once_and_counts(school: Institution) -> None:
    row: list[Value] = ["14.05.2017", "семинар", "Таза сессия", "Қордай", "№ 901 мектеп", "64"]
    imports.import_now(importer=IMPORTER, plan=plan_of(row))
    event = Event.objects.get()
    assert (event.on, event.people, event.is_imported) == (date(2017, 5, 14), 64, True)
    assert Reached.objects.get(scope="y").first_on == date(2017, 1, 1)
    assert list(differences()) == []
    assert list(verification_steps.differences()) == []
    assert plan_of(row).counts["unchanged"] == 1


def test_what_is_taken_out_and_in_again_changes_nothing(year: None) -> None:
    assert IMPORTER.export
    columns = [column.code for column in IMPORTER.columns]
    headings: list[Value] = [column.headings[0] for column in IMPORTER.columns]
    rows: list[list[Value]] = [[row[code] for code in columns] for row in IMPORTER.export()]
    counts = plan_of(*rows, headings=headings).counts
    assert {kind: number for kind, number in counts.items() if number} == {"unchanged": 3}


@pytest.mark.parametrize(
    ("place", "cell"),
    [
        (0, "14.05.2031"),
        (0, "14.05.1999"),
        (1, "той"),
        (2, "Қоңырау шалыңыз: +7 701 123 45 67"),
        (3, "Астана"),
        (4, "Белгісіз мектеп"),
        (5, "-3"),
        (5, "10000"),
    ],
)
def test_each_fault_of_an_older_list_is_at_its_cell(
    school: Institution, place: int, cell: str
) -> None:
    row: list[Value] = ["14.05.2017", "семинар", "Таза сессия", "Қордай", "№ 901 мектеп", "64"]
    row[place] = cell
    (problem,) = plan_of(row).problems
    assert problem.column == HEADINGS[place]


def test_a_table_does_not_change_what_is_here(school: Institution) -> None:
    hold(school, topic_kk="Таза сессия", kind="seminar", people=30)
    row: list[Value] = ["14.05.2026", "семинар", "Таза сессия", "Қордай", "№ 901 мектеп", "900"]
    assert plan_of(row).counts["problem"] == 1


def test_two_institutions_of_one_name_are_told_apart_by_their_codes(school: Institution) -> None:
    twin = make_body("№ 901 мектеп", ownership="private")
    row: list[Value] = ["14.05.2017", "семинар", "Таза сессия", "Қордай", "№ 901 мектеп", "64"]
    assert plan_of(row).counts["problem"] == 1
    row[4] = f"{twin.code}; {school.code}"
    imports.import_now(importer=IMPORTER, plan=plan_of(row))
    assert Reached.objects.filter(scope="a").count() == 2
