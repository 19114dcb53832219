"""One-time codes: given out on a sheet, open the test once, and are only marked as used.

What is kept is a digest under the site's secret: who reads the database cannot open the test. The
sheets of a moment are a counter for each score, so nobody's answers are kept, and the journal's
entry about a sheet says when, not how it was answered.
"""

import threading
import time
from collections.abc import Callable, Sequence

from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import SYSTEM, Actor
from baqylau.kernel.errors import DomainError
from baqylau.kernel.permissions import require
from baqylau.outreach.access import HOLD
from baqylau.outreach.models import Event, Moment, OneTimeCode, Question, Score, Sitting, Stage
from baqylau.outreach.queries.events import holding
from baqylau.outreach.queries.quizzes import questions_of, sitting_of
from baqylau.outreach.rules import testing
from baqylau.web.budgets import Budget, Budgets

AT_ONCE = 200
"""Codes on one sheet."""
MOST = 1_000
"""Codes of one moment of an event."""
RATE, BURST = 0.5, 60.0
"""Wrong codes a second from one network, and how many at once: a class behind one router may
mistype, and guessing 1,000 live codes of 40 bits at this pace takes some seventy years."""
ALL_RATE, ALL_BURST = 10.0, 600.0
"""The same of all networks together."""


class WrongCodeError(DomainError):
    """No code is like this, or it opens nothing today."""

    code = "wrong_code"
    status = 404


class UsedCodeError(DomainError):
    """The code was used: its sheet is counted."""

    code = "used_code"
    status = 409


class TooManyGuessesError(DomainError):
    """Too many wrong codes came; even a right one is not looked at for a while."""

    code = "guesses"
    status = 429


def digest(code: str) -> str:
    """What is kept of a code: 64 hexadecimal signs."""
    return salted_hmac("outreach.code", code, algorithm="sha256").hexdigest()


def print_codes(*, actor: Actor, event: Event, moment: str, number: int) -> list[str]:
    """New codes for the event's sheet, which nobody sees again.

    Raises: NotAllowedError; DomainError for too many, or an event that has no test, is cancelled
    or is long over.
    """
    require(actor, HOLD, holding(event))
    if not 1 <= number <= AT_ONCE:
        raise DomainError(
            _("From 1 to %(most)s codes at a time."),
            code="number",
            field="number",
            params={"most": AT_ONCE},
        )
    codes = sorted({testing.new_code() for _each in range(number)})
    with transaction.atomic():
        sitting = _sitting(event)
        rows = OneTimeCode.objects.filter(sitting=sitting, moment=Moment(moment))
        if rows.count() + len(codes) > MOST:
            raise DomainError(
                _("At most %(most)s codes for one moment of an event."),
                code="number",
                field="number",
                params={"most": MOST},
            )
        OneTimeCode.objects.bulk_create(
            OneTimeCode(
                sitting=sitting, moment=Moment(moment), digest=digest(testing.read_code(code))
            )
            for code in codes
        )
        append(
            action="outreach.codes_printed",
            actor=actor,
            subject=f"event:{event.code}",
            payload={"moment": str(moment), "number": len(codes)},
        )
    return codes


def _sitting(event: Event) -> Sitting:
    sitting = sitting_of(event)
    if sitting is None:
        raise DomainError(_("Choose a test first."), code="no_test")
    if Event.objects.filter(pk=event.pk, stage=Stage.CANCELLED).exists():
        raise DomainError(_("The event was cancelled: there is nothing to test."), code="cancelled")
    if event.on + testing.OPEN_AFTER < clock.today():
        raise DomainError(_("The event is long over: codes would open nothing."), code="late")
    return sitting


def drop_codes(*, actor: Actor, event: Event, moment: str) -> int:
    """Take back the codes of a moment that nobody used (a sheet was lost); how many these were.

    Raises: NotAllowedError.
    """
    require(actor, HOLD, holding(event))
    with transaction.atomic():
        rows = OneTimeCode.objects.filter(
            sitting__event=event, moment=Moment(moment), is_used=False
        )
        number, _each = rows.delete()
        if number:
            append(
                action="outreach.codes_dropped",
                actor=actor,
                subject=f"event:{event.code}",
                payload={"moment": str(moment), "number": number},
            )
    return number


class Guesses:
    """How many wrong codes may still come, in the memory of this process alone."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now, self._lock = now, threading.Lock()
        self._each = Budgets(RATE, BURST)
        self._all = Budget(ALL_RATE, ALL_BURST, ALL_BURST, now())

    def begin(self, network: str) -> None:
        """Take a turn. Raises: TooManyGuessesError."""
        with self._lock:
            now = self._now()
            if not self._each.take(network, 1, now):
                raise TooManyGuessesError(_too_many())
            if not self._all.take(1, now):
                self._each.take(network, -1, now)
                raise TooManyGuessesError(_too_many())

    def right(self, network: str) -> None:
        """The code was a right one: it costs nothing."""
        with self._lock:
            now = self._now()
            self._each.take(network, -1, now)
            self._all.take(-1, now)


def _too_many() -> str:
    return _("Too many wrong codes came from here. Wait a minute, then type your code once more.")


guesses = Guesses()


def open_test(*, code: str, network: str) -> tuple[OneTimeCode, list[Question]]:
    """The test that a code opens, with its questions; nothing is used by looking.

    A wrong and a used code cost the same. Raises: WrongCodeError; UsedCodeError;
    TooManyGuessesError.
    """
    guesses.begin(network)
    row = _found(code)
    guesses.right(network)
    return row, questions_of(row.sitting.quiz)


def _found(code: str, *, is_locked: bool = False) -> OneTimeCode:
    rows = OneTimeCode.objects.select_related("sitting__event", "sitting__quiz")
    if is_locked:
        rows = rows.select_for_update(of=("self",))
    row = rows.filter(digest=digest(testing.read_code(code))).first()
    if row is None or not _is_open(row.sitting.event):
        raise WrongCodeError(
            _("No test opens with this code today. Look at the sheet and type it once more.")
        )
    if row.is_used:
        raise UsedCodeError(
            _("With this code the answers were sent already. They are counted once, and stay so.")
        )
    return row


def _is_open(event: Event) -> bool:
    return event.stage != Stage.CANCELLED and testing.is_open(event.on, clock.today())


def answer(*, code: str, network: str, chosen: Sequence[int | None]) -> str:
    """Count a sheet once; returns its moment. The answers themselves are not kept.

    Raises: as `open_test`; ValueError for another number of answers than there are questions.
    """
    guesses.begin(network)
    with transaction.atomic():
        row = _found(code, is_locked=True)
        right = testing.score(chosen, [each.right for each in questions_of(row.sitting.quiz)])
        OneTimeCode.objects.filter(pk=row.pk).update(is_used=True)
        score, _is_new = Score.objects.get_or_create(
            sitting=row.sitting, moment=row.moment, is_paper=False, right=right
        )
        Score.objects.filter(pk=score.pk).update(count=F("count") + 1)
        append(
            action="outreach.sheet_counted",
            actor=SYSTEM,
            subject=f"event:{row.sitting.event.code}",
            payload={"moment": row.moment},
        )
    guesses.right(network)
    return row.moment
