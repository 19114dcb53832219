"""Numbers about duties and letters, for a program that watches the site."""

from collections.abc import Iterator

from baqylau.jobs.queries import duties, waiting_letters
from baqylau.kernel.metrics import Metric


def metrics() -> Iterator[Metric]:
    """When each duty last ended, how often it failed in a row, how many letters wait.

    Duties about sealed reports are left out: they tell when there is something to do.
    """
    rows = [duty for duty in duties() if not duty.job.code.startswith("reports.")]
    ended = [
        ({"job": duty.job.code}, duty.lease.finished_at.timestamp())
        for duty in rows
        if duty.lease and duty.lease.finished_at
    ]
    failed = [
        ({"job": duty.job.code}, float(duty.lease.failures if duty.lease else 0)) for duty in rows
    ]
    yield Metric(
        "baqylau_job_ended_timestamp_seconds",
        "When the duty last ended, well or not.",
        "gauge",
        ended,
    )
    yield Metric(
        "baqylau_job_failures", "Runs of the duty that failed one after another.", "gauge", failed
    )
    yield Metric(
        "baqylau_letters_waiting",
        "Letters that no mail server has taken yet.",
        "gauge",
        [({}, float(waiting_letters()))],
    )
