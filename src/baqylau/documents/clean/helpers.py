"""Two processes in a row: fed, read and ended in time, with nothing inherited."""

import contextlib
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import IO, Final

from baqylau.documents.clean.frames import BrokenStreamError, RefusedError

CHUNK: Final = 262_144
"""Bytes moved at a time."""
Helper = subprocess.Popen[bytes]


def ask(reader: str, words: tuple[str, ...], content: bytes, most: int, seconds: float) -> bytes:
    """Let `reader` read a content and `encoding` what that gives; the answer of the latter.

    `reader` is a module of this package, `words` the command line of both, `most` the bytes of
    the answer.
    Raises: RefusedError, BrokenStreamError, OSError when no process can be started.
    """
    end = time.monotonic() + seconds
    with _started(reader, words, subprocess.PIPE) as decoder:
        between = _pipe(decoder.stdout)
        with _started("encoding", words, between) as encoder:
            between.close()  # theirs alone now, so that each sees the other's end
            answer = _exchanged(_pipe(decoder.stdin), _pipe(encoder.stdout), content, most, end)
            if _code(encoder, end) == 0:
                return answer
            slow = -signal.SIGXCPU in {_code(encoder, end), _code(decoder, end)}
    raise RefusedError("clean_slow") if slow else BrokenStreamError


@contextlib.contextmanager
def _started(module: str, words: tuple[str, ...], source: int | IO[bytes]) -> Iterator[Helper]:
    """A process of its own session; at the end it is killed by its own number and waited for."""
    helper = subprocess.Popen(  # noqa: S603 - our own words
        [sys.executable, "-I", "-B", "-m", f"baqylau.documents.clean.{module}", *words],
        stdin=source,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        bufsize=0,
        env={},
        cwd="/",
        start_new_session=True,
    )
    try:
        yield helper
    finally:
        if helper.poll() is None:
            os.killpg(helper.pid, signal.SIGKILL)
        helper.wait()
        for pipe in (helper.stdin, helper.stdout):
            if pipe:
                pipe.close()


def _pipe(end: IO[bytes] | None) -> IO[bytes]:
    if end is None:
        raise BrokenStreamError
    return end


def _code(helper: Helper, end: float) -> int:
    """How a process ended. Raises: RefusedError when it does not."""
    try:
        return helper.wait(max(0.0, end - time.monotonic()))
    except subprocess.TimeoutExpired:
        raise RefusedError("clean_slow") from None


def _exchanged(feed: IO[bytes], given: IO[bytes], content: bytes, most: int, end: float) -> bytes:
    """Write the content as it is taken, read the answer as it comes. Raises: RefusedError."""
    rest, answer = memoryview(content), bytearray()
    os.set_blocking(feed.fileno(), False)
    with selectors.DefaultSelector() as ready:
        ready.register(feed, selectors.EVENT_WRITE)
        ready.register(given, selectors.EVENT_READ)
        while events := ready.select(max(0.0, end - time.monotonic())):
            for key, _ in events:
                if key.fileobj is feed:
                    rest = _fed(feed, rest)
                    if not rest:
                        ready.unregister(feed)
                        feed.close()
                elif chunk := os.read(given.fileno(), CHUNK):
                    answer += chunk
                else:
                    return bytes(answer)
            if len(answer) > most:
                raise RefusedError("clean_copy_large")
    raise RefusedError("clean_slow")


def _fed(feed: IO[bytes], rest: memoryview) -> memoryview:
    """What is still to be written; nothing when nobody reads any more."""
    try:
        return rest[os.write(feed.fileno(), rest[:CHUNK]) :]
    except BlockingIOError:
        return rest
    except BrokenPipeError:
        return rest[len(rest) :]
