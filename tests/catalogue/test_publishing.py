"""What the public reads: published, replaced, withdrawn, checked; the history stays."""

from datetime import UTC, date, datetime

import pytest

from baqylau.catalogue.models import CardVersion, State
from baqylau.catalogue.queries.history import compare, history
from baqylau.catalogue.queries.published import published
from baqylau.catalogue.services.publishing import check, publish, withdraw
from baqylau.catalogue.services.writing import save_draft
from baqylau.journal.models import Entry
from baqylau.kernel import clock
from baqylau.kernel.errors import ConflictError, DomainError
from tests.catalogue.making import (
    EDITOR,
    content,
    make_card,
    make_published,
    next_version,
    russian_words,
    service_words,
)

pytestmark = pytest.mark.django_db


def test_a_published_version_replaces_the_one_before_and_both_stay() -> None:
    card = make_published()
    next_version(card, kk=service_words(fee="500 теңге"), ru=russian_words())
    states = CardVersion.objects.filter(card=card).order_by("number")
    assert [one.state for one in states] == [State.REPLACED, State.PUBLISHED]
    assert states[0].closed_at == states[1].published_at


def test_a_draft_that_changed_since_it_was_seen_is_not_published() -> None:
    card = make_card()
    save_draft(actor=EDITOR, card=card, content=content(kk=service_words(fee="1")), edition=1)
    with pytest.raises(ConflictError):
        publish(actor=EDITOR, card=card, edition=1)
    assert published(card) is None


def test_publishing_twice_is_refused_the_second_time() -> None:
    card = make_published()
    with pytest.raises(ConflictError):
        publish(actor=EDITOR, card=card, edition=1)


@pytest.mark.parametrize(
    ("texts", "field"),
    [
        ({"kk": service_words(fee="", refused="")}, "kk"),
        ({"kk": service_words(), "ru": russian_words(term="")}, "ru"),
    ],
)
def test_an_unfinished_language_is_named_and_nothing_is_published(
    texts: dict[str, object], field: str
) -> None:
    card = make_card(**texts)  # type: ignore[arg-type]  # mypy does not follow names into a call
    with pytest.raises(DomainError) as refused:
        publish(actor=EDITOR, card=card, edition=1)
    assert refused.value.field == field
    assert published(card) is None
    publishable = content(kk=service_words())
    save_draft(actor=EDITOR, card=card, content=publishable, edition=1)
    assert publish(actor=EDITOR, card=card, edition=2).state == State.PUBLISHED


def test_a_withdrawn_card_is_read_no_more_and_an_older_version_does_not_come_back() -> None:
    card = make_published()
    next_version(card, kk=service_words(fee="500 теңге"))
    with pytest.raises(ConflictError):
        withdraw(actor=EDITOR, card=card, number=1)
    withdraw(actor=EDITOR, card=card, number=2)
    assert published(card) is None
    assert len(history(card)) == 2


def test_a_lawyers_check_stands_on_the_very_version() -> None:
    card = make_published()
    with clock.frozen(datetime(2026, 11, 5, 20, 0, tzinfo=UTC)):
        check(actor=EDITOR, card=card, number=1, name="  Бекзат   Әлиев ")
    version = published(card)
    assert version is not None
    assert (version.checked_by, version.checked_on) == ("Бекзат Әлиев", date(2026, 11, 6))
    later = next_version(card, kk=service_words(fee="500 теңге"))
    assert later.checked_by == ""
    with pytest.raises(ConflictError):
        check(actor=EDITOR, card=card, number=1, name="Бекзат Әлиев")


@pytest.mark.parametrize("name", ["", "  ", "ә" * 121])
def test_a_check_needs_a_name_that_fits(name: str) -> None:
    card = make_published()
    with pytest.raises(DomainError) as refused:
        check(actor=EDITOR, card=card, number=1, name=name)
    assert refused.value.field == "name"


def test_the_history_says_what_each_version_changed() -> None:
    card = make_published()
    next_version(card, kk=service_words(fee="500 теңге"), ru=russian_words(fee="500 тенге"))
    next_version(card, kk=service_words(fee="500 теңге"), ru=russian_words(fee="500 тенге"))
    newest, middle, first = history(card)
    assert newest.changed == ()
    assert middle.changed == (("kk", "fee"), ("ru", "fee"))
    assert first.is_first


def test_a_comparison_shows_only_what_changed() -> None:
    card = make_published()
    new = next_version(card, kk=service_words(fee="500 теңге"), ru=russian_words())
    old = CardVersion.objects.get(card=card, number=1)
    (kazakh,) = compare(card.kind, old, new)
    assert kazakh.language == "kk"
    assert [part.part for part in kazakh.parts] == ["fee"]


def test_every_step_is_in_the_journal() -> None:
    card = make_published()
    check(actor=EDITOR, card=card, number=1, name="Бекзат")
    withdraw(actor=EDITOR, card=card, number=1)
    actions = list(
        Entry.objects.filter(subject="card:s05").order_by("number").values_list("action", flat=True)
    )
    assert actions == [
        f"catalogue.{word}" for word in ("begin", "save", "publish", "check", "withdraw")
    ]
    assert "Бекзат" not in "".join(Entry.objects.values_list("payload", flat=True))
