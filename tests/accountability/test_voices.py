"""News, replies of bodies, complaints: who writes them, what everybody reads, what is refused."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from defusedxml import ElementTree
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from baqylau.accountability.models import Complaint, Picture, Post, Reply
from baqylau.accountability.services.news import (
    Pictured,
    Written,
    add_picture,
    made_light,
    publish_post,
    remove_picture,
    write_post,
)
from baqylau.accountability.services.voices import (
    Complained,
    Replied,
    Settled,
    note_complaint,
    note_reply,
    settle,
    withdraw_reply,
)
from baqylau.documents.clean.light import WEIGHT, light, size_of
from baqylau.files.models import StoredFile
from baqylau.institutions.models import Institution
from baqylau.journal.models import Entry
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import ConflictError, DomainError, NotAllowedError, RefusalsError
from tests.casework.making import SCHOOL
from tests.cast import SignIn

pytestmark = pytest.mark.django_db(databases=["default", "sealed"])
NOW = datetime(2026, 7, 20, 7, 0, tzinfo=UTC)
COORDINATOR = Actor("person:c", frozenset({"coordinator"}))
ADVISER = Actor("person:a", frozenset({"adviser"}))
WORDS = Written({"title_kk": "Жаңа бөлме ашылды", "text_kk": "Бірінші абзац.\n\n<b>Екінші</b>"})
PHONE = "Қоңырау шалыңыз: +7 701 123 45 67"


def photograph(size: tuple[int, int] = (2_400, 1_600), kind: str = "JPEG") -> bytes:
    """A noisy picture with a place and a telephone in it."""
    image = Image.effect_noise(size, 80).convert("RGB")
    exif = Image.Exif()
    exif[0x010F] = "PHONE-MAKER-MARK"
    target = io.BytesIO()
    image.save(target, kind, exif=exif)
    return target.getvalue()


def published() -> Post:
    return publish_post(
        actor=COORDINATOR, post=write_post(actor=COORDINATOR, said=WORDS), is_public=True
    )


def body() -> Institution:
    return Institution.objects.get(code=SCHOOL)


def complaint() -> Complaint:
    said = Complained(clock.today(), "delay", "Екі апта бойы қайта қоңырау шалған жоқ.")
    return note_complaint(actor=ADVISER, said=said)


# ── News ────────────────────────────────────────────────────────────────────────────────────────


def test_a_draft_is_seen_by_nobody_and_a_published_post_by_everybody(client: Client) -> None:
    post = write_post(actor=COORDINATOR, said=WORDS)
    assert "Жаңа бөлме" not in client.get("/news/").content.decode()
    assert client.get(f"/news/{post.code}/").status_code == 404
    publish_post(actor=COORDINATOR, post=post, is_public=True)
    assert "Жаңа бөлме" in client.get("/news/").content.decode()
    page = client.get(f"/news/{post.code}/").content.decode()
    assert "<p>Бірінші абзац.</p>" in page
    assert "&lt;b&gt;Екінші&lt;/b&gt;" in page
    publish_post(actor=COORDINATOR, post=post, is_public=False)
    assert client.get(f"/news/{post.code}/").status_code == 404


def test_a_text_in_another_language_says_which(client: Client) -> None:
    post = published()
    page = client.get(f"/ru/news/{post.code}/").content.decode()
    assert '<h1 lang="kk">Жаңа бөлме ашылды</h1>' in page


def test_the_feed_is_atom_and_links_lead_to_posts(client: Client) -> None:
    post = published()
    answer = client.get("/ru/news/feed.atom")
    assert answer["Content-Type"].startswith("application/atom+xml")
    root = ElementTree.fromstring(answer.content)
    atom = {"a": "http://www.w3.org/2005/Atom"}
    link = root.find("a:entry/a:link", atom)
    assert link is not None
    assert link.get("href", "").endswith(f"/ru/news/{post.code}/")


def test_the_feed_keeps_signs_as_signs_and_is_not_updated_before_it_is_published(
    client: Client,
) -> None:
    with clock.frozen(NOW):
        draft = write_post(actor=COORDINATOR, said=WORDS)
    with clock.frozen(NOW + timedelta(days=1)):
        publish_post(actor=COORDINATOR, post=draft, is_public=True)
    root = ElementTree.fromstring(client.get("/news/feed.atom").content)
    entry = root.find("{http://www.w3.org/2005/Atom}entry")
    assert entry is not None
    told = {each.tag.rpartition("}")[2]: each for each in entry}
    # What a reader draws: two paragraphs, and the signs that were typed.
    assert told["summary"].get("type") == "html"
    paragraphs = "<p>Бірінші абзац.</p>\n\n<p>&lt;b&gt;Екінші&lt;/b&gt;</p>"
    assert told["summary"].text == paragraphs
    assert told["published"].text == told["updated"].text


def test_news_cost_the_same_however_many_there_are(
    client: Client, django_assert_max_num_queries: object
) -> None:
    for _each in range(12):
        published()
    with django_assert_max_num_queries(6):  # type: ignore[operator]  # the plugin's fixture
        assert client.get("/news/").status_code == 200


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        ({"title_kk": "", "text_kk": "а"}, "empty"),
        ({"title_kk": "а" * 201, "text_kk": "а"}, "long"),
        ({"title_kk": "а", "text_kk": "а" * 20_001}, "long"),
        ({"title_kk": "а", "text_kk": PHONE}, "personal"),
        ({"title_kk": "а", "text_kk": "а", "title_ru": "а"}, "half"),
    ],
)
def test_news_that_cannot_be_published_is_refused_with_its_reason(
    texts: dict[str, str], code: str
) -> None:
    with pytest.raises(RefusalsError) as refused:
        write_post(actor=COORDINATOR, said=Written(texts))
    assert code in {fault.code for fault in refused.value.refusals}
    assert not Post.objects.exists()


def test_two_editors_do_not_overwrite_each_other() -> None:
    post = write_post(actor=COORDINATOR, said=WORDS)
    write_post(actor=COORDINATOR, said=WORDS, post=post, revision=1)
    with pytest.raises(ConflictError):
        write_post(actor=COORDINATOR, said=WORDS, post=post, revision=1)


def test_a_picture_is_light_and_holds_nothing_but_its_pixels(client: Client) -> None:
    post, given = published(), photograph()
    assert b"PHONE-MAKER-MARK" in given
    said = Pictured(given, "image/jpeg", "Бөлменің есігі")
    made = add_picture(actor=COORDINATOR, post=post, said=said)
    answer = client.get(f"/news/pictures/{made.file_id}.jpg")
    content = answer.content
    assert len(content) <= WEIGHT
    assert b"PHONE-MAKER-MARK" not in content
    assert Image.open(io.BytesIO(content)).size == (made.width, made.height)
    assert answer["Cache-Control"] == "public, max-age=3600"
    page = client.get(f"/news/{post.code}/").content.decode()
    assert 'loading="lazy"' in page
    assert 'alt="Бөлменің есігі"' in page


def test_a_picture_of_a_draft_is_nobodys(client: Client) -> None:
    post = write_post(actor=COORDINATOR, said=WORDS)
    said = Pictured(photograph((200, 100)), "image/jpeg", "Есік")
    made = add_picture(actor=COORDINATOR, post=post, said=said)
    assert client.get(f"/news/pictures/{made.file_id}.jpg").status_code == 404
    remove_picture(actor=COORDINATOR, picture=made)
    assert not StoredFile.objects.filter(digest=made.file_id).exists()
    remove_picture(actor=COORDINATOR, picture=made)


@pytest.mark.parametrize("content", [b"", b"\xff\xd8\xff broken", b"<svg onload='x'/>"])
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(DomainError) as refused:
        made_light(content, "image/jpeg")
    assert refused.value.code == "picture"


def test_a_png_becomes_light_too() -> None:
    small = light(photograph((1_200, 900), "PNG"), "image/png")
    assert small[:3] == b"\xff\xd8\xff"
    width, height = size_of(small)
    assert abs(width / height - 4 / 3) < 0.01


@pytest.mark.parametrize("role", ["adviser", "intake_officer", "official", "administrator"])
def test_only_editors_write_news(sign_in: SignIn, role: str) -> None:
    client = sign_in(role)
    for address in ("/desk/news/", "/desk/news/new/"):
        assert client.get(address).status_code == 403


def test_an_editor_writes_adds_a_picture_and_publishes(sign_in: SignIn) -> None:
    client = sign_in("editor")
    answer = client.post("/desk/news/new/", {**WORDS.texts})
    post = Post.objects.get()
    assert answer["Location"] == f"/desk/news/{post.pk}/"
    file = SimpleUploadedFile("a.jpg", photograph((400, 300)), "image/jpeg")
    made = client.post(f"/desk/news/{post.pk}/pictures/new/", {"file": file, "alt_kk": "Есік"})
    assert made.status_code == 302
    assert client.get(f"/desk/news/{post.pk}/").status_code == 200
    picture = Picture.objects.get()
    assert client.get(f"/desk/news/{post.pk}/pictures/{picture.pk}/").status_code == 200
    client.post(f"/desk/news/{post.pk}/publish/", {"do": "publish"})
    post.refresh_from_db()
    assert post.published_at


def test_a_refused_post_loses_no_word(sign_in: SignIn) -> None:
    client = sign_in("editor")
    answer = client.post("/desk/news/new/", {"title_kk": "", "text_kk": "Ұзақ мәтін"})
    assert answer.status_code == 400
    assert "Ұзақ мәтін" in answer.content.decode()


# ── Replies ─────────────────────────────────────────────────────────────────────────────────────


def test_a_bodys_reply_stands_on_its_page_until_it_is_taken_back(
    house: None, client: Client
) -> None:
    with clock.frozen(NOW):
        said = Replied(
            body(), clock.today(), "Кезекті қысқарттық.", "", b"%PDF-1.4", "application/pdf"
        )
        reply = note_reply(actor=COORDINATOR, said=said)
        assert "Кезекті қысқарттық." in client.get(f"/institutions/{SCHOOL}/").content.decode()
        withdraw_reply(actor=COORDINATOR, reply=reply)
        withdraw_reply(actor=COORDINATOR, reply=reply)
        page = client.get(f"/institutions/{SCHOOL}/").content.decode()
    assert "Кезекті қысқарттық." not in page
    told = Entry.objects.filter(action="accountability.reply_withdrawn")
    assert told.count() == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"text_kk": " "}, "empty"),
        ({"text_kk": PHONE}, "personal"),
        ({"text_ru": "а" * 4_001}, "long"),
        ({"replied_on": NOW.date() + timedelta(days=1)}, "future"),
    ],
)
def test_a_reply_that_cannot_be_published_is_refused(
    house: None, change: dict[str, object], code: str
) -> None:
    values = {"institution": body(), "replied_on": NOW.date(), "text_kk": "Жауап", "text_ru": ""}
    with clock.frozen(NOW), pytest.raises(RefusalsError) as refused:
        note_reply(actor=COORDINATOR, said=Replied(**{**values, **change}))  # type: ignore[arg-type]  # mypy does not follow names into a call
    assert code in {fault.code for fault in refused.value.refusals}
    assert not Reply.objects.exists()


def test_the_letter_itself_is_not_public(house: None, sign_in: SignIn, client: Client) -> None:
    said = Replied(body(), clock.today(), "Жауап", "", b"%PDF-1.4\n", "application/pdf")
    reply = note_reply(actor=COORDINATOR, said=said)
    address = f"/desk/replies/{reply.pk}/letter/"
    assert client.get(address).status_code in {302, 403}
    answer = sign_in("coordinator").get(address)
    assert answer.getvalue() == b"%PDF-1.4\n"
    assert sign_in("adviser").get(address).status_code == 403


def test_the_body_of_a_reply_is_found_by_its_name(house: None, sign_in: SignIn) -> None:
    desk, at, school = sign_in("coordinator"), "/desk/replies/new/", body()
    typed = {"replied_on": "2026-01-01", "text_kk": "Кезекті қысқарттық."}
    assert desk.post(at, {**typed, "institution": school.name_kk}).status_code == 302
    assert Reply.objects.get().institution == school
    assert school.name_kk in desk.get(at, {"institution": school.code}).text
    twin = body()
    twin.pk, twin.code = None, "twintwin"
    twin.save()
    several = desk.post(at, {**typed, "institution": school.name_kk})
    assert several.status_code == 400
    assert "twintwin" in several.text
    assert "Кезекті қысқарттық." in several.text
    assert desk.post(at, {**typed, "institution": "twintwin"}).status_code == 302


@pytest.mark.parametrize(("typed", "says"), [("Айдағы мекеме", "Айдағы мекеме"), ("", "толтыр")])
def test_a_reply_to_an_unknown_body_is_refused_beside_its_field(
    sign_in: SignIn, typed: str, says: str
) -> None:
    answer = sign_in("coordinator").post(
        "/desk/replies/new/", {"institution": typed, "replied_on": "2026-01-01", "text_kk": "а"}
    )
    assert answer.status_code == 400
    assert says in answer.text
    assert not Reply.objects.exists()


# ── Complaints ──────────────────────────────────────────────────────────────────────────────────


def test_a_complaint_is_public_before_and_after_its_answer(client: Client) -> None:
    made = complaint()
    page = client.get("/check/complaints/").content.decode()
    assert made.summary_kk in page
    assert "Әлі жауап берілген жоқ." in page
    settle(actor=COORDINATOR, complaint=made, said=Settled("upheld", "Кешірім сұрадық."))
    page = client.get("/check/complaints/").content.decode()
    assert "Кешірім сұрадық." in page
    assert "Әлі жауап берілген жоқ." not in page


def test_complaints_are_numbered_within_their_year() -> None:
    with clock.frozen(NOW):
        assert [str(complaint()), str(complaint())] == ["1/2026", "2/2026"]
    with clock.frozen(NOW + timedelta(days=365)):
        assert str(complaint()) == "1/2027"


def test_nobody_answers_what_they_wrote_down() -> None:
    said = Complained(clock.today(), "other", "Шағым")
    made = note_complaint(actor=COORDINATOR, said=said)
    with pytest.raises(DomainError) as refused:
        settle(actor=COORDINATOR, complaint=made, said=Settled("unfounded", "Жоқ"))
    assert refused.value.code == "same_person"


def test_a_complaint_is_answered_once() -> None:
    made = complaint()
    settle(actor=COORDINATOR, complaint=made, said=Settled("upheld", "Иә"))
    other = Actor("person:l", frozenset({"lawyer"}))
    with pytest.raises(ConflictError):
        settle(actor=other, complaint=made, said=Settled("unfounded", "Жоқ"))


def test_an_adviser_writes_complaints_down_and_does_not_answer_them() -> None:
    made = complaint()
    with pytest.raises(NotAllowedError):
        settle(actor=Actor("person:b", ADVISER.roles), complaint=made, said=Settled("upheld", "Иә"))


def test_complaints_walk_the_desk(sign_in: SignIn) -> None:
    adviser = sign_in("adviser")
    form = {"received_on": clock.today().isoformat(), "about": "conduct", "summary_kk": "Дөрекі"}
    assert adviser.post("/desk/complaints/new/", form).status_code == 302
    made = Complaint.objects.get()
    assert adviser.get("/desk/complaints/").status_code == 200
    assert adviser.get(f"/desk/complaints/{made.pk}/").status_code == 403
    coordinator = sign_in("coordinator")
    answer = {"result": "partly", "answer_kk": "Сөйлестік"}
    assert coordinator.post(f"/desk/complaints/{made.pk}/", answer).status_code == 302
    made.refresh_from_db()
    assert made.result == "partly"


# ── How we check ourselves ──────────────────────────────────────────────────────────────────────


def test_the_page_stands_before_anything_is_closed(client: Client) -> None:
    for language in ("", "/ru", "/en"):
        answer = client.get(f"{language}/check/")
        assert answer.status_code == 200
        assert "Set-Cookie" not in answer.headers


def test_the_poster_leads_to_the_offices_page(house: None, client: Client) -> None:
    page = client.get(f"/numbers/offices/{SCHOOL}/poster/").content.decode()
    assert f"http://testserver/institutions/{SCHOOL}/" in page
    assert '<svg class="qr"' in page or 'class="qr"' in page
    assert client.get("/numbers/offices/zzzz/poster/").status_code == 404
