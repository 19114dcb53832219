"""The pages of the channel, as a browser without script and cookie meets them."""

import gzip
import io
import logging
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.test.client import MULTIPART_CONTENT

from baqylau.kernel import clock
from baqylau.reports.models import Item, Part, Report
from baqylau.reports.queries.entries import entries_of
from baqylau.reports.queries.talk import page_of, talk_of
from baqylau.reports.rules.contents import WORDS, FileHead, Kind, dumped
from baqylau.reports.services import admission, passes
from baqylau.reports.services.drafts import add_to_draft, begin_draft
from baqylau.reports.services.once import add_once
from baqylau.reports.services.sealing import add_file, place_after, seal_words, write_item
from baqylau.reports.taxonomy import State
from baqylau.reports.views.channel import NEWEST
from baqylau.seal import derive, receipts
from baqylau.seal.errors import SealError
from baqylau.seal.items import Entry
from baqylau.web.networks import LOCAL, mark
from tests.reports.conftest import TODAY
from tests.reports.making import STORY, House, file
from tests.reports.talking import (
    ADDRESS,
    JPEG,
    Visitor,
    forms_of,
    officer_opens,
    officer_says,
    photo,
)

pytestmark = pytest.mark.django_db(databases=["default", "sealed"])
UNKNOWN = "Мұндай түбіртек жоқ"
LIMIT = 14 * 1024


def sent(address: str, data: object, content_type: str = MULTIPART_CONTENT) -> Any:  # noqa: ANN401 - Django's test answer
    """Send a form from our own page."""
    return Client(headers={"origin": "http://testserver"}).post(address, data, content_type)


@pytest.fixture(autouse=True)
def _calm() -> Iterator[None]:
    admission.forget()
    yield
    admission.forget()


@pytest.fixture
def reporter(ready: House) -> tuple[Visitor, Report]:
    """Somebody whose channel is open, and their report."""
    filed, report = file()
    visitor = Visitor().open(filed.receipt.printed())
    assert visitor.status == 200
    return visitor, report


def texts(house: House, report: Report) -> list[str]:
    """What was said, as an officer reads it."""
    opened = officer_opens(house.officers[0], report)
    return [one.text for one in talk_of(report, opened.part, opened.key).said]


def test_the_receipt_opens_the_conversation(ready: House) -> None:
    filed, report = file()
    officer_says(ready.officers[0], report, "Келіп түсті, <оқып> жатырмыз")
    visitor = Visitor().open(filed.receipt.printed())
    assert visitor.status == 200
    assert STORY in visitor.words
    assert "Келіп түсті, &lt;оқып&gt; жатырмыз" in visitor.page


@pytest.mark.parametrize("way", ["plain", "grouped", "arabic", "devanagari", "dashes", "lines"])
def test_digits_of_any_script_and_any_gaps_are_read(ready: House, way: str) -> None:
    filed, _report = file()
    number = filed.receipt.number
    typed = {
        "plain": number,
        "grouped": filed.receipt.printed(),
        "arabic": number.translate({ord(str(n)): chr(0x0660 + n) for n in range(10)}),
        "devanagari": number.translate({ord(str(n)): chr(0x0966 + n) for n in range(10)}),
        "dashes": "-".join(number),
        "lines": f" {number[:14]}\r\n\t{number[14:]} ",
    }[way]
    assert Visitor().open(typed).status == 200


def test_a_mistyped_receipt_costs_no_derivation(ready: House) -> None:
    filed, _report = file()
    number, begun = filed.receipt.number, derive.started()
    wrong_check = number[:-1] + str((int(number[-1]) + 1) % 10)
    swapped = number[:8] + number[9] + number[8] + number[10:]
    for typed in ("", "қате", "1234", number + "1", wrong_check, swapped, "9" * 4_000):
        if typed == number:
            continue
        visitor = Visitor().open(typed)
        assert visitor.status == 400
        assert 'name="pass"' not in visitor.page
    assert derive.started() == begun


def test_digits_that_open_nothing_are_not_shown_again(ready: House) -> None:
    filed, _report = file()
    number = filed.receipt.number
    wrong_check = number[:-1] + str((int(number[-1]) + 1) % 10)
    unknown = receipts.make("000012", filed.receipt.secret).printed()
    for typed in (wrong_check, unknown, number[:20], "9" * 4_000):
        visitor = Visitor().open(typed)
        assert typed not in visitor.page
        assert "қайта көрсетілмейді" in visitor.words
    assert "қайта көрсетілмейді" not in Visitor().open("").words


def test_an_unknown_locator_costs_none_and_answers_as_a_wrong_secret_does(ready: House) -> None:
    filed, _report = file()
    locator = filed.receipt.locator
    elsewhere = receipts.make(f"{(int(locator) + 1) % 10**6:06}", filed.receipt.secret)
    guessed = receipts.make(locator, f"{(int(filed.receipt.secret) + 1) % 10**20:020}")
    begun = derive.started()
    unknown = Visitor().open(elsewhere.printed())
    assert derive.started() == begun
    wrong = Visitor().open(guessed.printed())
    assert derive.started() == begun + 1
    assert unknown.status == wrong.status == 400
    assert UNKNOWN in unknown.words
    assert unknown.words.replace(elsewhere.printed(), "") == wrong.words.replace(
        guessed.printed(), ""
    )


def test_only_the_receipt_costs_a_derivation(ready: House) -> None:
    filed, _report = file()
    visitor = Visitor().open(filed.receipt.number)
    begun = derive.started()
    visitor.press("write", text="бір").press("look").press("write", text="екі")
    assert derive.started() == begun


def test_a_message_arrives_and_a_second_press_does_not_double_it(
    ready: House, reporter: tuple[Visitor, Report]
) -> None:
    visitor, report = reporter
    form = visitor.form("write") | {"text": "Ертең 10-да\r\nтағы шақырды"}
    assert visitor.send(form).status == 200
    assert visitor.send(form).status == 200
    assert texts(ready, report)[1:] == ["Ертең 10-да\nтағы шақырды"]
    report.refresh_from_db()
    assert report.state == State.NEW


def test_the_same_words_may_be_said_again(ready: House, reporter: tuple[Visitor, Report]) -> None:
    visitor, report = reporter
    visitor.press("write", text="Иә").press("write", text="Иә")
    assert texts(ready, report)[1:] == ["Иә", "Иә"]


def test_files_arrive_with_their_message(ready: House, reporter: tuple[Visitor, Report]) -> None:
    visitor, report = reporter
    visitor.press("write", text="Міне", papers=[photo("чек.jpg"), photo("екінші 😀.jpg")])
    opened = officer_opens(ready.officers[0], report)
    talk = talk_of(report, opened.part, opened.key)
    assert [head.name for head in talk.own_files] == ["чек.jpg", "екінші 😀.jpg"]
    assert "Файл: чек.jpg" in visitor.words


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"", "бос.jpg"), (b"<svg onload=alert(1)>", "сурет.svg"), (b"MZ\0\0", "сурет.jpg")],
)
def test_a_file_that_is_not_taken_sends_nothing_and_keeps_the_words(
    ready: House, reporter: tuple[Visitor, Report], content: bytes, name: str
) -> None:
    visitor, report = reporter
    visitor.press("write", text="Сөзім қалсын", papers=[photo(), photo(name, content)])
    assert visitor.status == 400
    assert visitor.form("write")["text"] == "Сөзім қалсын"
    assert name in visitor.words
    assert len(texts(ready, report)) == 1
    assert Item.objects.filter(report=report).count() == 2


def test_too_long_a_message_comes_back_whole(
    ready: House, reporter: tuple[Visitor, Report]
) -> None:
    visitor, report = reporter
    long = "ұзақ сөз " * (WORDS // 9 + 10)
    visitor.press("write", text=long)
    assert visitor.status == 400
    assert visitor.form("write")["text"].strip() == long.strip()
    assert len(texts(ready, report)) == 1


def test_nothing_to_send_is_said_so(reporter: tuple[Visitor, Report]) -> None:
    visitor, _report = reporter
    assert visitor.press("write", text="  ").status == 400


def test_when_the_time_is_over_the_typed_words_wait_for_the_receipt(ready: House) -> None:
    filed, report = file()
    visitor = Visitor().open(filed.receipt.number)
    with clock.frozen(TODAY + timedelta(minutes=16)):
        visitor.press("write", text="Бұл сөз\n«жоғалмасын» <b>", papers=[photo()])
        assert visitor.status == 400
        assert "ештеңе жоғалған жоқ" in visitor.words
        visitor.press("open", receipt="қате")
        visitor.press("open", receipt=filed.receipt.number)
        assert visitor.form("write")["text"] == "Бұл сөз\n«жоғалмасын» <b>"
        assert len(texts(ready, report)) == 1
        visitor.send(visitor.form("write"))
    assert texts(ready, report)[1:] == ["Бұл сөз\n«жоғалмасын» <b>"]


def test_a_page_that_was_open_for_a_day_asks_for_the_receipt(ready: House) -> None:
    filed, _report = file()
    visitor = Visitor().open(filed.receipt.number)
    with clock.frozen(TODAY + timedelta(hours=13)):
        assert visitor.press("write", text="Кешегі сөз").status == 400
        visitor.press("open", receipt=filed.receipt.number)
        assert visitor.form("write")["text"] == "Кешегі сөз"


def test_a_form_that_was_cut_off_stores_nothing(
    ready: House, reporter: tuple[Visitor, Report]
) -> None:
    visitor, report = reporter
    fields = visitor.form("write") | {"text": "толық емес"}
    assert list(fields)[-1] == "pass"
    body = b"".join(
        b'--x\r\nContent-Disposition: form-data; name="%b"\r\n\r\n%b\r\n'
        % (name.encode(), value.encode())
        for name, value in fields.items()
    )
    picture = b'--x\r\nContent-Disposition: form-data; name="papers"; filename="a.jpg"\r\n\r\n'
    whole = picture + JPEG + b"\r\n" + body + b"--x--\r\n"
    for share in range(1, 20):
        cut = whole[: len(whole) * share // 20]
        answer = sent(ADDRESS, data=cut, content_type="multipart/form-data; boundary=x")
        assert answer.status_code == 400
    assert len(texts(ready, report)) == 1
    answer = sent(ADDRESS, data=whole, content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 200
    assert texts(ready, report)[-1] == "толық емес"


def test_a_pass_of_somebody_else_opens_somebody_else_s_and_nothing_here(ready: House) -> None:
    mine_filed, mine = file()
    theirs_filed, theirs = file()
    visitor = Visitor().open(mine_filed.receipt.number)
    other = Visitor().open(theirs_filed.receipt.number)
    visitor.send(visitor.form("write") | {"text": "х", "pass": other.form("write")["pass"]})
    assert len(texts(ready, mine)) == 1
    assert len(texts(ready, theirs)) == 2


def test_files_stand_below_the_words_with_which_they_came(ready: House) -> None:
    draft = begin_draft()
    head = FileHead("бірінші.jpg", "image/jpeg", 3)
    add_to_draft(draft=draft, head=head, file=io.BytesIO(b"abc"))
    filed, report = file(draft=draft)
    visitor = Visitor().open(filed.receipt.printed())
    officer_says(ready.officers[0], report, "Рақмет")
    visitor.press("write", text="Тағы бір сөз", papers=[photo("екінші.jpg")])
    said = ("Тағы бір сөз", "екінші.jpg", "Рақмет", STORY, "бірінші.jpg")
    places = [visitor.words.index(words) for words in said]
    assert places == sorted(places)


def test_when_the_bytes_of_a_way_are_spent_the_words_come_back(
    reporter: tuple[Visitor, Report],
) -> None:
    for _number in range(admission.LOCAL_BYTES):
        admission.admit_bytes(network=LOCAL, size=int(admission.BYTES_BURST))
    visitor, _report = reporter
    visitor.press("write", text="Сөзім қалсын", papers=[photo()])
    assert visitor.status == 503
    assert visitor.form("write")["text"] == "Сөзім қалсын"
    visitor.press("write", text="Сөзім қалсын")
    assert visitor.status == 200
    assert "Сөзім қалсын" in visitor.words


@pytest.fixture
def long(ready: House) -> tuple[Visitor, Report]:
    """A conversation of 121 items, opened; the texts tell their numbers."""
    filed, report = file()
    held = ready.officers[0]
    to, entries = officer_opens(held, report), entries_of(report.pk, Part.REPORT)
    for number in range(2, 122):
        place = place_after(report.pk, Part.REPORT, Kind.OFFICER, entries)
        values = {"text": f"хат-{number:03}", "on": "2026-07-01", "mark": str(number)}
        one = seal_words(to.key, Part.REPORT, place, dumped(values))
        assert write_item(report, one, held.actor)
        entries.append(Entry(one.number, one.digest))
    return Visitor().open(filed.receipt.printed()), report


def shown(visitor: Visitor) -> list[int]:
    """The numbers of the letters on the page, as they stand there."""
    return [int(found) for found in re.findall(r"хат-(\d{3})", visitor.page)]


def older(visitor: Visitor) -> dict[str, Any]:
    """The form with the button to earlier letters."""
    (found,) = [form for form in forms_of(visitor.page) if "before" in form]
    return found


def newest(visitor: Visitor) -> dict[str, Any]:
    """The form with the button to the newest letters."""
    looks = [form for form in forms_of(visitor.page) if form.get("do") == "look"]
    (found,) = [form for form in looks if "before" not in form]
    return found


def test_a_long_conversation_comes_in_pages_the_newest_first(long: tuple[Visitor, Report]) -> None:
    visitor, _report = long
    assert shown(visitor) == list(range(121, 71, -1))
    visitor.send(older(visitor))
    assert shown(visitor) == list(range(71, 21, -1))
    visitor.send(older(visitor))
    assert shown(visitor) == list(range(21, 1, -1))
    assert STORY in visitor.words
    assert not [form for form in forms_of(visitor.page) if "before" in form]
    visitor.send(newest(visitor))
    assert shown(visitor)[0] == 121


@pytest.mark.parametrize("before", ["0", "1", "-5", "999999", "x", ""])
def test_a_page_that_is_none_is_the_newest(long: tuple[Visitor, Report], before: str) -> None:
    visitor, _report = long
    visitor.send(older(visitor) | {"before": before})
    assert shown(visitor)[0] == 121


def test_an_item_that_is_on_no_page_is_checked_all_the_same(long: tuple[Visitor, Report]) -> None:
    visitor, report = long
    key = passes.redeem(visitor.form("write")["pass"]).key
    row = Item.objects.get(report=report, part=Part.REPORT, number=5)
    right = bytes(row.ciphertext or b"")
    row.ciphertext = right[:-1] + bytes([right[-1] ^ 1])
    row.save(update_fields=["ciphertext"])
    with pytest.raises(SealError) as changed:
        page_of(report, Part.REPORT, key)
    assert changed.value.code == "item_changed"
    row.delete()
    with pytest.raises(SealError) as missing:
        page_of(report, Part.REPORT, key)
    assert missing.value.code == "items_missing"


def test_a_channel_that_was_closed_long_ago_says_so_on_every_page(
    long: tuple[Visitor, Report], ready: House
) -> None:
    visitor, report = long
    visitor.press("end", sure="on")
    for number in range(60):
        officer_says(ready.officers[0], report, f"кейін-{number:03}-кейін")
    visitor.send(newest(visitor))
    for _page in range(3):
        assert not [form for form in forms_of(visitor.page) if form.get("do") == "write"]
        visitor.send(older(visitor))


def test_a_question_about_consent_waits_on_the_newest_page(
    long: tuple[Visitor, Report], ready: House
) -> None:
    visitor, report = long
    officer_says(ready.officers[0], report, "Келісесіз бе?", asks="case")
    assert visitor.send(newest(visitor)).form("agree")
    visitor.send(older(visitor))
    assert not [form for form in forms_of(visitor.page) if form.get("do") == "agree"]


def test_an_officer_s_file_is_saved_and_no_other_one(ready: House) -> None:
    filed, report = file()
    opened = officer_opens(ready.officers[0], report)
    content = b"%PDF-1.7 " + b"x" * 100_000
    number = add_file(
        report=report,
        part=opened.part,
        key=opened.key,
        head=FileHead("хат.pdf", "application/pdf", len(content)),
        file=io.BytesIO(content),
        actor=ready.officers[0].actor,
    )
    visitor = Visitor().open(filed.receipt.number)
    visitor.press("write", text="менікі", papers=[photo()])
    visitor.press("download")
    assert visitor.answer is not None
    assert visitor.answer.headers["Cache-Control"] == "no-store"
    assert visitor.answer.headers["Content-Disposition"].startswith("attachment")
    assert visitor.answer.headers["Content-Type"] == "application/octet-stream"
    assert b"".join(visitor.answer) == content
    for wrong in ("1", str(number + 1), "99", "", "-1", "1e3", "x" * 5_000):
        assert visitor.press("download", number=wrong).status == 404


def test_consent_is_asked_and_given_once(ready: House) -> None:
    filed, report = file()
    visitor = Visitor().open(filed.receipt.number)
    assert 'value="agree"' not in visitor.page
    officer_says(ready.officers[0], report, "Атыңызсыз іс ашайық па?", asks="case")
    form = visitor.press("look").form("agree")
    visitor.send(form).send(form)
    assert 'value="agree"' not in visitor.page
    opened = officer_opens(ready.officers[0], report)
    kinds = [one.kind for one in talk_of(report, opened.part, opened.key).said]
    assert kinds.count(Kind.AGREED) == 1


def test_a_name_can_be_added_and_stands_on_no_page(
    ready: House, reporter: tuple[Visitor, Report]
) -> None:
    visitor, report = reporter
    assert visitor.press("name", name="").status == 400
    visitor.press("name", name="Айгүл Серікова", phone="+7 700", reach="кешке")
    assert visitor.status == 200
    assert "Айгүл" not in visitor.page
    assert len(texts(ready, report)) == 2


def test_closing_needs_a_tick_and_leaves_the_conversation_to_read(
    ready: House, reporter: tuple[Visitor, Report]
) -> None:
    visitor, report = reporter
    assert visitor.press("end").status == 400
    form = visitor.form("write") | {"text": "кеш қалды"}
    visitor.press("end", sure="on")
    assert visitor.status == 200
    assert STORY in visitor.words
    assert 'value="write"' not in visitor.page
    assert visitor.send(form).status == 400
    assert len(texts(ready, report)) == 2


def test_internal_notes_are_on_no_page(ready: House, reporter: tuple[Visitor, Report]) -> None:
    visitor, report = reporter
    opened = officer_opens(ready.officers[0], report)
    add_once(
        to=opened,
        kind=Kind.NOTE,
        values={"text": "ішкі жазба"},
        mark="n",
        actor=ready.officers[0].actor,
    )
    assert "ішкі жазба" not in visitor.press("look").page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "2026 жылғы 8 шілде"),
        ({"acknowledged_on": TODAY.date(), "state": State.READ}, "2026 жылғы 1 қазан"),
        (
            {
                "acknowledged_on": TODAY.date(),
                "answered_on": TODAY.date(),
                "state": State.ANSWERED,
            },
            "Не болғанын айттық",
        ),
        ({"state": State.CLOSED}, "аяқтадық"),
    ],
)
def test_the_page_says_what_happens_next_and_when(
    ready: House, changes: dict[str, object], words: str
) -> None:
    filed, report = file()
    Report.objects.filter(pk=report.pk).update(**changes)
    assert words in Visitor().open(filed.receipt.number).words


def test_a_promise_that_was_broken_is_said_plainly(ready: House) -> None:
    filed, _report = file()
    with clock.frozen(TODAY + timedelta(days=9)):
        assert "Кешіктік" in Visitor().open(filed.receipt.number).words


def test_earlier_letters_open_below(ready: House, reporter: tuple[Visitor, Report]) -> None:
    visitor, _report = reporter
    for number in range(NEWEST + 2):
        visitor.press("write", text=f"{number}-хат")
    first, later = visitor.page.split("<details>", 1)
    assert f"{NEWEST + 1}-хат" in first
    assert "0-хат" in later


@pytest.mark.parametrize("address", ["/", "/ru/", "/en/"])
def test_every_answer_is_kept_nowhere_and_sets_no_cookie(ready: House, address: str) -> None:
    filed, _report = file()
    for values in ({}, {"receipt": filed.receipt.number}):
        visitor = Visitor().get(f"{address}report/channel/")
        form = visitor.form("open") | values
        answer = sent(f"{address}report/channel/", form)
        assert answer.headers["Cache-Control"] == "no-store"
        assert not answer.cookies
        assert filed.receipt.locator not in answer.headers.get("Content-Disposition", "")
    assert visitor.answer is not None
    assert visitor.answer.headers["Cache-Control"] == "no-store"


def test_a_form_of_another_site_is_not_read(ready: House) -> None:
    filed, _report = file()
    form = Visitor().get().form("open") | {"receipt": filed.receipt.number}
    assert Visitor().send(form, HTTP_ORIGIN="https://evil.example").status == 403


def test_under_load_the_receipt_waits_in_the_page_and_derives_nothing(ready: House) -> None:
    filed, _report = file()
    with clock.frozen(TODAY):
        for _ in range(700):
            admission.admit(network="local")
        begun = derive.started()
        visitor = Visitor().open(filed.receipt.number)
        assert visitor.status == 503
        assert derive.started() == begun
    with clock.frozen(TODAY + timedelta(seconds=6)):
        visitor.press("open")
    assert visitor.status == 200
    assert STORY in visitor.words


def test_too_many_uploads_of_one_network_wait_and_its_words_do_not(
    ready: House, reporter: tuple[Visitor, Report]
) -> None:
    visitor, report = reporter
    large = photo(content=JPEG + b"x" * 100_000)
    form = visitor.form("write")
    for _ in range(int(admission.UPLOAD_BURST)):
        admission.admit_upload(network=mark("203.0.113.5"))
    visitor.send(form | {"papers": [large]}, REMOTE_ADDR="203.0.113.99")
    assert visitor.status == 503
    assert len(texts(ready, report)) == 1
    visitor.send(form | {"text": "сөз"}, REMOTE_ADDR="203.0.113.99")
    assert visitor.status == 200
    large.seek(0)
    visitor.press("write", text="бөтен желіден", papers=[large])
    assert visitor.status == 200


def test_who_asks_for_many_locators_is_not_told_which_there_are(ready: House) -> None:
    filed, _report = file()
    locator, secret = filed.receipt.locator, filed.receipt.secret
    elsewhere = receipts.make(f"{(int(locator) + 1) % 10**6:06}", secret)
    for _ in range(700):
        admission.admit(network="local")
    there, nowhere = Visitor().open(filed.receipt.number), Visitor().open(elsewhere.number)
    assert (there.status, there.words) == (503, nowhere.words)
    assert nowhere.status == 503


def test_looking_again_and_again_waits_its_turn_as_well(
    ready: House, reporter: tuple[Visitor, Report]
) -> None:
    visitor, report = reporter
    form = visitor.form("write")
    with clock.frozen(TODAY):
        for _ in range(700):
            admission.admit(network="local")
        visitor.send(form | {"text": "кезекте тұрған сөз"})
        assert visitor.status == 503
        assert "кезекте тұрған сөз" in visitor.page
        assert len(texts(ready, report)) == 1
    (waiting,) = [each for each in forms_of(visitor.page) if each.get("do") == "write"]
    with clock.frozen(TODAY + timedelta(seconds=6)):
        visitor.send(waiting)
    assert visitor.status == 200
    assert len(texts(ready, report)) == 2


def test_small_files_count_as_uploads_and_the_words_beside_them_come_back(
    ready: House, reporter: tuple[Visitor, Report]
) -> None:
    visitor, report = reporter
    form = visitor.form("write")
    for _ in range(int(admission.UPLOAD_BURST)):
        admission.admit_upload(network=mark("203.0.113.5"))
    visitor.send(form | {"text": "сөзім", "papers": [photo()]}, REMOTE_ADDR="203.0.113.99")
    assert visitor.status == 503
    assert "сөзім" in visitor.page
    assert len(texts(ready, report)) == 1


def test_nothing_of_a_conversation_is_logged(
    ready: House, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    filed, report = file()
    visitor = Visitor().open(filed.receipt.number)
    visitor.press("write", text="құпия сөз", papers=[photo("құпия.jpg")])
    visitor.press("name", name="Айгүл")
    Visitor().open("қате").open("1" * 28)
    secrets = ("құпия", "Айгүл", filed.receipt.number, filed.receipt.secret, report.pk)
    # The database's own log holds statements at DEBUG; the product never sets it so.
    logged = "".join(one.getMessage() for one in caplog.records if "django.db" not in one.name)
    for word in (*secrets, filed.receipt.printed(), "127.0.0.1", visitor.form("write")["pass"]):
        assert word not in logged


def test_the_pages_are_light(ready: House, reporter: tuple[Visitor, Report]) -> None:
    visitor, report = reporter
    for number in range(6):
        visitor.press("write", text=f"{number}: {STORY}")
        officer_says(ready.officers[0], report, f"{number}: {STORY}")
    style = gzip.compress(_style(visitor.page).encode())
    for page in (visitor.press("look").page, Visitor().get().page):
        assert len(gzip.compress(page.encode())) + len(style) <= LIMIT
    assert "<script" not in visitor.page


def _style(page: str) -> str:
    assert "public.css" in page
    return Path(str(finders.find("web/public.css"))).read_text(encoding="utf-8")


def test_a_damaged_conversation_says_so_and_shows_nothing(ready: House) -> None:
    filed, report = file()
    row = Item.objects.get(report=report, part=Part.REPORT)
    row.ciphertext = bytes(row.ciphertext or b"")[:-1] + b"x"
    row.save()
    visitor = Visitor().open(filed.receipt.number)
    assert visitor.status == 400
    assert STORY not in visitor.words


def test_no_is_one_button_and_the_conversation_goes_on(ready: House) -> None:
    filed, report = file()
    visitor = Visitor().open(filed.receipt.number)
    officer_says(ready.officers[0], report, "Атыңызсыз іс ашайық па?", asks="case")
    visitor.press("look")
    form = visitor.form("agree") | {"no": "1"}
    visitor.send(form).send(form)
    assert 'value="agree"' not in visitor.page
    assert 'value="write"' in visitor.page
    opened = officer_opens(ready.officers[0], report)
    kinds = [one.kind for one in talk_of(report, opened.part, opened.key).said]
    assert (kinds.count(Kind.DECLINED), kinds.count(Kind.AGREED)) == (1, 0)
