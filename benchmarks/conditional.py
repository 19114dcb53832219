"""What a conditional request that is answered 304 costs, beside a page that does nothing."""

import io
import statistics
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from time import process_time
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.test.utils import override_settings

from benchmarks.figures import database
from benchmarks.table import Row, measures

TARGET = 0.8
"""Times the rate of a page that does nothing, at least."""
ROUNDS, BATCH = 41, 100
PAGES = (
    ("numbers", "/numbers/"),
    ("open data", "/data/"),
    ("every published number", "/data/v1/cells.csv"),
)
Environ = dict[str, Any]


def _environ(path: str, tag: str = "") -> Environ:
    """A request as the server hands it over."""
    return {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost",
        "HTTP_ACCEPT_ENCODING": "gzip",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
        "wsgi.url_scheme": "http",
        "wsgi.version": (1, 0),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        **({"HTTP_IF_NONE_MATCH": tag} if tag else {}),
    }


def _ask(site: WSGIHandler, path: str, tag: str = "") -> tuple[str, Mapping[str, str]]:
    said: list[Any] = []

    def begin(status: str, heads: list[tuple[str, str]], _fault: object = None, /) -> Any:  # noqa: ANN401 - as WSGI has it
        said.extend((status, heads))

    answer = site(_environ(path, tag), begin)
    for _piece in answer:
        pass
    answer.close()
    return said[0], dict(said[1])


def _seconds(ask: Callable[[], object]) -> float:
    begun = process_time()
    for _ in range(BATCH):
        ask()
    return (process_time() - begun) / BATCH


@measures("conditional")
def conditional(short: bool) -> Iterator[Row]:
    """Requests answered 304 in a CPU-second, against a page that does nothing."""
    with database(), override_settings(ROOT_URLCONF="benchmarks._noop", ALLOWED_HOSTS=["*"]):
        site = WSGIHandler()
        tags = {path: _ask(site, path)[1]["ETag"] for _name, path in PAGES}
        asks = {path: partial(_ask, site, path, tag) for path, tag in tags.items()}
        for path, ask in asks.items():
            if not ask()[0].startswith("304"):
                raise RuntimeError(f"{path} is not answered 304")
        asks["nothing"] = partial(_ask, site, "/nothing/", "")
        spent: dict[str, list[float]] = {name: [] for name in asks}
        for _round in range(ROUNDS // 4 if short else ROUNDS):
            for name, ask in asks.items():
                spent[name].append(_seconds(ask))
    rate = {name: 1 / statistics.median(found) for name, found in spent.items()}
    for name, path in PAGES:
        yield Row(
            f"304 to a conditional request: {name}",
            rate[path],
            "requests a CPU-second",
            "of a page that does nothing",
            rate["nothing"],
            f"≥ {TARGET} ×",
            rate[path] >= TARGET * rate["nothing"],
        )
