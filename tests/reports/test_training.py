"""The training site's reports: every state, no secret, the same for the same seed."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from pytest_django import Settings

from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import DomainError
from baqylau.reports import training
from baqylau.reports.models import Counter, NameRequest, Part, Report
from baqylau.reports.queries.contents import open_part, open_wrap
from baqylau.reports.queries.holders import readiness
from baqylau.reports.taxonomy import State
from baqylau.reports.verification import differences
from baqylau.seal import keys, shares
from baqylau.seal.keys import Use
from baqylau.seal.wraps import Role
from baqylau.staff import training as accounts

pytestmark = pytest.mark.django_db(databases=["default", "sealed"], transaction=True)
NOW = datetime(2026, 7, 1, 5, tzinfo=UTC)


def quiet(_done: int, _total: int) -> None:
    """Say nothing."""


@pytest.fixture
def site(folders: None, settings: Settings) -> Iterator[None]:
    """A training site with its accounts."""
    settings.IS_TRAINING = True
    with clock.frozen(NOW):
        accounts.load(1, 1, quiet)
        yield


def test_a_year_in_every_state_is_played_quickly_and_agrees_with_the_journal(site: None) -> None:
    start = time.process_time()
    assert training.load(2017, 1, quiet) == training.EACH
    assert time.process_time() - start < 30
    assert set(Report.objects.values_list("state", flat=True)) == set(State.values)
    assert NameRequest.objects.count() == 1
    assert Counter.objects.count() > 5
    assert list(differences()) == []
    assert readiness(clock.today()).is_open
    assert not readiness(clock.today()).away
    for report in Report.objects.exclude(state=State.DELETED)[:5]:
        key = open_wrap(report, Part.REPORT, Role.RECOVERY, training.recovery(), "")
        assert open_part(key, report, Part.REPORT)


def planned(seed: int) -> list[tuple[object, ...]]:
    """What a seed decides: days, order, what is done with which words."""
    house = training._House(Actor("officer"), keys.generate(Use.PERSON))
    steps = training.plan(house, seed, 20, clock.today())
    return [(day, order, act.func.__name__, act.args[1:]) for day, order, act in steps]  # type: ignore[attr-defined]  # all are partials


def test_the_same_seed_tells_the_same_and_another_does_not(site: None) -> None:
    assert planned(1) == planned(1) != planned(2)
    assert len(planned(1)) > 60


def test_it_is_loaded_once_and_never_on_a_production_site(
    site: None, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training, "EACH", 4)
    assert training.load(1, 1, quiet) == training.load(2, 1, quiet) == 4
    settings.IS_TRAINING = False
    with pytest.raises(DomainError):
        training.load(1, 1, quiet)


def test_the_notes_show_shares_that_open_and_nothing_where_the_key_is_another(
    site: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert training.notes() == ()
    monkeypatch.setattr(training, "EACH", 4)
    training.load(1, 1, quiet)
    _title, first, second = training.notes()
    public = training.recovery().public
    rebuilt = shares.rebuild([shares.read(first), shares.read(second)], public=public)
    assert rebuilt.public == public
