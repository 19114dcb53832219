"""Counting anew says what differed; what was published and changed by hand is found."""

import argparse
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from nacl.signing import SigningKey

from baqylau.figures import console, verification_closings
from baqylau.figures.models import Bookmark, Cell, Closing, Correction, Counted, Tally
from baqylau.figures.queries.definitions import folds
from baqylau.figures.queries.preparing import prepare
from baqylau.figures.rules.sealing import as_rows, digest, from_rows, message
from baqylau.figures.services import close, correct, fold_all
from baqylau.figures.services.checking import check_all, compare
from baqylau.figures.services.folding import MENDED, catch_up
from baqylau.figures.verification_closings import faults, health
from baqylau.journal.models import Entry
from baqylau.kernel import clock
from baqylau.kernel.figures import Contribution, Told
from baqylau.operation.services import mark_installation
from baqylau.operation.verify import examine
from tests.figures.closing import AFTER, COORDINATOR, REASONS, cases, cell, quarter

pytestmark = pytest.mark.django_db(databases=["default", "sealed"])


def rebuild(*, check: bool) -> int:
    mark_installation()
    return console.rebuild(argparse.Namespace(check=check))


def opened() -> int:
    row = Tally.objects.get(measure="casework.opened", span="all", dimension="")
    return int(row.amount)


@pytest.fixture
def tampered(house: None) -> None:
    """Sums that somebody has changed beside the program."""
    with clock.frozen(AFTER):
        cases(6)
        fold_all()
    Tally.objects.filter(measure="casework.opened", span="all", dimension="").update(amount=99)
    Tally.objects.filter(measure="casework.closed", span="year").delete()


def mended() -> list[str]:
    rows = Entry.objects.using("default").filter(action=MENDED)
    return list(rows.values_list("subject", flat=True))


def test_checking_says_what_differs_and_changes_nothing(
    tampered: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert rebuild(check=True) == 1
    said = capsys.readouterr().out
    assert re.search(r"casework\.opened.*99", said)
    assert "casework.closed" in said
    assert opened() == 99
    assert mended() == []


def test_rebuilding_puts_it_right_and_writes_it_down(
    tampered: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert rebuild(check=False) == 0
    assert "99" in capsys.readouterr().out
    assert opened() == 6
    assert mended() == ["fold:casework.cases"]
    assert rebuild(check=True) == 0


def test_rebuilding_what_agrees_leaves_no_entry(house: None) -> None:
    with clock.frozen(AFTER):
        cases(6)
        assert rebuild(check=False) == 0
        assert rebuild(check=True) == 0
    assert opened() == 6
    assert mended() == []


def test_at_night_differences_are_put_right_and_the_doctor_speaks_of_them(tampered: None) -> None:
    with clock.frozen(AFTER):
        assert list(health()) == []
        said = check_all()
        assert " 0" not in said.split(",")[1]
        assert opened() == 6
        assert mended() == ["fold:casework.cases"]
        assert len(list(health())) == 1
        assert " 0" in check_all().split(",")[1]
    with clock.frozen(AFTER + timedelta(days=31)):
        assert list(health()) == []


def test_sums_that_nothing_can_be_added_to_are_counted_anew_at_night(house: None) -> None:
    with clock.frozen(AFTER):
        cases(6)
        fold_all()
        Tally.objects.all().delete()
        cases(1)
        # The next case is given before it is moved on, so it is what was there that is missing.
        check_all()
    assert opened() == 7


def test_what_is_folded_while_it_is_compared_is_no_difference(house: None) -> None:
    with clock.frozen(AFTER):
        cases(3)
        fold_all()
        (fold,) = [each for each in folds() if each.code == "casework.cases"]
        late = iter([True])

        def slow(told: Sequence[Told]) -> Iterable[Contribution]:
            if next(late, False):
                cases(2)
                catch_up()
            return fold.run(told)

        found = compare(replace(fold, run=slow))
    assert found
    assert found.is_sound
    assert found.number == Bookmark.objects.get(fold=fold.code).number


def test_an_older_definition_is_counted_anew(house: None) -> None:
    with clock.frozen(AFTER):
        cases(3)
        fold_all()
        Bookmark.objects.filter(fold="casework.cases").update(version=99)
        assert rebuild(check=True) == 1
        assert rebuild(check=False) == 0
    assert Bookmark.objects.get(fold="casework.cases").version != 99


def _sign_anew(closing: Closing) -> None:
    """What somebody does who owns the disk but not the key."""
    signer = SigningKey.generate()
    rows = Cell.objects.filter(closing=closing).values_list(
        "figure", "window", "dimension", "value", "together", "answer"
    )
    closing.digest = digest(from_rows(list(rows)))
    words = message(closing.span, closing.first_on, closing.number, closing.head, closing.digest)
    closing.key = bytes(signer.verify_key).hex()
    closing.signature = signer.sign(words).signature.hex()
    closing.save()


def _change_a_cell(closing: Closing) -> None:
    row = cell(closing, "casework.opened")
    row.answer = {"kind": "exact", "number": 1_000}
    row.save()


def _change_and_sign(closing: Closing) -> None:
    _change_a_cell(closing)
    _sign_anew(closing)


def _drop_a_cell(closing: Closing) -> None:
    Cell.objects.filter(closing=closing).exclude(figure="casework.opened").first().delete()  # type: ignore[union-attr]  # there is one


def _move_the_head(closing: Closing) -> None:
    Closing.objects.update(number=closing.number - 1)


def _spoil_the_signature(_closing: Closing) -> None:
    Closing.objects.update(signature="zz")


def _drop_everything(closing: Closing) -> None:
    Correction.objects.all().delete()
    Cell.objects.all().delete()
    Counted.objects.all().delete()
    closing.delete()


def _change_a_correction(_closing: Closing) -> None:
    Correction.objects.update(new={"kind": "exact", "number": 7})


def _change_a_reason(_closing: Closing) -> None:
    Correction.objects.update(reason_ru="Другая причина")


def _drop_a_correction(_closing: Closing) -> None:
    Correction.objects.all().delete()


def _invent_a_correction(_closing: Closing) -> None:
    row = Correction.objects.get()
    row.pk, row.number, row.old = None, 2, row.new
    row.save()


def _hide_the_first_correction(_closing: Closing) -> None:
    Correction.objects.update(old={"kind": "exact", "number": 13})


@pytest.mark.parametrize(
    "tamper",
    [
        _change_a_cell,
        _change_and_sign,
        _drop_a_cell,
        _move_the_head,
        _spoil_the_signature,
        _drop_everything,
        _change_a_correction,
        _change_a_reason,
        _drop_a_correction,
        _invent_a_correction,
        _hide_the_first_correction,
    ],
)
def test_whoever_changes_what_was_published_is_found(
    house: None, tamper: Callable[[Closing], None]
) -> None:
    with clock.frozen(AFTER):
        cases(12)
        closing = close(actor=COORDINATOR, chosen=quarter())
        cases(2)
        correct(actor=COORDINATOR, cell=cell(closing, "casework.opened"), reasons=REASONS)
        assert not [*faults(), *health()]
        tamper(closing)
        found = list(faults())
        assert found
        assert all(line.startswith(quarter().code) for line in found)
        assert list(health())
        assert examine().differences["figures.closings"] == found


def test_what_is_published_is_never_made_anew(house: None) -> None:
    with clock.frozen(AFTER):
        cases(12)
        closing = close(actor=COORDINATOR, chosen=quarter())
        cases(3)
        fold_all()
        assert verification_closings.keep() == 1
        assert rebuild(check=False) == 0
        assert ": 2" not in check_all().split(",")[1]
    assert cell(closing, "casework.opened").answer["number"] == 12
    assert list(faults()) == []


def test_cells_as_plain_data_come_back_as_they_were(house: None) -> None:
    with clock.frozen(AFTER):
        cases(40)
        fold_all()
        cells = prepare(quarter(), AFTER.date()).cells
    assert sorted(from_rows(as_rows(cells)), key=lambda each: each.place) == sorted(
        cells, key=lambda each: each.place
    )
