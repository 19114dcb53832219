"""The training year: the same for the same seed, every state, nothing out of order, quick."""

import random
import time
from datetime import UTC, datetime

import pytest

from baqylau.casework import training, verification
from baqylau.casework.models import Case, Step
from baqylau.casework.taxonomy import Stage, StepKind
from baqylau.institutions.training.load import load as load_bodies
from baqylau.journal.models import Entry
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
    """Four hundred cases; the seconds that they took."""
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


def test_cases_written_in_bulk_are_those_that_were_played(brought: float) -> None:
    with clock.frozen(NOON):
        chance = random.Random(7)  # noqa: S311 - as the training data itself
        world = training._world()
        days = sorted(training._day(chance, NOON.date()) for _n in range(30))
        lives = [training._life(chance, world, NOON.date(), day) for day in days]
        last = Case.objects.order_by("-id").values_list("pk", flat=True)[0]
        training._play(lives, NOON.date(), _silent)
        played = list(Case.objects.filter(pk__gt=last).order_by("id"))
        for life in lives:
            life.opening["idempotency_key"] += ":again"
        training._write(iter(lives), NOON.date(), 30, _silent)
        written = list(Case.objects.filter(pk__gt=played[-1].pk).order_by("id"))
        assert [_columns(case) for case in played] == [_columns(case) for case in written]
        assert [_story(case) for case in played] == [_story(case) for case in written]
        assert list(verification.differences()) == []


def _columns(case: Case) -> dict[str, object]:
    own = ("id", "number", "serial", "idempotency_key", "_state")
    return {name: value for name, value in vars(case).items() if name not in own}


def _story(case: Case) -> list[object]:
    """The steps, and what the journal says of the case."""
    fields = [f.attname for f in Step._meta.concrete_fields if f.attname not in ("id", "case_id")]
    entries = Entry.objects.filter(subject=f"case:{case.number}").order_by("number")
    return [
        list(Step.objects.filter(case=case).order_by("number").values_list(*fields)),
        list(entries.values_list("at", "action", "actor", "payload")),
    ]


def test_many_times_the_year_refuses_nothing(brought: float) -> None:
    with clock.frozen(NOON):
        before = Case.objects.count()
        chance = random.Random(3)  # noqa: S311 - as the training data itself
        world = training._world()
        days = sorted(training._day(chance, NOON.date()) for _n in range(200))
        lives = (training._life(chance, world, NOON.date(), day) for day in days)
        training._write(lives, NOON.date(), 200, _silent)
        assert Case.objects.count() == before + 200
        assert list(verification.differences()) == []


def test_a_step_of_training_costs_no_more_than_a_few_plain_reads(brought: float) -> None:
    """Four hundred cases take under 7 s where a read takes 0.25 ms; so the bar is a ratio."""
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
    days = sorted(training._day(chance, NOON.date()) for _n in range(40))
    lives = [training._life(chance, world, NOON.date(), day) for day in days]
    return [(life.opening, life.opened_on, life.steps) for life in lives]
