"""Votes: one for each member, none without a seat, a quorum, or with an interest."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections
from django.urls import reverse

from baqylau.councils.models import AgendaItem, Choice, Council, Meeting, Member, Vote
from baqylau.councils.queries.meetings import items
from baqylau.councils.services.members import declare_interest, save_member
from baqylau.councils.services.voting import cast_vote, close_item, record_votes, reopen_item
from baqylau.institutions.models import Interest
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import ConflictError, DomainError, NotAllowedError
from tests.cast import Cast
from tests.councils.making import (
    MEETS,
    POLICE,
    SECRETARY,
    body,
    first_item,
    held,
    invited,
    invited_earlier,
    make_council,
    make_item,
    make_member,
    vote_all,
)

ROZA = Actor("roza-key", frozenset({"member"}))
DAY = MEETS.date()


@pytest.fixture
def roza(council: Council) -> Iterator[Member]:
    """A member with an account; the clock stands at the hour of the meeting."""
    with clock.frozen(MEETS):
        yield make_member(council, "Роза Қалиева", person=ROZA.key)


def about(meeting: Meeting, number: int = 1) -> AgendaItem:
    """The item, made to concern the police."""
    item = items(meeting)[number - 1]
    AgendaItem.objects.filter(pk=item.pk).update(institution=body(POLICE))
    return items(meeting)[number - 1]


def test_a_member_votes_once_however_often_they_press(roza: Member) -> None:
    item = first_item(held(roza.council))
    first = cast_vote(actor=ROZA, item=item, choice="for")
    assert cast_vote(actor=ROZA, item=item, choice="for").pk == first.pk
    with pytest.raises(ConflictError, match="қолдады"):
        cast_vote(actor=ROZA, item=item, choice="against")
    assert [vote.choice for vote in Vote.objects.all()] == ["for"]


@pytest.mark.django_db(transaction=True)
def test_two_tabs_at_once_leave_one_vote(roza: Member) -> None:
    item = first_item(held(roza.council))

    def press(choice: str) -> str:
        try:
            with clock.frozen(MEETS):
                cast_vote(actor=ROZA, item=item, choice=choice)
        except ConflictError:
            return "refused"
        finally:
            connections.close_all()
        return "counted"

    with ThreadPoolExecutor(4) as pool:
        said = list(pool.map(press, ["for", "against", "for", "against"]))
    assert said.count("counted") == 2, "the first choice, and its own repetition"
    assert Vote.objects.count() == 1


def test_whoever_left_is_told_since_when_they_do_not_vote(roza: Member) -> None:
    made = held(roza.council)
    with clock.frozen(MEETS + timedelta(days=1)):
        fields = {"until_on": DAY + timedelta(days=1)}
        save_member(
            actor=SECRETARY,
            council=roza.council,
            fields=fields,
            member=roza,
            revision=roza.revision,
        )
        with pytest.raises(DomainError, match="мерзіміңіз аяқталды: 2026 жылғы 16 шілде"):
            cast_vote(actor=ROZA, item=first_item(made), choice="for")
    assert not Vote.objects.exists()


def test_a_member_of_another_council_has_no_vote_here(roza: Member) -> None:
    other = make_council(name_kk="Басқа кеңес")
    make_member(other, "Бөтен")
    item = first_item(held(other))
    with pytest.raises(DomainError, match="мүшесі емессіз"):
        cast_vote(actor=ROZA, item=item, choice="for")


def test_a_secretary_casts_no_vote_of_their_own(roza: Member) -> None:
    item = first_item(held(roza.council))
    with pytest.raises(NotAllowedError):
        cast_vote(actor=SECRETARY, item=item, choice="for")


@pytest.mark.parametrize("choice", ["", "interest", "maybe"])
def test_only_the_three_choices_are_votes(roza: Member, choice: str) -> None:
    with pytest.raises(DomainError, match="таңдаңыз"):
        cast_vote(actor=ROZA, item=first_item(held(roza.council)), choice=choice)


def test_no_vote_before_the_meeting_and_none_of_the_absent(roza: Member) -> None:
    waiting = invited_earlier(roza.council)
    with pytest.raises(DomainError, match="басталған жоқ"):
        cast_vote(actor=ROZA, item=first_item(waiting), choice="for")
    made = held(roza.council, absent=("Роза Қалиева",))
    with pytest.raises(DomainError, match="қатысып отырған"):
        cast_vote(actor=ROZA, item=first_item(made), choice="for")


def test_no_vote_counts_without_a_quorum(roza: Member) -> None:
    absent = ("Серік Сынақов", "Гүлмира Мысалова", "Бақыт Жаттығуов")
    item = first_item(held(roza.council, absent=absent))
    with pytest.raises(DomainError, match="үштен екісі жоқ"):
        cast_vote(actor=ROZA, item=item, choice="for")
    with pytest.raises(DomainError, match="үштен екісі жоқ"):
        close_item(actor=SECRETARY, item=item, decision_kk="Шешім.")
    item.refresh_from_db()
    assert item.is_carried is None


def test_a_declared_interest_blocks_the_vote_and_shows_as_such(roza: Member) -> None:
    declare_interest(
        actor=SECRETARY, member=roza, institution=body(POLICE), tie="relative", first_on=DAY
    )
    made = held(roza.council, "Полиция туралы", "Аула туралы")
    item = about(made)
    with pytest.raises(DomainError, match="Мүдделер қақтығысы"):
        cast_vote(actor=ROZA, item=item, choice="for")
    with pytest.raises(DomainError, match="Роза Қалиева: Мүдделер қақтығысы"):
        record_votes(actor=SECRETARY, item=item, choices={roza.pk: "for"})
    assert cast_vote(actor=ROZA, item=items(made)[1], choice="for").choice == "for"
    vote_all(made)
    assert Vote.objects.get(item=item, member=roza).choice == Choice.INTEREST


def test_a_tie_noted_of_the_account_blocks_the_vote_too(roza: Member) -> None:
    Interest.objects.create(institution=body(POLICE), person=ROZA.key, tie="works")
    item = about(held(roza.council))
    with pytest.raises(DomainError, match="Мүдделер қақтығысы"):
        cast_vote(actor=ROZA, item=item, choice="against")


def test_an_interest_that_has_ended_blocks_nothing(roza: Member) -> None:
    row = declare_interest(
        actor=SECRETARY,
        member=roza,
        institution=body(POLICE),
        tie="works",
        first_on=DAY - timedelta(days=90),
    )
    row.until_on = DAY
    row.save()
    item = about(held(roza.council))
    assert cast_vote(actor=ROZA, item=item, choice="abstain").choice == "abstain"


def test_what_a_member_cast_is_not_the_secretarys_to_change(roza: Member) -> None:
    item = first_item(held(roza.council))
    cast_vote(actor=ROZA, item=item, choice="against")
    other = Member.objects.get(name="Серік Сынақов")
    record_votes(actor=SECRETARY, item=item, choices={roza.pk: "for", other.pk: "for"})
    record_votes(actor=SECRETARY, item=item, choices={other.pk: "abstain"})
    found = {vote.member_id: vote.choice for vote in Vote.objects.all()}
    assert found == {roza.pk: "against", other.pk: "abstain"}


def test_a_closed_vote_takes_no_more_until_it_is_opened_again(roza: Member) -> None:
    made = held(roza.council)
    item = first_item(made)
    others = Member.objects.exclude(pk=roza.pk)
    record_votes(actor=SECRETARY, item=item, choices={row.pk: "for" for row in others})
    closed = close_item(actor=SECRETARY, item=item, decision_kk="Жоба мақұлдансын.")
    assert closed.is_carried
    with pytest.raises(DomainError, match="дауыс беру жабылды"):
        cast_vote(actor=ROZA, item=item, choice="for")
    reopen_item(actor=SECRETARY, item=item)
    assert cast_vote(actor=ROZA, item=item, choice="for").choice == "for"


def test_nothing_is_decided_before_anybody_voted_or_without_words(roza: Member) -> None:
    item = first_item(held(roza.council))
    with pytest.raises(DomainError, match="ешкім дауыс берген жоқ"):
        close_item(actor=SECRETARY, item=item, decision_kk="Шешім.")
    with pytest.raises(DomainError, match="қазақша"):
        close_item(actor=SECRETARY, item=item, decision_kk="")


def test_an_item_without_a_vote_only_gets_its_words(roza: Member) -> None:
    with clock.frozen(MEETS - timedelta(days=14)):
        made = invited(roza.council)
        silent = make_item(made, "Ақпарат", is_voted=False)
    held(roza.council)
    with pytest.raises(DomainError, match="басталған жоқ"):
        close_item(actor=SECRETARY, item=silent, decision_kk="Назарға алынды.")


def test_a_member_votes_at_the_desk_and_reads_refusals_in_words(
    council: Council, cast: Cast
) -> None:
    person = cast.member
    make_member(council, person.user.name, person=person.actor.key)
    with clock.frozen(MEETS):
        made = held(council)
        address = reverse("item_vote", args=[made.code, 1])
        page = person.client.get(reverse("meeting_desk", args=[made.code])).content.decode()
        assert "Қолдаймын" in page
        for choice, words in (("for", "Дауысыңыз есептелді."), ("against", "Дауыс бір рет")):
            answer = person.client.post(address, {"choice": choice}, follow=True)
            assert words in answer.content.decode()
        assert "Сіздің дауысыңыз: қолдады." in answer.content.decode()
        assert "Қолдаймын" not in answer.content.decode()
    assert Vote.objects.get().actor == person.actor.key
