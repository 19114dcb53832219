"""Bring what the programme has published: the same for the same records and day."""

from collections.abc import Callable
from datetime import date

from django.conf import settings

from baqylau.accountability.services.releasing import publish_release
from baqylau.accountability.training import accounts, contract, voices
from baqylau.accountability.training.people import somebody
from baqylau.accountability.training.periods import close_all, due
from baqylau.casework.models import Case
from baqylau.figures.models import Closing
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import DomainError
from baqylau.kernel.figures import Span
from baqylau.kernel.roles import Role


def is_there() -> bool:
    """Whether something is published already."""
    return Closing.objects.exists()


def load(_seed: int, _scale: int, progress: Callable[[int, int], None]) -> int:
    """Close the periods that are over, give account of them to the commissioner, release the data.

    Nothing when a period is closed already, or there is nothing to publish. Returns the closed
    periods. Raises: DomainError on a production site.
    """
    if not settings.IS_TRAINING:
        raise DomainError("invented numbers belong on a training site only", code="production")
    today, coordinator = clock.today(), somebody(Role.COORDINATOR)
    if is_there() or coordinator is None or not Case.objects.exists():
        return 0
    periods = list(due(today))
    for done, _closing in enumerate(close_all(coordinator, today), start=1):
        progress(done, len(periods))
    _give_account(coordinator, today)
    voices.speak(coordinator, somebody(Role.LAWYER), today)
    # Not on an earlier day: beside closed periods a release holds records as they are now.
    publish_release(actor=coordinator)
    return Closing.objects.count()


def _give_account(coordinator: Actor, today: date) -> None:
    """The contract, and accounts of it where there is somebody to approve them."""
    quarters = [(on, chosen) for on, chosen in due(today) if chosen.span is Span.QUARTER]
    if not quarters:
        return
    made = contract.write(coordinator, [chosen for _on, chosen in quarters], today)
    if lawyer := somebody(Role.LAWYER):
        people = (coordinator, lawyer, somebody(Role.OFFICIAL))
        accounts.give(people, made, quarters, today)
