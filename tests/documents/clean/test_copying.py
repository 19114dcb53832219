"""The work as a whole: in time, one beside another, and without a trace."""

import os
import select
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from baqylau.documents.clean.answers import Clean
from baqylau.documents.clean.copying import AT_ONCE, clean_copy
from baqylau.documents.clean.errors import CleanError
from baqylau.documents.clean.limits import Limits
from tests.documents.clean import making

pytestmark = pytest.mark.once

PDF: Final = "application/pdf"
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


def children() -> list[int]:
    """The processes that this one has started and not yet waited for."""
    tasks = Path("/proc/self/task").iterdir()
    return [int(word) for task in tasks for word in (task / "children").read_text().split()]


def code_of(content: bytes, media_type: str, limits: Limits) -> str:
    """The code of the refusal, "" for a copy."""
    try:
        clean_copy(content, media_type, limits=limits)
    except CleanError as refusal:
        return refusal.code
    return ""


class Hanging:
    """A PDF that would be drawn for hours, being copied beside the test."""

    def __init__(self, seconds: float) -> None:
        self.codes: list[str] = []
        self.known = set(children())
        self.thread = threading.Thread(target=self._copy, args=(seconds,))

    def _copy(self, seconds: float) -> None:
        self.codes.append(code_of(making.endless_pdf(), PDF, Limits(seconds=seconds)))

    def helpers(self) -> set[int]:
        """Its two processes, once both are there."""
        end = time.monotonic() + 10
        while len(found := self._running()) < 2 and time.monotonic() < end:
            time.sleep(0.005)
        return found

    def _running(self) -> set[int]:
        """Those of them that have become programs of their own."""
        new = set(children()) - self.known
        return {one for one in new if b"-I" in Path(f"/proc/{one}/cmdline").read_bytes()}


@pytest.fixture
def hanging() -> Iterator[Hanging]:
    """A copy that does not come to an end by itself."""
    one = Hanging(1.5)
    one.thread.start()
    yield one
    one.thread.join()


@on_linux
def test_a_pdf_that_hangs_the_renderer_is_stopped_and_nothing_goes_on() -> None:
    before, start = children(), time.monotonic()
    assert code_of(making.endless_pdf(), PDF, Limits(seconds=0.8)) == "clean_slow"
    assert time.monotonic() - start < 5
    assert children() == before


def test_a_time_too_short_for_anything_is_a_refusal_too() -> None:
    assert code_of(making.plain_pdf(), PDF, Limits(seconds=0.0)) == "clean_slow"
    assert code_of(making.plain_pdf(), PDF, Limits(seconds=0.01)) == "clean_slow"


@on_linux
def test_what_is_open_in_the_server_is_not_open_in_a_helper(hanging: Hanging) -> None:
    reading, writing = os.pipe()
    os.set_inheritable(writing, True)
    assert len(hanging.helpers()) == 2
    os.close(writing)
    # Nobody else holds the other end: reading ends at once.
    assert select.select([reading], [], [], 0.2)[0] == [reading]
    assert os.read(reading, 1) == b""
    os.close(reading)


@on_linux
def test_a_helper_has_an_empty_environment_and_a_session_of_its_own(hanging: Hanging) -> None:
    assert os.environ
    for helper in hanging.helpers():
        assert os.getsid(helper) == helper
        assert Path(f"/proc/{helper}/environ").read_bytes() == b""
        words = Path(f"/proc/{helper}/cmdline").read_bytes().split(b"\0")
        assert words[1:4] == [b"-I", b"-B", b"-m"]


@on_linux
def test_two_are_made_at_once_and_a_third_waits_its_turn_or_is_told(hanging: Hanging) -> None:
    assert AT_ONCE == 2
    assert len(hanging.helpers()) == 2
    small = making.saved(making.picture(), "JPEG")
    assert code_of(small, "image/jpeg", Limits(patience=0)) == ""
    second = Hanging(1.5)
    second.thread.start()
    assert len(second.helpers()) == 2
    assert code_of(small, "image/jpeg", Limits(patience=0)) == "clean_busy"
    assert code_of(small, "image/jpeg", Limits(patience=30)) == ""
    second.thread.join()
    hanging.thread.join()
    assert hanging.codes == second.codes == ["clean_slow"]


def test_many_asked_at_once_do_not_mix_up_their_files() -> None:
    pictures = [making.picture(40 + 8 * number, 40) for number in range(5)]
    found: dict[int, Clean] = {}

    def copy(number: int) -> None:
        found[number] = clean_copy(making.saved(pictures[number], "PNG"), "image/png")

    threads = [threading.Thread(target=copy, args=(number,)) for number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sizes = {number: making.opened(copy.content).size for number, copy in found.items()}
    assert sizes == {number: picture.size for number, picture in enumerate(pictures)}


def test_nothing_is_left_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    mark = b"disk-mark-7261"
    start = time.time() - 1
    clean_copy(making.saved(making.picture(), "JPEG", comment=mark), "image/jpeg")
    clean_copy(making.plain_pdf(3) + mark, PDF)
    assert code_of(making.endless_pdf() + mark, PDF, Limits(seconds=0.6)) == "clean_slow"
    assert list(tmp_path.iterdir()) == []
    for folder in filter(Path.is_dir, map(Path, ("/tmp", "/dev/shm", "/var/tmp"))):
        for each in folder.iterdir():
            if each.is_file() and each.stat().st_mtime >= start:
                assert mark not in each.read_bytes()


def test_the_server_never_loads_what_reads_foreign_bytes() -> None:
    code = """
import sys
from baqylau.documents.clean.copying import clean_copy
copy = clean_copy(sys.stdin.buffer.read(), "application/pdf")
heavy = {"PIL", "pypdfium2", "pypdfium2_raw", "baqylau.documents.clean.pages"}
print(copy.pages, sorted(heavy & sys.modules.keys()))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], input=making.plain_pdf(2), capture_output=True, check=True
    )
    assert done.stdout == b"2 []\n"


def test_a_file_over_the_limit_costs_no_process() -> None:
    limits = Limits(content=1_000)
    with pytest.raises(CleanError) as caught:
        clean_copy(bytes(1_001), "image/png", limits=limits)
    assert caught.value.code == "clean_large"


def test_a_copy_does_not_show_its_content_in_a_log() -> None:
    assert "secret" not in repr(Clean(b"secret", "image/png", 1))
