"""Drafts: begun, saved, refused, thrown away; two editors; stale translations; checks."""

import pytest
from django.db import IntegrityError, transaction

from baqylau.catalogue.models import Card, CardText, CardVersion, Kind, State
from baqylau.catalogue.queries.readings import is_stale, reading, texts_of
from baqylau.catalogue.services import publishing
from baqylau.catalogue.services.writing import (
    Content,
    begin_law_card,
    begin_service_card,
    discard_draft,
    save_draft,
)
from baqylau.journal.models import Entry
from baqylau.kernel.errors import ConflictError, DomainError
from tests.catalogue.making import (
    DAY,
    EDITOR,
    content,
    law_words,
    make_card,
    make_published,
    make_service,
    next_version,
    russian_words,
    service_words,
)

pytestmark = pytest.mark.django_db


def draft_of(card: Card) -> CardVersion:
    return CardVersion.objects.get(card=card, state=State.DRAFT)


def test_a_draft_holds_each_language_as_it_was_typed() -> None:
    card = make_card()
    texts = texts_of([draft_of(card)])
    assert set(texts[draft_of(card).pk]) == {"kk", "ru"}
    assert reading(card, draft_of(card), "ru").text == russian_words()


def test_a_reader_of_an_unwritten_language_gets_the_kazakh_text_and_is_told() -> None:
    card = make_card()
    one = reading(card, draft_of(card), "en")
    assert (one.language, one.is_fallback) == ("kk", True)
    assert one.text == service_words()


def test_a_service_has_one_card_however_often_it_is_begun() -> None:
    service = make_service()
    first = begin_service_card(actor=EDITOR, service=service)
    assert begin_service_card(actor=EDITOR, service=service) == first
    assert Entry.objects.filter(action="catalogue.begin").count() == 1


def test_two_law_cards_of_one_title_get_two_addresses() -> None:
    one = begin_law_card(actor=EDITOR, title="Сыйлық")
    other = begin_law_card(actor=EDITOR, title="Сыйлық")
    assert one.slug
    assert other.slug == f"{one.slug}-2"
    with pytest.raises(DomainError):
        begin_law_card(actor=EDITOR, title=" ")


def test_the_second_of_two_editors_is_told_and_writes_nothing() -> None:
    card = make_card()
    mine = content(kk=service_words(fee="2 теңге"))
    theirs = content(kk=service_words(fee="1 теңге"))
    save_draft(actor=EDITOR, card=card, content=theirs, edition=1)
    with pytest.raises(ConflictError):
        save_draft(actor=EDITOR, card=card, content=mine, edition=1)
    assert reading(card, draft_of(card), "kk").text.fee == "1 теңге"


def test_two_who_begin_a_draft_at_once_get_one_draft() -> None:
    card = make_card()
    with pytest.raises(ConflictError):
        save_draft(actor=EDITOR, card=card, content=content(), edition=0)
    assert CardVersion.objects.filter(card=card).count() == 1


def test_a_draft_that_is_gone_is_not_saved_into() -> None:
    card = make_published()
    with pytest.raises(ConflictError):
        save_draft(actor=EDITOR, card=card, content=content(), edition=1)


@pytest.mark.parametrize(
    ("texts", "field"),
    [
        ({"ru": russian_words()}, "kk"),
        ({"kk": service_words(title="")}, "kk"),
        ({"kk": service_words(), "ru": russian_words(title="")}, "ru"),
        ({"kk": service_words(), "ru": russian_words(title="т" * 121)}, "ru"),
        ({"kk": service_words(answer="ж" * 1501)}, "kk"),
    ],
)
def test_unfit_words_are_refused_beside_their_language(
    texts: dict[str, object], field: str
) -> None:
    card = begin_service_card(actor=EDITOR, service=make_service())
    with pytest.raises(DomainError) as refused:
        save_draft(actor=EDITOR, card=card, content=content(**texts), edition=0)  # type: ignore[arg-type]  # mypy does not follow names into a call
    assert refused.value.field == field
    assert not CardVersion.objects.exists()


def test_a_card_says_where_it_comes_from() -> None:
    card = begin_service_card(actor=EDITOR, service=make_service())
    nowhere = Content(DAY, "  ", [], [], {"kk": service_words()})
    with pytest.raises(DomainError) as refused:
        save_draft(actor=EDITOR, card=card, content=nowhere, edition=0)
    assert refused.value.field == "source"


def stale(card: Card, language: str = "ru") -> bool:
    version = draft_of(card)
    return is_stale(texts_of([version])[version.pk], language)


def test_a_translation_is_stale_once_only_the_kazakh_text_has_changed() -> None:
    card = make_card()
    assert not stale(card)
    changed = content(kk=service_words(fee="500 теңге"), ru=russian_words())
    save_draft(actor=EDITOR, card=card, content=changed, edition=1)
    assert stale(card)


def test_touching_the_translation_or_vouching_for_it_makes_it_fresh() -> None:
    card = make_card()
    changed = content(kk=service_words(fee="500 теңге"), ru=russian_words())
    save_draft(actor=EDITOR, card=card, content=changed, edition=1)
    vouched = content(("ru",), kk=service_words(fee="500 теңге"), ru=russian_words())
    save_draft(actor=EDITOR, card=card, content=vouched, edition=2)
    assert not stale(card)
    again = content(kk=service_words(fee="600 теңге"), ru=russian_words(fee="600 тенге"))
    save_draft(actor=EDITOR, card=card, content=again, edition=3)
    assert not stale(card)


def test_staleness_is_carried_into_the_next_version() -> None:
    card = make_published()
    next_version(card, kk=service_words(fee="500 теңге"), ru=russian_words())
    draft = content(kk=service_words(fee="500 теңге"), ru=russian_words())
    save_draft(actor=EDITOR, card=card, content=draft, edition=0)
    assert stale(card)


def test_a_check_falls_when_the_words_change_and_stays_when_they_do_not() -> None:
    card = make_card()
    publishing.check(actor=EDITOR, card=card, number=1, name="Бекзат Әлиев")
    save_draft(actor=EDITOR, card=card, content=content(), edition=1)
    assert draft_of(card).checked_by == "Бекзат Әлиев"
    other = content(kk=service_words(fee="500 теңге"), ru=russian_words())
    save_draft(actor=EDITOR, card=card, content=other, edition=2)
    assert draft_of(card).checked_by == ""
    assert draft_of(card).checked_on is None


def test_a_discarded_draft_leaves_what_is_published() -> None:
    card = make_published()
    save_draft(actor=EDITOR, card=card, content=content(), edition=0)
    with pytest.raises(ConflictError):
        discard_draft(actor=EDITOR, card=card, edition=7)
    discard_draft(actor=EDITOR, card=card, edition=1)
    assert [v.state for v in CardVersion.objects.filter(card=card)] == [State.PUBLISHED]
    assert CardText.objects.count() == 2


def test_the_journal_knows_codes_and_no_words() -> None:
    make_card()
    entry = Entry.objects.get(action="catalogue.save")
    assert entry.subject == "card:s05"
    assert entry.payload == '{"edition":1,"version":1}'


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": Kind.SERVICE, "code": "x"},
        {"kind": Kind.LAW, "code": "x"},
        {"kind": "poem", "code": "x", "slug": "x"},
    ],
)
def test_the_database_refuses_a_card_of_no_kind(wrong: dict[str, str]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Card.objects.create(**wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": State.PUBLISHED},
        {"state": State.REPLACED},
        {"checked_by": "Заңгер"},
        {"checked_on": DAY},
        {"number": 0},
    ],
)
def test_the_database_refuses_a_version_whose_dates_disagree(wrong: dict[str, object]) -> None:
    card = make_card()
    with pytest.raises(IntegrityError), transaction.atomic():
        CardVersion.objects.filter(card=card).update(**wrong)


def test_a_law_card_has_steps_and_no_fee() -> None:
    card = begin_law_card(actor=EDITOR, title="Сыйлық")
    save_draft(actor=EDITOR, card=card, content=content(kk=law_words()), edition=0)
    text = CardText.objects.get(version__card=card)
    assert text.steps == list(law_words().steps)
    assert text.fee == ""
