"""The training year of recommendations: every state, the same from the same seed, none wrong."""

from datetime import date

import pytest
from django.test import Client

from baqylau.councils import verification
from baqylau.councils.models import Draft, FinalDocument, Meeting, Recommendation, Step
from baqylau.councils.taxonomy import State
from baqylau.councils.training.load import load
from baqylau.lawbook.services.seed import seed as seed_law
from tests.councils.promising import on_day

TODAY = date(2026, 11, 23)


@pytest.fixture
def year(training_register: int) -> int:
    """The year up to a Monday of November."""
    seed_law()
    with on_day(TODAY):
        return load(2017, 1, lambda _done, _total: None)


def test_there_are_thirty_in_every_state_with_answers_a_dispute_and_overdue_ones(
    year: int, client: Client
) -> None:
    rows = Recommendation.objects.all()
    assert rows.count() == 30
    assert set(rows.values_list("state", flat=True)) == {state.value for state in State}
    assert rows.filter(found="disputed").count() == 1
    assert rows.filter(due_on__lt=TODAY).count() >= 6
    assert Step.objects.filter(kind="answered").exclude(text_kk="").count() >= 18
    assert FinalDocument.objects.exclude(number="").count() == 11
    assert not list(verification.differences())
    with on_day(TODAY):
        for number in rows.exclude(state="written").values_list("number", flat=True):
            assert client.get(f"/promises/{number}/").status_code == 200


def test_the_same_seed_brings_the_same_documents(year: int) -> None:
    codes = sorted(FinalDocument.objects.values_list("code", flat=True))
    assert len(codes) == 11
    assert codes[0] == "0ac47499"


def test_nothing_comes_from_what_was_still_to_come(year: int) -> None:
    """A source that is later than its recommendation could not have led to it."""
    seen = set()
    for row in Recommendation.objects.filter(origin__in=("meeting", "comments")):
        seen.add(row.origin)
        if row.origin == "meeting":
            meeting = Meeting.objects.get(code=row.source)
            assert meeting.planned_on < row.written_on
            assert meeting.council == row.council
        else:
            assert Draft.objects.get(code=row.source).closes_on <= row.written_on
    assert seen == {"meeting", "comments"}
