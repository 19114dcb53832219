"""Receive, look, apply once."""

from datetime import timedelta

import pytest
from django.db import transaction

from baqylau.documents.tables import Value, write_csv
from baqylau.imports import queries, services
from baqylau.imports.models import Run, State
from baqylau.journal.models import Entry
from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import ConflictError, DomainError
from tests.sample.words import known

pytestmark = pytest.mark.django_db
EDITOR = Actor("editor", frozenset({"editor"}))


def brought(*rows: list[Value]) -> Run:
    run = services.receive(actor=EDITOR, kind="words", name="сөздер.csv", data=write_csv(rows))
    return services.examine(run=run)


def test_looking_writes_nothing() -> None:
    run = brought(["Сөз"], ["нан"])
    assert run.report["counts"]["new"] == 1
    assert run.state == State.READY
    assert known() == {}


def test_applying_twice_writes_once() -> None:
    run = brought(["Сөз", "Мағынасы"], ["нан", "хлеб"], ["су", "вода"])
    first = services.apply(actor=EDITOR, token=run.token)
    entries = Entry.objects.count()
    second = services.apply(actor=EDITOR, token=run.token)
    assert (first.written, second.written) == (2, 2)
    assert Entry.objects.count() == entries
    assert known()["нан"]["meaning"] == "хлеб"


def test_applying_is_journalled_last_and_the_file_is_let_go() -> None:
    run = brought(["Сөз"], ["нан"])
    services.apply(actor=EDITOR, token=run.token)
    last = Entry.objects.order_by("-number")[0]
    assert (last.action, last.actor, last.subject) == (
        "imports.apply",
        "editor",
        f"import:{run.token}",
    )
    assert bytes(Run.objects.get().content) == b""


def test_a_fault_stops_everything_unless_asked() -> None:
    run = brought(["Сөз"], ["нан"], ["су1"])
    with pytest.raises(DomainError):
        services.apply(actor=EDITOR, token=run.token)
    assert known() == {}
    assert services.apply(actor=EDITOR, token=run.token, despite_errors=True).written == 1
    assert set(known()) == {"нан"}


def test_what_breaks_in_the_middle_leaves_nothing() -> None:
    run = brought(["Сөз"], ["нан"], ["қате"])
    with pytest.raises(DomainError, match="breaks"):
        services.apply(actor=EDITOR, token=run.token)
    assert known() == {}
    assert Run.objects.get().state == State.READY


def test_only_what_was_shown_is_written() -> None:
    run = brought(["Сөз", "Мағынасы"], ["нан", "хлеб"])
    with transaction.atomic():
        payload = {"word": "нан", "meaning": "лепёшка", "since": ""}
        append(action="sample.word", actor=EDITOR, payload=payload)
    with pytest.raises(ConflictError):
        services.apply(actor=EDITOR, token=run.token)
    assert known()["нан"]["meaning"] == "лепёшка"


def test_changed_rows_show_the_old_and_the_new_value() -> None:
    services.apply(actor=EDITOR, token=brought(["Сөз", "Мағынасы"], ["нан", "хлеб"]).token)
    run = brought(["Сөз", "Мағынасы"], ["нан", "лепёшка"])
    assert run.report["lines"][0]["differences"] == [["Meaning", "хлеб", "лепёшка"]]


def test_columns_that_are_not_in_the_table_keep_their_values() -> None:
    services.apply(actor=EDITOR, token=brought(["Сөз", "Мағынасы"], ["нан", "хлеб"]).token)
    assert brought(["Сөз"], ["нан"]).report["counts"]["unchanged"] == 1


def test_an_unreadable_file_is_refused_in_one_sentence_and_let_go() -> None:
    run = services.receive(actor=EDITOR, kind="words", name="x.pdf", data=b"%PDF-1.4")
    services.examine(run=run)
    stored = Run.objects.get()
    assert stored.state == State.REFUSED
    assert stored.report["refusal"]
    assert bytes(stored.content) == b""
    with pytest.raises(DomainError):
        services.apply(actor=EDITOR, token=run.token)


def test_too_many_rows_are_refused_with_the_number_that_is_taken() -> None:
    rows: list[list[Value]] = [["Сөз"]]
    rows += [["нан"] for _ in range(3_001)]
    run = brought(*rows)
    assert "3000" in run.report["refusal"]


def test_files_that_waited_for_a_day_are_forgotten() -> None:
    run = brought(["Сөз"], ["нан"])
    assert services.forget_old() == "0"
    with clock.frozen(clock.now() + timedelta(days=1, minutes=1)):
        assert services.forget_old() == "1"
        assert services.forget_old() == "0"
    assert bytes(Run.objects.get().content) == b""
    with pytest.raises(DomainError):
        services.apply(actor=EDITOR, token=run.token)


def test_an_unknown_kind_is_refused_before_anything_is_kept() -> None:
    with pytest.raises(queries.UnknownError):
        services.receive(actor=EDITOR, kind="nothing", name="x", data=b"x")
    assert not Run.objects.exists()
