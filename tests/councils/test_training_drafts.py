"""The drafts of the training year."""

import pytest

from baqylau.councils.models import Comment, CommentState, Draft, Tally
from baqylau.councils.queries.comments import work
from baqylau.councils.queries.discussion import came, report
from baqylau.councils.queries.drafts import phase_of, points
from baqylau.councils.training.load import load
from baqylau.kernel import clock


@pytest.fixture
def drafts(training_register: int) -> dict[str, Draft]:
    """The year, brought; its drafts by where they stand."""
    load(2017, 1, lambda _done, _total: None)
    today = clock.today()
    return {str(phase_of(row, today)): row for row in Draft.objects.all()}


def test_one_draft_is_open_and_one_is_closed_with_answers(drafts: dict[str, Draft]) -> None:
    assert {phase: row.code for phase, row in drafts.items()} == {
        "closed": "c827f6f5",
        "open": "85fcc3ed",
    }
    whole = came(drafts["closed"])
    assert whole.received == 37
    assert (whole.unpublished, whole.waiting, whole.unanswered) == (3, 0, 2)
    assert whole.accepted > whole.declined > 3
    assert came(drafts["open"]).waiting == 5
    assert came(drafts["open"]).answered == 0
    assert sorted((each.waiting, each.unanswered) for each in work()) == [(0, 2), (5, 17)]


def test_texts_comments_and_opinions_are_whole(drafts: dict[str, Draft]) -> None:
    for row in drafts.values():
        assert all(each.text_kk and each.text_ru and each.label for each in points(row))
    assert Comment.objects.exclude(channel="site").count() > 5
    assert Tally.objects.filter(channel="paper").exists()
    assert all(line.stances.is_enough for line in report(drafts["closed"]).lines)
    marked = Comment.objects.filter(state=CommentState.WAITING).exclude(mark="")
    assert [each.mark for each in marked] == ["links"]
