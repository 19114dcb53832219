"""A small bounded queue for slow derivations: a flood waits or is refused, memory is bounded.

Each waiting piece of work names a lane (a locator, a person). One lane runs one piece at a time and
keeps few waiting, so guesses against one receipt never take the workers from all the others.
"""

import os
import threading
import weakref
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import TypeVar

from baqylau.seal.errors import SealError

T = TypeVar("T")
Tell = Callable[[], None]
Piece = Callable[[], Tell]


def _finish(work: Callable[[], T], result: Future[T]) -> Tell:
    """Do the work; what is returned tells the result, or what went wrong."""
    try:
        done = work()
    except BaseException as error:  # noqa: BLE001 - raised again in the caller's thread
        return partial(result.set_exception, error)
    return partial(result.set_result, done)


def _begin_anew(queue: "weakref.ref[KdfQueue]") -> None:
    """In a forked process no thread of the queue lives on: begin with none, and with no work."""
    found = queue()
    if found is not None:
        found._begin()  # noqa: SLF001 - the queue's own helper


class KdfQueue:
    """Runs pieces of work in a few threads, first come, first served within the rule of lanes.

    `workers` bounds the memory (7 or 64 MiB each), `waiting` the length of the queue, `lane` how
    many pieces of one lane may be there, the running one included. Where nobody may be refused, as
    when reports are taken in, let `waiting` be more than the server has threads. Threads
    start with the first piece of work and do not keep the process alive.
    """

    def __init__(self, *, workers: int = 2, waiting: int = 16, lane: int = 3) -> None:
        self._workers, self._waiting, self._lane = workers, waiting, lane
        self._begin()
        os.register_at_fork(after_in_child=partial(_begin_anew, weakref.ref(self)))

    def _begin(self) -> None:
        self._change = threading.Condition()
        self._queue: deque[tuple[str, Piece]] = deque()
        self._lanes: dict[str, int] = {}
        self._running: set[str] = set()
        self._threads = 0
        self._idle = 0

    def run(self, work: Callable[[], T], *, lane: str) -> T:
        """Run the work in its turn and return its result, or raise what it raised.

        Raises: SealError with the code `busy` at once when there is no place to wait.
        """
        result: Future[T] = Future()
        with self._change:
            there, all_there = self._lanes.get(lane, 0), sum(self._lanes.values())
            if there >= self._lane or all_there >= self._workers + self._waiting:
                raise SealError("busy", status=503)
            self._lanes[lane] = there + 1
            self._queue.append((lane, partial(_finish, work, result)))
            if len(self._queue) > self._idle and self._threads < self._workers:
                self._threads += 1
                threading.Thread(target=self._serve, name="kdf", daemon=True).start()
            self._change.notify()
        return result.result()

    def length(self) -> int:
        """How many pieces run or wait now."""
        with self._change:
            return sum(self._lanes.values())

    def _serve(self) -> None:
        while True:
            with self._change:
                self._idle += 1
                while (found := self._next()) is None:
                    self._change.wait()
                self._idle -= 1
            lane, piece = found
            tell = piece()
            with self._change:
                self._leave(lane)
            # Told last, so that whoever comes back at once finds the lane free.
            tell()
            del found, piece, tell

    def _next(self) -> tuple[str, Piece] | None:
        """Take the first piece whose lane is free."""
        for place, (lane, _piece) in enumerate(self._queue):
            if lane not in self._running:
                found = self._queue[place]
                del self._queue[place]
                self._running.add(lane)
                return found
        return None

    def _leave(self, lane: str) -> None:
        self._running.discard(lane)
        self._lanes[lane] -= 1
        if not self._lanes[lane]:
            del self._lanes[lane]
        self._change.notify_all()
