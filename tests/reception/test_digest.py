"""The daily letter: once a day, to whom work is due, by numbers, through a dead server too."""

import json
import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connections
from pytest_django import Settings

from baqylau.casework.services import record_step
from baqylau.jobs.letters import send_waiting
from baqylau.jobs.models import Letter
from baqylau.kernel import clock
from baqylau.kernel.modules import registry
from baqylau.reception.models import Call, Digest
from baqylau.reception.services.calling import record_call
from baqylau.reception.services.digest import LINES, choose_digest, send_digests
from tests.casework.making import filed
from tests.cast import Cast, make_person
from tests.reception.visitors import visited

TODAY = date(2026, 7, 1)
LOCMEM = "django.core.mail.backends.locmem.EmailBackend"


class DeadServer(BaseEmailBackend):
    """A server that nobody answers at."""

    def send_messages(self, _email_messages: object) -> int:
        raise ConnectionRefusedError


@pytest.fixture(autouse=True)
def _server(settings: Settings) -> None:
    settings.MAIL_BACKEND = LOCMEM
    settings.MAIL_SERVER = {"host": "localhost"}


def letters() -> list[dict[str, str]]:
    """What waits in the queue."""
    rows = Letter.objects.filter(state="waiting").order_by("pk")
    return [{"to": row.to, **json.loads(bytes(row.message))} for row in rows]


@pytest.mark.usefixtures("desk")
class TestTheLetter:
    """With a desk and its people."""

    def test_it_names_numbers_days_and_what_is_to_be_done_and_no_person(self, cast: Cast) -> None:
        me = cast.adviser
        case = filed()
        row = visited(me.actor, result="call_back", call_on=TODAY)
        assert send_digests() == "1 letters"
        (letter,) = letters()
        assert letter["to"] == me.user.email
        assert case.number in letter["body"]
        assert row.number in letter["body"]
        assert "01.07.2026" in letter["body"]
        for private in ("Әлия", "701", me.user.name):
            assert private not in letter["body"] + letter["subject"]

    @pytest.mark.parametrize(
        ("language", "words"), [("kk", "үнсіздікті"), ("ru", "молчание"), ("en", "silence")]
    )
    def test_it_is_in_the_readers_language(self, language: str, words: str) -> None:
        filed()
        make_person("adviser", language=language)
        send_digests()
        assert words in letters()[0]["body"].lower()

    def test_without_work_there_is_none(self, cast: Cast) -> None:
        assert cast.adviser.user.is_active
        assert send_digests() == "0 letters"
        row = visited(cast.adviser.actor, result="call_back", call_on=TODAY + timedelta(days=4))
        assert send_digests() == "0 letters"
        Call.objects.filter(consultation=row).update(due_on=TODAY + timedelta(days=3))
        assert send_digests() == "1 letters"

    def test_what_is_closed_is_not_named(self, cast: Cast) -> None:
        me = cast.adviser.actor
        case, call = filed(), visited(me, result="call_back", call_on=TODAY)
        record_call(actor=me, pk=Call.objects.get(consultation=call).pk, reached="answered")
        record_step(
            actor=me,
            number=case.number,
            kind="closed",
            on=TODAY,
            outcome="afraid",
            evidence="nothing",
        )
        assert send_digests() == "0 letters"

    def test_nobody_gets_it_twice_on_a_day_and_everybody_again_the_next(self, cast: Cast) -> None:
        filed()
        assert cast.adviser.user.is_active
        assert [send_digests(), send_digests()] == ["1 letters", "0 letters"]
        with clock.frozen(datetime(2026, 7, 2, 3, 0, tzinfo=UTC)):
            assert send_digests() == "1 letters"

    def test_who_does_not_want_it_gets_none(self, cast: Cast) -> None:
        filed()
        client = cast.adviser.client
        assert (
            client.post("/desk/reception/reminders/letter/", {"letter": "off"}).status_code == 302
        )
        assert send_digests() == "0 letters"
        choose_digest(actor=cast.adviser.actor, is_wanted=True)
        assert send_digests() == "1 letters"

    @pytest.mark.parametrize("role", ["administrator", "official", "editor", "intake_officer"])
    def test_others_get_none(self, role: str) -> None:
        filed()
        make_person(role)
        assert send_digests() == "0 letters"

    def test_a_closed_account_gets_none(self, cast: Cast) -> None:
        filed()
        user = cast.adviser.user
        user.is_active = False
        user.save()
        assert send_digests() == "0 letters"

    def test_it_outlives_a_dead_server_but_not_the_next_letter(
        self, cast: Cast, settings: Settings
    ) -> None:
        filed()
        assert cast.adviser.user.is_active
        settings.MAIL_BACKEND = f"{__name__}.DeadServer"
        send_digests()
        assert send_waiting() == "0 sent"
        settings.MAIL_BACKEND = LOCMEM
        with clock.frozen(clock.now() + timedelta(minutes=5)):
            assert send_waiting() == "1 sent"
        assert len(mail.outbox) == 1
        Digest.objects.update(sent_on=None)
        send_digests()
        with clock.frozen(datetime(2026, 7, 2, 2, 30, tzinfo=UTC)):
            assert send_waiting() == "0 sent"
        assert not Letter.objects.filter(state="waiting").exists()
        assert len(mail.outbox) == 1

    def test_without_a_server_nothing_is_kept(self, cast: Cast, settings: Settings) -> None:
        filed()
        settings.MAIL_SERVER = {}
        assert cast.adviser.user.is_active
        assert send_digests() == "no mail server"
        assert not Letter.objects.exists()

    def test_a_long_list_ends_with_a_word_about_the_rest(self, cast: Cast) -> None:
        for _case in range(LINES + 2):
            filed()
        assert cast.adviser.user.is_active
        send_digests()
        body = letters()[0]["body"]
        assert body.count("Ж-2026-") == LINES
        assert "Тағы бар" in body

    def test_it_is_written_every_morning_in_the_programmes_zone(self) -> None:
        job = next(job for job in registry["reception"].jobs if job.code == "reception.digest")
        assert job.at == "07:30"


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("desk")
def test_of_four_workers_at_once_one_writes_the_letter(cast: Cast) -> None:
    filed()
    assert cast.adviser.user.is_active
    moment, start = clock.now(), threading.Barrier(4)

    def work() -> None:
        with clock.frozen(moment):
            start.wait()
            send_digests()
        connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(letters()) == 1
