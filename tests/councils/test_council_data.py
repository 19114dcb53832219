"""Open data of the councils: what the published minutes say, and nobody's name."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from baqylau.councils.datasets_councils import DATASETS, MEETINGS, MEMBERS, VOTES
from baqylau.councils.models import Council, Member
from baqylau.councils.services.holding import note_attendance
from baqylau.councils.services.inviting import invite
from baqylau.councils.services.members import declare_interest
from baqylau.councils.services.minuting import publish_minutes, write_minutes
from baqylau.councils.services.planning import cancel_meeting
from baqylau.kernel import clock
from baqylau.kernel.datasets import Dataset, Row
from tests.councils.making import (
    AKIMAT,
    MEETS,
    SECRETARY,
    body,
    call,
    held,
    invited,
    make_council,
    make_item,
    make_meeting,
    make_member,
    present,
    published,
    vote_all,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(council: Council) -> Council:
    """A meeting with minutes, one held without, one to come, one in the plan, one cancelled."""
    make_member(council, "Кеткен мүше", until_on=date(2026, 1, 1))
    with clock.frozen(MEETS):
        published(council, "Бірінші мәселе", "Екінші мәселе")
        vote_all(held(council, "Жарияланбаған мәселе"))
    invited(council)
    make_meeting(council)
    cancel_meeting(actor=SECRETARY, meeting=make_meeting(council), reason_kk="Себебі бар")
    return council


def rows(dataset: Dataset, **asked: str) -> list[Row]:
    return list(dataset.rows(asked))


def values(dataset: Dataset, name: str, **asked: str) -> list[object]:
    place = dataset.names.index(name)
    return [row[place] for row in rows(dataset, **asked)]


def test_attendance_and_votes_come_with_the_minutes_and_not_before(year: Council) -> None:
    told = {row[0]: row for row in rows(MEETINGS)}
    assert len(told) == 5
    public = [row for row in told.values() if row[11]]
    assert [row[8:11] for row in public] == [(5, 5, 4)]
    assert all(row[8:11] == (None, None, None) for row in told.values() if not row[11])
    for dataset in DATASETS[3:]:
        assert set(values(dataset, "meeting")) == {public[0][0]}
    assert len(rows(VOTES)) == 10
    assert set(values(VOTES, "choice")) == {"for"}
    assert set(values(VOTES, "item_kk")) == {"Бірінші мәселе", "Екінші мәселе"}


def test_a_conflict_of_interest_stands_among_the_votes(council: Council) -> None:
    member = Member.objects.get(name="Серік Сынақов")
    declare_interest(
        actor=SECRETARY, member=member, institution=body(), tie="works", first_on=council.first_on
    )
    with clock.frozen(MEETS - timedelta(days=14)):
        made = make_meeting(council)
        make_item(made, "Әкімдік туралы", institution=body(AKIMAT))
        invite(actor=SECRETARY, meeting=made, call=call(), seen=0)
    with clock.frozen(MEETS):
        made.refresh_from_db()
        made = note_attendance(actor=SECRETARY, meeting=made, presence=present(made))
        vote_all(made)
        made.refresh_from_db()
        words = {"minutes_kk": "Талқыланды.", "minutes_ru": ""}
        row = write_minutes(actor=SECRETARY, meeting=made, revision=made.revision, **words)
        publish_minutes(actor=SECRETARY, meeting=row, revision=row.revision)
    assert values(VOTES, "choice", member=member.code) == ["for", "interest"]


@pytest.mark.parametrize("dataset", DATASETS, ids=lambda dataset: dataset.code)
def test_every_field_is_filled_where_it_must_be_and_nobody_is_named(
    year: Council, client: Client, dataset: Dataset
) -> None:
    found = rows(dataset)
    assert found
    for row in found:
        for field, value in zip(dataset.fields, row, strict=True):
            assert value is not None or not field.is_required, field.name
            assert not field.choices or value is None or value in field.choices
    answer = client.get(reverse(f"data_{dataset.code}_csv"))
    assert answer.status_code == 200
    text = answer.content.decode("utf-8-sig")
    for name in Member.objects.values_list("name", flat=True):
        assert name not in text
    assert "secretary-1" not in text


def test_rows_are_asked_for_by_council_and_member(year: Council) -> None:
    other = make_council(name_kk="Басқа кеңес", name_ru="", name_en="")
    make_member(other, "Басқа мүше")
    assert len(rows(MEMBERS)) == 7
    assert values(MEMBERS, "council", council=other.code) == [other.code]
    member = Member.objects.get(name="Серік Сынақов")
    assert rows(MEMBERS, member=member.code)[0][2] == "ngo"
    assert len(rows(VOTES, member=member.code)) == 2
    assert rows(VOTES, meeting="0a1b2c3d") == []


def test_the_number_of_questions_does_not_grow_with_the_rows(
    year: Council, django_assert_max_num_queries: object
) -> None:
    for dataset in DATASETS:
        with django_assert_max_num_queries(2):  # type: ignore[operator]  # a fixture without a type
            rows(dataset)
