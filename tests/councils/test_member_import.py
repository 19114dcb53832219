"""The composition of councils as a table: who begins, who ends, and what is refused."""

from datetime import date

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from baqylau.councils.importing_members import IMPORTER, NO, YES, read_yes
from baqylau.councils.models import Category, Council, Member
from baqylau.documents.tables import Value, write_csv
from baqylau.imports import exports, rules, services
from baqylau.journal.models import Entry
from baqylau.kernel.errors import DomainError
from tests.councils.making import SECRETARY, make_council, make_member

pytestmark = pytest.mark.django_db
NAME = "Тараз қаласының қоғамдық кеңесі"
KK: list[Value] = ["Кеңес", "Аты-жөні", "Санаты", "Ұйымы", "Төраға", "Басталуы", "Аяқталуы"]
PLAIN: list[Value] = [NAME, "Жаңа Мүше", "ngo", "«Үлгі» қоры", "жоқ", "01.07.2026", ""]


def looked(*rows: list[Value], headings: list[Value] | None = None) -> rules.Plan:
    """What a table would do."""
    outcome = services.look(IMPORTER, write_csv([headings or KK, *rows]))
    assert outcome.plan is not None, outcome.refusal
    return outcome.plan


def taken(*rows: list[Value], headings: list[Value] | None = None) -> int:
    """Write a table; how many rows it wrote."""
    plan = looked(*rows, headings=headings)
    assert not plan.problems, plan.problems
    return services.import_now(importer=IMPORTER, plan=plan, actor=SECRETARY)


def test_a_row_becomes_a_term_with_its_entry_and_without_an_account(council: Council) -> None:
    assert taken(PLAIN) == 1
    row = Member.objects.get(name="Жаңа Мүше")
    assert (row.council, row.person, row.is_chair) == (council, "", False)
    assert (row.first_on, row.until_on) == (date(2026, 7, 1), None)
    assert Entry.objects.filter(subject=f"member:{row.code}").count() == 1
    assert taken(PLAIN) == 0, "the same again changes nothing"


def test_a_council_is_known_by_its_code_and_a_category_by_any_of_its_names(
    council: Council,
) -> None:
    label = Category.objects.get(code="ngo").label_ru
    headings: list[Value] = ["Совет", "ФИО", "Категория", "С какого дня", "Председатель"]
    assert taken([council.code, "Новый Член", label, "01.07.2026", "нет"], headings=headings) == 1


def test_a_table_ends_a_term_and_names_the_next_chair_in_one_go(council: Council) -> None:
    old = Member.objects.get(is_chair=True)
    new: list[Value] = [NAME, "Жаңа Төраға", "ngo", "", "иә", "01.07.2026", ""]
    ended: list[Value] = [
        NAME,
        old.name,
        "ngo",
        old.organisation_kk,
        "иә",
        "01.01.2025",
        "01.07.2026",
    ]
    assert taken(ended, new) == 2
    old.refresh_from_db()
    assert old.until_on == date(2026, 7, 1)
    assert Member.objects.filter(is_chair=True, until_on=None).get().name == "Жаңа Төраға"


def test_what_has_no_column_stays_as_it_is(council: Council) -> None:
    row = make_member(council, "Есебі Бар", person="member-9", organisation_ru="Фонд")
    headings: list[Value] = ["Коды", *KK[:3], "Басталуы"]
    table: list[Value] = [row.code, NAME, "Есебі Барқызы", "ngo", "01.01.2025"]
    assert taken(table, headings=headings) == 1
    row.refresh_from_db()
    assert (row.name, row.person, row.organisation_ru) == ("Есебі Барқызы", "member-9", "Фонд")


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_what_was_exported_changes_nothing_when_it_comes_back(
    council: Council, language: str
) -> None:
    make_member(council, "Кеткен Мүше", until_on=date(2026, 1, 1), is_civil_servant=True)
    make_council(name_kk="Екінші кеңес", name_ru="", name_en="")
    with translation.override(language):
        table = exports.as_csv(IMPORTER)
        outcome = services.look(IMPORTER, table)
    assert outcome.plan is not None
    assert not outcome.plan.problems
    assert services.import_now(importer=IMPORTER, plan=outcome.plan, actor=SECRETARY) == 0


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("Кеңес", "Айдағы кеңес"),
        ("Санаты", "ғарышкер"),
        ("Аты-жөні", ""),
        ("Аты-жөні", "Ұ" * 161),
        ("Төраға", "иә"),
        ("Төраға", "мүмкін"),
        ("Басталуы", "01.01.2024"),
        ("Аяқталуы", "01.07.2026"),
        ("Аяқталуы", "ертең"),
    ],
)
def test_a_row_that_cannot_be_true_is_refused_and_nothing_of_it_written(
    council: Council, column: str, value: str
) -> None:
    row = list(PLAIN)
    row[KK.index(column)] = value
    assert len(looked(row).problems) == 1
    assert Member.objects.count() == 5


def test_two_chairs_of_one_table_and_a_code_of_another_council_are_refused(
    council: Council,
) -> None:
    other = make_council(name_kk="Екінші кеңес", name_ru="", name_en="")
    chairs: list[list[Value]] = [
        ["Екінші кеңес", name, "ngo", "", "иә", "01.07.2026", ""] for name in ("Бір", "Екі")
    ]
    assert len(looked(*chairs).problems) == 1
    there = Member.objects.filter(council=council)[0]
    headings: list[Value] = ["Коды", *KK]
    assert len(looked([there.code, other.code, *PLAIN[1:]], headings=headings).problems) == 1


def test_two_councils_of_one_name_are_told_apart_by_code(council: Council) -> None:
    twin = make_council()
    assert len(looked(PLAIN).problems) == 1
    assert taken([twin.code, *PLAIN[1:]]) == 1


@given(st.text(max_size=12))
def test_a_cell_is_yes_or_no_or_refused(text: str) -> None:
    try:
        said = read_yes(text)
    except DomainError:
        assert text.strip().casefold() not in YES | NO
    else:
        assert said == (text.strip().casefold() in YES)
