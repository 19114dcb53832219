"""Letters: kept while a server is away, sent when it is back, forgotten afterwards."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend

from baqylau.jobs.letters import enqueue, send_waiting
from baqylau.jobs.models import Letter
from baqylau.jobs.rules import ATTEMPTS
from baqylau.kernel import clock

pytestmark = pytest.mark.django_db
QUEUE = "baqylau.jobs.letters.QueueBackend"
LOCMEM = "django.core.mail.backends.locmem.EmailBackend"


class DeadServer(BaseEmailBackend):
    """A server that nobody answers at."""

    def send_messages(self, email_messages: object) -> int:  # noqa: ARG002
        raise ConnectionRefusedError


@pytest.fixture(autouse=True)
def _server(settings: object) -> None:
    settings.EMAIL_BACKEND = QUEUE  # type: ignore[attr-defined]
    settings.MAIL_BACKEND = LOCMEM  # type: ignore[attr-defined]
    settings.MAIL_SERVER = {"host": "localhost"}  # type: ignore[attr-defined]


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
    settings.MAIL_BACKEND = f"{__name__}.DeadServer"  # type: ignore[attr-defined]
    letter = enqueue(to="a@example.org", subject="s", body="b")
    assert send_waiting() == "0 sent"
    settings.MAIL_BACKEND = LOCMEM  # type: ignore[attr-defined]
    assert send_waiting() == "0 sent", "its next try is not yet due"
    with clock.frozen(letter.created_at + timedelta(minutes=5)):
        assert send_waiting() == "1 sent"


def test_a_letter_is_given_up_after_about_three_days(settings: object) -> None:
    settings.MAIL_BACKEND = f"{__name__}.DeadServer"  # type: ignore[attr-defined]
    letter = enqueue(to="a@example.org", subject="s", body="b")
    for _attempt in range(ATTEMPTS):
        letter.refresh_from_db()
        with clock.frozen(letter.next_at):
            send_waiting()
    letter.refresh_from_db()
    assert (letter.state, letter.to) == ("given_up", "")
    assert letter.closed_at
    assert timedelta(days=2) < letter.closed_at - letter.created_at < timedelta(days=4)


def test_without_a_server_nothing_is_kept(settings: object) -> None:
    settings.MAIL_SERVER = {}  # type: ignore[attr-defined]
    assert mail.send_mail("s", "b", None, ["a@example.org"]) == 0
    assert not Letter.objects.exists()
