"""Letters: kept while a server is away, sent when it is back, forgotten afterwards."""

import socket
import ssl
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from smtplib import (
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPDataError,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPServerDisconnected,
)
from typing import ClassVar

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from baqylau.jobs.letters import enqueue, send_waiting
from baqylau.jobs.models import Letter
from baqylau.jobs.rules import ATTEMPTS
from baqylau.kernel import clock

pytestmark = pytest.mark.django_db
QUEUE = "baqylau.jobs.letters.QueueBackend"
MORNING = datetime(2026, 3, 5, 4, 0, tzinfo=UTC)
LOCMEM = "django.core.mail.backends.locmem.EmailBackend"


class DeadServer(BaseEmailBackend):
    """A server that nobody answers at."""

    def send_messages(self, email_messages: object) -> int:  # noqa: ARG002 - Django's signature
        raise ConnectionRefusedError


@pytest.fixture(autouse=True)
def _server(settings: object) -> None:
    settings.EMAIL_BACKEND = QUEUE  # type: ignore[attr-defined]  # the fixture is typed as an object
    settings.MAIL_BACKEND = LOCMEM  # type: ignore[attr-defined]  # the fixture is typed as an object
    settings.MAIL_SERVER = {"host": "localhost"}  # type: ignore[attr-defined]  # the fixture is typed as an object


def test_every_mail_of_the_site_waits_in_the_queue() -> None:
    mail.send_mail("Тақырып", "Мәтін", None, ["a@example.org", "b@example.org"])
    assert Letter.objects.filter(state="waiting").count() == 2


def test_a_letter_is_sent_and_then_forgotten() -> None:
    enqueue(to="a@example.org", subject="Тақырып", body="Мәтін")
    assert send_waiting() == "1 sent"
    assert [(m.subject, m.body, m.to) for m in mail.outbox] == [
        ("Тақырып", "Мәтін", ["a@example.org"])
    ]
    letter = Letter.objects.get()
    assert (letter.state, letter.to, bytes(letter.message)) == ("sent", "", b"")
    assert send_waiting() == "0 sent"


def test_a_letter_outlives_a_dead_server(settings: object) -> None:
    settings.MAIL_BACKEND = f"{__name__}.DeadServer"  # type: ignore[attr-defined]  # the fixture is typed as an object
    letter = enqueue(to="a@example.org", subject="s", body="b")
    assert send_waiting() == "0 sent"
    settings.MAIL_BACKEND = LOCMEM  # type: ignore[attr-defined]  # the fixture is typed as an object
    assert send_waiting() == "0 sent", "its next try is not yet due"
    with clock.frozen(letter.created_at + timedelta(minutes=5)):
        assert send_waiting() == "1 sent"


def test_a_letter_is_given_up_after_about_three_days(settings: object) -> None:
    settings.MAIL_BACKEND = f"{__name__}.DeadServer"  # type: ignore[attr-defined]  # the fixture is typed as an object
    letter = enqueue(to="a@example.org", subject="s", body="b")
    for _attempt in range(ATTEMPTS):
        letter.refresh_from_db()
        with clock.frozen(letter.next_at):
            send_waiting()
    letter.refresh_from_db()
    assert (letter.state, letter.to) == ("given_up", "")
    assert letter.closed_at
    assert timedelta(days=2) < letter.closed_at - letter.created_at < timedelta(days=4)


class Choosy(BaseEmailBackend):
    """A server that refuses some readers, each in a way of its own; it counts who was tried."""

    tried: ClassVar[list[str]] = []
    refusals: ClassVar[dict[str, Exception]] = {}

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            (reader,) = message.to
            self.tried.append(reader)
            if reader in self.refusals:
                raise self.refusals[reader]
        return len(email_messages)


@pytest.fixture
def choosy(settings: object) -> Iterator[type[Choosy]]:
    settings.MAIL_BACKEND = f"{__name__}.Choosy"  # type: ignore[attr-defined]  # the fixture is typed as an object
    Choosy.tried, Choosy.refusals = [], {}
    yield Choosy
    Choosy.tried, Choosy.refusals = [], {}


def _three() -> None:
    for number, name in enumerate(("first", "second", "third")):
        with clock.frozen(MORNING + timedelta(seconds=number)):
            enqueue(to=f"{name}@example.org", subject="s", body="b")


@pytest.mark.parametrize(
    "refusal",
    [
        SMTPRecipientsRefused({}),
        SMTPDataError(550, b"no"),
        SMTPNotSupportedError(),
        UnicodeEncodeError("ascii", "ә", 0, 1, "no"),
        ValueError("no"),
    ],
)
def test_a_letter_that_is_refused_keeps_no_other_waiting(
    choosy: type[Choosy], refusal: Exception
) -> None:
    _three()
    choosy.refusals = {"first@example.org": refusal}
    assert send_waiting() == "2 sent"
    waiting = Letter.objects.get(state="waiting")
    assert (waiting.to, waiting.attempts) == ("first@example.org", 1)


@pytest.mark.parametrize(
    "refusal",
    [
        TimeoutError(),
        ConnectionResetError(),
        socket.gaierror(),
        ssl.SSLError(),
        SMTPServerDisconnected(),
        SMTPConnectError(421, b"later"),
        SMTPAuthenticationError(535, b"who"),
    ],
)
def test_a_server_that_is_away_is_asked_once_and_not_once_for_each_letter(
    choosy: type[Choosy], refusal: Exception
) -> None:
    _three()
    choosy.refusals = {f"{name}@example.org": refusal for name in ("first", "second", "third")}
    assert send_waiting() == "0 sent"
    assert choosy.tried == ["first@example.org"]
    assert sorted(Letter.objects.values_list("attempts", flat=True)) == [0, 0, 1]
    assert send_waiting() == "0 sent"
    assert choosy.tried[-1] == "second@example.org", "the one that waits longest is next"


@pytest.mark.parametrize(
    ("subject", "reader"), [("one\nBcc: all@example.org", "a@example.org"), ("s", "a@exa mple\n")]
)
def test_a_letter_that_cannot_be_written_is_given_up_and_blocks_nothing(
    subject: str, reader: str
) -> None:
    with clock.frozen(MORNING):
        enqueue(to=reader, subject=subject, body="b")
        enqueue(to="b@example.org", subject="s", body="b")
    assert send_waiting() == "1 sent"
    assert [message.to for message in mail.outbox] == [["b@example.org"]]
    stuck = Letter.objects.get(state="waiting")
    for _attempt in range(ATTEMPTS):
        stuck.refresh_from_db()
        with clock.frozen(stuck.next_at):
            send_waiting()
    stuck.refresh_from_db()
    assert (stuck.state, stuck.to, bytes(stuck.message)) == ("given_up", "", b"")


def test_a_letter_that_came_too_late_is_not_sent() -> None:
    with clock.frozen(MORNING):
        letter = enqueue(to="a@example.org", subject="s", body="b", until=MORNING)
        assert send_waiting() == "0 sent"
    letter.refresh_from_db()
    assert (letter.state, letter.to) == ("given_up", "")
    assert mail.outbox == []


def test_without_a_server_nothing_is_kept(settings: object) -> None:
    settings.MAIL_SERVER = {}  # type: ignore[attr-defined]  # the fixture is typed as an object
    assert mail.send_mail("s", "b", None, ["a@example.org"]) == 0
    assert not Letter.objects.exists()


def test_a_letter_whose_news_are_old_is_not_sent() -> None:
    now = clock.now()
    letter = enqueue(to="a@example.org", subject="s", body="b", until=now + timedelta(hours=1))
    with clock.frozen(now + timedelta(hours=1)):
        assert send_waiting() == "0 sent"
    letter.refresh_from_db()
    assert (letter.state, letter.to) == ("given_up", "")
    assert mail.outbox == []
