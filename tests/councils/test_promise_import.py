"""An old register as a table: what is understood, what is refused, and never doubled."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baqylau.councils import verification
from baqylau.councils.importing import IMPORTER, read_number
from baqylau.councils.models import Recommendation, Step
from baqylau.councils.rules.numbers import is_number
from baqylau.councils.rules.numbers import read_number as read_typed
from baqylau.documents.tables import Value, write_csv
from baqylau.imports import rules, services
from baqylau.kernel.errors import DomainError
from tests.councils.making import AKIMAT, SECRETARY
from tests.councils.promising import ASKED, REPLY, accepted

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]
KK: list[Value] = [
    "Нөмірі",
    "Күні",
    "Кімге",
    "Ұсыным",
    "Жіберілді",
    "Жетті",
    "Жауап күні",
    "Жауап",
    "Жауап мәтіні",
    "Уәде күні",
]
RU: list[Value] = ["Номер", "Дата", "Адресат", "Рекомендация на казахском", "Отправлено"]
PLAIN: list[Value] = [
    "Ұ-12",
    "01.03.2024",
    AKIMAT,
    ASKED,
    "02.03.2024",
    "04.03.2024",
    "12.03.2024",
    "accepted",
    REPLY,
    "01.06.2024",
]


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


def test_a_row_becomes_a_recommendation_with_its_steps_that_says_where_it_came_from() -> None:
    assert taken(PLAIN) == 1
    row = Recommendation.objects.get()
    assert (row.number, row.is_imported, row.state) == ("Ұ-12", True, "accepted")
    assert (row.due_on, row.was_in_time) == (date(2024, 6, 1), True)
    assert [step.kind for step in Step.objects.order_by("number")] == [
        "sent",
        "received",
        "answered",
    ]
    assert Step.objects.get(kind="answered").text_kk == REPLY
    assert not list(verification.differences())


def test_russian_headings_are_understood_and_a_body_by_its_name() -> None:
    row: list[Value] = ["7", "01.03.2024", "Полиция департаменті", ASKED, "01.03.2024"]
    assert taken(row, headings=RU) == 1
    assert Recommendation.objects.get().state == "sent"


def test_the_same_table_again_changes_nothing() -> None:
    taken(PLAIN)
    plan = looked(PLAIN)
    assert not plan.problems
    assert taken(PLAIN) == 0
    assert Recommendation.objects.count() == 1


def test_what_was_exported_changes_nothing_when_it_comes_back() -> None:
    accepted()
    taken(PLAIN)
    assert IMPORTER.export is not None
    rows = list(IMPORTER.export())
    headings: list[Value] = [column.headings[0] for column in IMPORTER.columns]
    table = [[row[column.code] for column in IMPORTER.columns] for row in rows]
    assert len(table) == 2
    plan = looked(*table, headings=headings)
    assert not plan.problems
    assert taken(*table, headings=headings) == 0


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("Нөмірі", "а/б 12"),
        ("Нөмірі", "2026-1.1"),
        ("Кімге", "Айдағы әкімдік"),
        ("Ұсыным", "Телефоны +7 701 123 45 67"),
        ("Жіберілді", "29.02.2024"),
        ("Жауап күні", "03.03.2024"),
        ("Жауап күні", ""),
        ("Жауап", "мүмкін"),
        ("Уәде күні", "01.03.2024"),
        ("Жіберілді", "01.03.2030"),
    ],
)
def test_a_row_that_cannot_be_true_is_refused_and_nothing_of_it_written(
    column: str, value: str
) -> None:
    row = list(PLAIN)
    row[KK.index(column)] = value
    plan = looked(row)
    assert len(plan.problems) == 1
    assert not Recommendation.objects.exists()


def test_a_number_twice_and_one_with_something_else_are_refused() -> None:
    assert len(looked(PLAIN, PLAIN).problems) == 1
    taken(PLAIN)
    other = [*PLAIN[:3], "Мүлде басқа ұсыным", *PLAIN[4:]]
    assert len(looked(other).problems) == 1


@given(st.text(max_size=60))
def test_whatever_is_typed_as_a_number_is_read_or_refused(text: str) -> None:
    typed = read_typed(text)
    assert len(typed) <= 32
    assert "/" not in typed
    try:
        kept = read_number(text)
    except DomainError:
        assert not is_number(text.strip())
    else:
        assert is_number(kept)
