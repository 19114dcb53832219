"""Lists of events in an account, in both languages; and what waits because of an account."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from baqylau.accountability.models import Account
from baqylau.accountability.queries.content import content_of
from baqylau.accountability.queries.work import waiting
from baqylau.accountability.services import sealing
from baqylau.catalogue.models import Card, CardText, CardVersion
from baqylau.catalogue.models.public_services import PublicService
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.work import Asked
from tests.accountability import reporting
from tests.accountability.reporting import LAWYER, NOW
from tests.figures.contracts import COORDINATOR, OFFICIAL, SECOND

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(desk: None, tmp_path: Path, settings: Settings) -> Iterator[Account]:
    """An account of a quarter that is over."""
    settings.FILES_ROOT = tmp_path / "files"
    with clock.frozen(NOW):
        yield reporting.make_account()


def publish(at: datetime, title: str) -> None:
    """Publish a card in Kazakh."""
    card = Card.objects.create(kind="service", code="s901", service=PublicService.objects.get())
    version = CardVersion.objects.create(
        card=card,
        number=1,
        state="published",
        as_of=at.date(),
        source="x",
        author="person:e",
        checked_by="Тексергенмаркер",
        checked_on=at.date(),
        created_at=at,
        published_at=at,
    )
    CardText.objects.create(version=version, language="kk", title=title, mark="a" * 16)


def annexes(account: Account) -> dict[str, dict[str, list[list[object]]]]:
    content = content_of(account, COORDINATOR, clock.today())
    return {each["code"]: each["rows"] for each in content["annexes"]}


def test_cards_of_the_period_are_listed_without_who_wrote_them(account: Account) -> None:
    assert annexes(account)["catalogue.published"]["kk"] == []
    publish(NOW - timedelta(days=150), "Жүргізуші куәлігі")
    found = annexes(account)["catalogue.published"]
    assert found["kk"] == [[{"on": "2026-05-23"}, "Жүргізуші куәлігі", 1]]
    assert found["ru"] == found["kk"]
    text = str(content_of(account, COORDINATOR, clock.today()))
    assert "Тексергенмаркер" not in text
    assert "person:e" not in text


def test_rooms_and_stages_stand_in_both_languages(account: Account) -> None:
    found = annexes(account)
    assert len(found["institutions.rooms"]["kk"]) == 2
    assert found["institutions.rooms"]["kk"] != found["institutions.rooms"]["ru"]
    assert found["stages"]["ru"] == [
        ["Открытие приёмной", {"on": "2026-04-30"}, {"on": "2026-04-28"}]
    ]


def labels(actor: Actor) -> list[str]:
    return [str(task.label) for task in waiting(Asked(actor, clock.today()))]


def test_an_account_waits_for_whoever_moves_next(account: Account) -> None:
    everybody = (COORDINATOR, SECOND, LAWYER, OFFICIAL, Actor("x", frozenset({"adviser"})))
    assert [labels(actor) for actor in everybody] == [[], [], [], [], []]
    reporting.close_quarter()
    sealing.approve(actor=COORDINATOR, account=account, seen=reporting.seen(account))
    assert [len(labels(actor)) for actor in everybody] == [0, 1, 1, 0, 0]
    sealing.approve(actor=SECOND, account=account, seen=reporting.seen(account))
    assert [len(labels(actor)) for actor in everybody] == [1, 1, 0, 0, 0]
    Account.objects.filter(pk=account.pk).update(
        state="sent", digest="a", signature="b", sealed_at=NOW
    )
    assert [len(labels(actor)) for actor in everybody] == [0, 0, 0, 1, 0]
    Account.objects.filter(pk=account.pk).update(state="returned", remarks="2.1")
    assert [len(labels(actor)) for actor in everybody] == [1, 1, 0, 0, 0]
