"""The desk side: who comes in, what is locked, what a page shows and what it never does."""

import io
import re
import zlib
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import DjangoAssertNumQueries

from baqylau.journal.models import Entry
from baqylau.kernel import clock
from baqylau.kernel.work import Asked, Only
from baqylau.reception.queries.feeds import deadlines
from baqylau.reception.services.digest import due_work
from baqylau.reports.models import Keyholder, Part, Report, Wrap
from baqylau.reports.queries import listing, work
from baqylau.reports.rules.contents import FileHead, Kind
from baqylau.reports.services import answering
from baqylau.reports.services.answering import LANGUAGES
from baqylau.reports.services.drafts import add_to_draft, begin_draft
from baqylau.reports.taxonomy import State
from baqylau.reports.views import reading
from baqylau.staff.models import KeptText
from baqylau.territories import services as territories
from baqylau.web.worklist import at_work, part
from tests.cast import Cast, SignIn, make_person
from tests.reports.conftest import TODAY
from tests.reports.making import PASSPHRASE, STORY, Held, House, file, make_holder, make_house
from tests.reports.officers import LIST, MARK, Officer, fresh, page, reporter_says

pytestmark = pytest.mark.django_db(databases=["default", "sealed"])


def chunk(kind: bytes, content: bytes) -> bytes:
    """A chunk of a PNG."""
    check = zlib.crc32(kind + content).to_bytes(4, "big")
    return len(content).to_bytes(4, "big") + kind + content + check


PNG = (
    b"\x89PNG\r\n\x1a\n"
    + chunk(b"IHDR", bytes.fromhex("00000002 00000002 08 02 00 00 00"))
    + chunk(b"IDAT", zlib.compress(2 * (b"\0" + 6 * b"\x80")))
    + chunk(b"IEND", b"")
)
JPEG = b"\xff\xd8\xff" + b"jpeg" * 500


@pytest.fixture
def officers(cast: Cast, folders: Path, still: None) -> list[Officer]:
    """Two officers whose keys are locked, in a house that takes reports in."""
    house = make_house(cast.officer.actor, cast.second_officer.actor)
    return [
        Officer(house.officers[0], cast.officer.client),
        Officer(house.officers[1], cast.second_officer.client),
    ]


@pytest.mark.parametrize("role", ["administrator", "adviser", "coordinator", "custodian"])
def test_nobody_but_an_officer_comes_in(
    officers: list[Officer], sign_in: SignIn, role: str
) -> None:
    _filed, report = file()
    client = sign_in(role)
    for address in (LIST, page(report), page(report, "answer/"), page(report, "export/")):
        assert client.get(address).status_code == 403, address
        assert client.post(address, {"text": "?"}).status_code in {403, 405}, address
    assert str(report.locator) not in client.get("/desk/").text


def test_the_list_shows_what_is_clear_and_opens_nothing(officers: list[Officer]) -> None:
    _filed, report = file(is_urgent=True)
    shown = officers[0].client.get(LIST)
    assert str(report.locator) in shown.text
    assert STORY[:10] not in shown.text
    told = Entry.objects.using("sealed").filter(action="reports.opened")
    assert not told.exists()


def test_the_list_costs_the_same_queries_for_one_report_and_for_many(
    officers: list[Officer], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    file()
    wanted, me = listing.Wanted(), officers[0].held.actor.key
    with django_assert_num_queries(5, using="sealed"):
        assert len(listing.page(wanted, me, clock.today()).rows) == 1
    many(70)
    with django_assert_num_queries(5, using="sealed"):
        first = listing.page(wanted, me, clock.today())
    assert len(first.rows) == listing.PAGE
    second = listing.page(wanted, me, clock.today(), first.next)
    assert len(second.rows) == 21
    shown = {row.report.pk for row in (*first.rows, *second.rows)}
    assert len(shown) == 71
    assert not second.next


def many(count: int) -> None:
    """Reports of which nobody holds a key."""
    today = clock.today()
    Report.objects.bulk_create(
        Report(
            locator=f"{number:06}",
            filed_on=today - timedelta(days=number % 5),
            acknowledge_by=today + timedelta(days=7 - number % 5),
            feedback_by=today + timedelta(days=90),
        )
        for number in range(count)
    )


def test_the_list_is_narrowed_by_state_clock_urgency_and_owner(officers: list[Officer]) -> None:
    _filed, report = file(is_urgent=True)
    many(12)
    Report.objects.filter(locator="000003").update(acknowledge_by=clock.today() - timedelta(days=1))
    Report.objects.filter(locator="000004").update(
        acknowledged_on=clock.today(), feedback_by=clock.today()
    )
    Report.objects.filter(locator="000005").update(state=State.CLOSED, closed_on=clock.today())

    def locators(**wanted: object) -> set[str]:
        me = officers[0].held.actor.key
        found = listing.page(listing.Wanted(**wanted), me, clock.today())  # type: ignore[arg-type]  # of any fields
        return {str(row.report.locator) for row in found.rows}

    assert locators(whose="mine") == locators(urgent=True) == {report.locator}
    assert locators(due="overdue") == {"000003"}
    assert locators(due="feedback") == {"000004"}
    assert locators(state="closed") == {"000005"}
    assert "000004" not in locators(due="acknowledge")
    assert "000005" not in locators()


@pytest.mark.parametrize("after", ["2026-13-40~" + "a" * 32, "nonsense", "2026-07-01~short", "~"])
def test_a_place_that_is_none_is_the_beginning(officers: list[Officer], after: str) -> None:
    file()
    assert officers[0].client.get(LIST, {"after": after}).status_code == 200


def test_a_locked_page_asks_for_the_passphrase_and_comes_back(officers: list[Officer]) -> None:
    _filed, report = file()
    client = officers[0].client
    locked = client.get(page(report))
    assert STORY[:10] not in locked.text
    assert "unlock_passphrase" in locked.text
    answer = client.post(page(report), {"unlock_passphrase": PASSPHRASE, "unlock_then": "look"})
    assert answer.headers["Location"] == page(report)
    cookie = answer.cookies["report_key"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (LIST, True, "Strict")
    assert not cookie["max-age"]
    opened = client.get(page(report))
    assert STORY in opened.text
    assert opened.headers["Cache-Control"] == "no-store"
    title = opened.text.partition("<title>")[2].partition("</title>")[0]
    assert str(report.locator) not in title


def test_a_wrong_passphrase_is_said_and_opens_nothing(officers: list[Officer]) -> None:
    _filed, report = file()
    wrong = officers[0].client.post(page(report), {"unlock_passphrase": "жусан"})
    assert wrong.status_code == 400
    assert "Құпия сөйлем сәйкес келмейді." in wrong.text
    assert "report_key" not in wrong.cookies
    empty = officers[0].client.post(page(report), {"unlock_passphrase": ""})
    assert empty.status_code == 400


def test_without_a_key_the_page_says_so(officers: list[Officer], sign_in: SignIn) -> None:
    _filed, report = file()
    shown = sign_in("intake_officer").get(page(report))
    assert "unlock_passphrase" not in shown.text


def test_the_key_is_locked_after_fifteen_idle_minutes_and_by_its_button(
    officers: list[Officer],
) -> None:
    _filed, report = file()
    client = officers[0].unlock().client
    with clock.frozen(TODAY + timedelta(minutes=14)):
        assert STORY in client.get(page(report)).text
    with clock.frozen(TODAY + timedelta(minutes=28)):
        assert STORY in client.get(page(report)).text
    client.post(f"{LIST}lock/")
    with clock.frozen(TODAY + timedelta(minutes=29)):
        assert STORY not in client.get(page(report)).text
    officers[0].unlock()
    with clock.frozen(TODAY + timedelta(minutes=16)):
        assert STORY not in client.get(page(report)).text


def test_another_officers_cookie_opens_nothing(officers: list[Officer]) -> None:
    _filed, report = file()
    officers[0].unlock()
    officers[1].client.cookies["report_key"] = officers[0].client.cookies["report_key"].value
    assert STORY not in officers[1].client.get(page(report)).text


def test_a_key_that_was_ended_opens_nothing_any_more(officers: list[Officer]) -> None:
    _filed, report = file()
    client = officers[0].unlock().client
    Keyholder.objects.filter(holder=officers[0].held.actor.key).update(
        until_on=clock.today(), by_passphrase=None, by_code=None
    )
    assert STORY not in client.get(page(report)).text


def test_an_officer_without_a_wrap_is_refused(officers: list[Officer]) -> None:
    _filed, report = file()
    Wrap.objects.filter(holder=officers[0].held.actor.key).delete()
    assert officers[0].unlock().client.get(page(report)).status_code == 403
    assert officers[0].client.get(LIST + "0" * 32 + "/").status_code == 404


def test_an_answer_that_came_too_late_waits_in_the_form_and_is_sent_once(
    officers: list[Officer],
) -> None:
    _filed, report = file()
    client = officers[0].unlock().client
    typed = {"text": "Қай күні болды?\nЕкінші жол", "mark": MARK}
    with clock.frozen(TODAY + timedelta(minutes=20)):
        asked = client.post(page(report, "answer/"), typed)
        assert "Қай күні болды?\nЕкінші жол" in asked.text
        assert 'name="unlock_then" value="send"' in asked.text
        wrong = {**typed, "unlock_passphrase": "жоқ", "unlock_then": "send"}
        assert "Қай күні болды?" in client.post(page(report, "answer/"), wrong).text
        right = {**typed, "unlock_passphrase": PASSPHRASE, "unlock_then": "send"}
        for _press in range(2):
            assert client.post(page(report, "answer/"), right).status_code == 302
    said = [item for item in officers[0].talk(report).items() if item.kind == Kind.OFFICER]
    assert len(said) == 1
    assert not KeptText.objects.exists()


def test_a_locked_desk_keeps_nothing_that_was_typed_on_a_sealed_page(
    officers: list[Officer],
) -> None:
    _filed, report = file()
    client = officers[0].client
    fields = '[["text", "құпия сөз"]]'
    client.post("/desk/lock/", {"next": page(report), "fields": fields})
    assert not KeptText.objects.exists()
    client.post(page(report, "answer/"), {"text": "құпия сөз", "mark": MARK})
    assert not KeptText.objects.exists()


def test_opening_reads_the_report_and_tells_the_journal_without_a_word(
    officers: list[Officer],
) -> None:
    _filed, report = file()
    officers[0].unlock().client.get(page(report))
    assert fresh(report).state == State.READ
    told = Entry.objects.using("sealed").get(action="reports.opened")
    assert (told.actor, told.subject) == (officers[0].held.actor.key, f"report:{report.pk}")
    assert told.payload == "{}"


def test_answers_are_shown_in_words(officers: list[Officer]) -> None:
    _filed, report = file()
    shown = officers[0].unlock().client.get(page(report)).text
    assert "пара сұралды" in shown or "bribe_asked" not in shown
    assert "Қазақша" in shown


def test_files_are_listed_and_given_as_they_were_sent(officers: list[Officer]) -> None:
    draft = begin_draft()
    head = FileHead("сурет.jpg", "image/jpeg", len(JPEG))
    add_to_draft(draft=draft, head=head, file=io.BytesIO(JPEG))
    _filed, report = file(draft=draft)
    client = officers[0].unlock().client
    assert "сурет.jpg" in client.get(page(report)).text
    given = client.get(page(report, "files/2/"))
    assert b"".join(given.streaming_content) == JPEG  # type: ignore[attr-defined]  # a stream's own
    assert given.headers["Content-Type"] == "application/octet-stream"
    assert given.headers["Cache-Control"] == "no-store"
    assert "сурет" not in given.headers["Content-Disposition"]
    assert Entry.objects.using("sealed").filter(action="reports.file_opened").count() == 1
    assert client.get(page(report, "files/1/")).status_code == 404
    assert client.get(page(report, "files/9/")).status_code == 404


def test_a_clean_copy_of_a_picture_holds_its_pixels_alone(officers: list[Officer]) -> None:
    _filed, report = file()
    picture = PNG[:-12] + chunk(b"tEXt", b"Author\0Serikova") + PNG[-12:]
    for name, content in (("сурет.png", picture), ("бүлінген.png", PNG[:40])):
        head = FileHead(name, "image/png", len(content))
        one = officers[0]
        answering.send_file(
            to=one.talk(report), actor=one.held.actor, head=head, file=io.BytesIO(content), seen=9
        )
    client = officers[0].unlock().client
    assert page(report, "files/2/clean/") in client.get(page(report)).text
    copy = client.get(page(report, "files/2/clean/"))
    assert copy.content.startswith(b"\x89PNG")
    assert b"Serikova" not in copy.content
    assert "attachment" in copy.headers["Content-Disposition"]
    broken = client.get(page(report, "files/3/clean/"))
    assert broken.status_code == 400
    assert client.get(page(report, "files/1/clean/")).status_code == 404


def test_an_officer_sends_a_file_once(officers: list[Officer]) -> None:
    _filed, report = file()
    client = officers[0].unlock().client
    for _press in range(2):
        sent = {"file": SimpleUploadedFile("хат.jpg", JPEG), "seen": "1"}
        assert client.post(page(report, "send/"), sent).status_code == 302
    assert [item.is_stored for item in officers[0].talk(report).items()] == [False, True]
    wrong = {"file": SimpleUploadedFile("a.exe", b"MZ\0\0"), "seen": "2"}
    assert client.post(page(report, "send/"), wrong).status_code == 400


def test_a_wrong_form_comes_back_with_what_was_typed(officers: list[Officer]) -> None:
    _filed, report = file()
    client = officers[0].unlock().client
    long = "ұ" * 20_001
    answer = client.post(page(report, "answer/"), {"text": long, "mark": MARK})
    assert answer.status_code == 400
    assert long in answer.text
    assert client.get(page(report, "answer/")).status_code == 302


def test_the_worklist_names_due_reports_without_content(officers: list[Officer]) -> None:
    _filed, report = file()
    actor = officers[0].held.actor
    soon = Asked(actor, clock.today(), Only.ALL, 51, ahead=timedelta(days=8))
    (task,) = work.acknowledge(soon)
    assert task.due_on == report.acknowledge_by
    assert not task.reference
    assert not work.feedback(soon)
    later = Asked(actor, clock.today(), Only.ALL, 51, task.due_on, task.number, timedelta(days=8))
    assert not work.acknowledge(later)
    outsider = Asked(officers[1].held.actor, clock.today(), Only.MINE, 51, ahead=timedelta(days=8))
    Wrap.objects.filter(holder=officers[1].held.actor.key).delete()
    assert not work.acknowledge(outsider)
    with clock.frozen(TODAY + timedelta(days=5)):
        assert page(report) in officers[0].client.get("/desk/").text


def test_a_report_is_unread_again_when_its_reporter_writes(officers: list[Officer]) -> None:
    _filed, report = file()
    officers[0].unlock().client.get(page(report))
    reporter_says(report, officers[0].held, Kind.REPORTER, text="Тағы бір сөз")
    assert fresh(report).state == State.NEW
    assert "Тағы бір сөз" in officers[0].client.get(page(report)).text
    assert fresh(report).state == State.READ


def test_a_long_talk_comes_in_pages_the_newest_first(
    officers: list[Officer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "PAGE", 3)
    _filed, report = file()
    for number in range(2, 8):
        reporter_says(report, officers[0].held, Kind.REPORTER, text=f"хат-{number}")
    client = officers[0].unlock().client

    def shown(query: str) -> list[str]:
        text = client.get(page(report) + query).text
        assert STORY in text, "the story stands on every page"
        return re.findall(r"хат-\d", text)

    assert shown("") == ["хат-5", "хат-6", "хат-7"]
    assert 'href="?before=5"' in client.get(page(report)).text
    assert shown("?before=5") == ["хат-2", "хат-3", "хат-4"]
    assert page(report) + '"' in client.get(page(report) + "?before=5").text
    assert shown("?before=2") == []
    for query in ("?before=0", "?before=x", "?before=99", "?before=1", "?before=²"):
        assert shown(query) == shown("")


def test_the_form_of_a_case_is_shown_once_the_reporter_has_agreed(officers: list[Officer]) -> None:
    _filed, report = file()
    client = officers[0].unlock().client
    for answer in (client.get(page(report, "case/")), client.post(page(report, "case/"), {})):
        assert (answer.status_code, answer.headers["Location"]) == (302, page(report, "ask/"))
    reporter_says(report, officers[0].held, Kind.AGREED)
    territories.seed()
    form = client.get(page(report, "case/")).text
    assert 'name="territory"' in form
    assert 'value="310000000"' in form, "the reporter may have kept the district back"


def test_every_page_of_a_report_is_drawn_in_each_language(officers: list[Officer]) -> None:
    _filed, report = file()
    reporter_says(report, officers[0].held, Kind.AGREED)
    client = officers[0].unlock().client
    for language in LANGUAGES:
        session = client.session
        session["language"] = language
        session.save()
        for rest in (
            "",
            "send/",
            "ask/",
            "label/",
            "twin/",
            "colleague/",
            "recuse/",
            "case/",
            "close/",
            "export/",
        ):
            shown = client.get(page(report, rest))
            assert shown.status_code == 200, rest
            assert shown.headers["Cache-Control"] == "no-store"


def test_a_holder_is_never_named_by_the_list_to_somebody_without_a_key(ready: House) -> None:
    _filed, report = file()
    held: Held = ready.officers[0]
    (row,) = listing.page(listing.Wanted(), "nobody", clock.today()).rows
    assert not row.is_mine
    assert row.readers == 2
    assert not row.is_endangered
    Keyholder.objects.filter(holder=held.actor.key).update(
        until_on=clock.today(), by_passphrase=None, by_code=None
    )
    (row,) = listing.page(listing.Wanted(), "nobody", clock.today()).rows
    assert row.is_endangered
    assert Wrap.objects.filter(report=report, part=Part.REPORT).count() == 3


def test_letters_and_calendars_say_nothing_of_reports(ready: House) -> None:
    person = make_person("adviser", "intake_officer")
    make_holder(person.actor, Keyholder.Office.OFFICER)
    _filed, report = file()
    day = clock.today() + timedelta(days=5)
    listed = part(at_work(person.actor, day), day, limit=50).tasks
    assert page(report) in [task.url for task in listed if task.due_on]
    assert due_work(person.actor, day) == []
    assert deadlines(person.actor, day) == []


def test_where_nobody_can_be_added_the_page_says_so(officers: list[Officer]) -> None:
    _filed, report = file()
    shown = officers[0].unlock().client.get(page(report, "colleague/")).text
    assert "кілті салыстырылған әріптес жоқ" in shown
    assert 'name="person"' not in shown
