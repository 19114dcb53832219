"""Raw limits of this machine at this moment, beside which the others are read: GET, Argon2id."""

import time
from collections.abc import Callable, Iterator
from functools import partial

from django.core.handlers.wsgi import WSGIHandler
from django.test.utils import override_settings

from baqylau.seal import derive
from benchmarks.conditional import _ask
from benchmarks.disk import per_second
from benchmarks.figures import database
from benchmarks.table import Row, measures

SALT = bytes(16)


def seconds_of(work: Callable[[], object], rounds: int) -> float:
    """The quickest of some rounds: what the machine can do when nobody is in the way."""
    found = []
    for _round in range(rounds):
        begun = time.perf_counter()
        work()
        found.append(time.perf_counter() - begun)
    return min(found)


@measures("limits")
def limits(short: bool) -> Iterator[Row]:
    """A GET that does nothing, and one key derived from a receipt or from a passphrase."""
    with database(), override_settings(ROOT_URLCONF="benchmarks._noop", ALLOWED_HOSTS=["*"]):
        site = WSGIHandler()
        _ask(site, "/nothing/")
        rate = per_second(lambda: _ask(site, "/nothing/"), 0.5 if short else 3.0)
        yield Row("GET that does nothing, through the whole site, one thread", rate, "/s")
    for name, cost in (("receipt", derive.RECEIPT), ("passphrase", derive.PASSPHRASE)):
        spent = seconds_of(partial(derive.from_password, "x", SALT, cost), 3 if short else 9)
        told = f"{cost.memory // 1024} MiB, {cost.passes} passes"
        yield Row(f"one Argon2id of a {name} ({told})", spent * 1e3, "ms")
