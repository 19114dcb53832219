"""The mail queue: a letter is stored with the change that caused it, and sent by the clock.

`QueueBackend` is Django's mail backend of the site, so that every mail, whoever sends it, waits
here; the real backend is `settings.MAIL_BACKEND`. Without a mail server nothing is stored: the
desk shows links to hand over instead.
"""

import json
import logging
from collections.abc import Sequence
from datetime import datetime
from smtplib import (
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPException,
    SMTPHeloError,
    SMTPServerDisconnected,
)

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from baqylau.jobs.models import Letter
from baqylau.jobs.rules import ATTEMPTS, wait_after
from baqylau.kernel import clock

log = logging.getLogger(__name__)

OF_SERVER = (SMTPAuthenticationError, SMTPConnectError, SMTPHeloError, SMTPServerDisconnected)
"""Refusals that every other letter would meet too."""

BATCH = 50
"""Letters that one run tries at most."""


class QueueBackend(BaseEmailBackend):
    """Puts messages into the queue, inside the caller's transaction."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Store one letter per recipient; returns how many messages were taken."""
        if not settings.MAIL_SERVER:
            return 0
        for message in email_messages:
            for recipient in message.recipients():
                enqueue(to=recipient, subject=str(message.subject), body=_text(message))
        return len(email_messages)


def _text(message: EmailMessage) -> str:
    """The plain text; our letters have no other form."""
    if isinstance(message, EmailMultiAlternatives) and message.alternatives and not message.body:
        raise ValueError("letters are plain text")
    return str(message.body)


def enqueue(*, to: str, subject: str, body: str, until: datetime | None = None) -> Letter:
    """Store a letter to be sent within the next minute; after `until` it is not sent any more."""
    now = clock.now()
    content = json.dumps({"subject": subject, "body": body}, ensure_ascii=False).encode()
    return Letter.objects.create(to=to, message=content, created_at=now, next_at=now, until=until)


def send_waiting() -> str:
    """Send what waits; a letter that a server refuses waits longer each time, then is given up.

    A server that does not answer ends the run: the others would wait for it one after another. A
    letter may reach its reader twice if the process dies between the server's answer and our
    note of it: better twice than never.
    """
    now = clock.now()
    due = Letter.objects.filter(state=Letter.State.WAITING, next_at__lte=now).order_by("next_at")
    sent = 0
    for letter in due[:BATCH]:
        try:
            sent += _send(letter, now)
        except Exception as error:  # noqa: BLE001 - one letter must not keep all others waiting
            log.warning("letter %s was not taken: %s", letter.pk, type(error).__name__)
            _postpone(letter)
            if _is_of_server(error):
                break
    return f"{sent} sent"


def _is_of_server(error: Exception) -> bool:
    """Whether the server itself is not there, and not only this letter refused."""
    if isinstance(error, SMTPException):
        return isinstance(error, OF_SERVER)
    return isinstance(error, OSError)


def _send(letter: Letter, now: datetime) -> bool:
    """Send the letter if it is not too late for it. Raises: whatever refuses it."""
    if letter.until is not None and letter.until <= now:
        _close(letter, Letter.State.GIVEN_UP)
        return False
    content = json.loads(bytes(letter.message))
    with get_connection(settings.MAIL_BACKEND) as connection:
        message = EmailMessage(content["subject"], content["body"], to=[letter.to])
        connection.send_messages([message])
    _close(letter, Letter.State.SENT)
    return True


def _postpone(letter: Letter) -> None:
    if letter.attempts + 1 >= ATTEMPTS:
        _close(letter, Letter.State.GIVEN_UP)
        return
    with transaction.atomic():
        letter.attempts += 1
        letter.next_at = clock.now() + wait_after(letter.attempts)
        letter.save(update_fields=["attempts", "next_at"])


def _close(letter: Letter, state: Letter.State) -> None:
    with transaction.atomic():
        letter.state = state
        letter.to = ""
        letter.message = b""
        letter.closed_at = clock.now()
        letter.save()
