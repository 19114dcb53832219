"""An old journal of consultations, as a table: what is understood, refused, and never doubled."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from xlsxwriter import Workbook

from baqylau.documents.tables import Value, write_csv
from baqylau.imports import rules, services
from baqylau.imports.sentences import sentence
from baqylau.institutions.models import ServicePoint
from baqylau.journal.models import Entry
from baqylau.kernel.errors import DomainError
from baqylau.reception import verification
from baqylau.reception.importing import IMPORTER
from baqylau.reception.importing.columns import COLUMNS, choice
from baqylau.reception.models import Consultation, Word
from baqylau.reception.rules.words import kept_prefixes
from baqylau.reception.taxonomy import Origin
from tests.reception.making import COORDINATOR, TARAZ, record

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk")]
HEADINGS: list[Value] = ["Күні", "Қабылдау бөлмесі", "Қызмет", "Не жауап берілді"]
PLAIN: list[Value] = ["30.06.2026", TARAZ, "s901", "Құжаттардың тізімін бердім"]


def looked(*rows: list[Value], headings: list[Value] | None = None) -> rules.Plan:
    """What a table would do."""
    outcome = services.look(IMPORTER, write_csv([headings or HEADINGS, *rows]))
    assert outcome.plan is not None, outcome.refusal
    return outcome.plan


def taken(*rows: list[Value], headings: list[Value] | None = None, despite: bool = False) -> int:
    """Write a table; how many rows it wrote."""
    plan = looked(*rows, headings=headings)
    return services.import_now(
        importer=IMPORTER, plan=plan, actor=COORDINATOR, despite_errors=despite
    )


def wrong(plan: rules.Plan) -> list[tuple[int, str]]:
    return [(problem.row, problem.column) for problem in plan.problems]


def test_a_row_becomes_a_consultation_that_says_where_it_came_from() -> None:
    assert taken(PLAIN) == 1
    row = Consultation.objects.get()
    assert (row.origin, row.held_on, row.room.code) == (Origin.IMPORTED, date(2026, 6, 30), TARAZ)
    assert row.get_origin_display() == "сырттан енгізілген, тексерілмеген"
    assert (row.kind, row.language, row.channel, row.result) == (
        *("information", "kk", "walk_in", "advised"),
    )
    assert (row.author, row.number) == (COORDINATOR.key, "К-2026-000001")
    words = Word.objects.filter(consultation=row).values_list("prefix", flat=True)
    assert sorted(words) == sorted(kept_prefixes("Құжаттардың тізімін бердім"))
    assert [e.action for e in Entry.objects.filter(subject="consultation:К-2026-000001")] == [
        "reception.recorded"
    ]
    assert list(verification.differences()) == []


def test_looking_writes_nothing() -> None:
    before = Entry.objects.count()
    assert looked(PLAIN).counts["new"] == 1
    assert not Consultation.objects.exists()
    assert Entry.objects.count() == before


def test_the_same_table_again_changes_nothing() -> None:
    silent: list[Value] = ["30.06.2026", TARAZ, "s901", ""]
    rows: list[list[Value]] = [PLAIN, silent, silent, ["29.06.2026", TARAZ, "", ""]]
    assert taken(*rows) == 4
    assert looked(*rows).counts == {"new": 0, "changed": 0, "unchanged": 4, "problem": 0}
    assert taken(*rows, silent) == 1
    assert looked(*rows, silent, silent).counts["new"] == 1
    assert list(verification.differences()) == []


def test_a_visit_that_was_typed_at_the_desk_is_not_taken_in_again() -> None:
    record(
        held_on=date(2026, 6, 30),
        service="s901",
        answer="құжаттардың  тізімін бердім!",
        channel="phone",
    )
    assert looked(PLAIN).counts["unchanged"] == 1


def test_one_visit_twice_in_a_table_is_a_fault_with_its_place() -> None:
    plan = looked(PLAIN, ["01.07.2026", TARAZ, "s901", "Басқа"], PLAIN)
    assert [(p.code, p.row) for p in plan.problems] == [("twice", 4)]
    with pytest.raises(DomainError), transaction.atomic():
        services.write(IMPORTER, plan, COORDINATOR)
    assert taken(PLAIN, PLAIN, despite=True) == 1


@pytest.mark.parametrize("day", ["30.06.2026", "2026-06-30", "30/06/2026"])
def test_three_ways_to_write_a_day(day: str) -> None:
    taken([day, *PLAIN[1:]])
    assert Consultation.objects.get().held_on == date(2026, 6, 30)


def test_a_table_of_an_old_computer_is_read() -> None:
    text = "Дата;Приёмная;Услуга;О чём;Язык;Что ответили\n"
    text += f"30.06.2026;{TARAZ};Выдача водительского удостоверения;жалоба;рус;Срок прошёл\n"
    outcome = services.look(IMPORTER, text.encode("cp1251"))
    assert outcome.plan is not None
    services.import_now(importer=IMPORTER, plan=outcome.plan, actor=COORDINATOR)
    row = Consultation.objects.get()
    assert (row.service and row.service.code, row.language, row.kind) == (
        *("s901", "ru", "service_failure"),
    )


def test_a_formula_gives_the_value_that_was_stored_with_it() -> None:
    target = BytesIO()
    with Workbook(target, {"in_memory": True}) as book:
        page = book.add_worksheet("Журнал")
        for place, heading in enumerate(HEADINGS):
            page.write_string(0, place, str(heading))
        page.write_string(1, 0, "30.06.2026")
        page.write_formula(1, 1, '=CONCATENATE("room","0001")', None, TARAZ)
        page.write_string(1, 3, "Айттым")
    outcome = services.look(IMPORTER, target.getvalue())
    assert outcome.plan is not None
    assert outcome.plan.counts["new"] == 1


@pytest.mark.parametrize(
    ("column", "text", "heading"),
    [
        ("Күні", "31.06.2026", "Күні"),
        ("Күні", "02.07.2026", "Күні"),
        ("Қабылдау бөлмесі", "Ай бекеті", "Қабылдау бөлмесі"),
        ("Қызмет", "qwertyuiop", "Қызмет"),
        ("Қай мекеме туралы", "Жоқ мекеме", "Қай мекеме туралы"),
        ("Ауданы", "Атлантида", "Ауданы"),
        ("Тілі", "клингон", "Тілі"),
        ("Нәтижесі", "ғажап", "Нәтижесі"),
        ("Не жауап берілді", "а" * 2_001, "Не жауап берілді"),
        ("Кеңестің нөмірі", "бір", "Кеңестің нөмірі"),
        ("Кеңестің нөмірі", "К-2026-000777", "Кеңестің нөмірі"),
    ],
)
def test_every_fault_names_row_and_column_and_nothing_is_written(
    column: str, text: str, heading: str
) -> None:
    said = dict(zip(map(str, HEADINGS), PLAIN, strict=True)) | {column: text}
    good = {**dict.fromkeys(said, ""), **dict(zip(map(str, HEADINGS), PLAIN, strict=True))}
    plan = looked(list(good.values()), list(said.values()), headings=list(said))
    assert wrong(plan) == [(3, heading)]
    assert all(sentence(problem) for problem in plan.problems)
    with pytest.raises(DomainError), transaction.atomic():
        services.write(IMPORTER, plan, COORDINATOR)
    assert not Consultation.objects.exists()


def test_where_money_was_asked_no_text_is_taken_in() -> None:
    headings = [*HEADINGS, "Не туралы", "Нәтижесі"]
    plan = looked([*PLAIN, "пара", ""], headings=headings)
    assert wrong(plan) == [(2, "Не жауап берілді")]
    plan = looked([*PLAIN[:3], "", "пара", "safe_channel"], headings=headings)
    assert wrong(plan) == [(2, "Қызмет")]
    taken([*PLAIN[:2], "", "", "пара", "safe_channel"], headings=headings)
    row = Consultation.objects.get()
    assert (row.kind, row.result, row.answer, row.service) == (
        *("corruption", "safe_channel", "", None),
    )


def test_a_room_that_was_not_open_yet_refuses() -> None:
    ServicePoint.objects.filter(code=TARAZ).update(first_on=date(2026, 6, 30) + timedelta(days=1))
    assert wrong(looked(PLAIN)) == [(2, "Қабылдау бөлмесі")]


def test_a_thousand_rows_are_written_in_bulk_and_told_one_by_one() -> None:
    rows: list[list[Value]] = [["30.06.2026", TARAZ, "", f"Жауап {n}"] for n in range(1_100)]
    assert taken(*rows) == 1_100
    assert Entry.objects.filter(action="reception.recorded").count() == 1_100
    assert list(verification.differences()) == []
    assert looked(*rows).counts["unchanged"] == 1_100


@given(text=st.text(max_size=60))
@settings(max_examples=60, deadline=None)
def test_any_text_in_a_cell_of_choices_is_a_code_or_a_fault(text: str) -> None:
    for name in ("language", "channel", "kind", "result", "part"):
        try:
            code = choice(name)(text)
        except DomainError as error:
            code = error.code
        assert code


def test_headings_are_told_apart_in_each_language() -> None:
    for column in COLUMNS:
        assert len(column.headings) >= 3
    every = [heading.casefold() for column in COLUMNS for heading in column.headings]
    assert len(every) == len(set(every))
