"""Bring the year of outreach: the same for the same seed, day and register of institutions."""

import random
from collections.abc import Callable
from datetime import date

from django.conf import settings

from baqylau.institutions.models import Institution
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import DomainError
from baqylau.kernel.roles import Role
from baqylau.outreach.models import Speaker
from baqylau.outreach.services.campaigns import seed as seed_campaigns
from baqylau.outreach.training import campaigns, events, reached, speakers
from baqylau.outreach.training.people import somebody

Subject = Callable[[random.Random, Actor, Actor | None, date], int]
SUBJECTS: tuple[Subject, ...] = (
    speakers.bring,
    campaigns.bring,
    events.bring,
    reached.bring,
)
"""In the order in which they build on each other; each gets the chance, the coordinator, the
lecturer of the site and today, and returns how many rows it brought."""


def is_there() -> bool:
    """Whether such records are there already."""
    return Speaker.objects.exists()


def load(seed: int, _scale: int, progress: Callable[[int, int], None]) -> int:
    """Bring speakers, then what each further subject has; nothing when there are any already.

    Returns the rows. Raises: DomainError on a production site.
    """
    if not settings.IS_TRAINING:
        raise DomainError("invented events belong on a training site only", code="production")
    coordinator = somebody(Role.COORDINATOR)
    if is_there() or coordinator is None or not Institution.objects.exists():
        return 0
    seed_campaigns()
    today, lecturer = clock.today(), somebody(Role.LECTURER)
    chance = random.Random(seed)  # noqa: S311 - training data, to be the same every time
    written = 0
    for subject in SUBJECTS:
        written += subject(chance, coordinator, lecturer, today)
        progress(written, written)
    return written
