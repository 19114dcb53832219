"""Opening by number and code: a wrong code and a wrong number cost the same, and guessing is slow.

Every attempt is counted as a wrong one before the code is looked at, so that many at once win
nothing; a right code gives its turn back and forgets the wrong ones.
"""

from hmac import compare_digest
from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError
from baqylau.reception import keyring
from baqylau.reception.models import Guess
from baqylau.reception.queries.numbers import issue_of
from baqylau.reception.rules.guessing import BUDGET, KEPT, MINUTE, wait
from baqylau.reception.rules.numbers import consultation_number

EVERY: Final = "every"
"""The row that counts the wrong codes of the present minute, for all numbers."""


class WaitError(DomainError):
    """Too many wrong codes; `seconds` until the next may be typed."""

    code = "wait"
    status = 429

    def __init__(self, seconds: int) -> None:
        super().__init__("")
        self.seconds = seconds

    @property
    def message(self) -> str:
        """The sentence with the time to wait, in whole minutes."""
        minutes = -(-self.seconds // 60)
        return ngettext(
            "Too many wrong codes were typed. Please try again in %(minutes)s minute.",
            "Too many wrong codes were typed. Please try again in %(minutes)s minutes.",
            minutes,
        ) % {"minutes": minutes}


def opens(*, year: int, serial: int, code: str) -> bool:
    """Whether the code belongs to the number's slip. Raises: WaitError; KeyFileError."""
    number = consultation_number(year, serial)
    mark = keyring.mark(number, "guess")
    _take_turn(mark)
    issue, is_given = issue_of(year, serial)
    is_right = compare_digest(keyring.code_of(number, issue), code)
    if not (is_right and is_given):
        return False
    _give_back(mark)
    return True


def _take_turn(mark: str) -> None:
    """Count an attempt, or refuse it and count nothing."""
    now = clock.now()
    with transaction.atomic():
        fresh = [Guess(mark=each, last_at=now) for each in (EVERY, mark)]
        Guess.objects.bulk_create(fresh, ignore_conflicts=True)
        held = Guess.objects.select_for_update().filter(mark__in=(EVERY, mark)).order_by("mark")
        rows = {row.mark: row for row in held}
        every, own = rows[EVERY], rows[mark]
        if now - every.last_at >= MINUTE:
            every.wrong, every.last_at = 0, now
        if seconds := wait(own.wrong, now - own.last_at):
            raise WaitError(seconds)
        if every.wrong >= BUDGET:
            raise WaitError(int(MINUTE.total_seconds()))
        every.wrong += 1
        own.wrong, own.last_at = own.wrong + 1, now
        Guess.objects.bulk_update((every, own), ["wrong", "last_at"])


def _give_back(mark: str) -> None:
    with transaction.atomic():
        Guess.objects.filter(mark=mark).delete()
        Guess.objects.filter(mark=EVERY, wrong__gt=0).update(wrong=F("wrong") - 1)


def forget_guesses() -> str:
    """Drop wrong codes for numbers that nobody has tried for a day; says how many."""
    gone = Guess.objects.filter(last_at__lt=clock.now() - KEPT).delete()[0]
    return _("%(count)s dropped") % {"count": gone}
