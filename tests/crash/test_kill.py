"""A writing process is killed at any point: what it acknowledged is there, once, in one chain."""

import os
import random
import signal
import time

import pytest

from baqylau.journal.models import Entry
from tests.journal.chains import findings, start_writer, write

pytestmark = pytest.mark.django_db(databases=["default", "sealed"], transaction=True)


def test_a_killed_process_loses_nothing_that_it_acknowledged(crash_rounds: int) -> None:
    chance = random.Random(2017)  # noqa: S311 - when to kill
    acknowledged: set[str] = set()
    for number in range(crash_rounds):
        with start_writer(f"round{number}-", threads=4, count=0) as process:
            assert process.stdout is not None
            first = process.stdout.readline()
            time.sleep(chance.uniform(0.05, 0.4))
            os.kill(process.pid, signal.SIGKILL)
            said = first + process.stdout.read()
        # A word without its line's end was being said when the process died.
        words = said[: said.rfind("\n")].split("\n")
        assert words[0].startswith(f"round{number}-")
        acknowledged |= set(words)
    there = list(Entry.objects.values_list("subject", flat=True))
    assert len(there) == len(set(there))
    assert acknowledged - set(there) == set()
    assert findings() == []


def test_whoever_comes_after_a_killed_process_writes_at_once() -> None:
    with start_writer("doomed", threads=4, count=0) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.kill()
    start = time.monotonic()
    write(1)
    assert time.monotonic() - start < 5
    assert findings() == []
