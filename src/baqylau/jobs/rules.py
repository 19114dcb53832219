"""When a duty is due, and how long a letter waits for its next try."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from baqylau.kernel.modules import Job

LEASE = timedelta(minutes=15)
"""How long a run may take before another process may take it over."""

MINUTES_OF_A_DAY = 1_440

ATTEMPTS = 12
"""Tries of one letter: from one minute, doubling, to about three days in all."""


def is_due(job: Job, last: datetime | None, now: datetime, zone: ZoneInfo) -> bool:
    """Whether the duty should run, given when it last started (None: never).

    A daily duty (`at`) is due once its hour of the zone's day has passed and it has not run since.
    A start that lies ahead was told by a wrong clock, and holds nothing up.
    """
    if last is not None and last - now > LEASE:
        last = None
    if not job.at:
        return last is None or now - last >= timedelta(seconds=job.every)
    local = now.astimezone(zone)
    hour = datetime.combine(local.date(), time.fromisoformat(job.at), zone)
    if local < hour:
        hour -= timedelta(days=1)
    return last is None or last < hour


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many failed tries: 1, 2, 4 … minutes, a day at most."""
    return timedelta(minutes=min(2**attempts, MINUTES_OF_A_DAY))
