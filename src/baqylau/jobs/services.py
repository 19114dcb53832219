"""Running what is due, once, whoever asks."""

import logging
import secrets
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from baqylau.jobs.models import Lease
from baqylau.jobs.rules import LEASE, is_due
from baqylau.kernel import clock
from baqylau.kernel.modules import Job, registry

log = logging.getLogger(__name__)


def run_due(apart: Callable[[Job], bool] | None = None) -> list[str]:
    """Run every duty whose time has come and that nobody else is running; returns their codes.

    `apart` starts the long ones; without it they run here as the others do. A duty that fails is
    recorded and tried again when its next time comes; the others still run.
    """
    return [job.code for job in registry.gather("jobs") if _run(job, apart)]


def _run(job: Job, apart: Callable[[Job], bool] | None) -> bool:
    if not (apart and job.is_long):
        return run(job=job)
    now = clock.now()
    lease = Lease.objects.filter(code=job.code).first()
    return (lease is None or _is_free(job, lease, now)) and apart(job)


def run(*, job: Job, is_forced: bool = False) -> bool:
    """Run one duty under its lease; returns whether it ran.

    `is_forced` runs it before its time, but never beside another run.
    """
    holder = secrets.token_hex(8)
    if not _claim(job, holder, is_forced=is_forced):
        return False
    result, error = "", ""
    try:
        result = job.run()[:200]
    except Exception as problem:  # noqa: BLE001 - a duty that fails must not stop the others
        # Only the class is kept: texts name people.
        error = type(problem).__name__
        log.error("the duty %s failed: %s", job.code, error)  # noqa: TRY400 - a trace could name people
    _release(job, holder, result, error)
    return True


def _claim(job: Job, holder: str, *, is_forced: bool) -> bool:
    now = clock.now()
    with transaction.atomic():
        lease, _made = Lease.objects.get_or_create(code=job.code)
        if not (is_forced or _is_free(job, lease, now)):
            return False
        # Compared with what was read, so that of two who saw it due only one runs it.
        free = Lease.objects.filter(
            Q(until__isnull=True) | Q(until__lt=now), code=job.code, started_at=lease.started_at
        )
        return bool(free.update(holder=holder, until=now + LEASE, started_at=now))


def _is_free(job: Job, lease: Lease, now: datetime) -> bool:
    """Whether its time has come and nobody runs it; a run that was killed is made up for."""
    if lease.until is not None:
        return lease.until < now
    return is_due(job, lease.started_at, now, ZoneInfo(settings.TIME_ZONE))


def _release(job: Job, holder: str, result: str, error: str) -> None:
    with transaction.atomic():
        lease = Lease.objects.filter(code=job.code, holder=holder).first()
        if lease is None:  # The run outlived its lease, and another holder reports instead.
            return
        lease.until = None
        lease.holder = ""
        lease.finished_at = clock.now()
        lease.last_error = error
        lease.failures = lease.failures + 1 if error else 0
        lease.result = lease.result if error else result
        lease.save()
