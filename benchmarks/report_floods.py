"""Honest reporters while somebody floods the form: how many get through within a minute."""

import random
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from http.client import HTTPException

from benchmarks._installing import inside, prepared
from benchmarks._reporting import CHANNEL, FORM, PATIENCE, Outcome, Pages, Visitor, review, submit
from benchmarks.server import serving
from benchmarks.table import Row, measures

THROUGH = 0.99
"""Least share of honest submissions that must succeed."""
FLOODERS, RATE = 4, 100.0
"""Threads that flood, and requests a second that they try for together."""
OWN = "127.200.7"
"""The honest visitor's own prefix in the third flood."""
Shot = Callable[[random.Random, Pages, str], None]


def malformed(chance: random.Random, _pages: Pages, base: str) -> None:
    """What no page of ours sends: noise, half forms, foreign tokens, receipts that are none."""
    body = chance.choice(
        (
            chance.randbytes(2_000),
            b"go=send&end=1&story=" + b"a" * 4_000,
            b"go=send&token=1:2&story=%ff%fe",
            b"do=open&receipt=0000+0000+0000+0000+0000+0000+0000",
        )
    )
    _shoot(base, _stranger(chance), chance.choice((FORM, CHANNEL)), body)


def valid(chance: random.Random, pages: Pages, base: str) -> None:
    """A right form from a network of its own."""
    _report(base, _stranger(chance), pages)


def neighbour(chance: random.Random, pages: Pages, base: str) -> None:
    """A right form from the honest visitor's own network."""
    _report(base, f"{OWN}.{chance.randrange(1, 200)}", pages)


def _stranger(chance: random.Random) -> str:
    return f"127.{chance.randrange(1, 199)}.{chance.randrange(256)}.{chance.randrange(1, 255)}"


def _shoot(base: str, address: str, path: str, body: bytes) -> None:
    visitor = Visitor(base, address)
    try:
        visitor.ask("POST", path, body)
    except (OSError, HTTPException):
        """Refused is what it came for."""
    finally:
        visitor.close()


def _report(base: str, address: str, pages: Pages) -> None:
    visitor = Visitor(base, address)
    try:
        visitor.post(FORM, pages.new())
    except (OSError, HTTPException):
        """As above."""
    finally:
        visitor.close()


FLOODS: tuple[tuple[str, Shot, bool], ...] = (
    ("malformed", malformed, True),
    ("valid, from other prefixes", valid, True),
    ("valid, from the visitor's own prefix", neighbour, False),
)


@measures("report-floods")
def rows(short: bool) -> Iterator[Row]:
    """Three floods, one after the other, each over a server of its own."""
    seconds = 8.0 if short else 60.0
    for name, shot, has_target in FLOODS:
        with prepared("SQLite") as environment:
            inside(environment, "keys")
            with serving(environment) as (base, _pid):
                fired, honest = flooded(base, shot, seconds)
        through = [one for one in honest if one.receipt]
        share = len(through) / len(honest)
        yield Row(
            f"flood, {name}, {fired / seconds:.0f}/s: honest reports accepted within a minute",
            100 * share,
            f"% of {len(honest)}",
            target=f"≥ {100 * THROUGH:.0f} %" if has_target else "as measured",
            is_met=share >= THROUGH if has_target else None,
        )
        yield Row(
            f"flood, {name}: slowest honest report that got through",
            max((one.seconds for one in through), default=0.0),
            "s",
        )


def flooded(base: str, shot: Shot, seconds: float) -> tuple[int, list[Outcome]]:
    """Flood for so long; how many requests were sent, and how the honest ones fared."""
    pages = review(base)
    end = time.perf_counter() + seconds
    fired = [0] * FLOODERS
    honest: list[Outcome] = []

    def flood(number: int) -> None:
        chance = random.Random(secrets.randbits(32))
        while (now := time.perf_counter()) < end:
            shot(chance, pages, base)
            fired[number] += 1
            time.sleep(max(0.0, FLOODERS / RATE - (time.perf_counter() - now)))

    def report(number: int) -> None:
        visitor = Visitor(base, f"{OWN}.{200 + number % 40}")
        honest.append(submit(visitor, pages.new(), PATIENCE))
        visitor.close()

    flooding = [threading.Thread(target=flood, args=(number,)) for number in range(FLOODERS)]
    for thread in flooding:
        thread.start()
    coming: list[threading.Thread] = []
    # One honest report every two seconds, all from one neighbourhood: within its budget.
    while time.perf_counter() < end:
        coming.append(threading.Thread(target=report, args=(len(coming),)))
        coming[-1].start()
        time.sleep(2)
    for thread in (*flooding, *coming):
        thread.join()
    return sum(fired), honest
