"""Whatever comes in at a door: a value comes out, or an error of that room, and nothing else."""

import time
import tracemalloc
import warnings
from collections.abc import Callable, Sequence
from types import TracebackType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baqylau.documents.tables import write_csv
from baqylau.imports import services
from baqylau.kernel.modules import registry
from tests.security.doors import DOORS, Door
from tests.security.doors.door import ODD, ODD_TEXTS, Given

pytestmark = [
    pytest.mark.once,
    pytest.mark.django_db(databases=["default", "sealed"]),
    pytest.mark.usefixtures("keys"),
]
EVERY = pytest.mark.parametrize("door", DOORS, ids=[door.name for door in DOORS])


class Bounded:
    """A call within the door's bounds of CPU time and of Python's memory."""

    def __init__(self, door: Door) -> None:
        self.door = door

    def __enter__(self) -> None:
        tracemalloc.start(1)
        self.begun = time.process_time()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        spent = time.process_time() - self.begun
        peak = tracemalloc.get_traced_memory()[1] / 1_048_576
        tracemalloc.stop()
        if kind is None:
            assert spent <= self.door.seconds, f"{spent:.1f} s"
            assert peak <= self.door.megabytes, f"{peak:.0f} MB"


def tried(door: Door, content: Given) -> bool:
    """Whether the door took it; False where it refused in its own way. All else goes on."""
    with Bounded(door), warnings.catch_warnings():
        warnings.simplefilter("ignore", category=DeprecationWarning)
        try:
            door.take(content)
        except door.refuses:
            return False
    return True


def odd(door: Door) -> Sequence[Given]:
    """What is odd to every door; some of it where each call starts a process."""
    everything: Sequence[Given] = ODD_TEXTS if door.is_text else ODD
    return everything[::6] if door.examples < FEW else everything


FEW = 10


@EVERY
def test_a_door_gives_a_value_or_an_error_of_its_own_room(door: Door) -> None:
    @given(door.thrown)
    @settings(
        max_examples=door.examples,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    def throw(content: Given) -> None:
        tried(door, content)

    throw()
    for content in odd(door):
        tried(door, content)


@EVERY
def test_a_door_takes_what_it_is_there_for(door: Door) -> None:
    if door.name in SIGNED_ELSEWHERE:
        return
    for content in door.good:
        assert door.take(content), content[:80]


@EVERY
def test_a_door_that_may_refuse_does_refuse_something(door: Door) -> None:
    if door.refuses:
        assert not all(tried(door, content) for content in odd(door))


SIGNED_ELSEWHERE = {
    "passes of an open channel": "tests/reports/test_channel.py opens a channel with a pass",
    "pages of the ceremony": "tests/reports/test_ceremony.py goes through the pages",
    "pages of a drill": "tests/reports/test_ceremony.py goes through the pages of a drill",
    "links of invitations": "tests/staff/test_invitation.py follows links of ours",
    "the page after a receipt": "tests/reports/test_receipt.py copies a receipt of ours",
}
"""Doors that take only what was signed for a record; where it is shown that they take it."""


def broken(content: bytes) -> object:
    """A reader that trusts the length that it is told."""
    return content[content[0]] if content else 0


def greedy(content: bytes) -> object:
    """A reader that takes as much room as it is told."""
    return bytes(100_000_000) if content else 0


@pytest.mark.parametrize(("take", "fault"), [(broken, IndexError), (greedy, AssertionError)])
def test_a_reader_that_breaks_is_found(
    take: Callable[[bytes], object], fault: type[Exception]
) -> None:
    with pytest.raises(fault):
        test_a_door_gives_a_value_or_an_error_of_its_own_room(Door("broken", take, (b"\2abc",)))


KINDS = {importer.code: importer for importer in registry.gather("imports")}


@pytest.mark.parametrize("code", sorted(KINDS))
def test_every_kind_of_table_is_read_to_a_plan_or_a_reason(code: str) -> None:
    kind = KINDS[code]
    headings = [column.headings[0] for column in kind.columns]
    cells = st.one_of(st.sampled_from(CELLS), st.text(max_size=60))

    @given(st.lists(st.lists(cells, min_size=len(headings), max_size=len(headings)), max_size=3))
    @settings(
        max_examples=25, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    def bring(rows: list[list[str]]) -> None:
        outcome = services.look(kind, write_csv([headings, *rows]))
        assert outcome.plan is not None or outcome.refusal
        if outcome.plan:
            assert sum(outcome.plan.counts.values()) <= len(rows)

    bring()
    for odd in CELLS:
        bring.hypothesis.inner_test([[odd] * len(headings)])  # type: ignore[attr-defined]  # hypothesis adds it


CELLS = (
    *("", "0", "-1", "1e9", "9" * 40, "²", "٣", "=1+1", "31.12.2026", "01.01.0001", "2026-02-30"),
    *(
        "Тараз қаласы",
        "школа",
        "мектеп",
        "x",
        "\u202e",
        "a\nb",
        "+7 701 987 65 43",
        "<b>",
        "'",
        "қ" * 500,
    ),
)
"""What stands in cells of tables that nobody has looked after."""
