"""Duties: each when its time comes, once, whoever asks, and whatever the others do."""

import queue
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connections
from hypothesis import given
from hypothesis import strategies as st

from baqylau.jobs import apart, services, worker
from baqylau.jobs.models import Lease
from baqylau.jobs.rules import LEASE, is_due, wait_after
from baqylau.jobs.services import run, run_due
from baqylau.kernel import clock
from baqylau.kernel.modules import Job, Module, Registry

ALMATY = ZoneInfo("Asia/Almaty")
NOON = datetime(2026, 11, 20, 7, 0, tzinfo=UTC)
HOURLY = Job("test.hourly", "Hourly", lambda: "done", every=3600)
moments = st.datetimes(datetime(2023, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - made aware by the strategy


def test_a_duty_that_never_ran_is_due() -> None:
    assert is_due(HOURLY, None, NOON, ALMATY)


def test_a_duty_waits_for_its_hour_of_the_programme_s_day() -> None:
    nightly = Job("n", "Nightly", lambda: "", at="03:00")
    ran = datetime(2026, 11, 18, 22, 30, tzinfo=UTC)  # 03:30 on the 19th in Almaty
    assert not is_due(nightly, ran, datetime(2026, 11, 19, 21, 59, tzinfo=UTC), ALMATY)
    assert is_due(nightly, ran, datetime(2026, 11, 19, 22, 0, tzinfo=UTC), ALMATY)


@given(moments, st.integers(0, 23))
def test_a_daily_duty_that_has_just_run_is_due_again_within_a_day(now: datetime, hour: int) -> None:
    daily = Job("d", "Daily", lambda: "", at=f"{hour:02}:00")
    assert not is_due(daily, now, now, ALMATY)
    # 25 hours: the clocks of Kazakhstan went back by one hour on 1 March 2024.
    assert is_due(daily, now, now + timedelta(hours=25), ALMATY)


@given(st.integers(0, 100))
def test_a_letter_waits_longer_each_time_and_never_more_than_a_day(attempts: int) -> None:
    assert wait_after(attempts) <= wait_after(attempts + 1) <= timedelta(days=1)


@pytest.mark.django_db
def test_a_duty_runs_and_leaves_its_result() -> None:
    assert run(job=HOURLY)
    lease = Lease.objects.get(code="test.hourly")
    assert (lease.result, lease.last_error, lease.until) == ("done", "", None)
    assert not run(job=HOURLY), "it is not due again"
    assert run(job=HOURLY, is_forced=True)


@pytest.mark.django_db
def test_a_duty_that_fails_is_noted_without_its_words(caplog: pytest.LogCaptureFixture) -> None:
    def fail() -> str:
        raise RuntimeError("Aigul, +7 701 000 00 00")

    assert run(job=Job("test.fails", "Fails", fail))
    lease = Lease.objects.get(code="test.fails")
    assert (lease.last_error, lease.failures) == ("RuntimeError", 1)
    assert "Aigul" not in caplog.text


@pytest.mark.django_db
def test_a_lease_that_was_lost_is_taken_over_and_a_living_one_is_not() -> None:
    with clock.frozen(NOON):
        Lease.objects.create(code="test.hourly", holder="another", until=NOON + LEASE)
        assert not run(job=HOURLY, is_forced=True)
    with clock.frozen(NOON + LEASE + timedelta(seconds=1)):
        assert run(job=HOURLY)


@pytest.mark.django_db(transaction=True)
def test_of_eight_that_ask_at_once_one_runs_the_duty() -> None:
    runs: list[int] = []
    start = threading.Barrier(8)

    def note() -> str:
        runs.append(1)
        return "done"

    job = Job("test.once", "Once", note)

    def ask() -> None:
        start.wait()
        run(job=job)
        connections.close_all()

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(runs) == 1


@pytest.mark.django_db(transaction=True)
def test_the_worker_runs_what_is_due_and_stops_when_told(monkeypatch: pytest.MonkeyPatch) -> None:
    came = threading.Event()
    monkeypatch.setattr(worker, "run_due", lambda _apart: came.set())
    thread = worker.Worker(pause=0.01)
    thread.start()
    assert came.wait(5)
    thread.stop()
    assert not thread._thread.is_alive()


@pytest.mark.django_db(transaction=True)
def test_the_duty_at_hand_ends_before_the_worker_does(monkeypatch: pytest.MonkeyPatch) -> None:
    begun, told, ended = threading.Event(), threading.Event(), []

    def duty(_apart: object) -> None:
        begun.set()
        assert told.wait(10)
        time.sleep(0.2)
        ended.append("whole")

    monkeypatch.setattr(worker, "run_due", duty)
    monkeypatch.setattr(worker, "_warmers", list)
    thread = worker.Worker(pause=0.01)
    thread.start()
    assert begun.wait(10)
    told.set()
    thread.stop()
    assert ended == ["whole"]


@pytest.fixture
def idle(monkeypatch: pytest.MonkeyPatch) -> Iterator[worker.Worker]:
    """A worker that would look again in an hour; rooms warm nothing but what a test says."""
    monkeypatch.setattr(worker, "run_due", lambda _apart: None)
    thread = worker.Worker(pause=3_600)
    yield thread
    thread.stop()


def test_a_call_wakes_the_worker_from_a_long_pause(
    idle: worker.Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = queue.SimpleQueue[str]()
    monkeypatch.setattr(worker, "_warmers", lambda: [lambda: looks.put("warm")])
    assert not worker.warm_soon(), "there is nobody to call"
    idle.start()
    assert looks.get(timeout=5) == "warm"
    assert worker.warm_soon()
    assert looks.get(timeout=5) == "warm"
    idle.stop()
    assert not worker.warm_soon()


def test_a_call_during_a_look_is_not_lost(
    idle: worker.Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside, go_on, looks = threading.Event(), threading.Event(), queue.SimpleQueue[str]()

    def warm() -> None:
        inside.set()
        go_on.wait(5)
        looks.put("warm")

    monkeypatch.setattr(worker, "_warmers", lambda: [warm])
    idle.start()
    assert inside.wait(5)
    worker.warm_soon()
    go_on.set()
    assert [looks.get(timeout=5), looks.get(timeout=5)] == ["warm", "warm"]


def test_what_breaks_while_warming_stops_neither_the_clock_nor_the_next_room(
    idle: worker.Worker, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    came, ran = threading.Event(), threading.Event()
    monkeypatch.setattr(worker, "_warmers", lambda: [lambda: 1 // 0, came.set])
    monkeypatch.setattr(worker, "run_due", lambda _apart: ran.set())
    idle.start()
    assert came.wait(5)
    assert ran.wait(5)
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.django_db
def test_a_run_that_was_killed_is_made_up_for_when_its_lease_is_over() -> None:
    nightly = Job("test.nightly", "Nightly", lambda: "done", at="03:00")
    with clock.frozen(NOON):
        Lease.objects.create(
            code="test.nightly", holder="killed", started_at=NOON, until=NOON + LEASE
        )
        assert not run(job=nightly)
    with clock.frozen(NOON + LEASE + timedelta(seconds=1)):
        assert run(job=nightly)
        assert not run(job=nightly), "once, until its hour comes again"


@pytest.mark.django_db
def test_a_long_duty_is_started_apart_only_when_its_time_has_come(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    started: list[str] = []

    def start(job: Job) -> bool:
        started.append(job.code)
        return True

    long = Job("test.long", "Long", lambda: "done", is_long=True)
    short = Job("test.short", "Short", lambda: "done")
    rooms = Registry()
    rooms.register(Module("test", "Test", jobs=(long, short)))
    monkeypatch.setattr(services, "registry", rooms)
    assert run_due(start) == ["test.long", "test.short"]
    assert started == ["test.long"]
    assert run(job=long), "the process that was started takes the lease"
    assert run_due(start) == []


def test_a_duty_apart_ends_with_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "COMMAND", (sys.executable, "-c", "import time; time.sleep(60)"))
    first, long = apart.Apart(), Job("test.long", "Long", lambda: "done", is_long=True)
    assert first.start(long)
    assert not first.start(long), "one at a time"
    begun = time.monotonic()
    first.stop()
    assert time.monotonic() - begun < apart.PATIENCE
    assert not first.start(long), "the server is ending"
