"""Bring the year of the councils, subject by subject; the same for the same seed and day."""

import random
from collections.abc import Callable
from datetime import date
from typing import Final

from django.conf import settings

from baqylau.councils import seeds
from baqylau.councils.models import Category, Council
from baqylau.councils.training import councils, drafts, meetings, promises
from baqylau.institutions.models import Institution
from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError

Progress = Callable[[int, int], None]
Subject = Callable[[random.Random, date], int]
SUBJECTS: Final[tuple[Subject, ...]] = (
    councils.bring,
    meetings.bring,
    drafts.bring,
    promises.bring,
)
"""In the order in which they build on each other; each gets its own chance and today, and returns
how many rows it brought."""


def is_there() -> bool:
    """Whether there are councils already."""
    return Council.objects.exists()


def load(seed: int, _scale: int, progress: Progress) -> int:
    """Bring the records; none when there are councils, or no bodies to attach them to.

    Returns the number of rows. Raises: DomainError on a production site.
    """
    if not settings.IS_TRAINING:
        raise DomainError("invented councils belong on a training site only", code="production")
    if is_there() or not Institution.objects.exists():
        return 0
    if not Category.objects.exists():
        seeds.load()
    today, rows = clock.today(), 0
    for done, bring in enumerate(SUBJECTS, start=1):
        # A chance of its own: another subject before it moves nothing.
        rows += bring(random.Random(f"{seed} {bring.__module__}"), today)  # noqa: S311 - training data, to be the same every time
        progress(done, len(SUBJECTS))
    return rows
