"""Guessing codes: slow, the same for real and unreal numbers, and nobody is locked out for good."""

import re
from datetime import datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from baqylau.kernel import clock
from baqylau.reception import keyring
from baqylau.reception.models import Consultation, Guess
from baqylau.reception.rules.guessing import BUDGET, FREE, KEPT, MINUTE, WAITS, wait
from baqylau.reception.services.guessing import (
    EVERY,
    WaitError,
    forget_guesses,
    opens,
)
from tests.casework.conftest import NOON
from tests.reception.making import record

pytestmark = pytest.mark.usefixtures("desk")
ROOT = Path(__file__).resolve().parent.parent.parent
UNREAL = 777_777
VALUES = re.compile(r'"s\d+_x\d+"|\'[^\']*\'|\b\d+\b')
"""What differs from query to query without meaning more or less work."""


def code(row: Consultation) -> str:
    """The code on the consultation's slip."""
    return keyring.code_of(row.number, row.issue)


def wrong(row: Consultation) -> str:
    """Another code."""
    return f"{(int(code(row)) + 1) % 10**8:08}"


def later(seconds: float) -> datetime:
    """A moment after the clock's noon."""
    return NOON + timedelta(seconds=seconds)


def test_number_and_code_open_and_a_wrong_code_does_not() -> None:
    row = record()
    assert opens(year=2026, serial=row.serial, code=code(row))
    assert not opens(year=2026, serial=row.serial, code=wrong(row))
    assert not opens(year=2025, serial=row.serial, code=code(row))


def test_a_number_that_was_never_given_is_opened_by_no_code_not_even_by_its_own() -> None:
    own = keyring.code_of(f"К-2026-{UNREAL:06}", 1)
    assert not opens(year=2026, serial=UNREAL, code=own)


def work(serial: int, typed: str) -> list[str]:
    """The shapes of the queries that an attempt costs."""
    with CaptureQueriesContext(connection) as seen:
        opens(year=2026, serial=serial, code=typed)
    return [VALUES.sub("?", query["sql"]) for query in seen.captured_queries]


def test_a_wrong_code_and_a_wrong_number_cost_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    row = record()
    derived: list[str] = []
    derive = keyring.code_of

    def counted(number: str, issue: int) -> str:
        derived.append(number)
        return derive(number, issue)

    typed = wrong(row)
    opens(year=2026, serial=1_000, code="00000000")  # the minute's own row is there from now on
    monkeypatch.setattr(keyring, "code_of", counted)
    real, unreal = work(row.serial, typed), work(UNREAL, typed)
    assert real == unreal
    assert len(derived) == 2
    again, unreal_again = work(row.serial, typed), work(UNREAL, typed)
    assert again == unreal_again


@pytest.mark.parametrize("is_real", [True, False])
def test_after_five_wrong_codes_the_waits_grow_for_real_and_unreal_numbers(is_real: bool) -> None:
    row = record()
    serial = row.serial if is_real else UNREAL
    at, waits = 0.0, []
    for _attempt in range(FREE + len(WAITS) + 1):
        with clock.frozen(later(at)):
            try:
                opens(year=2026, serial=serial, code=wrong(row))
            except WaitError as error:
                waits.append(error.seconds)
                at += error.seconds
        with clock.frozen(later(at)):
            if waits:
                assert not opens(year=2026, serial=serial, code=wrong(row))
    assert waits == [*WAITS, WAITS[-1]]


def test_trying_during_a_wait_does_not_make_it_longer() -> None:
    row = record()
    for _attempt in range(FREE):
        opens(year=2026, serial=row.serial, code=wrong(row))
    for second in range(0, 60, 10):
        with clock.frozen(later(second)), pytest.raises(WaitError) as error:
            opens(year=2026, serial=row.serial, code=code(row))
        assert error.value.seconds == 60 - second
    with clock.frozen(later(60)):
        assert opens(year=2026, serial=row.serial, code=code(row))


def test_the_right_code_forgets_the_wrong_ones() -> None:
    row = record()
    for _attempt in range(FREE - 1):
        opens(year=2026, serial=row.serial, code=wrong(row))
    assert opens(year=2026, serial=row.serial, code=code(row))
    assert Guess.objects.exclude(mark=EVERY).count() == 0
    assert Guess.objects.get(mark=EVERY).wrong == FREE - 1


def test_spraying_many_numbers_ends_the_minutes_budget_and_the_next_minute_is_new() -> None:
    row = record()
    for serial in range(1_000, 1_000 + BUDGET):
        assert not opens(year=2026, serial=serial, code="00000000")
    with pytest.raises(WaitError):
        opens(year=2026, serial=row.serial, code=code(row))
    with clock.frozen(later(60)):
        assert opens(year=2026, serial=row.serial, code=code(row))


def test_right_codes_use_up_no_budget() -> None:
    row = record()
    for _visitor in range(BUDGET + 5):
        assert opens(year=2026, serial=row.serial, code=code(row))


def test_a_wrong_guess_leaves_no_number_behind_only_a_keyed_mark() -> None:
    row = record()
    opens(year=2026, serial=row.serial, code=wrong(row))
    marks = set(Guess.objects.values_list("mark", flat=True)) - {EVERY}
    assert marks == {keyring.mark(row.number, "guess")}


def test_old_guesses_are_dropped_and_those_of_today_stay() -> None:
    opens(year=2026, serial=1, code="00000000")
    with clock.frozen(NOON + KEPT):
        opens(year=2026, serial=2, code="00000000")
    with clock.frozen(NOON + KEPT + timedelta(seconds=1)):
        assert "1" in forget_guesses()
    assert Guess.objects.filter(mark=keyring.mark("К-2026-000002", "guess")).exists()


@given(st.integers(0, 10_000), st.floats(-1e6, 1e6))
def test_no_wait_is_longer_than_a_quarter_of_an_hour(wrong_ones: int, since: float) -> None:
    left = wait(wrong_ones, timedelta(seconds=since))
    assert 0 <= left <= 900
    assert left == 0 or wrong_ones >= FREE


@pytest.mark.django_db(transaction=True)
def test_guesses_sent_at_once_win_nothing() -> None:
    row = record()
    outcomes: list[str] = []

    def guess() -> None:
        try:
            opens(year=2026, serial=row.serial, code=wrong(row))
            outcomes.append("looked at")
        except WaitError:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [Thread(target=guess) for _each in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["looked at"] * FREE + ["refused"] * (12 - FREE)


def tries(seconds: int) -> int:
    """Codes for one number that are looked at in a span, for somebody who never rests."""
    at, looked_at = 0, 0
    while at <= seconds:
        looked_at += 1
        at += wait(looked_at, timedelta(0))
    return looked_at


def test_what_an_attacker_reaches_is_what_the_threat_model_says() -> None:
    day, year = 86_400, 365 * 86_400
    model = (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| [^|]+ \| ([\d,]+) \| 1 in ([\d,]+)", model, re.MULTILINE)
    said = [(int(codes.replace(",", "")), int(one.replace(",", ""))) for codes, one in rows]
    sprayed = BUDGET / MINUTE.total_seconds()
    all_codes = [tries(day), tries(year), round(sprayed * day), round(sprayed * year)]
    assert [codes for codes, _one in said] == all_codes
    for codes, one in said:
        assert one == pytest.approx(10**keyring.CODE_DIGITS / codes, rel=0.06)
