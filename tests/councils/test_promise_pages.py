"""The public register and the desk: what everybody reads, what a secretary does."""

import re
import xml.etree.ElementTree as ET
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from baqylau.councils.models import Council, FinalDocument, Recommendation, Step
from baqylau.councils.rules.completeness import NAMES
from baqylau.councils.services import documents
from baqylau.councils.services.papers import Uploaded
from baqylau.councils.services.stepping import record_step, strike_step
from baqylau.institutions.models import Institution
from tests.cast import Cast
from tests.councils.making import AKIMAT, COORDINATOR, LAWYER, POLICE, SCHOOL, TARAZ
from tests.councils.promising import (
    ASKED,
    DONE,
    REPLY,
    accepted,
    ask,
    draft,
    happen,
    of_council,
    on_day,
    received,
    sent,
    signed,
)
from tests.councils.test_promise_steps import MEMBER, picture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]
EVIL = "<script>alert(1)</script> **жуан** [сілтеме](http://x)"


def text_of(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def test_the_register_shows_what_was_sent_and_no_draft(client: Client) -> None:
    sent()
    ask(draft(), POLICE)
    page = text_of(client, "/promises/")
    assert re.findall(r'href="/promises/([\d.-]+)/"', page) == ["2026-1.1"]
    assert client.get("/promises/2026-2.1/").status_code == 404


def test_overdue_days_appear_the_next_morning_without_anybody_doing_anything(
    client: Client,
) -> None:
    row = received()
    assert row.due_on == date(2026, 5, 20)
    with on_day(date(2026, 5, 20)):
        assert "late" not in text_of(client, "/promises/2026-1.1/")
    with on_day(date(2026, 5, 21)):
        page = text_of(client, "/en/promises/2026-1.1/")
        assert "overdue by 1 day" in page
        assert "overdue by 1 day" in text_of(client, "/en/promises/?overdue=on")
    with on_day(date(2026, 6, 20)):
        assert "overdue by 31 days" in text_of(client, "/en/promises/2026-1.1/")


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("", ["2026-3.1", "2026-2.1", "2026-1.1"]),
        (f"?body={POLICE}", ["2026-2.1"]),
        ("?body=полиция", ["2026-2.1"]),
        ("?state=accepted", ["2026-3.1"]),
        ("?overdue=on", ["2026-1.1"]),
        (f"?overdue=on&body={POLICE}", []),
        (f"?district={TARAZ}&state=sent", ["2026-2.1", "2026-1.1"]),
        ("?from=2026-05-04&until=2026-05-05", ["2026-3.1", "2026-2.1", "2026-1.1"]),
        ("?from=2026-05-05", []),
        ("?until=2026-05-04", []),
        ("?stand=accepted", ["2026-3.1"]),
        ("?stand=in_time", ["2026-3.1"]),
        ("?stand=confirmed", []),
        ("?council=-", ["2026-3.1", "2026-2.1", "2026-1.1"]),
        ("?council=nobody", []),
        ("?state=nonsense&after=nonsense", ["2026-3.1", "2026-2.1", "2026-1.1"]),
    ],
)
def test_the_register_is_narrowed(client: Client, query: str, numbers: list[str]) -> None:
    received()
    sent(body=POLICE)
    accepted()
    page = text_of(client, f"/promises/{query}")
    assert re.findall(r'href="/promises/([\d.-]+)/"', page) == numbers


def test_several_bodies_that_fit_are_offered(client: Client) -> None:
    body = Institution.objects.get(code=SCHOOL)
    for code in ("0000000d", "0000000e"):
        body.pk, body.code = None, code
        body.save()
    page = text_of(client, "/promises/?body=мектеп")
    assert "body=0000000d" in page
    assert "body=0000000e" in page


def test_pages_follow_each_other_without_a_gap(client: Client) -> None:
    row = draft()
    for _each in range(51):
        ask(row)
    second = draft()
    for _each in range(4):
        ask(second)
    for each in (row, second):
        each.refresh_from_db()
        documents.sign(actor=COORDINATOR, code=each.code, revision=each.revision, on=DONE)
    Recommendation.objects.update(steps=1, state="sent", due_on=DONE)
    for way in ("?", "?overdue=on&"):
        seen: list[str] = []
        address = f"/promises/{way}"
        while address:
            page = text_of(client, address)
            seen += re.findall(r'href="/promises/([\d.-]+)/"', page)
            found = re.search(r'rel="next" href="([^"]+)"', page)
            address = "/promises/" + found[1].replace("&amp;", "&") if found else ""
        assert len(seen) == len(set(seen)) == 55


def test_the_page_tells_the_whole_chain(client: Client, council: Council) -> None:
    row = of_council(council)
    happen(
        row,
        "answered",
        date(2026, 5, 12),
        finding="partly",
        until_on=date(2026, 6, 1),
        said={"text_kk": REPLY, "text_ru": "Рекомендация принята.", "reference": "12-3/45"},
    )
    record_step(
        actor=MEMBER,
        number=row.number or "",
        kind="verified",
        on=date(2026, 6, 9),
        finding="disputed",
        said={"text_kk": "Тақта жоқ.", "picture_alt": "Бос қабырға"},
        picture=Uploaded(picture(), "image/jpeg"),
    )
    page = text_of(client, "/promises/2026-1.1/")
    for words in (ASKED, REPLY, "Тақта жоқ.", council.name_kk, "№ 12-3/45", 'alt="Бос қабырға"'):
        assert words in page
    assert 'class="qr"' in page
    assert "http://testserver/promises/2026-1.1/" in page
    assert "member-1" not in page
    russian = text_of(client, "/ru/promises/2026-1.1/")
    assert "Рекомендация принята." in russian
    assert f'<p lang="kk">{ASKED}' in russian


def test_every_term_is_explained_and_says_that_no_lawyer_checked_it(client: Client) -> None:
    row = received()
    happen(row, "notice", date(2026, 5, 6), until_on=date(2026, 5, 14))
    page = text_of(client, "/en/promises/2026-1.1/")
    assert "Law on Public Control (No 30-VIII)" in page
    assert page.count("<details>") == 3
    assert "not checked by a lawyer" in page.lower()


def test_nothing_that_somebody_typed_is_read_as_markup(client: Client, cast: Cast) -> None:
    row = signed(AKIMAT)
    Recommendation.objects.update(text_kk=EVIL, number="2026-1.1", steps=1, state="sent")
    for address in ("/promises/", "/promises/2026-1.1/", "/promises/feed.atom"):
        page = text_of(client, address)
        assert "<script>alert" not in page
        assert "<strong>жуан" not in page
    for address in ("/desk/promises/2026-1.1/", f"/desk/documents/{row.code}/"):
        assert "<script>alert" not in text_of(cast.secretary.client, address)


def test_a_struck_step_stays_to_be_seen_and_its_picture_does_not(client: Client) -> None:
    row = accepted()
    record_step(
        actor=LAWYER,
        number=row.number or "",
        kind="verified",
        on=date(2026, 6, 9),
        finding="confirmed",
        said={"text_kk": "Тақта тұр.", "picture_alt": "Тақта"},
        picture=Uploaded(picture(), "image/jpeg"),
    )
    digest = Step.objects.get(kind="verified").picture_id
    address = f"/promises/pictures/{digest}.jpg"
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert answer["Cache-Control"] == "public, max-age=3600"
    strike_step(actor=LAWYER, number=row.number or "", target=4, reason="Басқа ғимарат екен")
    assert client.get(address).status_code == 404
    page = text_of(client, "/promises/2026-1.1/")
    assert "Басқа ғимарат екен" in page
    assert "Тақта тұр." not in page
    assert client.get("/promises/pictures/0a.jpg").status_code == 404


def test_the_feed_tells_what_happened_last_and_leaves_out_what_was_struck(client: Client) -> None:
    row = accepted()
    happen(row, "executed", date(2026, 6, 1))
    strike_step(actor=LAWYER, number=row.number or "", target=4, reason="қате")
    feed = ET.fromstring(text_of(client, "/promises/feed.atom"))  # noqa: S314 - our own feed
    atom = "{http://www.w3.org/2005/Atom}"
    titles = [each.findtext(f"{atom}title") for each in feed.findall(f"{atom}entry")]
    assert len(titles) == 3
    assert all(title and title.startswith("2026-1.1") for title in titles)
    links = {each.find(f"{atom}link").attrib["href"] for each in feed.findall(f"{atom}entry")}  # type: ignore[union-attr]  # Atom has one
    assert links == {"http://testserver/promises/2026-1.1/"}


def test_home_and_the_pages_of_body_and_district_lead_to_the_register(client: Client) -> None:
    assert "/promises/" not in text_of(client, "/")
    received()
    home = text_of(client, "/")
    assert 'href="/promises/2026-1.1/"' in home
    with on_day(date(2026, 5, 10)):
        assert 'href="/promises/"' in text_of(client, "/")
    for address in (f"/institutions/{AKIMAT}/", f"/districts/{TARAZ}/"):
        assert 'href="/promises/2026-1.1/"' in text_of(client, address)
    assert "2026-1.1" not in text_of(client, f"/institutions/{POLICE}/")


def test_the_register_asks_the_same_few_questions_however_many_there_are(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    received()
    client.get("/promises/")
    with django_assert_num_queries(2):
        client.get("/promises/")
    with django_assert_num_queries(3):
        client.get("/promises/?state=sent&overdue=on")
    row = draft()
    for body in (AKIMAT, POLICE, SCHOOL) * 4:
        ask(row, body)
    documents.sign(actor=COORDINATOR, code=row.code, revision=1, on=DONE)
    Recommendation.objects.update(steps=2, state="sent", due_on=DONE)
    with django_assert_num_queries(2):
        client.get("/promises/")
    with django_assert_num_queries(3):
        client.get("/promises/?state=sent&overdue=on")
    with django_assert_num_queries(3):
        client.get("/promises/2026-1.1/")


# The desk


def post(client: Client, address: str, **data: object) -> str:
    """Send a form; the address that follows, "" when it was refused."""
    answer = client.post(address, data)
    assert answer.status_code in (302, 400), answer.content.decode()[:3000]
    return answer["Location"] if answer.status_code == 302 else ""


FIELDS = {
    "kind": "final",
    "first_on": "2026-04-20",
    "completed_on": "2026-05-04",
    "form": "monitoring",
    "signer": "Айгүл Үлгібаева",
    "title_kk": "Кезек туралы",
    "place_kk": "Тараз",
    "tasks_kk": "Қарау",
    "subjects_kk": "Әкімдік",
    "facts_kk": "Кезек қағазда.",
}


def test_a_secretary_and_a_coordinator_take_a_document_from_draft_to_answer(cast: Cast) -> None:
    secretary, coordinator = cast.secretary.client, cast.coordinator.client
    page = post(secretary, "/desk/documents/new/", **FIELDS)
    row = FinalDocument.objects.get()
    assert page == f"/desk/documents/{row.code}/"
    data = {"text_kk": ASKED, "body": "әкімдігі", "origin": "control"}
    assert post(secretary, f"{page}recommend/", **data) == page
    one = Recommendation.objects.get()
    each = f"{page}recommendations/{one.code}/"
    assert ASKED in text_of(secretary, each)
    assert post(secretary, each, **{**data, "text_kk": f"{ASKED} Екінші."}) == page
    assert secretary.post(f"{page}sign/", {"revision": 1}).status_code == 403
    assert post(coordinator, f"{page}sign/", revision=1) == page
    with on_day(date(2026, 7, 2)):
        assert post(coordinator, f"{page}to/{AKIMAT}/send/", on="2026-07-01") == page
        assert post(secretary, f"{page}to/{AKIMAT}/receive/", on="2026-07-02", reference="17") == (
            page
        )
        number = Recommendation.objects.get().number
        at = f"/desk/promises/{number}/"
        shown = text_of(secretary, at)
        assert f"{at}step/answered/" in shown
        scan = SimpleUploadedFile("a.pdf", b"%PDF-1.4\n%%EOF\n", "application/pdf")
        assert (
            post(
                secretary,
                f"{at}step/answered/",
                on="2026-07-02",
                seen=2,
                finding="accepted",
                until_on="2026-08-01",
                text_kk=REPLY,
                reference="12-3",
                file=scan,
            )
            == at
        )
        assert REPLY in text_of(secretary, at)
        assert secretary.get(f"{at}letters/3/").content == b"%PDF-1.4\n%%EOF\n"
        assert post(secretary, f"{at}strike/", reason="қате", target=3, seen=3) == at
        assert post(secretary, f"{at}give/", person=cast.lawyer.user.key) == at
        assert Recommendation.objects.get().owner == cast.lawyer.user.key


def test_what_is_lacking_is_said_at_signing_and_nothing_is_lost(cast: Cast) -> None:
    row = draft(form="", signer="")
    answer = cast.coordinator.client.post(f"/desk/documents/{row.code}/sign/", {"revision": 1})
    assert answer.status_code == 400
    page = answer.content.decode()
    for name in ("form", "signer"):
        assert str(NAMES[name]) in page
    assert FinalDocument.objects.get().signed_on is None


def test_an_abolished_bodys_successor_can_be_taken_with_one_press(cast: Cast) -> None:
    body = Institution.objects.get(code=SCHOOL)
    body.until_on, body.successor = date(2026, 3, 1), Institution.objects.get(code=POLICE)
    body.save()
    row = draft()
    address = f"/desk/documents/{row.code}/recommend/"
    data = {"text_kk": ASKED, "body": SCHOOL, "origin": "control"}
    answer = cast.secretary.client.post(address, data)
    assert answer.status_code == 400
    assert f'name="take_body" value="{POLICE}"' in answer.content.decode()
    page = cast.secretary.client.post(address, {**data, "take_body": POLICE}).content.decode()
    assert ASKED in page
    assert f'value="{POLICE}"' in page
    assert not Recommendation.objects.exists()


def test_an_answer_dated_before_its_receipt_is_refused_with_everything_kept(cast: Cast) -> None:
    received()
    answer = cast.secretary.client.post(
        "/desk/promises/2026-1.1/step/answered/",
        {"on": "2026-05-01", "seen": 2, "finding": "accepted", "text_kk": REPLY},
    )
    assert answer.status_code == 400
    assert REPLY in answer.content.decode()
    assert 'value="2026-05-01"' in answer.content.decode()


def test_each_form_of_a_step_opens_for_those_who_may(cast: Cast) -> None:
    accepted()
    for kind in ("notice", "hearing", "answered", "promised", "executed", "verified", "withdrawn"):
        assert "<form" in text_of(cast.lawyer.client, f"/desk/promises/2026-1.1/step/{kind}/")
    text_of(cast.lawyer.client, "/desk/promises/2026-1.1/step/nonsense/", 404)
    answer = cast.member.client.post(
        "/desk/promises/2026-1.1/step/executed/", {"on": "2026-06-01", "seen": 3, "text_kk": REPLY}
    )
    assert answer.status_code in (400, 403)
    assert Step.objects.count() == 3
    at = "/desk/promises/2026-1.1/step/verified/"
    data = {"on": "2026-06-01", "seen": 3, "found": "confirmed", "text_kk": "Тақта тұр."}
    assert post(cast.member.client, at, **data) == "/desk/promises/2026-1.1/"


@pytest.mark.parametrize("who", ["shopper", "adviser"])
def test_who_only_checks_finds_what_was_sent_and_writes_down_what_was_found(
    cast: Cast, who: str
) -> None:
    happen(accepted(), "executed", date(2026, 5, 20))
    signed(POLICE)
    person = getattr(cast, who)
    desk = person.client
    listed = text_of(desk, "/desk/promises/?state=executed")
    assert "2026-1.1" in listed
    assert "2026-2.1" not in text_of(desk, "/desk/promises/"), "nothing before it was sent"
    text_of(desk, "/desk/promises/2026-2.1/", 403)
    page = text_of(desk, "/desk/promises/2026-1.1/")
    assert "/step/verified/" in page
    assert "/step/promised/" not in page
    assert "/desk/documents/" not in page
    at = "/desk/promises/2026-1.1/step/verified/"
    data = {"on": "2026-06-01", "seen": 4, "found": "disputed", "text_kk": ""}
    refused = desk.post(at, data)
    assert refused.status_code == 400, "what was seen is said in words"
    sent_in = {
        **data,
        "text_kk": "Тақта ілінбеген.",
        "picture": SimpleUploadedFile("тақта.jpg", picture(), "image/jpeg"),
        "picture_alt": "Бос қабырға",
    }
    assert post(desk, at, **sent_in) == "/desk/promises/2026-1.1/"
    step = Step.objects.get(kind="verified")
    assert (step.role, step.finding) == (who, "disputed")
    public = text_of(desk, "/promises/2026-1.1/")
    assert "Тақта ілінбеген." in public
    assert 'alt="Бос қабырға"' in public
    assert person.user.name not in public
    assert person.user.name not in text_of(desk, "/desk/promises/2026-1.1/").partition("<h1")[2]


def test_the_document_is_printed_in_both_languages_and_formats(cast: Cast) -> None:
    row = draft()
    ask(row, text_ru="Рекомендуем вести очередь электронно.")
    documents.sign(actor=COORDINATOR, code=row.code, revision=1, on=DONE)
    at = f"/desk/documents/{row.code}/paper/"
    for name, start in (("kk.pdf", b"%PDF"), ("ru.pdf", b"%PDF"), ("kk.docx", b"PK")):
        answer = cast.secretary.client.get(at + name)
        assert answer.status_code == 200
        assert answer.content.startswith(start)
        assert f"2026-1-{name}" in answer["Content-Disposition"]
    text_of(cast.secretary.client, f"{at}en.pdf", 404)
    only = signed()
    text_of(cast.secretary.client, f"/desk/documents/{only.code}/paper/ru.pdf", 400)


def test_the_desk_lists_mine_and_nobodys_and_finds_by_number(cast: Cast) -> None:
    received()
    Recommendation.objects.update(owner=cast.secretary.user.key)
    sent(body=POLICE)
    client = cast.secretary.client
    for query, numbers in (
        ("?whose=mine", ["2026-1.1"]),
        ("?whose=nobody", []),
        ("?whose=mine&overdue=on", ["2026-1.1"]),
        ("", ["2026-2.1", "2026-1.1"]),
    ):
        found = re.findall(
            r'href="/desk/promises/([\d.-]+)/"', text_of(client, f"/desk/promises/{query}")
        )
        assert found == numbers
    for query in ("2026-1.1", "№ 2026-1.1", "2026-1"):
        assert "/desk/promises/2026-1.1/" in text_of(client, f"/desk/search/?q={query}")
    assert "2026-1.1" not in text_of(client, "/desk/search/?q=акимат")


def test_the_worklist_names_what_is_overdue_and_what_has_to_go_out(cast: Cast) -> None:
    received()
    Recommendation.objects.update(owner=cast.secretary.user.key)
    waiting = draft()
    with on_day(date(2026, 5, 21)):
        page = text_of(cast.secretary.client, "/desk/")
    assert "/desk/promises/2026-1.1/" in page
    assert f"/desk/documents/{waiting.code}/" in page
    assert "2026-1.1" not in text_of(cast.lawyer.client, "/desk/")


@pytest.mark.django_db(databases=["default", "sealed"])
def test_a_coordinator_sees_everybodys_overdue_ones(cast: Cast) -> None:
    received()
    Recommendation.objects.update(owner="somebody-else")
    with on_day(date(2026, 5, 20) + timedelta(days=1)):
        assert "/desk/promises/2026-1.1/" in text_of(cast.coordinator.client, "/desk/")


def test_whatever_happens_to_a_recommendation_is_seen_on_its_bodys_page_at_once(
    client: Client,
) -> None:
    address, other = f"/institutions/{AKIMAT}/", f"/institutions/{POLICE}/"
    with on_day(DONE):
        tags = [client.get(address)["ETag"]]
        had = client.get(other)["ETag"]
        row = received()
        tags.append(client.get(address)["ETag"])
        happen(row, "answered", DONE, finding="accepted", until_on=DONE + timedelta(days=20))
        tags.append(client.get(address)["ETag"])
        assert client.get(other, headers={"If-None-Match": had}).status_code == 304
        strike_step(actor=LAWYER, number=row.number or "", target=Step.objects.count(), reason="x")
        tags.append(client.get(address)["ETag"])
    with on_day(DONE + timedelta(days=40)):
        answer = client.get(address, headers={"If-None-Match": tags[-1]})
    assert len({*tags, answer["ETag"]}) == 5
    assert 'class="mark late"' in answer.text
