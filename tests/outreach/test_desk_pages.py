"""Events at the desk, as a lecturer and a coordinator meet them."""

import io
import re
from datetime import time, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from baqylau.files.uploads import LIMIT as DOOR
from baqylau.journal.models import Entry
from baqylau.outreach.models import (
    Campaign,
    CampaignMaterial,
    Doubt,
    Event,
    Headcount,
    Link,
    Picture,
    Sheet,
    Speaker,
    SpeakerNote,
    Stage,
)
from baqylau.outreach.queries import listing
from baqylau.outreach.queries.events import heads_of
from tests.cast import Cast
from tests.outreach.making import SCHOOL, TARAZ, TODAY, make_event, make_school, make_speaker
from tests.outreach.test_likeness import jpeg, scene

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reach")]
PDF = b"%PDF-1.7 names %%EOF"


def shown(browser: Client, name: str, *args: object, status: int = 200) -> str:
    """A page as text."""
    response = browser.get(reverse(name, args=args))
    assert response.status_code == status
    return response.content.decode()


def sent(
    browser: Client, name: str, *args: object, data: dict[str, object], status: int = 302
) -> str:
    """A form that was sent, and the page that came."""
    response = browser.post(reverse(name, args=args), data)
    assert response.status_code == status, response.content.decode()
    return response.content.decode()


def planned(**changes: object) -> dict[str, object]:
    """What a lecturer types."""
    return {
        "kind": "lecture",
        "topic_kk": "Парасыз болашақ",
        "on": "2026-07-08",
        "bodies": [SCHOOL],
        "code": "0badcafe",
        "campaign": "bribe-free",
        **changes,
    }


def test_a_lecturer_finds_the_school_plans_and_reports(cast: Cast) -> None:
    browser = cast.lecturer.client
    speaker = make_speaker(cast.lecturer.actor)
    page = shown(browser, "event_new")
    assert re.search(rf'value="{speaker.code}"[^>]*checked', page)
    asked = planned(bodies=[], find="905", add="1")
    page = sent(browser, "event_new", data=asked, status=200)
    assert re.search(rf'name="bodies"[^>]*value="{SCHOOL}"[^>]*checked', page)
    assert "Парасыз болашақ" in page
    sent(browser, "event_new", data=planned(speakers=[speaker.code]))
    row = Event.objects.get()
    assert (row.code, row.district_id, row.author) == ("0badcafe", TARAZ, cast.lecturer.actor.key)


def test_several_institutions_that_fit_are_offered_and_nothing_is_lost(cast: Cast) -> None:
    for name in ("Абай мектебі", "Абай колледжі"):
        make_school(name_kk=name)
    page = sent(
        cast.lecturer.client, "event_new", data=planned(find="абай", topic_kk="Тақырып"), status=400
    )
    assert page.count('name="take"') == 2
    assert 'value="Тақырып"' in page
    assert not Event.objects.exists()
    page = sent(
        cast.lecturer.client, "event_new", data=planned(find="жоқ мекеме", add="1"), status=200
    )
    assert 'value="жоқ мекеме"' in page


def test_a_plan_without_an_institution_says_so_and_keeps_the_words(cast: Cast) -> None:
    page = sent(cast.lecturer.client, "event_new", data=planned(bodies=[]), status=400)
    assert 'value="Парасыз болашақ"' in page
    assert "summary" in page


def test_the_report_keeps_what_was_typed_when_something_is_wrong(cast: Cast) -> None:
    row = make_event(author=cast.lecturer.actor.key)
    data: dict[str, object] = {"total": "-3", "on": "2026-07-01", "seen": 1, "female-from_18": "12"}
    page = sent(cast.lecturer.client, "event_report", row.code, data=data, status=400)
    assert 'value="-3"' in page
    assert 'value="12"' in page
    assert "<details open>" in page
    data["total"] = "10000"
    assert "5000" in sent(cast.lecturer.client, "event_report", row.code, data=data, status=400)
    data["total"] = "600"
    sent(cast.lecturer.client, "event_report", row.code, data=data, status=400)
    for _again in range(2):
        sent(cast.lecturer.client, "event_report", row.code, data={**data, "is_sure": "on"})
    row.refresh_from_db()
    assert (row.stage, row.people, Headcount.objects.count()) == (Stage.REPORTED, 600, 2)


def test_a_scan_of_60_mb_is_refused_in_words_and_the_rest_stays(cast: Cast) -> None:
    row = make_event(author=cast.lecturer.actor.key)
    large = SimpleUploadedFile("sheet.pdf", PDF + bytes(2 * DOOR), "application/pdf")
    data: dict[str, object] = {"total": "23", "on": "2026-07-01", "seen": 1, "sheet": large}
    page = sent(cast.lecturer.client, "event_report", row.code, data=data, status=400)
    assert "20 МБ" in page
    assert 'value="23"' in page
    assert (Event.objects.get().stage, Sheet.objects.count()) == (Stage.PLANNED, 0)


def test_a_good_scan_beside_a_wrong_number_is_asked_for_once_more(cast: Cast) -> None:
    row = make_event(author=cast.lecturer.actor.key)
    file = SimpleUploadedFile("sheet.pdf", PDF, "application/pdf")
    data: dict[str, object] = {"total": "-1", "on": "2026-07-01", "seen": 1, "sheet": file}
    page = sent(cast.lecturer.client, "event_report", row.code, data=data, status=400)
    assert page.count('class="field wrong"') == 2


def test_a_sheet_is_opened_by_the_coordinator_alone_and_no_browser_keeps_it(cast: Cast) -> None:
    row = make_event(author=cast.lecturer.actor.key, stage=Stage.HELD)
    file = SimpleUploadedFile("Сәрсенова.pdf", PDF, "application/pdf")
    sent(cast.lecturer.client, "event_sheet_new", row.code, data={"sheet": file})
    address = reverse("event_sheet", args=[row.code, 1])
    assert cast.lecturer.client.post(address).status_code == 403
    response = cast.coordinator.client.post(address)
    assert (response.status_code, response.content) == (200, PDF)
    assert response["Cache-Control"] == "no-store"
    assert response["Content-Disposition"] == f'attachment; filename="{row.code}-1.pdf"'
    assert Entry.objects.filter(action="outreach.sheet_opened").count() == 1
    assert cast.coordinator.client.get(address).status_code == 405
    sent(cast.coordinator.client, "event_sheet_remove", row.code, 1, data={})
    assert cast.coordinator.client.post(address).status_code == 404


def test_a_picture_loses_what_it_says_and_is_public_with_consent_alone(cast: Cast) -> None:
    row = make_event(author=cast.lecturer.actor.key, stage=Stage.HELD)
    browser = cast.lecturer.client
    target = io.BytesIO()
    image = scene(1)
    image.save(target, "JPEG", comment=b"secret place", quality=95)
    data: dict[str, object] = {
        "file": SimpleUploadedFile("p.jpg", target.getvalue(), "image/jpeg"),
        "alt_kk": "Мектеп залы",
    }
    sent(browser, "event_picture_new", row.code, data=data)
    found = Picture.objects.get()
    assert (found.has_consent, len(found.likeness), found.width) == (False, 16, 640)
    content = browser.get(reverse("event_picture", args=[row.code, found.pk])).content
    assert b"secret" not in content
    assert len(content) <= 30_000
    page = shown(browser, "event_desk", row.code)
    assert "Мектеп залы" in page
    sent(browser, "event_picture_consent", row.code, found.pk, data={"consent": "yes"})
    assert Picture.objects.get().has_consent
    sent(browser, "event_picture_remove", row.code, found.pk, data={})
    assert not Picture.objects.exists()


def test_what_is_no_picture_is_refused_at_its_field(cast: Cast) -> None:
    row = make_event(author=cast.lecturer.actor.key, stage=Stage.HELD)
    broken = SimpleUploadedFile("p.jpg", jpeg(scene(2))[:2_000], "image/jpeg")
    page = sent(
        cast.lecturer.client,
        "event_picture_new",
        row.code,
        data={"file": broken, "alt_kk": "Зал"},
        status=400,
    )
    assert 'value="Зал"' in page
    assert not Picture.objects.exists()


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "ftp://example.org/a",
        "https://a:b@example.org/",
        "example",
        "http://",
    ],
)
def test_only_addresses_of_pages_are_links(cast: Cast, url: str) -> None:
    row = make_event(author=cast.lecturer.actor.key, stage=Stage.HELD)
    data: dict[str, object] = {"url": url, "title": "Газет"}
    sent(cast.lecturer.client, "event_link_new", row.code, data=data, status=400)
    assert not Link.objects.exists()


def test_a_link_tells_the_other_site_nothing(cast: Cast) -> None:
    row = make_event(author=cast.lecturer.actor.key, stage=Stage.HELD)
    data: dict[str, object] = {"url": "https://example.org/a", "title": "Газет"}
    for _again in range(2):
        sent(cast.lecturer.client, "event_link_new", row.code, data=data)
    page = shown(cast.adviser.client, "event_desk", row.code)
    assert page.count('rel="noopener noreferrer"') == 1
    sent(cast.lecturer.client, "event_link_remove", row.code, Link.objects.get().pk, data={})
    assert not Link.objects.exists()


def test_an_event_goes_its_way_by_buttons(cast: Cast) -> None:
    row = make_event(author=cast.lecturer.actor.key)
    browser = cast.lecturer.client
    sent(browser, "event_confirm", row.code, data={"confirmed_by": "хат № 14"})
    sent(browser, "event_held", row.code, data={})
    row.refresh_from_db()
    assert row.stage == Stage.HELD
    sent(browser, "event_cancel", row.code, data={"reason_kk": ""}, status=400)
    sent(browser, "event_cancel", row.code, data={"reason_kk": "Боран"})
    assert "Боран" in shown(browser, "event_desk", row.code)
    changed = planned(seen=row.revision)
    assert "summary" in sent(browser, "event_change", row.code, data=changed, status=400)


def test_strangers_see_an_event_and_touch_nothing(cast: Cast) -> None:
    row = make_event(author="somebody else", on=TODAY)
    page = shown(cast.lecturer.client, "event_desk", row.code)
    assert reverse("event_report", args=[row.code]) not in page
    for name in ("event_report", "event_change", "event_cancel", "event_sheet_new"):
        shown(cast.lecturer.client, name, row.code, status=403)


def test_the_list_asks_as_much_for_fifty_events_as_for_one(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    browser = cast.coordinator.client
    for at in range(60):
        make_event(on=TODAY - timedelta(days=at))
    address = reverse("events_desk")
    browser.get(address)
    with django_assert_num_queries(8):
        page = browser.get(address).content.decode()
    assert page.count('class="due"') == 50
    (after,) = re.findall(r'rel="next" href="\?after=([^"]+)"', page)
    rest = browser.get(f"{address}?after={after}").content.decode()
    assert rest.count('class="due"') == 10


def test_the_list_is_narrowed_by_every_filter(cast: Cast) -> None:
    me, other = cast.lecturer.actor, cast.adviser.actor
    mine = make_event(author=me.key, kind="seminar", on=TODAY - timedelta(days=3))
    spoken = make_event(make_speaker(me), author=other.key, campaign=None)
    school = make_school()
    make_event(author=other.key, at=(school,), stage=Stage.HELD, on=TODAY + timedelta(days=9))

    def found(**wanted: object) -> set[int]:
        page = listing.page(listing.Wanted(**wanted), me.key, TODAY)  # type: ignore[arg-type]  # of many kinds
        return {row.pk for row in page.rows}

    assert found(whose="mine") == {mine.pk, spoken.pk}
    assert found(kind="seminar") == found(stage="late") == {mine.pk}
    assert found(campaign="bribe-free", stage="planned") == {mine.pk}
    assert len(found(institution=school.code)) == len(found(stage="held")) == 1
    assert found(first=TODAY, until=TODAY + timedelta(days=1)) == {spoken.pk}
    assert found(district="000000000") == set()
    page = cast.lecturer.client.get(reverse("events_desk"), {"stage": "late", "kind": "nonsense"})
    assert page.status_code == 200


def test_campaigns_and_materials_are_written_at_the_desk(cast: Cast) -> None:
    browser = cast.coordinator.client
    data: dict[str, object] = {"name_kk": "Адал таразы", "first_on": "2026-07-01"}
    sent(browser, "campaign_new", data=data)
    row = Campaign.objects.get(name_kk="Адал таразы")
    sent(browser, "campaign_change", row.code, data={**data, "aim_kk": "Мақсат", "seen": 1})
    file = SimpleUploadedFile("x.pdf", PDF, "application/pdf")
    sent(browser, "material_new", row.code, data={"file": file, "name_kk": "Кітапша"})
    page = shown(cast.lecturer.client, "campaigns_desk")
    assert "Адал таразы" in page
    assert "Кітапша" in page
    assert reverse("reached_material", args=[CampaignMaterial.objects.get().pk]) in page
    pk = CampaignMaterial.objects.get().pk
    sent(browser, "material_remove", row.code, pk, data={})
    assert not CampaignMaterial.objects.exists()


def test_headcounts_stand_from_the_youngest_and_say_once_who_was_not_told_apart(
    cast: Cast,
) -> None:
    row = make_event(stage=Stage.REPORTED)
    for sex, age in (("female", "from_60"), ("female", "under_18"), ("male", "from_18")):
        Headcount.objects.create(event=row, sex=sex, age=age, count=2)
    Headcount.objects.create(event=row, sex="unknown", age="unknown", count=7)
    assert [(each.sex, each.age) for each in heads_of(row)] == [
        ("female", "under_18"),
        ("female", "from_60"),
        ("male", "from_18"),
        ("unknown", "unknown"),
    ]
    assert shown(cast.lecturer.client, "event_desk", row.code).count("бөлінбеген") == 1


def test_the_coordinator_keeps_the_record_of_speakers(cast: Cast) -> None:
    browser = cast.coordinator.client
    data: dict[str, object] = {"name": "Айдана", "first_on": "2026-01-01", "is_volunteer": "on"}
    sent(browser, "speaker_new", data=data)
    row = Speaker.objects.get()
    sent(browser, "speaker_change", row.code, data={**data, "district": TARAZ, "seen": 1})
    note: dict[str, object] = {"kind": "trained", "on": "2026-06-01", "note": "Екі күн"}
    sent(browser, "speaker_note", row.code, data=note)
    sent(browser, "speaker_note", row.code, data={**note, "on": "2027-01-01"}, status=400)
    assert SpeakerNote.objects.count() == 1
    assert "Екі күн" in shown(browser, "speaker_desk", row.code)
    for name, codes in (("speaker_desk", (row.code,)), ("speakers_desk", ())):
        page = shown(browser, name, *codes)
        assert "Айдана" in page
        assert "оқудан өткен" in page, name
        assert "қазір сөйлемейді" not in page, name
    shown(cast.lecturer.client, "speakers_desk", status=403)


def test_a_doubt_is_looked_at_by_somebody_else(cast: Cast) -> None:
    row = make_event(author=cast.lecturer.actor.key, on=TODAY, starts_at=time(10), ends_at=time(11))
    sent(
        cast.lecturer.client,
        "event_report",
        row.code,
        data={"total": "50", "on": "2026-07-01", "seen": 1},
    )
    doubt = Doubt.objects.get()
    browser = cast.coordinator.client
    assert reverse("event_doubt", args=[doubt.pk]) in shown(browser, "doubts_desk")
    assert reverse("event_doubt", args=[doubt.pk]) in shown(browser, "event_desk", row.code)
    assert "50" in shown(browser, "event_doubt", doubt.pk)
    sent(browser, "doubt_verdict", doubt.pk, data={"verdict": "fine"}, status=400)
    sent(browser, "doubt_verdict", doubt.pk, data={"verdict": "fine", "note": "Мектепте"})
    assert "Мектепте" in shown(browser, "event_doubt", doubt.pk)
    assert reverse("event_doubt", args=[doubt.pk]) not in shown(browser, "doubts_desk")
    looked = browser.get(reverse("doubts_desk") + "?state=looked").content.decode()
    assert reverse("event_doubt", args=[doubt.pk]) in looked
