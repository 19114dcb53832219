"""Stable codes of recommendations and of the documents that hold them."""

from collections.abc import Mapping

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class DocumentKind(models.TextChoices):
    """What is sent."""

    FINAL = "final", _("final document of public control")
    COUNCIL = "council", _("recommendations of a council")
    LETTER = "letter", _("letter of the organisation")


class ControlForm(models.TextChoices):
    """In which form public control was exercised.

    Source: Law on Public Control No 30-VIII of 02.10.2023; the list was not checked by a lawyer.
    """

    DISCUSSION = "discussion", _("public discussion")
    HEARING = "hearing", _("public hearing")
    MONITORING = "monitoring", _("public monitoring")
    EXPERTISE = "expertise", _("public expertise")


class Origin(models.TextChoices):
    """Where a recommendation came from."""

    FIGURE = "figure", _("from consultations, by a figure")
    CASE = "case", _("from a case")
    MEETING = "meeting", _("from a meeting")
    COMMENTS = "comments", _("from comments on a draft")
    CONTROL = "control", _("from an act of public control")


class State(models.TextChoices):
    """Where it stands; overdue is asked with today's date and never kept."""

    WRITTEN = "written", _("written")
    SENT = "sent", _("waits for an answer")
    ACCEPTED = "accepted", _("accepted")
    PARTLY = "partly", _("accepted in part")
    REFUSED = "refused", _("refused with reasons")
    SILENT = "silent", _("left without an answer")
    EXECUTED = "executed", _("reported as executed")
    CONFIRMED = "confirmed", _("execution confirmed by citizens")
    DISPUTED = "disputed", _("execution disputed by citizens")
    WITHDRAWN = "withdrawn", _("withdrawn")


class StepKind(models.TextChoices):
    """What happened."""

    SENT = "sent", _("sent")
    RECEIVED = "received", _("received by the body")
    NOTICE = "notice", _("notice of a hearing")
    HEARING = "hearing", _("hearing")
    SILENCE = "silence", _("no answer in time")
    ANSWERED = "answered", _("answered")
    PROMISED = "promised", _("promised for a day")
    EXECUTED = "executed", _("reported as executed")
    VERIFIED = "verified", _("checked on the spot")
    WITHDRAWN = "withdrawn", _("withdrawn")
    STRUCK = "struck", _("struck out")


ANSWERS = (State.ACCEPTED, State.PARTLY, State.REFUSED)
"""What an answer may come to."""
CHECKS = (State.CONFIRMED, State.DISPUTED)
"""What a check on the spot may find."""
PUBLIC_STATES = tuple(state for state in State if state != State.WRITTEN)
"""What the public register shows: whatever was sent."""
WAITING = (State.SENT, State.SILENT)
"""States in which the body owes an answer."""

DOING: Mapping[str, Promise] = {
    StepKind.RECEIVED: _("Write down that it arrived"),
    StepKind.NOTICE: _("Write a notice of a hearing down"),
    StepKind.HEARING: _("Write the hearing down"),
    StepKind.SILENCE: _("Note that no answer came in time"),
    StepKind.ANSWERED: _("Write the answer down"),
    StepKind.PROMISED: _("Write down for which day it is promised"),
    StepKind.EXECUTED: _("Write down that the body reports it as done"),
    StepKind.VERIFIED: _("Write down what was found on the spot"),
    StepKind.WITHDRAWN: _("Withdraw the recommendation"),
}
"""What somebody does who writes a step down."""
