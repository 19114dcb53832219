"""From tables to plans."""

import ast

import pytest

from baqylau.documents.tables import Problem, Value, write_csv, write_xlsx
from baqylau.documents.tables import Sheet as Page
from baqylau.imports import rules
from baqylau.imports.sentences import SENTENCES, place, sentence
from tests.consistency import source
from tests.sample.words import IMPORTER

pytestmark = pytest.mark.django_db


def plan_of(*rows: list[Value]) -> rules.Plan:
    return rules.plan(IMPORTER, rules.read(IMPORTER, write_csv(rows)))


def faults(plan: rules.Plan) -> list[tuple[str, int, str]]:
    return [(problem.code, problem.row, problem.column) for problem in plan.problems]


@pytest.mark.parametrize("heading", ["Сөз", "слово", "WORD", " word: "])
def test_a_heading_is_understood_in_each_language(heading: str) -> None:
    assert plan_of([heading], ["нан"]).counts["new"] == 1


def test_a_missing_column_is_told_with_the_headings_that_would_do() -> None:
    plan = plan_of(["Мағынасы"], ["хлеб"])
    assert faults(plan) == [("missing_heading", 0, "word")]
    assert "Сөз, Слово, Word" in sentence(plan.problems[0])
    assert plan.wanted == ()


def test_one_column_in_two_languages_is_a_fault() -> None:
    assert faults(plan_of(["Сөз", "Слово"], ["нан", "хлеб"])) == [("double_heading", 0, "Слово")]


def test_unknown_columns_are_named_and_left() -> None:
    plan = plan_of(["Сөз", "Түсі"], ["нан", "ақ"])
    assert [(note.code, note.column) for note in plan.notes] == [("unknown_heading", "Түсі")]
    assert plan.counts["new"] == 1


def test_every_fault_has_its_row_and_column() -> None:
    plan = plan_of(
        ["Сөз", "Күні"],
        ["нан", "31.12.2026"],
        ["", "31.12.2026"],
        ["су1", "03/04/2026"],
        ["тыйым", ""],
        ["нан", "2026-01-01"],
        ["<b>от</b>", "жоқ"],
        ["", ""],
    )
    assert faults(plan) == [
        ("required", 3, "Сөз"),
        ("said", 4, "Сөз"),
        ("date_ambiguous", 4, "Күні"),
        ("said", 5, "Сөз"),
        ("twice", 6, ""),
        ("html", 7, "Сөз"),
        ("date", 7, "Күні"),
    ]
    assert plan.counts == {"new": 1, "changed": 0, "unchanged": 0, "problem": 5}
    assert "su1" not in sentence(plan.problems[1])
    assert sentence(plan.problems[1]) == "A word has no digits: су1."
    assert "2026-04-03" in sentence(plan.problems[2])


def test_a_sheet_without_known_columns_is_left_beside_one_that_has_them() -> None:
    data = write_xlsx([Page("Сөздік", ["Сөз"], [["нан"]]), Page("Ескерту", ["Мәтін"], [["x"]])])
    plan = rules.plan(IMPORTER, rules.read(IMPORTER, data))
    assert plan.counts["new"] == 1
    assert [(note.code, note.sheet) for note in plan.notes] == [("sheet_ignored", "Ескерту")]


def test_the_digest_tells_whether_the_same_would_be_written() -> None:
    first = plan_of(["Сөз"], ["нан"])
    assert first.digest == plan_of(["Слово"], ["нан"]).digest
    assert first.digest != plan_of(["Сөз"], ["су"]).digest


def test_progress_is_told_as_the_rows_go_by() -> None:
    words: list[tuple[int, int]] = []
    data = write_csv([["Сөз"], *([f"сөз {'а' * number}"] for number in range(1, 500))])
    reading = rules.read(IMPORTER, data, lambda done, total: words.append((done, total)))
    rules.plan(IMPORTER, reading, lambda done, total: words.append((done, total)))
    assert words == [(200, 499), (400, 499)] * 2


def test_a_report_survives_being_stored() -> None:
    plan = plan_of(["Сөз", "Күні"], ["нан", "жоқ"])
    stored = rules.as_data(plan, IMPORTER)
    assert tuple(rules.problems_from_data(stored["problems"])) == plan.problems


def test_every_code_of_the_table_reader_has_a_sentence() -> None:
    codes = set()
    for path in source.files():
        if path.parent.name not in {"documents", "imports"}:
            continue
        for node in ast.walk(source.tree(path)):
            is_problem = isinstance(node, ast.Call) and getattr(node.func, "id", "") in {
                "Problem",
                "CellError",
            }
            if is_problem and isinstance(node, ast.Call) and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant) and first.value:
                    codes.add(str(first.value))
    assert len(codes) > 20
    assert codes - {"said"} <= set(SENTENCES)


@pytest.mark.parametrize("code", SENTENCES)
def test_every_sentence_can_be_said(code: str) -> None:
    params = dict.fromkeys(
        ("limit", "headings", "first", "second", "row", "encoding", "position"), "7"
    )
    assert "%(" not in sentence(Problem(code, params=params))


def test_a_place_names_what_is_known() -> None:
    assert place(Problem("x")) == ""
    assert "7" in place(Problem("x", row=7))
