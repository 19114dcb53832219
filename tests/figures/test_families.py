"""Which figures are chosen together, and what the engine is told of them."""

from dataclasses import replace

import pytest

from baqylau.figures.queries.closing import to_publish
from baqylau.figures.queries.families import PART, Family, families
from baqylau.figures.queries.tables import Asked, question
from baqylau.figures.rules.disclosing.facts import Fact
from baqylau.kernel.figures import Count, Dimension, Figure, Part, Share

BODY = Dimension("body", "Body", lambda _codes: {})
VISITS = Figure(
    code="visits",
    label="Visits",
    sentence="Visits.",
    population="Visits",
    unit="visits",
    kind=Count("visits"),
    action="x.see",
    dimensions=(BODY,),
    published=frozenset({"body"}),
)
PROBLEMS = replace(VISITS, code="problems", kind=Count("problems"), within="visits")
SOLVED = replace(VISITS, code="solved", kind=Share("solved", "visits"))


def _one(*figures: Figure) -> Family:
    (family,) = families(figures)
    return family


def test_a_part_and_its_whole_are_one_question_with_or_without_a_share() -> None:
    linked = _one(VISITS, PROBLEMS)
    assert (linked.measures, linked.has_shares) == (("visits", "problems"), False)
    assert (linked.side_of(VISITS), linked.side_of(PROBLEMS)) == ("", PART)
    counted = replace(VISITS, code="how_many", kind=Count("solved"))
    shared = _one(VISITS, SOLVED, counted)
    assert (shared.side_of(counted), shared.has_shares) == (PART, True)


def test_what_the_engine_could_not_tell_apart_is_refused() -> None:
    other = replace(VISITS, code="other", kind=Count("other"), within="problems")
    for wrong in ((VISITS, PROBLEMS, SOLVED), (VISITS, PROBLEMS, other)):
        with pytest.raises(ValueError, match="parts"):
            families(wrong)
    twice = replace(PROBLEMS, code="twice", within="talks")
    with pytest.raises(ValueError, match="two wholes"):
        families((VISITS, PROBLEMS, twice))


def test_a_part_that_is_not_published_by_the_dimension_ties_nothing() -> None:
    assert families((VISITS, replace(PROBLEMS, published=frozenset()))) == [_one(VISITS)]


def test_the_installed_figures_make_questions() -> None:
    found = {(each.by.code, each.whole): each for each in families(to_publish())}
    assert found["body", "reception.visits"].part == "reception.problems"
    assert found["outcome", "casework.closed"].owed
    assert found["kind", "reception.visits"].owed == (("", frozenset({"corruption"})),)


def test_the_sum_that_another_whole_tells_is_known_to_the_engine() -> None:
    owed = Part("body", frozenset({"a", "b"}), "solved")
    family = _one(replace(VISITS, parts=(owed,)), replace(SOLVED, published=frozenset()))
    counts = {("rest", value, "q"): n for value, n in zip("abcd", (4, 3, 20, 30), strict=True)}
    asked = Asked(family, ["q"], counts, {})
    atoms = frozenset({("rest", "a", "q"), ("rest", "b", "q")})
    assert Fact(atoms, 7, 7) in question(asked, b"sixteen bytes or").known
    quiet = Asked(_one(replace(VISITS, parts=(owed,))), ["q"], counts, {})
    assert Fact(atoms, 7, 7) not in question(quiet, b"sixteen bytes or").known
