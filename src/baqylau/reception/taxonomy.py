"""The words of a consultation: stable codes, labels in three languages."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """How somebody reached the desk."""

    WALK_IN = "walk_in", _("came in")
    BOOKED = "booked", _("came by appointment")
    PHONE = "phone", _("by phone")
    MESSENGER = "messenger", _("by messenger")
    PAPER = "paper", _("by letter")


class Origin(models.TextChoices):
    """How the record came to be."""

    DESK = "desk", _("typed during the talk")
    SHEET = "sheet", _("typed from a paper sheet")
    IMPORTED = "imported", _("imported, not verified")
    TRAINING = "training", _("invented for training")


class Part(models.TextChoices):
    """What the question was about: the part of the card that answers it."""

    ANSWER = "answer", _("the whole card")
    DOCUMENTS = "documents", _("documents")
    FEE = "fee", _("fee")
    TERM = "term", _("how long it takes")
    WHERE = "where", _("where to go")
    REFUSED = "refused", _("what to do after a refusal")
    OTHER = "other", _("something else")


class Result(models.TextChoices):
    """How a consultation ended at the desk; a case has outcomes of its own."""

    ADVISED = "advised", _("information given")
    SOLVED = "solved", _("solved on the spot")
    CASE = "case", _("help begun: a case is open")
    DIRECTED = "directed", _("shown where to go")
    CALL_BACK = "call_back", _("to be called back")
    SAFE_CHANNEL = "safe_channel", _("shown the safe channel")
    UNANSWERED = "unanswered", _("no answer found yet")


class StrikeReason(models.TextChoices):
    """Why a consultation is taken back; the journal keeps the code."""

    TWICE = "twice", _("written down twice")
    TEST = "test", _("a trial entry, nobody came")
    WRONG_PERSON = "wrong_person", _("written into another person's record")
    ASKED = "asked", _("the visitor asked for it")
    OTHER = "other", _("another mistake")


class CallKind(models.TextChoices):
    """Why somebody is called."""

    PROMISED = "promised", _("a promised call back")
    CHECK = "check", _("a check by another colleague")


class Reached(models.TextChoices):
    """How a call went."""

    ANSWERED = "answered", _("answered")
    REFUSED = "refused", _("did not want to talk")
    UNREACHED = "unreached", _("could not be reached")


class Solved(models.TextChoices):
    """Whether the person's problem was solved, in their own words."""

    YES = "yes", _("yes")
    PARTLY = "partly", _("in part")
    NO = "no", _("no")
    UNSURE = "unsure", _("cannot say yet")


class Happened(models.TextChoices):
    """Whether the talk took place, in the person's own words."""

    YES = "yes", _("yes, it took place")
    NO = "no", _("no, there was no such talk")
    UNSURE = "unsure", _("does not remember")


class LetterState(models.TextChoices):
    """Where a personal letter stands."""

    DRAFT = "draft", _("being written")
    PRINTED = "printed", _("printed")
    KEPT = "kept", _("number and address kept for the next letter")
    DROPPED = "dropped", _("personal details dropped")
