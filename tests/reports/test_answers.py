"""What stands in the first item and in the name's item, and the order of the form's pages."""

from hypothesis import given
from hypothesis import strategies as st

from baqylau.reports.rules import steps
from baqylau.reports.rules.answers import Answers, Name, read_answers, read_name
from baqylau.reports.rules.contents import dumped

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
ANSWERS = st.builds(
    Answers,
    stage=WORDS,
    story=WORDS,
    office=WORDS,
    month=WORDS,
    avoid=st.lists(WORDS, max_size=4).map(tuple),
    assisted=st.booleans(),
)


@given(ANSWERS)
def test_answers_come_out_as_they_went_in(answers: Answers) -> None:
    assert read_answers(answers.dumped()) == answers


@given(st.builds(Name, name=WORDS, phone=WORDS, reach=WORDS))
def test_a_name_comes_out_as_it_went_in(name: Name) -> None:
    assert read_name(name.dumped()) == name
    assert name.is_given == bool(name.name or name.phone or name.reach)


def test_what_another_version_of_the_form_asked_is_left_aside() -> None:
    found = read_answers(dumped({"story": "x", "version": 9, "colour": "blue"}))
    assert found == Answers(story="x")
    assert read_name(b"{}") == Name()


def test_the_next_page_and_the_page_before_lead_through_the_form_and_back() -> None:
    step, seen = steps.FIRST, [steps.FIRST]
    while step != steps.REVIEW:
        step = steps.after(step)
        seen.append(step)
    assert tuple(seen) == steps.ORDER
    while step != steps.FIRST:
        step = steps.before(step)
        assert step == seen[seen.index(step)]
    assert steps.before(steps.FIRST) == steps.FIRST


def test_every_question_stands_on_one_page_and_all_on_the_whole_one() -> None:
    asked = [field for fields in steps.STEPS.values() for field in fields]
    assert len(asked) == len(set(asked))
    assert list(steps.fields_of(steps.WHOLE)) == asked
    for step, fields in steps.STEPS.items():
        assert all(steps.step_of(field) == step for field in fields)
    assert steps.step_of("nothing") == steps.FIRST
    assert steps.after(steps.WHOLE) == steps.REVIEW
    assert steps.before("nowhere") == steps.FIRST
    assert list(steps.fields_of(steps.REVIEW)) == []
