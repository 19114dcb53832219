"""The queue of slow derivations: bounded, fair between lanes, clear when it is full."""

import os
import threading
import time
from collections.abc import Callable

import pytest

from baqylau.seal import derive, receipts, wraps
from baqylau.seal.derive import started
from baqylau.seal.errors import SealError
from baqylau.seal.keys import Use, generate
from baqylau.seal.queue import KdfQueue
from tests.seal.making import QUICK, refused

pytestmark = pytest.mark.once


def eventually(holds: Callable[[], bool]) -> None:
    """Wait until it holds; fail after some seconds."""
    until = time.monotonic() + 5
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.001)


class Visitors:
    """People who come at the same time, each in a thread; what became of them, in order."""

    def __init__(self, queue: KdfQueue) -> None:
        self.queue = queue
        self.gate = threading.Event()
        self.done: list[str] = []
        self.most = 0
        self._busy = 0
        self._lock = threading.Lock()
        self._threads: list[threading.Thread] = []

    def work(self, name: str) -> Callable[[], str]:
        def wait() -> str:
            with self._lock:
                self._busy += 1
                self.most = max(self.most, self._busy)
            self.gate.wait(10)
            with self._lock:
                self._busy -= 1
                self.done.append(name)
            return name

        return wait

    def come(self, name: str, lane: str) -> None:
        def visit() -> None:
            try:
                self.queue.run(self.work(name), lane=lane)
            except SealError as refusal:
                self.done.append(f"{name} {refusal.code}")

        thread = threading.Thread(target=visit)
        thread.start()
        self._threads.append(thread)
        # Each has taken a place, or was refused, before the next comes.
        eventually(lambda: not thread.is_alive() or self.queue.length() == self._alive())

    def _alive(self) -> int:
        return sum(thread.is_alive() for thread in self._threads)

    def leave(self) -> None:
        self.gate.set()
        for thread in self._threads:
            thread.join(10)


def test_work_is_done_and_its_result_comes_back() -> None:
    queue = KdfQueue()
    assert [queue.run(lambda: 6 * 7, lane="a") for _ in range(5)] == [42] * 5


def test_what_the_work_raises_comes_back_and_the_queue_goes_on() -> None:
    queue = KdfQueue(workers=1)
    with pytest.raises(ZeroDivisionError):
        queue.run(lambda: 1 // 0, lane="a")
    assert queue.run(lambda: 1, lane="a") == 1


def test_no_more_than_the_workers_run_at_once() -> None:
    visitors = Visitors(KdfQueue(workers=2, waiting=16))
    for number in range(6):
        visitors.come(str(number), lane=str(number))
    visitors.leave()
    assert visitors.most == 2
    assert sorted(visitors.done) == list("012345")


def test_a_full_queue_refuses_at_once_and_clearly() -> None:
    visitors = Visitors(KdfQueue(workers=1, waiting=2))
    for name in ("runs", "waits", "waits too", "is refused"):
        visitors.come(name, lane=name)
    assert visitors.done == ["is refused busy"]
    visitors.leave()
    assert visitors.done[1:] == ["runs", "waits", "waits too"]


def test_a_refusal_can_be_shown_to_people() -> None:
    queue = KdfQueue(lane=0)
    with refused("busy") as refusal:
        queue.run(lambda: 1, lane="a")
    assert refusal.value.status == 503
    assert "жоғалған жоқ" in refusal.value.sentence("kk")


def test_guesses_against_one_receipt_do_not_keep_the_others_out() -> None:
    visitors = Visitors(KdfQueue(workers=2, waiting=16, lane=3))
    for number in range(8):
        visitors.come(f"guess {number}", lane="004217")
    assert len(visitors.done) == 5
    eventually(lambda: visitors.most == 1)
    visitors.come("honest", lane="900001")
    # It runs at once, beside the first guess, while two other guesses wait.
    eventually(lambda: visitors.most == 2)
    visitors.leave()
    assert visitors.most == 2
    assert "honest" in visitors.done
    assert [name for name in visitors.done if name.endswith("busy")] == [
        f"guess {number} busy" for number in range(3, 8)
    ]


def test_nobody_is_locked_out_for_good() -> None:
    queue = KdfQueue(workers=1, waiting=1, lane=1)
    visitors = Visitors(queue)
    for number in range(4):
        visitors.come(f"guess {number}", lane="004217")
    visitors.leave()
    # A lane of one: free again as soon as the one before has its answer.
    assert [queue.run(lambda: 1, lane="004217") for _ in range(200)] == [1] * 200


def test_a_thousand_pieces_from_many_threads_are_all_done_once() -> None:
    queue, done = KdfQueue(workers=3, waiting=1_000, lane=1_000), []
    threads = [
        threading.Thread(
            target=lambda: [queue.run(lambda: done.append(1), lane=str(n)) for n in range(50)]
        )
        for _ in range(20)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert len(done) == 1_000
    assert queue.length() == 0


def test_a_real_receipt_goes_through_the_queue() -> None:
    queue, key = KdfQueue(), generate(Use.REPORT)
    receipt = receipts.make("004217", receipts.draw_secret())
    locked = wraps.lock_with_receipt(key, "r-1", receipt, cost=QUICK)
    before = started()
    opened = queue.run(
        lambda: wraps.open_with_receipt(receipt, "r-1", locked, public=key.public),
        lane=receipt.locator,
    )
    assert opened.text == key.text
    assert started() == before + 1


def test_other_threads_run_while_a_key_is_derived() -> None:
    queue, turns = KdfQueue(workers=1), []
    end = threading.Event()

    def turn() -> None:
        while not end.is_set():
            turns.append(time.monotonic())
            time.sleep(0.002)

    thread = threading.Thread(target=turn)
    thread.start()
    start = time.monotonic()
    queue.run(lambda: derive.from_password("x", bytes(16), derive.PASSPHRASE), lane="a")
    took = time.monotonic() - start
    end.set()
    thread.join(5)
    during = [moment for moment in turns if start < moment < start + took]
    # A derivation that held the interpreter would let nobody turn.
    assert len(during) >= 3


def test_who_is_refused_has_cost_no_derivation() -> None:
    queue, before = KdfQueue(lane=0), started()
    with refused("busy"):
        queue.run(lambda: derive.from_password("x", bytes(16), QUICK), lane="004217")
    assert started() == before


def test_a_forked_process_has_threads_of_its_own() -> None:
    queue = KdfQueue(workers=1)
    assert queue.run(lambda: 1, lane="before") == 1
    child = os.fork()
    if child == 0:
        done = threading.Thread(target=lambda: queue.run(lambda: 2, lane="after"), daemon=True)
        done.start()
        done.join(5)
        os._exit(1 if done.is_alive() else 0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
