"""The words of a case: stable codes, labels in three languages."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ContactKind(models.TextChoices):
    """What somebody came about."""

    INFORMATION = "information", _("information")
    SERVICE_FAILURE = "service_failure", _("service failure")
    MISCONDUCT = "misconduct", _("misconduct or ethics")
    CORRUPTION = "corruption", _("corruption indication")
    WASTE = "waste", _("waste or procurement")
    PROPOSAL = "proposal", _("proposal")
    OUT_OF_SCOPE = "out_of_scope", _("out of scope")


class Urgency(models.TextChoices):
    """How soon somebody must look at it; apart from how grave it is."""

    NORMAL = "normal", _("normal")
    URGENT = "urgent", _("urgent")


class Severity(models.IntegerChoices):
    """How grave it is."""

    SMALL = 1, _("1: a nuisance")
    NOTABLE = 2, _("2: costs time or money")
    GRAVE = 3, _("3: takes away a right or a living")
    DANGEROUS = 4, _("4: endangers life or health")


class Procedure(models.TextChoices):
    """What was filed; it decides which terms of law run."""

    APPEAL = "appeal", _("appeal")
    PROVIDER = "provider", _("complaint to the service provider")
    QUALITY = "quality", _("complaint to the service quality body")
    INFORMATION = "information", _("request for information")
    FINAL_DOCUMENT = "final_document", _("final document of public control")


class StepKind(models.TextChoices):
    """What happened to a case."""

    OPENED = "opened", _("case opened")
    FILED = "filed", _("filed")
    REDIRECTED = "redirected", _("redirected to another body")
    EXTENDED = "extended", _("term extended")
    ANSWERED = "answered", _("answer received")
    REVIEWED = "reviewed", _("answer reviewed")
    SILENCE = "silence", _("silence noted")
    COMPLAINT = "complaint", _("complaint filed")
    FORWARDED = "forwarded", _("complaint reached the reviewing body")
    DECIDED = "decided", _("decision on the complaint received")
    COURT = "court", _("claim filed in court")
    CLOSED = "closed", pgettext_lazy("case", "closed")
    REOPENED = "reopened", pgettext_lazy("case", "opened again")
    ASSIGNED = "assigned", pgettext_lazy("case", "given to a colleague")
    MOVED = "moved", _("moved to the successor of the body")
    STRUCK = "struck", _("earlier step struck out")


DOING: Mapping[str, Any] = {
    StepKind.FILED: _("Record what was filed"),
    StepKind.REDIRECTED: _("Record a redirection"),
    StepKind.EXTENDED: _("Record an extension of the term"),
    StepKind.ANSWERED: _("Record the answer"),
    StepKind.REVIEWED: _("Say what the answer comes to"),
    StepKind.SILENCE: _("Note the silence"),
    StepKind.COMPLAINT: _("Record the complaint"),
    StepKind.FORWARDED: _("Record that the complaint has arrived"),
    StepKind.DECIDED: _("Record the decision on the complaint"),
    StepKind.COURT: _("Record the claim in court"),
    StepKind.CLOSED: _("Close the case"),
    StepKind.REOPENED: _("Open the case again"),
}
"""What an adviser does by adding the step; `StepKind` names what has happened then."""


class Stage(models.TextChoices):
    """Where a case stands: it follows from the steps, never from a calendar."""

    OPEN = "open", _("being prepared")
    FILED = "filed", _("waiting for an answer")
    ANSWERED = "answered", _("answer to be reviewed")
    REVIEWED = "reviewed", pgettext_lazy("stage", "answer reviewed")
    REFUSED = "refused", _("refused or silent: a complaint is possible")
    COMPLAINED = "complained", _("complaint under review")
    DECIDED = "decided", _("decision received: the court is possible")
    IN_COURT = "in_court", _("in court")
    CLOSED = "closed", pgettext_lazy("stage", "closed")


class Finding(models.TextChoices):
    """What a review of an answer, or a decision on a complaint, says."""

    GRANTED = "granted", _("granted")
    PARTLY = "partly", _("granted in part")
    REASONED = "reasoned", _("refused, with reasons")
    UNREASONED = "unreasoned", _("refused, without reasons")
    BESIDE = "beside", _("beside the point")


class Outcome(models.TextChoices):
    """How a case ended."""

    ADVISED = "advised", _("advised")
    SOLVED = "solved", _("solved without an appeal")
    APPEAL_WON = "appeal_won", _("appeal won")
    REASONED_REFUSAL = "reasoned_refusal", _("reasoned refusal")
    SILENCE = "silence", _("silence")
    DISCIPLINARY = "disciplinary", _("disciplinary measure")
    ADMINISTRATIVE = "administrative", _("administrative measure")
    CRIMINAL = "criminal", _("criminal case registered")
    MONEY_RETURNED = "money_returned", _("money returned")
    RULE_CHANGED = "rule_changed", _("rule changed")
    UNFOUNDED = "unfounded", _("unfounded")
    AFRAID = "afraid", _("withdrawn for fear")
    LOST = "lost", _("lost contact")


SOLVING = frozenset(
    {Outcome.SOLVED, Outcome.APPEAL_WON, Outcome.MONEY_RETURNED, Outcome.RULE_CHANGED}
)
"""Outcomes in which the person got what they came for; measures against officials are no such."""
SOLVING_CODE = "solving"
"""What an address says for any of them."""


class Evidence(models.TextChoices):
    """What shows the outcome."""

    LETTER = "letter", _("letter of the body")
    PORTAL = "portal", _("status on the portal")
    DECISION = "decision", _("decision on the complaint")
    COURT_ACT = "court_act", _("act of a court")
    RECEIPT = "receipt", _("receipt or bank statement")
    PERSON = "person", _("the person's own word")
    PUBLISHED = "published", _("published source")
    NOTHING = "nothing", _("nothing")


UNPROVEN = frozenset({Outcome.ADVISED, Outcome.SILENCE, Outcome.AFRAID, Outcome.LOST})
"""Outcomes that may stand without evidence."""


class Paper(models.TextChoices):
    """What a file of a step is, by its content."""

    PDF = "pdf", "PDF"
    DOCX = "docx", "DOCX"
    JPEG = "jpeg", "JPEG"
    PNG = "png", "PNG"
    WEBP = "webp", "WebP"
    HEIC = "heic", "HEIC"
