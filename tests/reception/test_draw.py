"""The draw of checks: one of ten, by nobody's choice, and anybody can repeat it."""

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baqylau.contacts.services import withdraw
from baqylau.journal.models import Entry
from baqylau.kernel import clock
from baqylau.reception.models import Call, Consultation, Draw
from baqylau.reception.rules.drawing import is_drawn, seed_of
from baqylau.reception.services import strike_consultation
from baqylau.reception.services.drawing import draw, draw_day
from tests.reception.making import ADVISER, record
from tests.reception.visitors import make_visitor, visited

TODAY = date(2026, 7, 1)
NIGHT = datetime(2026, 7, 1, 21, 20, tzinfo=UTC)
"""Twenty past two of 2 July in Taraz."""
seeds = st.text("0123456789abcdef", min_size=64, max_size=64)


@given(seeds)
def test_the_share_that_is_drawn_is_what_chance_gives_to_one_of_ten(seed: str) -> None:
    drawn = sum(is_drawn(seed, f"К-2026-{n:06}") for n in range(1, 2_001))
    # 200 expected; six standard deviations of a binomial are 80.
    assert 120 <= drawn <= 280


@given(seeds, st.integers(1, 10**6))
def test_a_draw_does_not_depend_on_the_others(seed: str, serial: int) -> None:
    number = f"К-2026-{serial:06}"
    assert is_drawn(seed, number) == is_drawn(seed, number)
    assert is_drawn(seed, number) == (
        int(sha256(f"{seed}:{number}".encode()).hexdigest()[:16], 16) * 10 < 2**64
    )


@given(seeds, st.dates(), st.dates())
def test_each_day_has_a_seed_of_its_own(digest: str, day: date, other: date) -> None:
    assert (seed_of(digest, day) == seed_of(digest, other)) == (day == other)


def visit_often(count: int) -> list[Consultation]:
    """Visits of people who agreed to be called, all on this day."""
    key = make_visitor().key
    return [record(contact=key, agreed_to_call=True) for _visit in range(count)]


def repeated(entries: Iterable[Entry], day: date) -> set[str]:
    """The draw of a day from the journal alone, as docs/reception.md tells an outsider to do it."""
    told = next(e for e in entries if e.action == "reception.drawn" and str(day) in e.subject)
    said = json.loads(told.payload)
    source = next(entry for entry in entries if entry.number == said["entry"])
    seed = sha256(f"{source.digest}:{day}".encode()).hexdigest()
    assert seed == said["seed"]
    able: dict[str, bool] = {}
    for entry in entries:
        if entry.number > said["entry"] or not entry.subject.startswith("consultation:"):
            continue
        cells, number = json.loads(entry.payload), entry.subject.partition(":")[2]
        if entry.action == "reception.recorded":
            able[number] = cells["call"] and bool(cells["person"]) and cells["origin"] != "imported"
        elif entry.action == "reception.struck":
            able[number] = False
    return {
        number
        for number, is_able in able.items()
        if is_able and int(sha256(f"{seed}:{number}".encode()).hexdigest()[:16], 16) * 10 < 2**64
    }


@pytest.mark.usefixtures("desk")
class TestOnADay:
    """With consultations of a day."""

    def test_whoever_has_the_journal_repeats_the_draw(self) -> None:
        rows = visit_often(60)
        strike_consultation(actor=ADVISER, number=rows[7].number, reason="twice")
        with clock.frozen(NIGHT):
            assert draw().endswith("of 59 drawn")
        drawn = set(Call.objects.values_list("consultation__number", flat=True))
        assert drawn == repeated(list(Entry.objects.order_by("number")), TODAY)
        told = [
            json.loads(entry.payload) for entry in Entry.objects.filter(subject=f"draw:{TODAY}")
        ]
        assert {number for said in told for number in said["numbers"]} == drawn

    def test_a_check_is_for_another_and_due_in_a_week(self) -> None:
        visit_often(60)
        with clock.frozen(NIGHT):
            draw()
        made = Draw.objects.get()
        assert made.drawn == Call.objects.count() > 0
        for call in Call.objects.select_related("consultation"):
            assert call.not_by == call.consultation.author
            assert (call.kind, call.seed, call.due_on) == ("check", made.seed, date(2026, 7, 9))

    def test_a_day_is_drawn_for_once(self) -> None:
        visit_often(30)
        with clock.frozen(NIGHT):
            draw()
            calls = Call.objects.count()
            assert draw() == "0 of 0 drawn"
            assert draw_day(day=TODAY) is None
            assert Call.objects.count() == calls
            with pytest.raises(ValueError, match="over"):
                draw_day(day=clock.today())

    def test_nights_that_were_missed_are_made_good(self) -> None:
        with clock.frozen(NIGHT):
            draw()
        with clock.frozen(NIGHT + timedelta(days=1)):
            visit_often(30)
        with clock.frozen(NIGHT + timedelta(days=5)):
            draw()
        assert list(Draw.objects.order_by("day").values_list("day", flat=True)) == [
            TODAY + timedelta(days=n) for n in range(6)
        ]
        assert Draw.objects.get(day=TODAY + timedelta(days=2)).eligible == 30

    def test_only_those_who_may_be_called_take_part(self) -> None:
        record(agreed_to_call=True)
        visited(agreed_to_call=False)
        record(contact=make_visitor(phone="").key, agreed_to_call=True)
        gone = visited()
        withdraw(actor=ADVISER, key=gone.contact)
        record(contact=make_visitor().key, agreed_to_call=True, origin="imported")
        strike_consultation(actor=ADVISER, number=visited().number, reason="twice")
        late = visited(origin="sheet", held_on=date(2026, 5, 5))
        with clock.frozen(NIGHT):
            made = draw_day(day=TODAY)
        assert made is not None
        assert made.eligible == 1
        drawn = list(Call.objects.values_list("consultation__number", flat=True))
        assert drawn == ([late.number] if is_drawn(made.seed, late.number) else [])

    def test_a_day_is_the_programmes_day(self) -> None:
        with clock.frozen(datetime(2026, 6, 30, 18, 59, tzinfo=UTC)):
            visited()
        visited()
        with clock.frozen(NIGHT):
            made = draw_day(day=TODAY)
        assert made is not None
        assert made.eligible == 1
