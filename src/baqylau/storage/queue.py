"""First come, first served: one writer at a time, between threads and between processes.

SQLite's own busy handler lets a writer starve (worst waits of seconds against tenths with a
queue). Threads wait in the order in which they came; processes wait on a lock file, which the
kernel releases when a process dies.
"""

import fcntl
import os
import threading
from collections import deque
from pathlib import Path


class WriteQueue:
    """A fair lock for one database file; `path` is the lock file beside it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._mutex = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._held = False
        self._descriptor = -1

    def acquire(self) -> None:
        """Wait for one's turn. Raises: OSError when the lock file cannot be opened."""
        with self._mutex:
            turn = threading.Lock()
            if self._held:
                turn.acquire()
                self._waiting.append(turn)
            self._held = True
        turn.acquire()
        try:
            self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            fcntl.flock(self._descriptor, fcntl.LOCK_EX)
        except OSError:
            self._close()
            self._next()
            raise

    def release(self) -> None:
        """Let the next one in."""
        self._close()
        self._next()

    def _close(self) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def _next(self) -> None:
        with self._mutex:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._held = False


_queues: dict[str, WriteQueue] = {}
_queues_mutex = threading.Lock()


def queue_for(database: str) -> WriteQueue:
    """The queue of the database file, one in each process."""
    path = Path(database).resolve()
    with _queues_mutex:
        return _queues.setdefault(str(path), WriteQueue(path.with_name(path.name + ".writers")))
