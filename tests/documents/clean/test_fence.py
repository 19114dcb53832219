"""Behind the fence nothing can be opened, started, removed or signalled: it is tried."""

import ctypes
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

pytestmark = [
    pytest.mark.once,
    pytest.mark.skipif(sys.platform != "linux", reason="the fence is whole on Linux only"),
]

PROBE: Final = """
import ctypes, json, os, resource, signal, socket, sys
from baqylau.documents.clean import fence

place, parent = sys.argv[1], int(sys.argv[2])
if sys.argv[3] == "shut":
    fence.shut(400 << 20, 2)

def fork():
    child = os.fork()
    if not child:
        os._exit(0)
    os.waitpid(child, 0)

def raise_limit():
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))

def reuse():
    os.close(0)
    os.open(place + "/kept", os.O_RDONLY)

def gain():
    if not ctypes.CDLL(None).prctl(39, 0, 0, 0, 0) == 0:
        raise OSError("no new rights")

tries = {
    "read a file": lambda: open(place + "/kept").close(),
    "write a file": lambda: open(place + "/new", "w").close(),
    "open a socket": lambda: socket.socket().close(),
    "open a pipe": lambda: os.pipe(),
    "start a process": fork,
    "raise a limit": raise_limit,
    "reuse a number": reuse,
    "much memory": lambda: bytearray(600 << 20),
    "new rights": gain,
    "list a folder": lambda: os.listdir(place),
    "signal": lambda: os.kill(parent, 0),
    "cut a file": lambda: os.truncate(place + "/kept", 0),
    "rename a file": lambda: os.rename(place + "/kept", place + "/moved"),
    "make a folder": lambda: os.mkdir(place + "/folder"),
    "remove a file": lambda: os.unlink(place + "/moved"),
}
done = []
for name, attempt in tries.items():
    try:
        attempt()
    except (OSError, MemoryError, ValueError):
        continue
    done.append(name)
sys.stdout.write(json.dumps(done))
"""
NAMELESS: Final = {"cut a file", "rename a file", "make a folder", "remove a file"}
"""What only Landlock forbids to one's own user."""


@pytest.fixture
def open_place() -> Iterator[Path]:
    """A folder in which everybody may do everything."""
    with tempfile.TemporaryDirectory(prefix="baqylau-clean-") as name:
        place = Path(name)
        place.chmod(0o777)
        (place / "kept").write_text("kept")
        (place / "kept").chmod(0o666)
        yield place


def tried(place: Path, word: str) -> set[str]:
    """What a process could do in a folder."""
    words = [sys.executable, "-I", "-B", "-c", PROBE, str(place), str(os.getpid()), word]
    done = subprocess.run(words, capture_output=True, check=True, env={}, stdin=subprocess.PIPE)
    return set(json.loads(done.stdout))


def has_landlock() -> bool:
    """Whether the kernel knows Landlock."""
    return bool(ctypes.CDLL(None).syscall(444, None, ctypes.c_size_t(0), 1) > 0)


def test_without_the_fence_each_attempt_succeeds_so_that_the_next_test_can_fail(
    open_place: Path,
) -> None:
    done = tried(open_place, "open")
    assert {"read a file", "write a file", "open a socket", "start a process"} <= done
    assert {"reuse a number", "much memory", "list a folder", "signal"} <= done
    assert done >= NAMELESS


def test_behind_the_fence_no_attempt_succeeds(open_place: Path) -> None:
    done = tried(open_place, "shut")
    assert done <= (set() if has_landlock() else NAMELESS | {"signal"})
    assert [each.name for each in open_place.iterdir()] == ["kept"] or not has_landlock()


def test_a_process_that_only_computes_is_ended_by_its_own_limit() -> None:
    code = "from baqylau.documents.clean import fence\nfence.shut(400 << 20, 1)\nwhile True: pass"
    done = subprocess.run([sys.executable, "-I", "-B", "-c", code], env={}, timeout=30)
    assert done.returncode < 0
