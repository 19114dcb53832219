"""Counting the catalogue's changes, so that what is held in memory knows when it is old."""

from django.db.models import F

from baqylau.catalogue.models import Revision


def changed(part: str = "search") -> None:
    """Count a change of the part, inside the transaction that makes it."""
    Revision.objects.get_or_create(part=part)
    Revision.objects.filter(part=part).update(number=F("number") + 1)
