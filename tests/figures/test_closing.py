"""A period is closed once, its numbers stay, and what was wrong is corrected beside them."""

import pytest
from nacl.signing import VerifyKey

from baqylau.figures.models import Cell, Closing
from baqylau.figures.queries import published
from baqylau.figures.rules.answers import from_plain
from baqylau.figures.rules.results import Exact, Rounded, Withheld
from baqylau.figures.rules.sealing import Published, digest, message
from baqylau.figures.rules.spans import choose
from baqylau.figures.services import close, correct
from baqylau.journal.models import Entry
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import DomainError, NotAllowedError
from tests.figures.closing import AFTER, COORDINATOR, REASONS, cases, cell, quarter

pytestmark = pytest.mark.django_db(databases=["default", "sealed"])


def test_a_closed_quarter_keeps_its_numbers(house: None) -> None:
    with clock.frozen(AFTER):
        cases(40)
        closing = close(actor=COORDINATOR, chosen=quarter())
        cases(5)
        assert from_plain(cell(closing, "casework.opened").answer) == Exact(40)
        whole = {each.cell.figure: each.answer for each in published.wholes(closing)}
        assert whole["casework.opened"] == Exact(40)


def test_the_signature_is_over_the_cells_and_the_head_of_the_journal(house: None) -> None:
    with clock.frozen(AFTER):
        cases(40)
        closing = close(actor=COORDINATOR, chosen=quarter())
    rows = Cell.objects.filter(closing=closing)
    cells = [
        Published(row.figure, row.window, row.dimension, row.value, row.answer, row.together)
        for row in rows
    ]
    assert closing.digest == digest(cells)
    assert Entry.objects.get(number=closing.number).digest == closing.head
    words = message(closing.span, closing.first_on, closing.number, closing.head, closing.digest)
    VerifyKey(bytes.fromhex(closing.key)).verify(words, bytes.fromhex(closing.signature))
    one = cells[0]
    changed = [Published(*one.place[:3], "other", one.answer), *cells[1:]]
    assert digest(changed) != closing.digest


def test_tables_pass_the_gate(house: None) -> None:
    with clock.frozen(AFTER):
        cases(40)
        closing = close(actor=COORDINATOR, chosen=quarter())
    found = published.table(closing, "casework.opened", "body")
    assert found
    assert all(isinstance(each.answer, Rounded | Withheld) for each in found)


def test_a_period_is_closed_once_and_only_when_it_is_over(house: None) -> None:
    with clock.frozen(AFTER):
        cases(3)
        close(actor=COORDINATOR, chosen=quarter())
        with pytest.raises(DomainError):
            close(actor=COORDINATOR, chosen=quarter())
        running = choose("2026-Q4")
        assert running
        with pytest.raises(DomainError):
            close(actor=COORDINATOR, chosen=running)
    assert Closing.objects.count() == 1


def test_nobody_else_closes_or_corrects(house: None) -> None:
    with clock.frozen(AFTER):
        cases(3)
        adviser = Actor("person:a", frozenset({"adviser"}))
        with pytest.raises(NotAllowedError):
            close(actor=adviser, chosen=quarter())
        closing = close(actor=COORDINATOR, chosen=quarter())
        with pytest.raises(NotAllowedError):
            correct(actor=adviser, cell=cell(closing, "casework.opened"), reasons=REASONS)


def test_a_correction_shows_old_new_and_why(house: None) -> None:
    with clock.frozen(AFTER):
        cases(12)
        closing = close(actor=COORDINATOR, chosen=quarter())
        cases(2)
        opened = cell(closing, "casework.opened")
        made = correct(actor=COORDINATOR, cell=opened, reasons=REASONS)
        assert (from_plain(made.old), from_plain(made.new)) == (Exact(12), Exact(14))
        (now,) = published.numbers([opened])
        assert now.answer == Exact(14)
        assert [each.reason_kk for each in now.corrections] == [REASONS["kk"]]
        opened.refresh_from_db()
        assert from_plain(opened.answer) == Exact(12)


@pytest.mark.parametrize(
    ("reasons", "code"),
    [({"kk": " "}, "reason"), ({"kk": "a" * 1_001}, "reason"), (REASONS, "same")],
)
def test_a_correction_without_a_reason_or_a_change_is_refused(
    house: None, reasons: dict[str, str], code: str
) -> None:
    with clock.frozen(AFTER):
        cases(12)
        closing = close(actor=COORDINATOR, chosen=quarter())
        with pytest.raises(DomainError) as refused:
            correct(actor=COORDINATOR, cell=cell(closing, "casework.opened"), reasons=reasons)
    assert refused.value.code == code


def test_a_part_is_never_published_twice(house: None) -> None:
    with clock.frozen(AFTER):
        cases(40)
        closing = close(actor=COORDINATOR, chosen=quarter())
        parts = Cell.objects.filter(closing=closing, figure="casework.opened")
        part = parts.exclude(dimension="").first()
        assert part
        with pytest.raises(DomainError) as refused:
            correct(actor=COORDINATOR, cell=part, reasons=REASONS)
    assert refused.value.code == "part"
