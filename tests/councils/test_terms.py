"""Rules of terms."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from baqylau.councils.rules.terms import Term, faults, overlap, sits

DAY = date(2026, 7, 1)
days = st.dates(date(2020, 1, 1), date(2030, 1, 1))


@st.composite
def terms(draw: st.DrawFn) -> Term:
    """A term with at least one day."""
    first = draw(days)
    length = draw(st.none() | st.integers(1, 2_000))
    return Term(
        first,
        None if length is None else first + timedelta(days=length),
        is_chair=draw(st.booleans()),
        person=draw(st.sampled_from(["", "a", "b"])),
    )


@given(terms(), terms())
def test_two_terms_overlap_when_somebody_sits_in_both_on_a_day(one: Term, other: Term) -> None:
    day = max(one.first_on, other.first_on)
    both = sits(one.first_on, one.until_on, day) and sits(other.first_on, other.until_on, day)
    assert overlap(one, other) == overlap(other, one) == both


def test_the_day_on_which_a_term_ends_is_outside() -> None:
    assert sits(DAY, DAY + timedelta(days=1), DAY)
    assert not sits(DAY, DAY + timedelta(days=1), DAY + timedelta(days=1))
    assert sits(None, None, DAY)


def test_a_new_chair_may_begin_on_the_day_on_which_the_old_one_ends() -> None:
    old = Term(DAY - timedelta(days=100), DAY, is_chair=True)
    assert faults(Term(DAY, None, is_chair=True), [old], old.first_on, None) == []
    early = Term(DAY - timedelta(days=1), None, is_chair=True)
    assert faults(early, [old], old.first_on, None) == ["chair"]


def test_a_civil_servant_is_no_chair() -> None:
    servant = Term(DAY, None, is_chair=True, is_civil_servant=True)
    assert faults(servant, [], DAY, None) == ["servant"]
    assert faults(Term(DAY, None, is_civil_servant=True), [], DAY, None) == []


def test_an_account_has_one_seat_in_a_council_at_a_time() -> None:
    first = Term(DAY, None, person="a")
    assert faults(Term(DAY, None, person="a"), [first], DAY, None) == ["twice"]
    assert faults(Term(DAY, None, person="b"), [first], DAY, None) == []
    assert faults(Term(DAY, None), [Term(DAY, None)], DAY, None) == []


def test_a_term_begins_while_the_council_exists() -> None:
    later = DAY + timedelta(days=10)
    assert faults(Term(DAY, None), [], later, None) == ["outside"]
    assert faults(Term(later, None), [], DAY, later) == ["outside"]
    assert faults(Term(DAY, DAY), [], DAY, None) == ["span"]
