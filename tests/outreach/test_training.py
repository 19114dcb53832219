"""The training year: sixty events over the register, the same for the same seed."""

from collections import Counter
from datetime import UTC, datetime

import pytest
from django.db.models import F
from pytest_django import Settings

from baqylau.institutions.models import Institution
from baqylau.institutions.training.load import load as load_institutions
from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError
from baqylau.outreach import verification, verification_steps
from baqylau.outreach.models import (
    CampaignMaterial,
    Doubt,
    Event,
    EventKind,
    Picture,
    Reached,
    Sheet,
    Speaker,
    Stage,
    Visited,
)
from baqylau.outreach.training.load import is_there, load
from baqylau.territories.services import seed as seed_territories
from tests.cast import Cast


def quiet(_done: int, _total: int) -> None:
    """Say nothing."""


@pytest.mark.django_db
def test_a_year_of_events_comes_once_and_some_of_it_asks_for_a_look(
    keys: object, cast: Cast, settings: Settings
) -> None:
    settings.IS_TRAINING = True
    with clock.frozen(datetime(2026, 7, 1, 7, tzinfo=UTC)):
        assert load(1, 1, quiet) == 0
        seed_territories()
        load_institutions(1, 1, quiet)
        for person in (cast.coordinator, cast.lecturer):
            assert person.actor.key
        assert load(1, 1, quiet) > 60
        assert is_there()
        assert load(1, 1, quiet) == 0
    stages = Counter(Event.objects.values_list("stage", flat=True))
    assert Event.objects.count() == 60
    assert stages[Stage.REPORTED] >= 45
    assert set(Event.objects.values_list("kind", flat=True)) == set(EventKind.values)
    assert min(stages[each] for each in Stage) >= 1
    assert set(Doubt.objects.values_list("kind", flat=True)) >= {
        "late",
        "like_picture",
        "round",
        "same_picture",
        "too_many",
        "two_places",
    }
    assert Doubt.objects.exclude(verdict="").count() == 2
    assert Doubt.objects.count() < 15
    assert Picture.objects.count() > 15
    assert Sheet.objects.exists()
    assert Speaker.objects.filter(person=cast.lecturer.actor.key).exists()
    assert list(verification.differences()) == []
    assert list(verification_steps.differences()) == []
    assert CampaignMaterial.objects.count() == 3
    _covers_most_of_the_register()


def _covers_most_of_the_register() -> None:
    """The events are for about 300 institutions, and those that were held left some out."""
    every = Institution.objects.count()
    asked = Visited.objects.values("institution").distinct().count()
    reached = Reached.objects.filter(scope="a", campaign=None).count()
    assert 0.8 * every < asked < every
    assert 0.65 * every < reached < asked
    districts = set(Institution.objects.values_list("district", flat=True))
    assert set(Event.objects.values_list("district", flat=True)) == districts
    mixed = Visited.objects.exclude(institution__district=F("event__district"))
    assert not mixed.exists()


@pytest.mark.django_db
def test_no_invented_event_comes_to_a_real_site(settings: Settings) -> None:
    settings.IS_TRAINING = False
    with pytest.raises(DomainError):
        load(1, 1, quiet)
