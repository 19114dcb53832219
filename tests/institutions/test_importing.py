"""The register as a table."""

import time

import pytest
from django.utils import translation

from baqylau.documents.tables import Value, normal_heading, read_table, write_csv
from baqylau.imports import exports, rules, services
from baqylau.imports.sentences import sentence
from baqylau.institutions.importing import ALIASES, IMPORTER, read_kind
from baqylau.institutions.models import Institution, Kind
from baqylau.institutions.rules import are_alike, likeness
from baqylau.journal.models import Entry
from tests.institutions.conftest import KORDAY, Make

pytestmark = pytest.mark.django_db
HEADINGS: list[Value] = ["Атауы", "Түрі", "Ауданы"]


def plan_of(*rows: list[Value], headings: list[Value] | None = None) -> rules.Plan:
    data = write_csv([headings or HEADINGS, *rows])
    return rules.plan(IMPORTER, rules.read(IMPORTER, data))


def faults(plan: rules.Plan) -> list[tuple[int, str]]:
    return [(problem.row, problem.column) for problem in plan.problems]


@pytest.mark.parametrize(
    "row",
    [
        ["№ 5 мектеп", "мектеп", "Қордай"],
        ["№ 5 мектеп", "школа", "Кордайский район"],
        ["№ 5 мектеп", "School", "Korday district"],
        ["№ 5 мектеп", "school", "314800000"],
        ["№ 5 мектеп", " ШКОЛА ", "қордай ауданы"],
    ],
)
def test_kinds_and_districts_are_understood_in_each_language(
    districts: None, row: list[Value]
) -> None:
    plan = plan_of(row)
    assert plan.counts["new"] == 1
    services.import_now(importer=IMPORTER, plan=plan)
    body = Institution.objects.get()
    assert (body.kind, body.district_id, body.ownership) == ("school", KORDAY, "state")


@pytest.mark.parametrize(
    ("word", "kind"),
    [("ХҚКО", "tson"), ("цон", "tson"), ("Ясли-сад", "kindergarten"), ("вуз", "university")],
)
def test_the_words_of_registers_are_understood(word: str, kind: str) -> None:
    assert read_kind(word) == kind


def test_no_word_means_two_kinds() -> None:
    words = [normal_heading(word) for several in ALIASES.values() for word in several]
    assert len(words) == len(set(words))


def test_every_fault_is_at_its_cell(districts: None) -> None:
    plan = plan_of(
        ["№ 5 мектеп", "мектеп", "Қордай", "", "", "", "", ""],
        ["", "мектеп", "Қордай", "", "", "", "", ""],
        ["№ 6 мектеп", "зауыт", "Астана", "12", "a@", "javascript:x", "кейде", ""],
        ["№ 7 мектеп", "мектеп", "Астана", "", "", "", "", ""],
        ["№ 8 мектеп", "мектеп", "Шу", "", "", "", "", "31.12.2020"],
        headings=[
            *HEADINGS,
            *("БСН", "Электрондық поштасы", "Сайты", "Жұмыс уақыты", "Аяқталған күні"),
        ],
    )
    assert faults(plan) == [
        (3, "Атауы"),
        (4, "Түрі"),
        (4, "БСН"),
        (4, "Электрондық поштасы"),
        (4, "Сайты"),
        (4, "Жұмыс уақыты"),
        (5, "Ауданы"),
    ]
    assert plan.counts == {"new": 2, "changed": 0, "unchanged": 0, "problem": 3}


def test_the_sentence_about_an_unknown_kind_names_the_known_ones(districts: None) -> None:
    with translation.override("kk"):
        plan = plan_of(["№ 5", "зауыт", "Қордай"])
        assert "балабақша" in sentence(plan.problems[0])


def test_a_body_is_known_again_by_name_and_district_in_any_spelling(make: Make) -> None:
    body = make("№ 5 «Үміт» мектебі", phone="1")
    plan = plan_of(
        ["№ 5 «Умит» мектеби", "мектеп", "Қордай", "2"], headings=[*HEADINGS, "Телефоны"]
    )
    assert [(c.kind, c.key) for c in plan.changes] == [("changed", body.code)]
    assert ("phone", "1", "2") in [(d.column, d.old, d.new) for d in plan.changes[0].differences]


def test_the_same_name_in_another_district_is_another_body(make: Make) -> None:
    make("№ 5 мектеп")
    assert plan_of(["№ 5 мектеп", "мектеп", "Шу"]).counts["new"] == 1


def test_a_body_is_known_again_by_its_business_number(make: Make) -> None:
    body = make("Ескі атауы", bin="123456789012")
    plan = plan_of(["Мүлде жаңа", "мектеп", "Шу", "1234 5678 9012"], headings=[*HEADINGS, "БИН"])
    assert [(c.kind, c.key) for c in plan.changes] == [("changed", body.code)]


def test_a_resembling_name_is_for_a_person_to_decide(make: Make) -> None:
    body = make("№ 5 Жамбыл атындағы орта мектеп")
    row: list[Value] = ["Жамбыл атындағы № 5 орта мектебі", "мектеп", "Қордай"]
    plan = plan_of(row)
    assert faults(plan) == [(2, "Атауы")]
    assert body.code in sentence(plan.problems[0])
    with_code = [*HEADINGS, "Коды"]
    assert plan_of([*row, body.code], headings=with_code).counts["changed"] == 1
    assert plan_of([*row, "new"], headings=with_code).counts["new"] == 1
    assert faults(plan_of([*row, "deadbeef"], headings=with_code)) == [(2, "Коды")]


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("№ 5 мектеп", "№ 15 мектеп", False),
        ("№ 5 орта мектеп", "Орта мектеп №5", True),
        ("«Балауса» балабақшасы", "«Қарлығаш» балабақшасы", False),
        ("Аудандық орталық аурухана", "Аудандық орталық ауруханасы", True),
    ],
)
def test_numbers_part_names_and_word_order_does_not(one: str, other: str, alike: bool) -> None:
    assert are_alike(likeness(one), likeness(other)) is alike


def test_doubles_within_the_table_are_told(districts: None) -> None:
    plan = plan_of(
        ["№ 5 мектеп", "мектеп", "Қордай", "123456789012"],
        ["№ 5 Мектеп", "мектеп", "Қордай", ""],
        ["Басқа", "мектеп", "Қордай", "123456789012"],
        headings=[*HEADINGS, "БСН"],
    )
    assert faults(plan) == [(3, ""), (4, "БСН")]


def test_ownership_follows_from_the_kind_only_for_new_bodies(make: Make) -> None:
    body = make("№ 5 мектеп", ownership="private")
    services.import_now(
        importer=IMPORTER,
        plan=plan_of(["№ 5 мектеп", "мектеп", "Қордай"], ["Дән ЖШС", "firm", "Шу"]),
    )
    body.refresh_from_db()
    assert body.ownership == "private"
    assert Institution.objects.get(kind=Kind.FIRM).ownership == "private"


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_exporting_and_importing_again_changes_nothing(training: int, language: str) -> None:
    with translation.override(language):
        for data in (exports.as_xlsx(IMPORTER), exports.as_csv(IMPORTER)):
            plan = rules.plan(IMPORTER, rules.read(IMPORTER, data))
            assert [sentence(problem) for problem in plan.problems] == []
            assert plan.counts["unchanged"] == Institution.objects.count()
            assert not plan.wanted


def test_headings_and_codes_of_the_blank_table_are_in_the_persons_language(
    districts: None,
) -> None:
    with translation.override("ru"):
        table = read_table(exports.blank(IMPORTER))
    assert "Наименование на казахском" in next(iter(table.headings.values()))


def test_every_row_is_journalled_and_a_large_register_is_quick(districts: None) -> None:
    names = ["Қордай", "Шу", "Меркі", "Талас", "Тараз"]
    rows: list[list[Value]] = [
        [f"№ {number} «Үміт» мектебі", "мектеп", names[number % 5]] for number in range(1_000)
    ]
    start = time.monotonic()
    plan = plan_of(*rows)
    assert services.import_now(importer=IMPORTER, plan=plan) == 1_000
    assert time.monotonic() - start < 20
    assert Entry.objects.filter(action="institutions.create").count() == 1_000
    start = time.monotonic()
    assert plan_of(*rows).counts["unchanged"] == 1_000
    assert time.monotonic() - start < 10


@pytest.mark.parametrize(
    ("heading", "cell", "people"),
    [("Адам саны", "640", 640), ("Число людей", "1 200", 1_200), ("People", "", None)],
)
def test_how_many_people_there_are_is_taken_in(
    districts: None, heading: str, cell: str, people: int | None
) -> None:
    plan = plan_of(["№ 5 мектеп", "мектеп", "Қордай", cell], headings=[*HEADINGS, heading])
    services.import_now(importer=IMPORTER, plan=plan)
    assert Institution.objects.get().people == people


@pytest.mark.parametrize("cell", ["-3", "0", "көп", "12,5", "200001", "1" * 30])
def test_what_is_no_number_of_people_is_refused_at_its_cell(districts: None, cell: str) -> None:
    plan = plan_of(["№ 5 мектеп", "мектеп", "Қордай", cell], headings=[*HEADINGS, "Адам саны"])
    assert faults(plan) == [(2, "Адам саны")]
