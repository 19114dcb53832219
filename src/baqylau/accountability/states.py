"""What public pages depend on besides names: each read with one cheap question."""

from django.db.models import Max

from baqylau.accountability.models import Release
from baqylau.accountability.queries.voices import replies
from baqylau.figures.models import Closing
from baqylau.figures.queries import published
from baqylau.journal.models import Entry


def closed() -> object:
    """What was closed and corrected: rows of both are only ever added."""
    last = Closing.objects.aggregate(last=Max("pk"))["last"]
    return last, published.corrections().aggregate(last=Max("pk"))["last"]


def released() -> object:
    """What was released; releases are only ever added."""
    return Release.objects.aggregate(last=Max("pk"))["last"]


def recorded() -> object:
    """What was written down at all: every change of a record has its entry in the journal."""
    return Entry.objects.aggregate(last=Max("number"))["last"]


def of_body(code: str) -> object:
    """What the page of a body shows of the room: what was closed, and which replies stand.

    A reply is written once and may be taken back; its words never change.
    """
    return closed(), [each.pk for each in replies(code)]
