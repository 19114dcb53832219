"""Bring what the programme has published: the same for the same records and day."""

from collections.abc import Callable

from django.conf import settings

from baqylau.accountability.training.people import somebody
from baqylau.accountability.training.periods import close_all, due
from baqylau.casework.models import Case
from baqylau.figures.models import Closing
from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError
from baqylau.kernel.roles import Role


def is_there() -> bool:
    """Whether something is published already."""
    return Closing.objects.exists()


def load(_seed: int, _scale: int, progress: Callable[[int, int], None]) -> int:
    """Close the periods that are over; none when one is closed, or there is nothing to publish.

    Returns their number. Raises: DomainError on a production site.
    """
    if not settings.IS_TRAINING:
        raise DomainError("invented numbers belong on a training site only", code="production")
    today, coordinator = clock.today(), somebody(Role.COORDINATOR)
    if is_there() or coordinator is None or not Case.objects.exists():
        return 0
    periods = list(due(today))
    for done, _closing in enumerate(close_all(coordinator, today), start=1):
        progress(done, len(periods))
    return Closing.objects.count()
