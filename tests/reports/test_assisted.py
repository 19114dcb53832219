"""A report that a colleague types for a visitor: theirs alone, tied to nobody at the desk."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from baqylau.journal.models import Entry
from baqylau.reports.models import Report
from baqylau.staff.models import KeptText
from tests.cast import Cast
from tests.reports.browsing import Reporter
from tests.reports.making import STORY, House
from tests.reports.reading import answers_in, files_in, only_report

pytestmark = pytest.mark.django_db(databases=["default", "sealed"])
WRITE, RECEIPT = "/desk/reports/write/", "/desk/reports/write/receipt/"
JPEG = b"\xff\xd8\xff\xe0" + b"\x07" * 3_000


def at_desk(cast: Cast) -> Reporter:
    return Reporter(client=cast.adviser.client).open(WRITE)


def test_from_the_desk_to_the_visitor_s_receipt(ready: House, cast: Cast) -> None:
    reporter = at_desk(cast)
    files = [SimpleUploadedFile("сурет.jpg", JPEG)]
    reporter.press("review", WRITE, conduct="bribe_asked", story=STORY, files=files)
    assert "send" not in reporter.buttons
    reporter.press("turn", WRITE)
    assert "бұрыңыз" in reporter.words
    assert not Report.objects.exists()
    assert STORY not in reporter.words
    reporter.press("send", WRITE)
    digits = reporter.digits
    answers = answers_in(ready, only_report())
    assert (answers.story, answers.assisted) == (STORY, True)
    assert len(files_in(ready, only_report())) == 1
    reporter.press("", RECEIPT, last=digits[-4:])
    assert "дәл жазып алыпсыз" in reporter.words
    assert reporter.digits == digits
    assert f'href="{WRITE}"' in reporter.html


def test_nothing_ties_it_to_the_colleague(ready: House, cast: Cast) -> None:
    page = at_desk(cast)
    before = set(Entry.objects.values_list("number", flat=True))
    reporter = page.press("review", WRITE, story=STORY).press("turn", WRITE)
    reporter.press("send", WRITE)
    told = Entry.objects.using("sealed").filter(action="reports.filed").get()
    assert told.actor == ""
    assert told.payload in {"", "{}"}
    assert set(Entry.objects.values_list("number", flat=True)) == before
    session = json.dumps(dict(cast.adviser.client.session.items()), default=str)
    for secret in (only_report().pk, reporter.digits, STORY):
        assert secret not in session
        assert secret not in str(cast.adviser.client.cookies)


def test_pages_are_not_kept_and_have_no_history_of_fields(ready: House, cast: Cast) -> None:
    reporter = at_desk(cast)
    for go in ("find", "review", "turn", "send"):
        assert reporter.answer.headers["Cache-Control"] == "no-store"
        assert 'autocomplete="off"' in reporter.html
        forms = re.findall(r"<form[^>]*>", reporter.html.split("<main", 1)[1])
        assert any("data-sealed" in form for form in forms)
        reporter.press(go, WRITE)


def test_what_was_typed_is_not_kept_when_the_desk_locks(ready: House, cast: Cast) -> None:
    reporter = at_desk(cast)
    page = {**reporter.fields, "go": "review", "story": STORY}
    reporter.client.post("/desk/lock/", {"csrfmiddlewaretoken": page["csrfmiddlewaretoken"]})
    reporter.send(page, WRITE)
    assert reporter.answer.status_code == 302
    assert not KeptText.objects.exists()


def test_a_form_without_the_desk_s_token_is_refused(ready: House, cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies = cast.adviser.client.cookies
    reporter = Reporter(client=client).open(WRITE)
    data = {name: value for name, value in reporter.fields.items() if "csrf" not in name}
    reporter.send({**data, "go": "send"}, WRITE)
    assert reporter.answer.status_code == 403
    assert not Report.objects.exists()


def test_only_who_may_assist_sees_the_page(ready: House, cast: Cast) -> None:
    assert cast.administrator.client.get(WRITE).status_code == 403
    assert cast.outsider.client.get(RECEIPT).status_code == 403
    assert Client().get(WRITE).status_code == 302
    assert cast.adviser.client.get(RECEIPT).headers["Location"] == WRITE


def test_without_keys_the_desk_says_where_else_to_turn(
    cast: Cast, folders: None, still: None
) -> None:
    assert "жабық" in at_desk(cast).words


def test_turning_the_screen_waits_for_what_is_wrong(ready: House, cast: Cast) -> None:
    reporter = at_desk(cast)
    reporter.press("turn", WRITE, name="ә" * 301)
    assert reporter.answer.status_code == 400
    assert reporter.fields["name"] == ["ә" * 301]
