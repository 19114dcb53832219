"""Pages of councils at the desk and for everybody."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from baqylau.councils.models import Category, Council, DeclaredInterest, Meeting, Member
from baqylau.councils.services.inviting import invite
from baqylau.institutions.models import Institution
from baqylau.kernel import clock
from tests.cast import Cast
from tests.councils.making import (
    AKIMAT,
    MEETS,
    POLICE,
    SCHOOL,
    SECRETARY,
    body,
    call,
    first_item,
    held,
    invited,
    make_council,
    make_item,
    make_meeting,
    make_member,
    published,
)

DAY = MEETS.date()


def read(client: Client, name: str, *args: object) -> str:
    """The page as text."""
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200, answer.content.decode()[:2_000]
    return answer.content.decode()


def test_everybody_sees_the_councils_with_their_bodies(council: Council, client: Client) -> None:
    page = read(client, "councils")
    assert "Тараз қаласының қоғамдық кеңесі" in page
    assert "Тараз қаласының әкімдігі" in page
    assert "<script" not in page
    answer = client.get("/ru/councils/")
    assert "Общественный совет города Тараз" in answer.content.decode()
    assert not answer.cookies


def test_a_council_shows_who_sits_in_it_and_who_sat(council: Council, client: Client) -> None:
    make_member(council, "Бұрын кеткен", until_on=clock.today())
    page = read(client, "council", council.code)
    now, before = page.split("<details>")
    assert "Серік Сынақов" in now
    assert "төраға" in now
    assert "Бұрын кеткен" in before


def test_a_member_shows_interests_attendance_and_votes(council: Council, client: Client) -> None:
    member = Member.objects.get(name="Серік Сынақов")
    DeclaredInterest.objects.create(
        member=member,
        institution=body(POLICE),
        tie="relative",
        first_on=council.first_on,
    )
    with clock.frozen(MEETS):
        published(council)
    page = read(client, "council_member", member.code)
    assert "Полиция департаменті" in page
    assert "1 отырыстың 1 рет қатысты: 100 %." in page
    assert "Қолдады: <strong>1</strong>" in page
    said = page[page.index("Соңғы дауыс берулер") : page.index("Соңғы отырыстар")]
    assert "Жоба туралы" in said
    assert "қолдады" in said


def test_the_agenda_is_public_with_the_invitations(council: Council, client: Client) -> None:
    made = make_meeting(council, "Құпия емес мәселе")
    assert "Құпия емес мәселе" not in read(client, "meeting", made.code)
    assert client.get(reverse("meeting_file", args=[made.code])).status_code == 404
    other = invited(council, "Ашық мәселе")
    assert "Ашық мәселе" in read(client, "meeting", other.code)


def test_votes_are_public_with_the_minutes_and_not_before(council: Council, client: Client) -> None:
    with clock.frozen(MEETS):
        made = held(council)
        assert "Серік Сынақов" not in read(client, "meeting", made.code)
        other = published(council)
        page = read(client, "meeting", other.code)
    assert "Серік Сынақов: қолдады" in page
    assert "5 мүшенің 5 қатысты" in page
    assert "Мүшелер жобаны талқылады." in page
    for language in ("kk", "ru"):
        for form, start in (("pdf", b"%PDF"), ("docx", b"PK")):
            address = reverse("meeting_minutes", args=[other.code, language, form])
            answer = client.get(address)
            assert b"".join(answer.streaming_content).startswith(start)  # type: ignore[attr-defined]  # a file
    missing = reverse("meeting_minutes", args=[made.code, "kk", "pdf"])
    assert client.get(missing).status_code == 404


def test_the_calendar_file_carries_the_number_of_the_invitation(
    council: Council, cast: Cast, client: Client
) -> None:
    made = invited(council)
    first = client.get(reverse("meeting_file", args=[made.code])).content.decode()
    assert "SEQUENCE:1" in first
    assert "DTSTART:20260715T100000Z" in first
    assert "DTEND:20260715T113000Z" in first
    told = {
        "on": "2026-07-16",
        "at": "15:30",
        "minutes_long": "60",
        "place_kk": "Кітапхана",
        "seen": "1",
    }
    desk = cast.secretary.client
    answer = desk.post(reverse("meeting_invite", args=[made.code]), told)
    assert answer.status_code == 302
    second = client.get(reverse("meeting_file", args=[made.code])).content.decode()
    assert "SEQUENCE:2" in second
    assert "DTSTART:20260716T103000Z" in second
    assert re.search("UID:.*", first).group() == re.search("UID:.*", second).group()  # type: ignore[union-attr]  # both are there
    desk.post(reverse("meeting_cancel", args=[made.code]), {"reason_kk": "Зал бос емес."})
    third = client.get(reverse("meeting_file", args=[made.code])).content.decode()
    assert "SEQUENCE:3" in third
    assert "STATUS:CANCELLED" in third
    assert "Зал бос емес." in read(client, "meeting", made.code)


@pytest.mark.parametrize("name", ["council", "council_member", "meeting"])
def test_what_is_not_there_is_a_page_with_words(
    council: Council, client: Client, name: str
) -> None:
    answer = client.get(reverse(name, args=["ffffffff"]))
    assert answer.status_code == 404
    assert "жоқ" in answer.content.decode()


def test_lists_cost_the_same_however_long_they_are(council: Council, client: Client) -> None:
    def cost(address: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        return len(seen)

    addresses = [reverse("councils"), reverse("council", args=[council.code])]
    with clock.frozen(MEETS):
        made = published(council)
        addresses.append(reverse("meeting", args=[made.code]))
        before = [cost(address) for address in addresses]
        for number in range(3):
            make_member(make_council(name_kk=f"Кеңес {number}"), f"Мүше {number}")
            make_member(council, f"Тағы {number}", first_on=DAY)
            make_meeting(council, topic_kk=f"Тақырып {number}")
        assert [cost(address) for address in addresses] == before


def test_a_secretary_opens_a_council_and_seats_members(council: Council, cast: Cast) -> None:
    desk = cast.secretary.client
    told = {
        "kind": "public_council",
        "name_kk": "Жаңа кеңес",
        "institution": AKIMAT,
        "first_on": "2026-07-01",
    }
    desk.post(reverse("council_new"), {**told, "institution": "ffffffff"})
    assert not Council.objects.filter(name_kk="Жаңа кеңес").exists()
    assert desk.post(reverse("council_new"), told).status_code == 302
    made = Council.objects.get(name_kk="Жаңа кеңес")
    member = {"name": "Ақбота Сынақова", "category": "ngo", "first_on": "2026-07-01"}
    chair = {**member, "is_chair": "on", "is_civil_servant": "on"}
    answer = desk.post(reverse("council_member_new", args=[made.code]), chair)
    assert answer.status_code == 400
    assert "Мемлекеттік қызметші кеңестің төрағасы бола алмайды." in answer.content.decode()
    assert desk.post(reverse("council_member_new", args=[made.code]), member).status_code == 302
    assert "Ақбота Сынақова" in read(desk, "council_desk", made.code)


def test_categories_are_the_secretarys_to_name(council: Council, cast: Cast) -> None:
    desk = cast.secretary.client
    told = {"code": "veterans", "label_kk": "ардагерлер", "order": "35"}
    assert desk.post(reverse("council_category_new"), told).status_code == 302
    again = desk.post(reverse("council_category_new"), told)
    assert "Бұл код басқа санатта бар." in again.content.decode()
    renamed = {"label_kk": "ардагерлер ұйымы", "order": "35", "until_on": "2026-12-31"}
    address = reverse("council_category", args=["veterans"])
    assert desk.post(address, renamed).status_code == 302
    assert Category.objects.get(code="veterans").label_kk == "ардагерлер ұйымы"
    assert "ардагерлер ұйымы" in read(desk, "council_categories")


def test_a_declared_interest_is_noted_and_ended_and_stays_on_record(
    council: Council, cast: Cast, client: Client
) -> None:
    desk = cast.secretary.client
    member = Member.objects.get(name="Серік Сынақов")
    told = {"institution": POLICE, "tie": "relative", "first_on": "2026-06-01"}
    address = reverse("interest_declare", args=[member.code])
    assert desk.post(address, told).status_code == 302
    assert desk.post(address, told).status_code == 302
    row = DeclaredInterest.objects.get()
    desk.post(reverse("interest_end", args=[row.pk]))
    row.refresh_from_db()
    assert row.until_on == clock.today()
    assert "Полиция департаменті" in read(client, "council_member", member.code)


def test_the_whole_way_of_a_meeting_at_the_desk(council: Council, cast: Cast) -> None:
    desk = cast.secretary.client
    plan = {"kind": "meeting", "topic_kk": "Көктем жұмыстары", "planned_on": "2026-07-15"}
    assert desk.post(reverse("meeting_plan", args=[council.code]), plan).status_code == 302
    made = Meeting.objects.get()
    item = {"title_kk": "Аула туралы", "is_voted": "on"}
    assert desk.post(reverse("item_new", args=[made.code]), item).status_code == 302
    told = {"on": "2026-07-15", "at": "15:00", "minutes_long": "60", "place_kk": "Зал", "seen": 0}
    assert desk.post(reverse("meeting_invite", args=[made.code]), told).status_code == 302
    assert "шақыру жіберілді" in read(desk, "meeting_desk", made.code)
    with clock.frozen(MEETS):
        came = {f"member_{row.pk}": "present" for row in Member.objects.all()}
        assert desk.post(reverse("meeting_came", args=[made.code]), came).status_code == 302
        votes = dict.fromkeys(came, "for")
        assert desk.post(reverse("item_votes", args=[made.code, 1]), votes).status_code == 302
        decision = {"decision_kk": "Жоспар бекітілсін."}
        assert desk.post(reverse("item_decide", args=[made.code, 1]), decision).status_code == 302
        made.refresh_from_db()
        words = {"minutes_kk": "Талқыланды.", "revision": made.revision}
        assert desk.post(reverse("minutes_write", args=[made.code]), words).status_code == 302
        draft = desk.get(reverse("minutes_draft", args=[made.code, "kk", "docx"]))
        assert draft.content.startswith(b"PK")
        made.refresh_from_db()
        ready = {"is_approved": "on", "revision": made.revision}
        assert desk.post(reverse("minutes_publish", args=[made.code]), ready).status_code == 302
        assert "хаттамасы жарияланды" in read(desk, "meeting_desk", made.code)


def test_forms_of_a_meeting_keep_what_was_typed(council: Council, cast: Cast) -> None:
    desk = cast.secretary.client
    made = make_meeting(council)
    told = {
        "on": "2026-06-01",
        "at": "25:00",
        "minutes_long": "60",
        "place_kk": "Зал №7",
        "seen": 0,
    }
    answer = desk.post(reverse("meeting_invite", args=[made.code]), told)
    assert answer.status_code == 400
    assert "Зал №7" in answer.content.decode()


def test_a_member_reads_at_the_desk_and_keeps_nothing(council: Council, cast: Cast) -> None:
    made = invited(council)
    desk = cast.member.client
    assert "Тараз қаласының қоғамдық кеңесі" in read(desk, "councils_desk")
    page = read(desk, "meeting_desk", made.code)
    assert "Шақыру жіберу" not in page
    for name in ("meeting_edit", "meeting_invite", "meeting_cancel", "meeting_came"):
        assert desk.get(reverse(name, args=[made.code])).status_code == 403


@pytest.mark.django_db(databases=["default", "sealed"])
def test_the_worklist_says_what_is_due(council: Council, cast: Cast) -> None:
    made = make_meeting(council, planned_on=clock.today() + timedelta(days=12))
    page = cast.coordinator.client.get("/desk/").content.decode()
    assert "Шақыру жіберу: Аулаларды абаттандыру" in page
    assert reverse("meeting_invite", args=[made.code]) in page
    with clock.frozen(MEETS):
        held(council)
    with clock.frozen(MEETS + timedelta(days=5)):
        assert "Хаттаманы жариялау" in cast.coordinator.client.get("/desk/").content.decode()
    assert "Шақыру жіберу" not in cast.adviser.client.get("/desk/").content.decode()


def test_an_item_is_changed_until_somebody_votes(council: Council, cast: Cast) -> None:
    desk = cast.secretary.client
    made = invited(council)
    make_item(made, "Екінші")
    told = {"title_kk": "Екінші, толық", "institution": POLICE}
    assert desk.post(reverse("item_edit", args=[made.code, 2]), told).status_code == 302
    assert "Екінші, толық" in read(desk, "meeting_desk", made.code)
    assert desk.post(reverse("item_remove", args=[made.code, 2])).status_code == 302
    assert first_item(made).number == 1
    assert desk.get(reverse("item_edit", args=[made.code, 2])).status_code == 404


def test_a_meeting_that_moved_says_for_when_people_were_invited_first(
    council: Council, client: Client
) -> None:
    made = invited(council)
    address = f"/councils/meetings/{made.code}/"
    first = "2026 жылғы 15 шілде, 15:00"
    assert client.get(address).text.count(first) == 1
    later = MEETS + timedelta(days=2)
    invite(actor=SECRETARY, meeting=made, call=call(later), seen=1)
    page = client.get(address).text
    assert "Отырыстың уақыты ауысты" in page
    assert first in page
    assert "2026 жылғы 17 шілде, 15:00" in page
    for listed in ("/councils/meetings/", f"/councils/{council.code}/"):
        shown = client.get(listed).text
        assert "2026 жылғы 17 шілде" in shown, "lists tell the day on which it takes place"
        assert "2026 жылғы 15 шілде" not in shown
    back = Meeting.objects.get(pk=made.pk)
    invite(actor=SECRETARY, meeting=back, call=call(MEETS), seen=2)
    assert "Отырыстың уақыты ауысты" not in client.get(address).text


def test_a_body_is_named_by_its_name_and_several_that_fit_are_told(
    council: Council, cast: Cast
) -> None:
    desk = cast.secretary.client
    at = f"/desk/councils/{council.code}/edit/"
    fields = {
        "kind": "public_council",
        "name_kk": council.name_kk,
        "first_on": "2025-01-01",
        "revision": council.revision,
    }
    row = body(SCHOOL)
    assert desk.post(at, {**fields, "institution": row.name_kk}).status_code == 302
    council.refresh_from_db()
    assert council.institution == row
    twin = Institution.objects.get(pk=row.pk)
    twin.pk, twin.code = None, "twintwin"
    twin.save()
    fields["revision"] = council.revision
    several = desk.post(at, {**fields, "institution": row.name_kk})
    assert several.status_code == 400
    assert row.code in several.text
    assert "twintwin" in several.text
    assert desk.post(at, {**fields, "institution": "twintwin"}).status_code == 302
    nowhere = desk.post(at, {**fields, "institution": "Айдағы мекеме"})
    assert "Айдағы мекеме" in nowhere.text
