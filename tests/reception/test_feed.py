"""Calendar addresses: secret, shown once, taken back; numbers and days in them, no names."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from baqylau.casework.services import assign
from baqylau.journal.models import Entry
from baqylau.kernel.errors import NotAllowedError
from baqylau.reception.models import Call, Feed
from baqylau.reception.services.feeds import make_feed, revoke_feed
from baqylau.staff.models import RoleGrant, User
from tests.casework.making import filed
from tests.cast import Cast
from tests.reception.visitors import visited

pytestmark = pytest.mark.usefixtures("desk")
PAGE = "/desk/reception/reminders/"


def address(token: str) -> str:
    return f"/desk/calendar/feed/{token}.ics"


def read(token: str) -> str:
    """The calendar as a program without a session reads it."""
    answer = Client().get(address(token))
    assert answer.status_code == 200
    return answer.content.decode().replace("\r\n ", "")


def test_the_calendar_holds_ones_own_deadlines_and_nobodys_name(cast: Cast) -> None:
    me = cast.adviser.actor
    case = filed(date(2026, 6, 29))
    assign(actor=me, number=case.number, person=me.key, seen=2)
    others = filed(date(2026, 6, 26))
    row = visited(me, result="call_back", call_on=date(2026, 7, 20))
    text = read(make_feed(actor=me, language="kk"))
    case.refresh_from_db()
    assert case.next_due_on is not None
    assert f"DTSTART;VALUE=DATE:{case.next_due_on:%Y%m%d}" in text
    assert "DTSTART;VALUE=DATE:20260720" in text
    assert f"SUMMARY:{row.number}: " in text
    assert others.number not in text
    assert "Әлия" not in text
    assert "701 123" not in text
    assert "7011234567" not in text
    assert f"URL:http://testserver/desk/cases/{case.number[2:]}/" in text
    uids = re.findall(r"UID:(.+)\r\n", text)
    assert len(uids) == len(set(uids)) == 2


def test_an_event_keeps_its_name_when_its_day_moves(cast: Cast) -> None:
    me = cast.adviser.actor
    row = visited(me, result="call_back", call_on=date(2026, 7, 20))
    token = make_feed(actor=me, language="ru")
    before = re.findall(r"UID:(.+)\r\n", read(token))
    Call.objects.filter(consultation=row).update(due_on=date(2026, 7, 21))
    assert re.findall(r"UID:(.+)\r\n", read(token)) == before
    Call.objects.filter(consultation=row).update(
        closed_on=date(2026, 7, 1), reached="answered", called_by=me.key
    )
    assert "VEVENT" not in read(token)


def test_only_the_hash_is_kept_and_the_address_is_shown_once(cast: Cast) -> None:
    client = cast.adviser.client
    made = client.post(f"{PAGE}address/")
    token = re.search(r"/calendar/feed/([\w-]{27})\.ics", made.text)
    assert token is not None
    assert made.headers["Cache-Control"] == "no-store"
    assert token[1] not in client.get(PAGE).text
    feed = Feed.objects.get()
    assert token[1] not in (feed.mark, feed.owner)
    assert not Entry.objects.filter(payload__contains=token[1]).exists()
    assert read(token[1]).startswith("BEGIN:VCALENDAR\r\n")


def test_a_new_address_ends_the_earlier_one_and_one_may_end_it(cast: Cast) -> None:
    me = cast.adviser.actor
    first = make_feed(actor=me, language="kk")
    second = make_feed(actor=me, language="kk")
    assert Client().get(address(first)).status_code == 404
    assert read(second)
    assert cast.adviser.client.post(f"{PAGE}address/end/").status_code == 302
    assert Client().get(address(second)).status_code == 404
    assert not revoke_feed(actor=me)
    actions = list(
        Entry.objects.filter(action__startswith="reception.feed")
        .order_by("number")
        .values_list("action", flat=True)
    )
    assert actions == ["reception.feed_made"] * 2 + ["reception.feed_revoked"]


def test_the_calendar_ends_with_the_account_and_with_the_last_role(cast: Cast) -> None:
    adviser, lawyer = cast.adviser, cast.lawyer
    closed = make_feed(actor=adviser.actor, language="kk")
    without = make_feed(actor=lawyer.actor, language="kk")
    User.objects.filter(pk=adviser.user.pk).update(is_active=False)
    RoleGrant.objects.filter(user=lawyer.user).update(
        revoked_at=RoleGrant.objects.get(user=lawyer.user).granted_at + timedelta(hours=1)
    )
    for token in (closed, without):
        answer = Client().get(address(token))
        assert (answer.status_code, answer.content) == (404, b"404\n")


@pytest.mark.parametrize("token", ["x", "А" * 27, "-" * 26, "a" * 28, "%00" + "a" * 26])
def test_what_can_be_no_secret_is_not_looked_for(
    db: None, django_assert_num_queries: DjangoAssertNumQueries, token: str
) -> None:
    with django_assert_num_queries(0):
        assert Client().get(address(token)).status_code in {400, 404}


def test_a_wrong_secret_costs_one_question_and_leaves_nothing(
    db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        answer = Client().get(address("a" * 27))
    assert answer.status_code == 404
    assert "Set-Cookie" not in answer.headers
    assert not answer.cookies


def test_the_calendar_is_read_without_a_session_and_kept_nowhere(cast: Cast) -> None:
    token = make_feed(actor=cast.adviser.actor, language="ru")
    answer = Client().get(address(token))
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in answer.headers["Cache-Control"]
    assert not answer.cookies
    assert "X-WR-CALNAME:Мои сроки" in answer.content.decode()
    assert Client().post(address(token)).status_code == 405


def test_only_those_who_see_consultations_have_one(cast: Cast) -> None:
    with pytest.raises(NotAllowedError):
        make_feed(actor=cast.editor.actor, language="kk")
    assert cast.editor.client.get(PAGE).status_code == 403
    assert Client().post(f"{PAGE}address/").status_code == 302
    assert not Feed.objects.exists()
