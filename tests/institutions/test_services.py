"""Opening, changing and closing bodies, points and ties."""

import json
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from baqylau.institutions import queries, services
from baqylau.institutions.models import Institution, Interest, ServicePoint, Tie
from baqylau.journal.models import Entry
from baqylau.kernel import clock
from baqylau.kernel.errors import ConflictError, DomainError
from tests.institutions.conftest import EDITOR, KORDAY, TARAZ, Make

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 5)


def last() -> Entry:
    return Entry.objects.order_by("-number")[0]


def test_a_new_body_can_be_searched_sorted_and_is_journalled(make: Make) -> None:
    body = make("Қордай қазақ орта мектебі", name_ru="Кордайская школа")
    assert queries.listing(queries.Wanted(query="кордай мект"), TODAY).get() == body
    assert body.sort_en == body.sort_kk != body.sort_ru
    assert (last().action, last().actor) == ("institutions.create", "editor")
    assert last().subject == f"institution:{body.code}"


@pytest.mark.parametrize("query", ["үміт", "umit", "умит", "ҮМІТ 5", "5 умит мект"])
def test_a_body_is_found_in_any_spelling_and_order(make: Make, query: str) -> None:
    body = make("№ 5 «Үміт» мектебі")
    make("№ 6 «Самал» мектебі")
    assert list(queries.listing(queries.Wanted(query=query), TODAY)) == [body]


def test_an_edit_names_what_changed_and_nothing_else(make: Make) -> None:
    body = make(phone="1")
    services.edit(actor=EDITOR, code=body.code, revision=1, fields={"phone": "2", "kind": "school"})
    assert json.loads(last().payload)["changed"] == ["phone"]
    assert queries.institution(body.code).revision == 2


def test_an_edit_that_changes_nothing_is_not_journalled(make: Make) -> None:
    body = make(phone="1")
    entries = Entry.objects.count()
    services.edit(actor=EDITOR, code=body.code, revision=1, fields={"phone": "1"})
    assert Entry.objects.count() == entries


def test_the_second_of_two_editors_is_told(make: Make) -> None:
    body = make()
    services.edit(actor=EDITOR, code=body.code, revision=1, fields={"phone": "1"})
    with pytest.raises(ConflictError):
        services.edit(actor=EDITOR, code=body.code, revision=1, fields={"phone": "2"})
    assert queries.institution(body.code).phone == "1"


def test_a_business_number_belongs_to_one_body(make: Make) -> None:
    make(bin="123456789012")
    with pytest.raises(DomainError) as caught:
        make("Басқа", bin="123456789012")
    assert caught.value.field == "bin"
    assert Institution.objects.count() == 1


def test_a_body_ends_before_the_day_and_names_its_successor(make: Make) -> None:
    old, new = make("Ескі"), make("Жаңа", first_on=date(2026, 3, 1))
    services.close(actor=EDITOR, code=old.code, until_on=date(2026, 3, 1), successor=new.code)
    assert list(queries.listing(queries.Wanted(), date(2026, 2, 28))) == [old]
    assert list(queries.listing(queries.Wanted(), date(2026, 3, 1))) == [new]
    assert queries.predecessors(new) == [old]
    assert last().action == "institutions.close"


def test_closing_a_body_ends_its_points(make: Make) -> None:
    body = make()
    point = services.save_point(
        actor=EDITOR,
        institution=body,
        fields={"kind": "branch", "name_kk": "Бөлімше", "district_id": KORDAY},
    )
    services.close(actor=EDITOR, code=body.code, until_on=TODAY)
    assert queries.point(point.code).until_on == TODAY
    services.reopen(actor=EDITOR, code=body.code)
    assert queries.institution(body.code).until_on is None


def test_a_point_that_begins_later_stops_the_closing(make: Make) -> None:
    body = make()
    fields = {"kind": "branch", "name_kk": "Б", "district_id": KORDAY, "first_on": TODAY}
    services.save_point(actor=EDITOR, institution=body, fields=fields)
    with pytest.raises(DomainError):
        services.close(actor=EDITOR, code=body.code, until_on=date(2026, 3, 1))
    assert queries.institution(body.code).until_on is None
    assert ServicePoint.objects.get().until_on is None


def test_nobody_is_their_own_successor_not_even_in_a_ring(make: Make) -> None:
    one, two, three = make("Бір"), make("Екі"), make("Үш")
    services.close(actor=EDITOR, code=one.code, until_on=TODAY, successor=two.code)
    services.close(actor=EDITOR, code=two.code, until_on=date(2026, 4, 1), successor=three.code)
    for heir in (one, three):
        with pytest.raises(DomainError):
            services.close(actor=EDITOR, code=three.code, until_on=TODAY, successor=heir.code)


def test_a_successor_that_has_ended_is_refused(make: Make) -> None:
    gone, body = make("Жоқ"), make("Бар")
    services.close(actor=EDITOR, code=gone.code, until_on=date(2026, 1, 1))
    with pytest.raises(DomainError):
        services.close(actor=EDITOR, code=body.code, until_on=TODAY, successor=gone.code)


def test_a_body_cannot_end_before_it_begins(make: Make) -> None:
    body = make(first_on=TODAY)
    with pytest.raises(DomainError):
        services.close(actor=EDITOR, code=body.code, until_on=TODAY)


@pytest.mark.parametrize(
    "fields", [{"bin": "12"}, {"name_kk": ""}, {"first_on": TODAY, "until_on": TODAY}]
)
def test_the_database_refuses_what_the_rules_refuse(make: Make, fields: dict[str, object]) -> None:
    body = make()
    with pytest.raises(IntegrityError), transaction.atomic():
        Institution.objects.filter(pk=body.pk).update(**fields)


def test_a_colleague_tied_to_a_body_is_tied_to_what_it_owns(make: Make) -> None:
    firm, owner, other = make("Фирма"), make("Иесі"), make("Бөтен")
    services.add_interest(actor=EDITOR, institution=owner, tie=Tie.WORKS, person="colleague")
    services.add_interest(actor=EDITOR, institution=firm, tie=Tie.BELONGS, other=owner)
    services.add_interest(actor=EDITOR, institution=firm, tie=Tie.SUPPLIES, other=other)
    assert queries.tied_to("colleague", TODAY) == {firm.pk, owner.pk}
    assert queries.tied_to("somebody", TODAY) == frozenset()


def test_a_tie_that_has_ended_stays_on_record_and_binds_no_more(make: Make) -> None:
    body = make()
    tie = services.add_interest(actor=EDITOR, institution=body, tie=Tie.OWNS, person="colleague")
    services.end_interest(actor=EDITOR, interest=tie, until_on=TODAY)
    assert queries.tied_to("colleague", date(2026, 3, 4)) == {body.pk}
    assert queries.tied_to("colleague", TODAY) == frozenset()
    assert Interest.objects.count() == 1
    services.add_interest(actor=EDITOR, institution=body, tie=Tie.OWNS, person="colleague")


def test_the_same_tie_of_a_colleague_is_noted_once(make: Make) -> None:
    body = make()
    services.add_interest(actor=EDITOR, institution=body, tie=Tie.OWNS, person="colleague")
    with pytest.raises(DomainError):
        services.add_interest(actor=EDITOR, institution=body, tie=Tie.OWNS, person="colleague")
    assert Interest.objects.count() == 1


def test_the_same_tie_of_a_body_is_noted_once(make: Make) -> None:
    body, other = make(), make("Басқа")
    services.add_interest(actor=EDITOR, institution=body, tie=Tie.OWNS, other=other)
    with pytest.raises(DomainError):
        services.add_interest(actor=EDITOR, institution=body, tie=Tie.OWNS, other=other)
    assert Interest.objects.count() == 1


@pytest.mark.parametrize("sides", ["none", "both", "itself"])
def test_a_tie_has_exactly_one_other_side(make: Make, sides: str) -> None:
    body, stranger = make(), make("Басқа")
    person = "colleague" if sides == "both" else ""
    other = {"none": None, "both": stranger, "itself": body}[sides]
    with pytest.raises(DomainError):
        services.add_interest(
            actor=EDITOR, institution=body, tie=Tie.OWNS, person=person, other=other
        )


def test_receptions_are_the_programmes_rooms_that_are_open(make: Make) -> None:
    body = make(district_id=TARAZ)
    for kind, until in (("branch", None), ("reception", None), ("travelling", TODAY)):
        fields = {"kind": kind, "name_kk": kind, "district_id": TARAZ, "until_on": until}
        services.save_point(actor=EDITOR, institution=body, fields=fields)
    assert [room.kind for room in queries.receptions(TODAY)] == ["reception"]
    assert [room.kind for room in queries.receptions(date(2026, 3, 4))] == [
        "reception",
        "travelling",
    ]


def test_counts_follow_the_day(make: Make) -> None:
    make()
    body = make("№ 6 мектеп", kind="college")
    assert queries.counts_by_district(TODAY) == {KORDAY: 2}
    services.close(actor=EDITOR, code=body.code, until_on=TODAY)
    assert queries.counts_by_district(TODAY) == {KORDAY: 1}
    assert queries.counts_by_kind(TODAY, KORDAY) == [("school", 1)]
    assert clock.today() >= TODAY
