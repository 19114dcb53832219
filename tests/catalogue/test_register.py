"""The register of services: by hand, and from a table of thousands of rows."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from baqylau.catalogue.models import LifeSituation, PublicService
from baqylau.catalogue.services import importing
from baqylau.catalogue.services.importing import IMPORTER, read_code, read_group, read_name
from baqylau.catalogue.services.register import Entry, entry_of, refuse_unfit, save_service
from baqylau.imports import exports
from baqylau.imports import services as imports
from baqylau.imports.rules import Plan
from baqylau.journal.models import Entry as JournalEntry
from baqylau.kernel.errors import ConflictError, DomainError
from baqylau.kernel.imports import ChangeKind, Importer, silent
from tests.catalogue.making import BIRTH, EDITOR, make_service

pytestmark = pytest.mark.django_db

KAZAKH_TABLE = (
    "Коды;Атауы қазақша;Атауы орысша;Өмірлік жағдай\n"
    "s05;Баланың тууын тіркеу;Регистрация рождения;Отбасы және бала\n"
    "s79;Апостиль қою;Апостилирование;документы и гражданство\n"
)


def plan_of(table: str | bytes) -> Plan:
    """What an import of the table would do."""
    data = table.encode() if isinstance(table, str) else table
    outcome = imports.look(IMPORTER, data, silent)
    assert outcome.plan is not None, outcome.refusal
    return outcome.plan


def take_in(table: str | bytes) -> int:
    """Import the table for good; returns the rows written."""
    plan = plan_of(table)
    return imports.import_now(importer=IMPORTER, plan=plan, despite_errors=False, progress=silent)


def test_a_new_service_gets_an_address_that_a_new_name_does_not_move() -> None:
    service = make_service()
    assert service.slug == "registration-birth"
    save_service(actor=EDITOR, entry=replace(BIRTH, name_en="Birth"), edition=1)
    service.refresh_from_db()
    assert (service.slug, service.name_en, service.edition) == ("registration-birth", "Birth", 2)


def test_the_second_of_two_editors_is_refused() -> None:
    make_service()
    save_service(actor=EDITOR, entry=replace(BIRTH, name_en="One"), edition=1)
    with pytest.raises(ConflictError):
        save_service(actor=EDITOR, entry=replace(BIRTH, name_en="Two"), edition=1)
    assert PublicService.objects.get().name_en == "One"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"code": "Қ1"}, "code"),
        ({"code": ""}, "code"),
        ({"name_kk": ""}, "name_kk"),
        ({"name_ru": "я" * 301}, "name_ru"),
        ({"group": "poems"}, "group"),
        ({"valid_from": date(2026, 2, 1), "valid_until": date(2026, 2, 1)}, "valid_until"),
        ({"successor": "s05"}, "successor"),
        ({"successor": "s99"}, "successor"),
    ],
)
def test_an_unfit_service_is_refused_beside_its_field(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(DomainError) as refused:
        make_service(**changes)
    assert refused.value.field == field
    assert not PublicService.objects.exists()


def test_a_code_belongs_to_one_service() -> None:
    make_service()
    with pytest.raises(DomainError) as refused:
        make_service()
    assert refused.value.field == "code"


@pytest.mark.parametrize(
    "wrong",
    [
        {"group": "poems"},
        {"name_kk": ""},
        {"valid_from": date(2026, 2, 1), "valid_until": date(2026, 1, 1)},
    ],
)
def test_the_database_refuses_an_unfit_service(wrong: dict[str, Any]) -> None:
    make_service()
    with pytest.raises(IntegrityError), transaction.atomic():
        PublicService.objects.update(**wrong)


def test_a_service_cannot_follow_itself_even_in_the_database() -> None:
    service = make_service()
    with pytest.raises(IntegrityError), transaction.atomic():
        PublicService.objects.update(successor=service)


def test_a_table_with_kazakh_headings_is_taken_in() -> None:
    make_service()
    plan = plan_of(KAZAKH_TABLE)
    assert [change.kind for change in plan.changes] == [ChangeKind.CHANGED, ChangeKind.NEW]
    assert PublicService.objects.count() == 1
    assert take_in(KAZAKH_TABLE) == 2
    birth = PublicService.objects.get(code="s05")
    assert birth.name_kk == "Баланың тууын тіркеу"
    # The table has no English column: what was there stays.
    assert birth.name_en == BIRTH.name_en
    assert PublicService.objects.get(code="s79").group == "documents"
    assert take_in(KAZAKH_TABLE) == 0


def test_russian_headings_and_a_windows_encoding_are_understood() -> None:
    table = "Код;Наименование на казахском;Наименование на русском\ns79;Апостиль;Апостиль\n"
    assert take_in(table.encode("cp1251")) == 1


def test_nothing_is_written_when_a_row_is_wrong() -> None:
    table = KAZAKH_TABLE + "s80;Анықтама;Справка;Өлеңдер\n;Атаусыз;Без кода;\n"
    plan = plan_of(table)
    assert [(one.row, one.column) for one in plan.problems] == [
        (4, "Өмірлік жағдай"),
        (5, "Коды"),
    ]
    with pytest.raises(DomainError):
        take_in(table)
    assert not PublicService.objects.exists()


def test_a_successor_may_come_later_in_the_same_table() -> None:
    table = "code;name in kazakh;name in russian;followed by\nb1;Бір;Один;b2\nb2;Екі;Два;\n"
    assert take_in(table) == 2
    first = PublicService.objects.select_related("successor").get(code="b1")
    assert first.successor is not None
    assert first.successor.code == "b2"
    assert take_in(table) == 0
    unknown = table.replace("b1;Бір;Один;b2", "b1;Бір;Один;b9")
    (problem,) = plan_of(unknown).problems
    assert problem.row == 2
    assert problem.column in IMPORTER.column("successor").headings


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("write", [exports.as_xlsx, exports.as_csv])
def test_what_is_given_out_changes_nothing_when_it_is_taken_in(
    language: str, write: Callable[[Importer], bytes]
) -> None:
    make_service(valid_from=date(2026, 1, 31), name_kk="=Тіркеу «туу», 1; 2", name_en="")
    make_service(code="s06", name_en="Marriage", successor="s05")
    with override(language):
        table = write(IMPORTER)
    plan = plan_of(table)
    assert plan.problems == ()
    assert [change.kind for change in plan.changes] == [ChangeKind.UNCHANGED] * 2


def big_table(rows: int) -> str:
    """A register of many services in two languages."""
    lines = [
        f"z{number};Көрсетілетін қызмет № {number} туралы анықтама беру;"
        f"Выдача справки об услуге № {number};family"
        for number in range(rows)
    ]
    return "\n".join(["Коды;Атауы қазақша;Атауы орысша;Өмірлік жағдай", *lines])


def test_five_thousand_rows_are_taken_in_changed_and_given_out_in_seconds() -> None:
    seen: list[tuple[int, int]] = []
    start = time.process_time()
    plan = plan_of(big_table(5_000))
    with transaction.atomic():
        written = importing.apply(
            EDITOR, plan.changes, lambda done, total: seen.append((done, total))
        )
    assert written == PublicService.objects.count() == 5_000
    assert seen[-1] == (5_000, 5_000)
    assert len(seen) == 10
    changed = big_table(5_000).replace("анықтама", "жаңа анықтама")
    assert take_in(changed) == 5_000
    assert take_in(exports.as_csv(IMPORTER)) == 0
    # Reading three times, writing twice: seconds, even on a slow machine.
    assert time.process_time() - start < 60
    assert JournalEntry.objects.filter(action="catalogue.import").count() == 2


@given(st.text(max_size=40))
def test_any_cell_is_read_or_refused(text: str) -> None:
    for read in (read_code, read_name, read_group):
        try:
            value = read(text)
        except DomainError:
            continue
        assert read(value) == value


@pytest.mark.parametrize("group", LifeSituation.values)
def test_a_life_situation_is_known_by_its_name_in_every_language(group: str) -> None:
    for name in [group, *_names(group)]:
        assert read_group(name) == group
        assert read_group(name.upper()) == group


def _names(group: str) -> Iterator[str]:
    for language in ("kk", "ru", "en"):
        with override(language):
            yield importing.group_name(group)


def test_every_heading_leads_to_one_column() -> None:
    headings = [name.casefold() for column in IMPORTER.columns for name in column.headings]
    assert len(headings) == len(set(headings))


def test_an_entry_comes_back_from_its_row() -> None:
    entry = replace(BIRTH, valid_from=date(2026, 1, 1), valid_until=date(2027, 1, 1))
    refuse_unfit(entry)
    service = save_service(actor=EDITOR, entry=entry, edition=0)
    assert entry_of(service) == entry
    row: Mapping[str, Any] = next(iter(importing.export()))
    assert Entry(**{**row, "group": read_group(row["group"])}) == entry
