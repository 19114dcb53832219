"""One line for each proof at the end of a run: what was done, acknowledged, lost, doubled."""

import time
from collections.abc import Callable, Iterator

import pytest

Tell = Callable[[str], None]
LEAST = 2
LINES = pytest.StashKey[list[str]]()


def within(seconds: float, rounds: int) -> Iterator[int]:
    """Rounds, as many as are begun in that time; so that a slow machine tries less, and says so."""
    end = time.monotonic() + seconds
    for number in range(rounds):
        if number >= LEAST and time.monotonic() > end:
            return
        yield number


@pytest.fixture
def told(request: pytest.FixtureRequest) -> Tell:
    """Say what a test has proved; shown when all of them are over."""
    lines = request.config.stash.setdefault(LINES, [])
    return lines.append


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Show the lines."""
    lines = config.stash.get(LINES, [])
    if lines:
        terminalreporter.section("what was proved")
        for line in lines:
            terminalreporter.write_line(line)
