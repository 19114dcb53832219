"""A writing process is killed at any point: what it acknowledged is there, once, in one chain."""

import os
import random
import signal
import time

import pytest
from django.db import connection

from baqylau.journal.models import Entry
from tests.crash.conftest import Tell
from tests.journal.chains import findings, start_writer, write

pytestmark = pytest.mark.django_db(databases=["default", "sealed"], transaction=True)


def test_a_killed_process_loses_nothing_that_it_acknowledged(told: Tell, crash_rounds: int) -> None:
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
    lost, doubled = acknowledged - set(there), len(there) - len(set(there))
    told(
        f"{connection.vendor}: a writing process killed (kill -9) {crash_rounds} times: "
        f"{len(acknowledged)} acknowledged, {len(lost)} lost, {doubled} doubled"
    )
    assert doubled == 0
    assert lost == set()
    assert findings() == []


def test_whoever_comes_after_a_killed_process_writes_at_once(told: Tell) -> None:
    with start_writer("doomed", threads=4, count=0) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.kill()
    start = time.monotonic()
    write(1)
    spent = time.monotonic() - start
    told(f"{connection.vendor}: the writer after a killed one is through in {spent:.2f} s")
    assert spent < 5
    assert findings() == []
