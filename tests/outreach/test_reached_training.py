"""What the training year has of goals and of tests."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.outreach.models import Goal, Question, Quiz, Score, Sitting
from baqylau.outreach.queries.coverage import plan
from baqylau.outreach.queries.results import of_event
from baqylau.outreach.training.reached import LANGUAGES, bring
from baqylau.territories import services as territories
from tests.outreach.reached import KORDAY, hold, make_body

BOSS = Actor("boss", frozenset({"coordinator"}))
NOON = datetime(2026, 7, 1, 7, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def test_the_training_year_has_goals_and_events_with_sheets() -> None:
    territories.seed()
    with clock.frozen(NOON):
        for number in range(12):
            hold(
                make_body(f"№ {number + 901} мектеп"),
                people=60,
                on=NOON.date() - timedelta(days=number),
            )
        written = bring(random.Random(2017), BOSS, None, NOON.date())  # noqa: S311 - to be the same
        assert written == Goal.objects.count() + 1 + 2 * Sitting.objects.count()
        assert 0 < Sitting.objects.count() < 12
        found = of_event(Sitting.objects.order_by("pk")[0].event)
        assert found is not None
        assert found.change is not None
        assert plan(2026, NOON.date())[0].goal.district_id == KORDAY


def test_the_same_seed_brings_the_same_sheets() -> None:
    territories.seed()
    sheets = []
    with clock.frozen(NOON):
        hold(make_body("№ 901 мектеп"), people=60)
        for _turn in range(2):
            Score.objects.all().delete()
            Sitting.objects.all().delete()
            Goal.objects.all().delete()
            bring(random.Random(3), BOSS, None, NOON.date())  # noqa: S311 - to be the same
            sheets.append(
                list(Score.objects.order_by("id").values_list("moment", "right", "count"))
            )
    assert sheets[0] == sheets[1]


def test_the_invented_test_is_whole_in_every_language() -> None:
    territories.seed()
    with clock.frozen(NOON):
        bring(random.Random(1), BOSS, None, NOON.date())  # noqa: S311 - to be the same
    assert Quiz.objects.get().title_en
    for row in Question.objects.all():
        lengths = {len(getattr(row, f"choices_{code}")) for code in LANGUAGES}
        assert len(lengths) == 1
        assert row.right < lengths.pop()
