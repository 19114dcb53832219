"""Which office is meant, and whose people must not read it: decided before anything is sealed."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from baqylau.institutions import services
from baqylau.institutions.models import Institution
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.reports.forms.answers import months
from baqylau.reports.models import Report
from baqylau.reports.queries.places import FOUND, Shelf, district_name, found, ids, offices
from baqylau.territories import services as territories
from baqylau.territories.models import Territory
from tests.reports.browsing import Reporter
from tests.reports.making import House
from tests.reports.reading import answers_in, only_report, readers_of

pytestmark = pytest.mark.django_db(databases=["default", "sealed"])
EDITOR = Actor("editor", frozenset({"editor"}))
KORDAY, TARAZ = "314800000", "311000000"
Make = Callable[..., Institution]


@pytest.fixture
def make(ready: House) -> Make:
    """`make("№ 5 мектеп", TARAZ)` stores an office."""
    territories.seed()

    def body(name: str, district: str = KORDAY, **more: object) -> Institution:
        given = {"kind": "school", "ownership": "state", "district_id": district, **more}
        return services.create(actor=EDITOR, fields={"name_kk": name, **given})

    return body


def tie(office: Institution, person: str) -> None:
    services.add_interest(actor=EDITOR, institution=office, tie="relative", person=person)


def test_the_page_about_readers_names_the_office_it_speaks_of(make: Make) -> None:
    office = make("Қордай орталық ауруханасы", kind="hospital")
    reporter = Reporter().open().press("step-where")
    reporter.press("step-readers", office="аурухана жақта")
    assert "Бұл мекемені тек сөзбен" in reporter.words
    assert "аурухана жақта" in reporter.words
    assert "step-where" in reporter.buttons
    reporter.press("step-where").press("find", office="орталық аурухана")
    reporter.press("step-readers", institution=office.code)
    assert "Бұл мына жерде болды" in reporter.words
    assert "Қордай орталық ауруханасы" in reporter.words
    assert "Бұл мекемені тек сөзбен" not in reporter.words


def test_the_districts_are_read_once_while_they_are_trusted(
    make: Make,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    shelf = Shelf()
    with translation.override("kk"), django_assert_num_queries(1):
        assert (KORDAY, "Қордай ауданы") in shelf.choices()
        assert shelf.choices() == shelf.choices()
    with translation.override("ru"), django_assert_num_queries(1):
        assert (KORDAY, "Кордайский район") in shelf.choices()
    Territory.objects.filter(kato=KORDAY).update(until_on=date(2026, 7, 2))
    assert KORDAY in dict(shelf.choices())
    with clock.frozen(datetime(2026, 7, 2, 5, tzinfo=UTC)):
        assert KORDAY not in dict(shelf.choices())
    monkeypatch.setattr(shelf, "trusted", 0.0)
    Territory.objects.filter(kato=KORDAY).update(until_on=date(2026, 7, 1))
    assert KORDAY not in dict(shelf.choices())


def test_what_was_not_chosen_is_not_looked_up(
    make: Make, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    school = make("№ 5 мектеп")
    with django_assert_num_queries(0):
        assert ids([]) == ids([""]) == frozenset()
    assert ids(["", school.code]) == {school.pk}


def test_the_months_to_choose_are_those_of_the_day_in_the_readers_language() -> None:
    latest = {code: months(date(2026, 7, 1), code)[0] for code in ("kk", "ru")}
    assert latest["kk"] != latest["ru"]
    assert {code for code, _said in latest.values()} == {"2026-07"}
    assert months(date(2026, 8, 1), "kk")[0][0] == "2026-08"
    assert months(date(2026, 7, 1), "kk")[-1] == ("2020", "2020")


def at_where() -> Reporter:
    return Reporter().open().press("step-where")


def test_an_office_is_found_by_the_beginning_of_its_words(make: Make, ready: House) -> None:
    school = make("№ 5 мектеп-гимназия")
    make("№ 7 емхана", kind="polyclinic")
    reporter = at_where().press("find", office="гимназия")
    assert school.name_kk in reporter.words
    assert "№ 7 емхана" not in reporter.words
    reporter.press("next", institution=school.code).press("review").press("send")
    assert answers_in(ready, only_report()).institution == school.code


@pytest.mark.parametrize("query", ["Қордай ауруханасында", "аурухананың", "больница"])
def test_an_office_is_found_by_a_word_with_another_ending(make: Make, query: str) -> None:
    office = make("Қордай орталық ауруханасы", kind="hospital", name_ru="Больницы Кордая")
    make("№ 5 мектеп")
    assert [each.code for each in found(query)] == [office.code]


def test_nothing_found_leaves_the_words_and_says_so(make: Make) -> None:
    reporter = at_where().press("find", office="Ғарыш айлағы")
    assert "мұндай атау жоқ" in reporter.words
    assert reporter.fields["office"] == ["Ғарыш айлағы"]


def test_going_on_looks_an_office_up_once(make: Make) -> None:
    make("№ 5 мектеп")
    reporter = at_where().press("next", office="мектеп")
    assert "табылды" in reporter.words
    assert reporter.fields["step"] == ["where"]
    reporter.press("next")
    assert reporter.fields["step"] == ["story"]


def test_offices_of_the_district_come_first_and_few_of_thousands(make: Make) -> None:
    for number in range(FOUND + 3):
        make(f"№ {number + 10} мектеп", TARAZ)
    last = make("№ 99 мектеп", KORDAY)
    assert len(found("мектеп")) == FOUND
    assert found("мектеп", KORDAY)[0].code == last.code
    assert len({office.code for office in found("мектеп", KORDAY)}) == FOUND


@pytest.mark.parametrize("query", ["", " ", "!!!", "%", "\\", "🙂"])
def test_a_search_without_words_finds_nothing(make: Make, query: str) -> None:
    make("№ 5 мектеп")
    assert found(query) == []


def test_unknown_codes_are_left_out(make: Make) -> None:
    office = make("№ 5 мектеп")
    assert [one.code for one in offices([office.code, "ffffffff", "x"])] == [office.code]
    assert ids([office.code, "x"]) == {office.pk}
    assert offices([]) == []
    assert district_name("000000000") == ""
    assert district_name(TARAZ)


def test_people_tied_to_the_office_get_no_key(make: Make, ready: House) -> None:
    office = make("№ 5 мектеп")
    tie(office, "officer-1")
    reporter = at_where().press("find", office="мектеп")
    reporter.press("review", institution=office.code)
    assert "тек бір қызметкер" in reporter.words
    reporter.press("send")
    assert readers_of(only_report()) == {"officer-2"}


def test_whoever_wishes_lets_them_read(make: Make, ready: House) -> None:
    office = make("№ 5 мектеп")
    tie(office, "officer-1")
    reporter = at_where().press("find", office="мектеп")
    reporter.press("next", institution=office.code).press("step-readers")
    reporter.press("review", near="1").press("send")
    assert readers_of(only_report()) == {"officer-1", "officer-2"}


def test_other_offices_are_kept_out_one_after_the_other(make: Make, ready: House) -> None:
    school, clinic = make("№ 5 мектеп"), make("№ 7 емхана", kind="polyclinic")
    tie(clinic, "officer-2")
    reporter = Reporter().open().press("step-readers").press("find", avoid_words="мектеп")
    reporter.press("find", avoid=[school.code], avoid_words="емхана")
    assert school.name_kk in reporter.words
    reporter.press("next", avoid=[school.code, clinic.code]).press("review").press("send")
    answers = answers_in(ready, only_report())
    assert set(answers.avoid) == {school.code, clinic.code}
    assert readers_of(only_report()) == {"officer-1"}


def test_when_nobody_would_be_left_it_is_said_before_and_refused(make: Make, ready: House) -> None:
    office = make("№ 5 мектеп")
    tie(office, "officer-1")
    tie(office, "officer-2")
    reporter = at_where().press("find", office="мектеп")
    reporter.press("review", institution=office.code)
    assert "ешкім қалмайды" in reporter.words
    reporter.press("send")
    assert reporter.answer.status_code == 400
    assert not Report.objects.exists()
    reporter.press("step-readers").press("review", near="1").press("send")
    assert Report.objects.count() == 1


def test_a_name_that_was_not_chosen_keeps_nobody_out_and_the_page_says_so(make: Make) -> None:
    reporter = Reporter().open().press("step-readers").press("review", avoid_words="Ғарыш айлағы")
    assert "тізімнен таңдалмады" in reporter.words


def test_the_named_office_that_was_not_chosen_is_told_as_well(make: Make) -> None:
    reporter = at_where().press("review", office="Ғарыш айлағы")
    assert "«Ғарыш айлағы» тізімнен таңдалмады" in reporter.words


def test_a_chosen_office_brings_no_such_warning(make: Make) -> None:
    office = make("№ 5 мектеп")
    reporter = at_where().press("find", office="мектеп")
    assert "таңдалмады" not in reporter.press("review", institution=office.code).words


def test_a_code_that_no_office_has_is_no_office(make: Make, ready: House) -> None:
    reporter = at_where()
    reporter.send({**reporter.fields, "institution": "ffffffff", "go": "review"})
    reporter.press("send")
    assert answers_in(ready, only_report()).institution == ""


def test_where_no_office_was_found_none_is_offered(ready: House) -> None:
    reporter = Reporter().open().press("next")
    assert 'type="radio" name="institution"' not in reporter.html
    reporter.press("find", office="жоқ мекеме")
    assert 'type="radio" name="institution"' not in reporter.html
    assert "жоқ мекеме" in reporter.html
