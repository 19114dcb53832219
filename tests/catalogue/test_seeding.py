"""The starter set: whole, idempotent, and never over what a person has changed."""

from dataclasses import replace

import pytest

from baqylau.catalogue.models import (
    Act,
    Card,
    CardVersion,
    Kind,
    PublicService,
    ServiceAlias,
    State,
)
from baqylau.catalogue.queries.desk import counts
from baqylau.catalogue.queries.published import published
from baqylau.catalogue.rules.wording import missing
from baqylau.catalogue.seeds import (
    act_seeds,
    alias_seeds,
    card_seeds,
    service_seeds,
)
from baqylau.catalogue.services import seeding
from baqylau.catalogue.services.publishing import check, withdraw
from baqylau.catalogue.services.register import entry_of, save_service
from baqylau.catalogue.services.words import remove_alias
from baqylau.catalogue.services.writing import save_draft
from baqylau.journal.models import Entry
from tests.catalogue.making import EDITOR, content, service_words

pytestmark = pytest.mark.django_db


def test_the_starter_set_comes_whole_and_published() -> None:
    seeding.seed()
    assert PublicService.objects.count() == 90
    assert Act.objects.count() == len(act_seeds())
    assert CardVersion.objects.filter(state=State.PUBLISHED).count() == len(card_seeds())
    assert Card.objects.filter(kind=Kind.LAW).count() >= 12
    assert ServiceAlias.objects.count() > 0


def test_no_starter_card_is_checked_stale_or_unfinished() -> None:
    seeding.seed()
    assert counts()["stale"] == 0
    assert counts()["unchecked"] == len(card_seeds())
    assert not [
        one.code for one in card_seeds() for text in one.texts.values() if missing(text, one.kind)
    ]


def test_a_second_run_writes_nothing() -> None:
    seeding.seed()
    entries = Entry.objects.count()
    assert seeding.seed() == seeding.seed()
    assert Entry.objects.count() == entries
    assert CardVersion.objects.filter(number__gt=1).count() == 0


def test_a_changed_starter_card_becomes_the_next_version() -> None:
    seeding.seed()
    one = card_seeds()[0]
    newer = replace(one, mark="0123456789abcdef", source="Read anew.")
    assert seeding.seed_cards([newer]) == 1
    versions = CardVersion.objects.filter(card__code=one.code).order_by("number")
    assert [version.state for version in versions] == [State.REPLACED, State.PUBLISHED]
    assert versions[1].source == "Read anew."


def newer_card() -> tuple[Card, int]:
    """Offer a newer starter card for a card; returns it and how many were written."""
    one = card_seeds()[0]
    written = seeding.seed_cards([replace(one, mark="0123456789abcdef")])
    return Card.objects.get(code=one.code), written


def test_a_card_that_an_editor_has_begun_to_change_is_left_alone() -> None:
    seeding.seed()
    card = Card.objects.get(code=card_seeds()[0].code)
    save_draft(actor=EDITOR, card=card, content=content(kk=service_words()), edition=0)
    assert newer_card() == (card, 0)


def test_a_card_that_a_lawyer_has_checked_is_left_alone() -> None:
    seeding.seed()
    card = Card.objects.get(code=card_seeds()[0].code)
    check(actor=EDITOR, card=card, number=1, name="Бекзат")
    assert newer_card() == (card, 0)


def test_a_withdrawn_card_does_not_come_back() -> None:
    seeding.seed()
    card = Card.objects.get(code=card_seeds()[0].code)
    withdraw(actor=EDITOR, card=card, number=1)
    assert newer_card() == (card, 0)
    assert published(card) is None


def test_a_service_that_an_editor_has_renamed_keeps_its_name() -> None:
    seeding.seed()
    service = PublicService.objects.get(code="s01")
    save_service(actor=EDITOR, entry=replace(entry_of(service), name_kk="Жаңа атау"), edition=1)
    changed = [replace(one, mark="0123456789abcdef") for one in service_seeds()[:2]]
    assert seeding.seed_services(changed) == 1
    assert PublicService.objects.get(code="s01").name_kk == "Жаңа атау"


def test_an_address_does_not_move_when_the_starter_name_changes() -> None:
    seeding.seed()
    old = PublicService.objects.get(code="s03").slug
    names = {"kk": "Атау", "ru": "Имя", "en": "Quite another name"}
    seeds = [
        replace(one, names=names, mark="0123456789abcdef")
        for one in service_seeds()
        if one.code == "s03"
    ]
    assert seeding.seed_services(seeds) == 1
    service = PublicService.objects.get(code="s03")
    assert (service.slug, service.name_en) == (old, "Quite another name")


def test_a_removed_alias_stays_removed() -> None:
    seeding.seed()
    alias = ServiceAlias.objects.select_related("service").first()
    assert alias is not None
    remove_alias(actor=EDITOR, alias=alias)
    assert seeding.seed_aliases(alias_seeds()) == 0
    alias.refresh_from_db()
    assert not alias.is_active
