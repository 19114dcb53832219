"""How the duties stand."""

from dataclasses import dataclass
from datetime import datetime

from baqylau.jobs.models import Lease, Letter
from baqylau.kernel.modules import Job, registry


@dataclass(frozen=True, slots=True)
class Duty:
    """A registered duty with its lease, if it ever ran."""

    job: Job
    lease: Lease | None


def duties() -> list[Duty]:
    """Every registered duty, in the registry's order."""
    leases = Lease.objects.in_bulk()
    return [Duty(job, leases.get(job.code)) for job in registry.gather("jobs")]


def waiting_letters() -> int:
    """Letters that no server has taken yet."""
    return Letter.objects.filter(state=Letter.State.WAITING).count()


def oldest_waiting() -> datetime | None:
    """Since when the letter waits that waits longest; None when none does."""
    waiting = Letter.objects.filter(state=Letter.State.WAITING)
    return waiting.order_by("created_at").values_list("created_at", flat=True).first()
