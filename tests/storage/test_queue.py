"""Writers come in one at a time, in the order in which they came."""

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from baqylau.storage.queue import BusyError, WriteQueue, queue_for

pytestmark = pytest.mark.once

OTHER = """
import sys, threading, time
from pathlib import Path
from baqylau.storage.queue import WriteQueue
queue = WriteQueue(Path(sys.argv[1]), limit=30)
turns = 0
def work():
    global turns
    while not stopped.is_set():
        queue.acquire()
        turns += 1
        time.sleep(0.002)
        queue.release()
stopped = threading.Event()
threads = [threading.Thread(target=work) for _ in range(int(sys.argv[2]))]
for thread in threads: thread.start()
print("ready", flush=True)
sys.stdin.readline()
stopped.set()
for thread in threads: thread.join()
print(turns, flush=True)
"""


def _other(path: Path, threads: int) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", OTHER, str(path), str(threads)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def test_threads_come_in_in_the_order_in_which_they_came(tmp_path: Path) -> None:
    queue = WriteQueue(tmp_path / "x")
    came: list[int] = []

    def wait(number: int) -> None:
        queue.acquire()
        came.append(number)
        queue.release()

    queue.acquire()
    threads = []
    for number in range(8):
        threads.append(threading.Thread(target=wait, args=(number,)))
        threads[-1].start()
        while len(queue._waiting) <= number:
            time.sleep(0.001)
    queue.release()
    for thread in threads:
        thread.join()
    assert came == list(range(8))


def test_only_one_is_inside(tmp_path: Path) -> None:
    queue = WriteQueue(tmp_path / "x")
    inside = 0
    most = 0

    def work() -> None:
        nonlocal inside, most
        for _ in range(50):
            queue.acquire()
            inside += 1
            most = max(most, inside)
            time.sleep(0)
            inside -= 1
            queue.release()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1


@pytest.mark.parametrize("threads", [1, 4])
def test_two_busy_processes_take_turns(tmp_path: Path, threads: int) -> None:
    mine = 60
    queue = WriteQueue(tmp_path / "x", limit=30)
    with _other(tmp_path / "x", threads) as busy:
        for _ in range(mine):
            queue.acquire()
            time.sleep(0.002)
            queue.release()
        theirs = int(busy.communicate("stop\n", timeout=30)[0])
    assert mine / 2 <= theirs <= mine * 2


def test_a_killed_process_leaves_the_queue_open(tmp_path: Path) -> None:
    with _other(tmp_path / "x", threads=4) as doomed:
        time.sleep(0.05)
        doomed.kill()
    queue = WriteQueue(tmp_path / "x", limit=5)
    queue.acquire()
    queue.release()


def test_who_waits_too_long_is_told_and_leaves_no_gap_in_the_queue(tmp_path: Path) -> None:
    queue = WriteQueue(tmp_path / "x", limit=0.05)
    queue.acquire()
    refused: list[BusyError] = []

    def wait() -> None:
        try:
            queue.acquire()
        except BusyError as error:
            refused.append(error)

    thread = threading.Thread(target=wait)
    thread.start()
    thread.join()
    queue.release()
    assert [error.status for error in refused] == [503]
    queue.acquire()
    queue.release()


def test_a_process_that_never_lets_go_is_told_too(tmp_path: Path) -> None:
    mine, other = (WriteQueue(tmp_path / "x", limit=0.05) for _ in range(2))
    other.acquire()
    with pytest.raises(BusyError):
        mine.acquire()
    other.release()
    mine.acquire()
    mine.release()


def test_a_folder_that_is_gone_blocks_nobody_for_ever(tmp_path: Path) -> None:
    queue = WriteQueue(tmp_path / "gone" / "x")
    for _ in range(2):
        with pytest.raises(FileNotFoundError):
            queue.acquire()


def test_one_file_has_one_queue_by_whatever_path_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    one, other = queue_for(f"{tmp_path}/x"), queue_for(f"{tmp_path}/a/../x")
    assert one is other
    assert queue_for(f"{tmp_path}/a/../x") is one
    assert queue_for(f"{tmp_path}/a/x") is not one
