"""What is said on the telephone, and which answers belong together."""

from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from baqylau.kernel.errors import DomainError
from baqylau.reception.taxonomy import CallKind, Happened, Reached, Solved

ATTEMPTS: Final = 3
"""Unreached calls after which nobody is called again."""
LONGEST_WAIT: Final = timedelta(days=60)

GREETING_CHECK = _(
    "Hello. This is the public reception. You agreed that we may call you. May I ask you something?"
)
GREETING_PROMISED = _("Hello. This is the public reception. We promised to call you back.")
QUESTION_SOLVED = _("Was the problem solved with which you came to us?")
QUESTION_HAPPENED = _("Did you talk with our adviser on that day?")
THANKS = _("Thank you. You may come to us again at any time.")


def check_answers(kind: str, reached: str, solved: str, happened: str) -> None:
    """Refuse answers that do not fit the call. Raises: DomainError with the field."""
    if reached not in Reached.values:
        raise DomainError(_("Say how the call went."), field="reached")
    if solved not in ("", *Solved.values):
        raise DomainError(_("Choose one of the list."), field="solved")
    if happened not in ("", *Happened.values):
        raise DomainError(_("Choose one of the list."), field="happened")
    if reached != Reached.ANSWERED and (solved or happened):
        raise DomainError(_("Nobody answered, so there is no answer to note."), field="reached")
    for error in lacking_answers(kind, reached, solved, happened):
        raise error


def lacking_answers(kind: str, reached: str, solved: str, happened: str) -> list[DomainError]:
    """What must still be asked of somebody who answered a check."""
    if reached != Reached.ANSWERED or kind != CallKind.CHECK:
        return []
    asked = (
        ("solved", solved, _("Ask whether the problem was solved.")),
        ("happened", happened, _("Ask whether the talk took place.")),
    )
    return [DomainError(sentence, field=field) for field, answer, sentence in asked if not answer]


def next_try(again_on: date | None, today: date) -> date:
    """The day of the next try; tomorrow unless another is said. Raises: DomainError."""
    if again_on is None:
        return today + timedelta(days=1)
    if again_on <= today:
        raise DomainError(_("The next try is on a later day."), field="again_on")
    if again_on > today + LONGEST_WAIT:
        raise DomainError(
            _("This is too far away: at most %(days)s days."),
            field="again_on",
            params={"days": LONGEST_WAIT.days},
        )
    return again_on
