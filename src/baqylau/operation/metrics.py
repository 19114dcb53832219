"""Numbers about the machine's disk, for a program that watches the site."""

import shutil
from collections.abc import Iterator

from django.conf import settings

from baqylau.kernel.metrics import Metric


def metrics() -> Iterator[Metric]:
    """Free bytes where the site keeps its data."""
    free = float(shutil.disk_usage(settings.HOME).free)
    yield Metric("baqylau_disk_free_bytes", "Free room on the disk.", "gauge", [({}, free)])
