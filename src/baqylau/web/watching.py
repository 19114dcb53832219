"""What a program that watches the site may ask: is it ready, and how does it run.

`/readyz` answers whether the databases do. `/metrics` exists only where BAQYLAU_METRICS_TOKEN is
set, for whoever sends that token. Pages of sealed reports are in none of its numbers: a page that
takes long to answer would tell when somebody sent one.
"""

import os
import resource
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from hmac import compare_digest
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import Error, connections
from django.http import HttpRequest, HttpResponse, JsonResponse

from baqylau import __version__
from baqylau.kernel.metrics import Labels, Metric
from baqylau.kernel.modules import registry
from baqylau.web.trees import is_desk

Answer = Callable[[HttpRequest], HttpResponse]

BUCKETS: Final = (0.05, 0.1, 0.3, 1.0, 3.0, 10.0)
"""Seconds up to which answers of the desk are counted together."""
CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
"""Source: the text format of Prometheus, version 0.0.4."""
STARTED: Final = time.time()


class Tally:
    """What this process has answered since it began."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._answers: Counter[tuple[str, str]] = Counter()
        self._within: Counter[float] = Counter()
        self._seconds = 0.0
        self._timed = 0

    def note(self, tree: str, status: int, seconds: float) -> None:
        """Count an answer; how long it took only at the desk."""
        with self._lock:
            self._answers[tree, f"{status // 100}xx"] += 1
            if tree == "desk":
                self._timed += 1
                self._seconds += seconds
                self._within.update(bound for bound in BUCKETS if seconds <= bound)

    def metrics(self) -> Iterator[Metric]:
        """The numbers so far."""
        with self._lock:
            answers = [
                ({"tree": tree, "status": status}, float(count))
                for (tree, status), count in sorted(self._answers.items())
            ]
            within = [({"le": str(bound)}, float(self._within[bound])) for bound in BUCKETS]
            seconds, timed = self._seconds, float(self._timed)
        yield Metric(
            "baqylau_requests_total",
            "Answers by tree of pages and kind of status; pages of sealed reports left out.",
            "counter",
            answers,
        )
        name = "baqylau_desk_request_seconds"
        buckets = [({"": "_bucket", **labels}, count) for labels, count in within]
        yield Metric(
            name,
            "Seconds that pages of the desk took; pages of sealed reports left out.",
            "histogram",
            [
                *buckets,
                ({"": "_bucket", "le": "+Inf"}, timed),
                ({"": "_sum"}, seconds),
                ({"": "_count"}, timed),
            ],
        )


tally = Tally()
"""The one tally of the process."""


def watching(get_response: Answer) -> Answer:
    """Answer /readyz and /metrics; count every other request."""

    def answer(request: HttpRequest) -> HttpResponse:
        if request.path_info == "/readyz":
            return ready()
        if request.path_info == "/metrics" and _may_watch(request):
            return HttpResponse(
                written(measured()),
                content_type=CONTENT_TYPE,
                headers={"Cache-Control": "no-store"},
            )
        start = time.monotonic()
        response = get_response(request)
        if "/report" not in request.path_info:
            tally.note(_tree(request), response.status_code, time.monotonic() - start)
        return response

    return answer


def _tree(request: HttpRequest) -> str:
    if request.path_info.startswith(settings.STATIC_URL):
        return "static"
    return "desk" if is_desk(request) else "public"


def _may_watch(request: HttpRequest) -> bool:
    """Whether the site lets itself be watched, and the request brings the token."""
    token = settings.METRICS_TOKEN
    brought = request.headers.get("Authorization", "").encode()
    return bool(token) and compare_digest(brought, f"Bearer {token}".encode())


def ready() -> HttpResponse:
    """200 when every database answers; else 503 with those that do not."""
    silent = [alias for alias in settings.DATABASES if not _answers(alias)]
    told = {"status": "not ready", "silent": silent} if silent else {"status": "ready"}
    headers = {"Cache-Control": "no-store"}
    return JsonResponse(told, status=503 if silent else 200, headers=headers)


def _answers(alias: str) -> bool:
    try:
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone())
    except (Error, OSError):
        return False


def measured() -> Iterator[Metric]:
    """The process's numbers and those that the rooms give."""
    yield Metric("baqylau_info", "The version.", "gauge", [({"version": __version__}, 1.0)])
    yield Metric("process_start_time_seconds", "When this process began.", "gauge", [({}, STARTED)])
    yield Metric("process_resident_memory_bytes", "Memory in use.", "gauge", [({}, _memory())])
    yield from tally.metrics()
    for room in registry:
        if room.metrics:
            yield from room.metrics()


def _memory() -> float:
    """Bytes in memory now; the most that there ever were where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024.0
    return float(pages * os.sysconf("SC_PAGE_SIZE"))


def written(metrics: Iterable[Metric]) -> str:
    """The numbers as text. A label without a name is the ending of the number's name."""
    lines = []
    for metric in metrics:
        lines += [f"# HELP {metric.name} {metric.what}", f"# TYPE {metric.name} {metric.kind}"]
        lines += [
            f"{metric.name}{labels.get('', '')}{_labels(labels)} {value!r}"
            for labels, value in metric.samples
        ]
    return "\n".join(lines) + "\n"


def _labels(labels: Labels) -> str:
    shown = [f'{name}="{_escaped(value)}"' for name, value in labels.items() if name]
    return "{" + ",".join(shown) + "}" if shown else ""


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
