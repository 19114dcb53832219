"""First come, first served: one writer at a time, between threads and between processes.

SQLite's own busy handler lets a writer starve (worst waits of seconds against tenths with a
queue). Threads of a process wait in the order in which they came; processes pass through a
turnstile, so that a busy one cannot take the lock again while another is waiting for it. The
kernel lets go of a dead process's locks.
"""

import fcntl
import os
import threading
import time
from collections import deque
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from baqylau.kernel.errors import DomainError

LIMIT = 20.0
"""Seconds after which a writer gives up: longer than any transaction of ours may take."""

PAUSE = 0.0005
"""Seconds between two looks at a lock that another process holds."""


class BusyError(DomainError):
    """Nobody let this writer in for too long; nothing was written."""

    code = "busy"
    status = 503

    def __init__(self) -> None:
        super().__init__(_("Too many are writing at once. Nothing was saved; try again shortly."))


class WriteQueue:
    """A fair lock for one database file; the lock files stand beside it.

    `limit` is in seconds and covers the whole wait.
    """

    def __init__(self, database: Path, limit: float = LIMIT) -> None:
        self._lock = database.with_name(database.name + ".writers")
        self._turnstile = database.with_name(database.name + ".next")
        self._limit = limit
        self._mutex = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._is_held = False
        self._descriptor = -1

    def acquire(self) -> None:
        """Wait for one's turn.

        Raises: BusyError after the limit; OSError when the lock files cannot be opened.
        """
        until = time.monotonic() + self._limit
        self._await_threads()
        try:
            turnstile = _flock(self._turnstile, until)
            try:
                self._descriptor = _flock(self._lock, until)
            finally:
                _unlock(turnstile)
        except BaseException:
            self._next()
            raise

    def release(self) -> None:
        """Let the next one in."""
        descriptor, self._descriptor = self._descriptor, -1
        _unlock(descriptor)
        self._next()

    def _await_threads(self) -> None:
        with self._mutex:
            if not self._is_held:
                self._is_held = True
                return
            turn = threading.Lock()
            turn.acquire()
            self._waiting.append(turn)
        try:
            has_come = turn.acquire(timeout=self._limit)
        except BaseException:
            self._give_up(turn)
            raise
        if not has_come:
            self._give_up(turn)
            raise BusyError

    def _give_up(self, turn: threading.Lock) -> None:
        """Leave the queue; a turn that came in the last moment goes to the next one."""
        with self._mutex:
            is_waiting = turn in self._waiting
            if is_waiting:
                self._waiting.remove(turn)
        if not is_waiting:
            self._next()

    def _next(self) -> None:
        with self._mutex:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._is_held = False


def _flock(path: Path, until: float) -> int:
    """Open and lock the file. Opened anew each time: a child process shares no lock with us."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > until:
                    raise BusyError from None
                time.sleep(PAUSE)
            else:
                return descriptor
    except BaseException:
        os.close(descriptor)
        raise


def _unlock(descriptor: int) -> None:
    # Unlocked by name, because a child that is being started may hold a copy of the descriptor.
    fcntl.flock(descriptor, fcntl.LOCK_UN)
    os.close(descriptor)


_queues: dict[str, WriteQueue] = {}
"""By every name under which a file was asked for, and by its own path."""
_queues_mutex = threading.Lock()


def queue_for(database: str) -> WriteQueue:
    """The queue of the database file, one in each process, whatever the file is called.

    A relative name means one file for the whole life of the process.
    """
    with _queues_mutex:
        if (known := _queues.get(database)) is not None:
            return known
        path = Path(database).resolve()
        found = _queues.get(str(path)) or WriteQueue(path)
        _queues[database] = _queues[str(path)] = found
        return found


def _forget() -> None:
    """Start without the parent's queues, whose locks may be held by threads that are not here."""
    global _queues_mutex  # noqa: PLW0603 - the lock itself may have been held while forking
    _queues_mutex = threading.Lock()
    _queues.clear()


os.register_at_fork(after_in_child=_forget)
