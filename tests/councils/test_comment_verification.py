"""The journal says where each comment stands; a row that says otherwise is named and mended."""

import pytest

from baqylau.councils.models import Comment
from baqylau.councils.services.moderating import Replied, answer_comments, read_comment
from baqylau.councils.services.typing_in import Paper, type_paper
from baqylau.councils.verification_comments import differences, rebuild
from baqylau.kernel.modules import registry
from tests.councils.discussing import discussed, first_point, key, on, published, say
from tests.councils.making import SECRETARY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]


@pytest.fixture
def answered() -> Comment:
    """A published comment with an answer, beside one that waits, a refused one and a paper."""
    row = discussed()
    made = published(row)
    say(row, "Тағы бір пікір")
    refused = say(row, "Жарнама").comment
    assert refused
    read_comment(actor=SECRETARY, comment=refused, revision=1, refusal="advertising")
    with on(row.opens_on):
        paper = Paper(key(), "paper", row.opens_on, "kk", "Қағаздағы пікір", {"agree": 3})
        type_paper(actor=SECRETARY, point=first_point(row), paper=paper)
        replied = Replied("accepted", "Жобаға енгізілді.")
        answer_comments(actor=SECRETARY, draft=row, codes=[made.code], replied=replied)
    made.refresh_from_db()
    return made


def test_what_the_services_wrote_is_what_the_journal_says(answered: Comment) -> None:
    assert list(differences()) == []
    assert rebuild() == 0
    assert "councils.comments" in {each.code for each in registry.gather("projections")}


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "waiting"},
        {"state": "refused", "refusal": "insult"},
        {"answer": "refused"},
        {"answer": "", "answered_on": None},
    ],
    ids=str,
)
def test_a_row_that_was_turned_beside_the_program_is_named(
    answered: Comment, wrong: dict[str, object]
) -> None:
    Comment.objects.filter(pk=answered.pk).update(**wrong)
    assert [answered.code in line for line in differences()] == [True]


def test_what_the_journal_knows_is_put_back(answered: Comment) -> None:
    Comment.objects.filter(pk=answered.pk).update(
        state="refused", refusal="insult", answer="refused"
    )
    assert rebuild() == 1
    answered.refresh_from_db()
    assert (answered.state, answered.refusal, answered.answer) == ("published", "", "accepted")
    assert list(differences()) == []


def test_an_answer_that_nobody_gave_is_taken_away(answered: Comment) -> None:
    other = Comment.objects.filter(state="waiting").order_by("pk")[0]
    Comment.objects.filter(pk=other.pk).update(
        answer="accepted", answer_kk="Ойдан шығарылған", answered_on=answered.answered_on
    )
    assert rebuild() == 1
    other.refresh_from_db()
    assert (other.answer, other.answered_on) == ("", None)
    assert list(differences()) == []


@pytest.mark.parametrize("column", ["text", "answer_kk", "answer_ru"])
def test_public_words_that_were_changed_are_named_and_stay(answered: Comment, column: str) -> None:
    Comment.objects.filter(pk=answered.pk).update(**{column: "Басқа сөз"})
    assert len(list(differences())) == 1
    assert rebuild() == 0, "the journal holds no words"


def test_a_comment_that_is_gone_and_one_that_nobody_sent_are_named(answered: Comment) -> None:
    was = answered.code
    Comment.objects.filter(pk=answered.pk).update(code="0a1b2c3d")
    found = sorted(differences())
    assert len(found) == 2
    assert any(was in line for line in found)
    assert any("0a1b2c3d" in line for line in found)
    assert rebuild() == 0
