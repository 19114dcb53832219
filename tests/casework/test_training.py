"""The training year: the same for the same seed, every state, nothing out of order, quick."""

import random
import time
from datetime import UTC, datetime

import pytest

from baqylau.casework import training, verification
from baqylau.casework.models import Case, Step
from baqylau.casework.taxonomy import Stage, StepKind
from baqylau.institutions.training.load import load as load_bodies
from baqylau.kernel import clock
from baqylau.lawbook.services.seed import seed as seed_law
from baqylau.territories.services import seed as seed_territories
from tests.cast import make_user

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 7, 0, tzinfo=UTC)


def _silent(_done: int, _total: int) -> None:
    """Nobody watches."""


@pytest.fixture
def brought(db: None) -> float:
    """Three hundred cases; the seconds that they took."""
    seed_law()
    seed_territories()
    load_bodies(2017, 1, _silent)
    make_user("adviser")
    with clock.frozen(NOON):
        start = time.process_time()
        assert training.load(2017, 1, _silent) == training.EACH
        return time.process_time() - start


def test_every_state_is_there_over_a_year_and_nothing_contradicts(brought: float) -> None:
    with clock.frozen(NOON):
        assert set(Case.objects.values_list("stage", flat=True)) == set(Stage.values)
        made = set(Step.objects.values_list("kind", flat=True))
        rare = {StepKind.REOPENED, StepKind.ASSIGNED, StepKind.MOVED, StepKind.STRUCK}
        assert made == set(StepKind.values) - rare
        days = list(Case.objects.order_by("opened_on").values_list("opened_on", flat=True))
        assert (days[-1] - days[0]).days > 300
        assert days[-1] <= NOON.date()
        assert Case.objects.running().overdue(NOON.date()).count() > 10
        assert Case.objects.values("outcome").distinct().count() > 10
        assert list(verification.differences()) == []
        assert training.load(2017, 1, _silent) == 0


def test_a_step_of_training_costs_no_more_than_a_few_plain_reads(brought: float) -> None:
    """Three hundred cases take under 5 s where a read takes 0.25 ms; so the bar is a ratio."""
    start = time.process_time()
    for pk in Case.objects.order_by("id").values_list("pk", flat=True):
        Case.objects.filter(pk=pk).first()
    read = (time.process_time() - start) / training.EACH
    assert brought / Step.objects.count() < MOST_READS * read


MOST_READS = 18


def test_the_same_seed_plans_the_same_lives(brought: float) -> None:
    with clock.frozen(NOON):
        first, again, other = (_plan(seed) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def _plan(seed: int) -> list[object]:
    chance = random.Random(seed)  # noqa: S311 - as the training data itself
    world = training._world()
    lives = [training._life(chance, world, NOON.date()) for _n in range(40)]
    return [(life.opening, life.opened_on, life.steps) for life in lives]
