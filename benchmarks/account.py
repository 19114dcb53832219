"""What the report of a quarter costs in its three formats, against bare runs of typst.

CPU time, that of processes that are started included: a busy machine does not lengthen it.
"""

import resource
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Final

import typst

from baqylau.documents.accounts.book import write_xlsx
from baqylau.documents.accounts.paper import write_pdf
from baqylau.documents.accounts.shapes import Account
from baqylau.documents.accounts.word import default_template, write_docx
from benchmarks._account import quarter
from benchmarks.table import Row, measures

TIMES: Final = 5
"""The report in all three formats may take as long as so many bare runs."""
EMPTY: Final = b"#pagebreak()"
BARE: Final = f"import typst; typst.compile({EMPTY!r}, format='pdf', ignore_system_fonts=True)"
FIRST: Final = """
from time import process_time
from benchmarks._account import quarter
account, start = quarter(), process_time()
from benchmarks.account import in_three_formats
in_three_formats(account)
print((process_time() - start) * 1_000)
"""


def in_three_formats(account: Account) -> None:
    """PDF, DOCX and XLSX of the same account."""
    write_pdf(account)
    write_docx(account)
    write_xlsx(account)


def program(code: str) -> str:
    """What a Python says that starts, does this, and ends."""
    return subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    ).stdout


def inside() -> None:
    """An empty document of two pages, in this process."""
    typst.compile(EMPTY, format="pdf", ignore_system_fonts=True)


def spent() -> float:
    """Seconds of CPU so far, of this process and of those that it started."""
    found = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in found)


def side_by_side(works: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Medians of milliseconds of CPU, taken by turns."""
    taken: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds + 1):
        for name, work in works.items():
            start = spent()
            work()
            taken[name].append((spent() - start) * 1_000)
    # The first turn loads modules and fonts.
    return {name: statistics.median(found[1:]) for name, found in taken.items()}


@measures("account")
def rows(short: bool) -> Iterator[Row]:
    """The report as a running site makes it; then each format, and what a process's first costs."""
    rounds = 3 if short else 11
    # Another account for each time that one is written.
    fresh = iter([quarter(seed) for seed in range((rounds + 1) * 5)])
    template = default_template()
    found = side_by_side(
        {
            "three": lambda: in_three_formats(next(fresh)),
            "bare": lambda: program(BARE),
            "inside": inside,
            "PDF": lambda: write_pdf(next(fresh)),
            "DOCX": lambda: write_docx(next(fresh)),
            "XLSX": lambda: write_xlsx(next(fresh)),
            "foreign": lambda: write_docx(next(fresh), template),
        },
        rounds,
    )
    first = statistics.median(float(program(FIRST)) for _ in range(rounds))
    run = "ms CPU, typst started for an empty document"
    yield Row(
        "a quarter's report in three formats",
        found["three"],
        "ms CPU",
        run,
        found["bare"],
        f"≤ {TIMES} ×",
        found["three"] <= TIMES * found["bare"],
    )
    yield Row(
        "the same, against typst inside a running process",
        found["three"],
        "ms CPU",
        "ms CPU, an empty document, fonts loaded",
        found["inside"],
    )
    for name in ("PDF", "DOCX", "XLSX"):
        yield Row(f"of these, {name}", found[name], "ms CPU", run, found["bare"])
    yield Row("the first of a process, with what it loads", first, "ms CPU", run, found["bare"])
    yield Row(
        "DOCX from a foreign template, fenced", found["foreign"], "ms CPU", run, found["bare"]
    )
