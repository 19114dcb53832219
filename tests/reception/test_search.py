"""The desk's search among consultations: numbers first, people by phone, then words."""

from datetime import date

import pytest

from baqylau.journal.models import Entry
from baqylau.kernel.access import Actor
from baqylau.reception.models import Consultation
from baqylau.reception.queries import wording
from baqylau.reception.queries.finding import search
from baqylau.reception.queries.rights import at_the_desk
from baqylau.reception.queries.wording import with_words
from baqylau.reception.services import correct_consultation, strike_consultation
from tests.casework.making import make_more, open_one
from tests.cast import Cast
from tests.plans import analyse, reading_by_index, steps_of
from tests.reception.crowd import FIRST, make_crowd
from tests.reception.making import ADVISER, COLLEAGUE, COORDINATOR, MERKE, TARAZ, record
from tests.reception.visitors import PHONE, visited

pytestmark = pytest.mark.usefixtures("desk")
TODAY = date(2026, 7, 1)


def found(query: str, actor: Actor = ADVISER) -> list[str]:
    """Labels of what the search shows."""
    return [str(hit.label) for hit in search(actor, query)]


@pytest.mark.parametrize(
    "query", ["К-2026-000001", "k 2026 1", "2026-1", "1", "000001", "К–2026–000001", " к2026/1 "]
)
def test_a_number_is_found_in_every_spelling(query: str) -> None:
    row = record()
    assert found(query) == [row.number]


@pytest.mark.parametrize(
    "query", ["+7 701 123 45 67", "8 701 123-45-67", "87011234567", "7 (701) 1234567"]
)
def test_a_phone_leads_to_the_visits_of_whoever_has_it(query: str) -> None:
    row = visited()
    record()
    assert found(query) == [row.number]
    entry = Entry.objects.get(action="contacts.found")
    assert entry.actor == ADVISER.key
    assert "701" not in entry.payload


def test_what_a_phone_finds_stands_before_everything_else(cast: Cast) -> None:
    row = visited(cast.adviser.actor)
    # A body whose name holds the same digits is found by another room, which is asked earlier.
    make_more(f"Байланыс орталығы {PHONE}")
    text = cast.adviser.client.get("/desk/search/", {"q": PHONE}).text
    hits = text[text.index('class="hits"') :]
    assert "Байланыс орталығы" in hits
    assert hits.index(row.number) < hits.index("Байланыс орталығы")


def test_nobody_is_searched_by_a_phone_that_is_none() -> None:
    visited()
    assert found("701 123") == found("+7 701 123 45 67 x") == []
    assert not Entry.objects.filter(action="contacts.found").exists()


def test_a_phone_shows_only_visits_that_one_may_read() -> None:
    visited(room=TARAZ)
    record(COLLEAGUE, room=MERKE)
    assert found(PHONE, COLLEAGUE) == []
    assert len(found(PHONE, COORDINATOR)) == 1


@pytest.mark.parametrize(
    "query", ["жер учаскесі", "ЖЕР УЧАСКЕ", "zher uchaskesi", "учас", "учаске жер", "уча"]
)
def test_words_are_found_by_their_first_letters_in_every_script(query: str) -> None:
    row = record(answer="Жер учаскесіне құжат керек")
    record(answer="Учаскелік инспектор")
    assert row.number in found(query)


def test_every_word_must_be_there() -> None:
    both = record(answer="Жеңілдік туралы өтініш")
    record(answer="Жеңілдік берілмейді")
    assert found("жеңілдік өтініш") == [both.number]
    assert found("жеңілдік өтініш балабақша") == []
    assert found("ж") == []


def test_words_of_others_rooms_are_not_found() -> None:
    record(COLLEAGUE, room=MERKE, answer="Құпия емес сөз")
    assert found("құпия") == []
    assert len(found("құпия", COORDINATOR)) == 1


def test_a_corrected_and_a_struck_answer_are_found_as_they_are() -> None:
    row = record(answer="Балабақша кезегі")
    correct_consultation(actor=ADVISER, number=row.number, answer="Мектеп кезегі")
    assert found("балабақша") == []
    assert found("мектеп") == [row.number]
    strike_consultation(actor=ADVISER, number=row.number, reason="twice")
    assert found("мектеп") == []
    assert found(row.number) == [row.number]


def test_a_service_and_a_body_lead_to_their_lists() -> None:
    about = record(service="s901", body="0000000b")
    record()
    first, second = found("жүргізуші куәлігі")[:2]
    assert "Жүргізуші куәлігін беру" in first
    assert second == about.number
    assert about.number in found("полиция департаменті")


def test_others_find_nothing(cast: Cast) -> None:
    row = record(answer="Мектеп")
    for role in ("administrator", "official", "editor", "member"):
        person = getattr(cast, role)
        assert search(person.actor, row.number) == ()
        assert row.number not in person.client.get("/desk/search/", {"q": "мектеп"}).text


def test_the_desks_search_shows_them(cast: Cast) -> None:
    row = record(cast.adviser.actor, answer="Мектепке қабылдау")
    text = cast.adviser.client.get("/desk/search/", {"q": "мектеп"}).text
    assert row.number in text


def test_following_the_pages_of_common_words_shows_each_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(wording, "WINDOW", 70)
    make_crowd(600)
    seen: list[int] = []
    before, cuts = None, 0
    while True:
        part = with_words(COORDINATOR, "common seldom", before=before)
        seen += [row.pk for row in part.rows]
        cuts += part.is_cut
        if part.next is None:
            break
        before = part.next
    assert seen == sorted(set(seen), reverse=True)
    common = with_words(COORDINATOR, "common")
    assert len(common.rows) == 50
    assert not common.is_cut


def test_two_common_words_that_never_meet_are_cut_and_say_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(wording, "WINDOW", 100)
    make_crowd(600)
    part = with_words(COORDINATOR, "common usual")
    assert part.rows == []
    assert part.is_cut
    last = search(COORDINATOR, "common usual")[-1]
    assert "before=" in last.url
    assert last.note


def test_an_old_rare_word_is_found_beside_a_common_one() -> None:
    make_crowd(600)
    old = Consultation.objects.order_by("pk")[560]
    record(answer="Бірегей")
    correct_consultation(actor=COORDINATOR, number=old.number, answer="common бірегей")
    assert [row.pk for row in with_words(COORDINATOR, "common бірегей").rows] == [old.pk]


def test_no_search_reads_the_whole_table() -> None:
    make_crowd(20_000)
    analyse()
    near = at_the_desk(ADVISER, TODAY)
    for actor in (COORDINATOR, near):
        for query in ("common", "common usual", "seldom common", str(FIRST + 77)):
            with reading_by_index("reception_consultation", "reception_word"):
                search(actor, query)
                Consultation.objects.filter(pk=0).first()


@pytest.mark.once
def test_a_search_costs_as_much_among_ten_times_as_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wording, "WINDOW", 300)
    near = at_the_desk(ADVISER, TODAY)
    asked = [
        (actor, query) for actor in (COORDINATOR, near) for query in ("common", "common usual")
    ]

    def costs() -> list[int]:
        return [steps_of(lambda each=each: with_words(*each)) for each in asked]  # type: ignore[misc]  # a lambda's defaults have no types

    make_crowd(1_500)
    few = costs()
    make_crowd(15_000, start=1_500)
    for each, before, after in zip(asked, few, costs(), strict=True):
        assert after <= 1.5 * before + 60, each


@pytest.mark.parametrize(
    ("letter", "first"), [("Ж", "case"), ("zh", "case"), ("К", "visit"), ("k", "visit")]
)
def test_the_letter_tells_which_of_two_with_one_number_stands_first(
    cast: Cast, letter: str, first: str
) -> None:
    visit, case = record(), open_one()
    assert (visit.year, visit.serial) == (case.year, case.serial)
    text = cast.coordinator.client.get("/desk/search/", {"q": f"{letter}{visit.number[1:]}"}).text
    main = text.split("<main", 1)[1]
    is_case_first = main.index(f">{case.number}<") < main.index(f">{visit.number}<")
    assert is_case_first is (first == "case")
