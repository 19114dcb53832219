"""What sealing a report costs, against the two derivations of the reference, in the same run.

Cryptography alone: no form, no database, no HTTP.
"""

import statistics
import time
from collections.abc import Callable, Iterator

from nacl.pwhash import argon2id

from baqylau.seal import items, keys, receipts, wraps
from baqylau.seal.keys import Use
from baqylau.seal.wraps import Binding, Role
from benchmarks.table import Row, measures

SHARE = 90
"""One sealed report may cost one part in so many of the reference's two derivations."""
REFERENCE = ((16, 128), (17, 128))
"""Passes and MiB of its two derivations for one accepted report: measured at GlobaLeaks 5.0.15."""
OFFICERS, CUSTODIANS = 3, 2
REPORT = ("Қабылдау бөлмесінде ақша сұрады. " * 40).encode()
NAME = "Айгүл, +7 700 000 00 00".encode()


def seal_report(officers: list[str], recovery: str, custodians: list[str]) -> receipts.Receipt:
    """All of the cryptography of one report with a name: keys, item, wraps, receipt."""
    report, name = keys.generate(Use.REPORT), keys.generate(Use.NAME)
    items.seal(report, items.following("r-1", "report", []), REPORT)
    items.seal(name, items.following("r-1", "name", []), NAME)
    for number, public in enumerate(officers):
        wraps.wrap(report, Binding("r-1", Role.OFFICER, f"o-{number}"), public)
    for number, public in enumerate(custodians):
        wraps.wrap(name, Binding("r-1", Role.CUSTODIAN, f"c-{number}"), public)
    wraps.wrap(report, Binding("r-1", Role.RECOVERY), recovery)
    receipt = receipts.make(receipts.draw_locator(), receipts.draw_secret())
    wraps.lock_with_receipt(report, "r-1", receipt)
    return receipt


def cpu(work: Callable[[], object]) -> float:
    """The CPU seconds that the work takes, those of the kernel included."""
    start = time.process_time()
    work()
    return time.process_time() - start


def side_by_side(
    ours: Callable[[], object], theirs: Callable[[], object], rounds: int
) -> tuple[float, float]:
    """Medians of CPU seconds, taken by turns, so that a busy moment of the machine meets both."""
    small: list[float] = []
    large: list[float] = []
    for _ in range(rounds):
        large.append(cpu(theirs))
        small += [cpu(ours) for _ in range(15)]
    return statistics.median(small), statistics.median(large)


def reference() -> None:
    """The reference's two derivations."""
    for passes, mebibytes in REFERENCE:
        argon2id.kdf(32, b"1" * 16, bytes(16), opslimit=passes, memlimit=mebibytes << 20)


@measures("seal")
def rows(short: bool) -> Iterator[Row]:
    """CPU of one sealed report."""
    officers, custodians = (
        [keys.generate(Use.PERSON).public for _ in range(count)] for count in (OFFICERS, CUSTODIANS)
    )
    recovery = keys.generate(Use.RECOVERY).public
    ours, theirs = side_by_side(
        lambda: seal_report(officers, recovery, custodians), reference, 1 if short else 5
    )
    yield Row(
        "CPU of one sealed report, cryptography only",
        ours * 1_000,
        "ms",
        "ms, the reference's two derivations",
        theirs * 1_000,
        f"≤ 1/{SHARE}",
        ours * SHARE <= theirs,
    )
