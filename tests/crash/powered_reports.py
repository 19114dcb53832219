"""A process that files reports on a recorded disk.

`python -m tests.crash.powered_reports FOLDER SYNCHRONOUS THREADS COUNT` leaves FOLDER/events: what
happened to the sealed database, `stored` when a ciphertext and its name were brought to the disk,
`ack` when a receipt was given.
"""

import os
import pickle
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.crash.disk import Event, Recorder
from tests.crash.powered import choose_disk


class Names:
    """Follows the store of sealed files: which names would survive a power cut."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self._synced: set[int] = set()
        self._named: dict[str, list[str]] = {}
        self._mutex = threading.Lock()
        self._fsync, self._replace = os.fsync, Path.replace
        os.fsync = self._on_fsync  # type: ignore[assignment]  # the store gives it numbers alone

        def replace(path: Path, target: Path) -> Path:
            return self._on_replace(path, target)

        Path.replace = replace  # type: ignore[method-assign,assignment]  # followed for this process alone

    def _on_fsync(self, descriptor: int) -> None:
        self._fsync(descriptor)
        place = str(Path(f"/proc/self/fd/{descriptor}").readlink())
        with self._mutex:
            self._synced.add(os.fstat(descriptor).st_ino)
            # A folder brought to the disk carries the names that stood in it before.
            for name in self._named.pop(place, []):
                self._recorder.events.append(Event("stored", name))

    def _on_replace(self, path: Path, target: Path) -> Path:
        is_whole = path.stat().st_ino in self._synced
        done = self._replace(path, target)
        if is_whole:
            with self._mutex:
                self._named.setdefault(str(target.parent), []).append(target.name)
        return done


def _file(recorder: Recorder, count: int, submit: Callable[[dict[str, Any]], str]) -> None:
    from baqylau.reports.models import new_id  # noqa: PLC0415 - rooms load after Django is set up
    from baqylau.reports.services.drafts import begin_draft  # noqa: PLC0415 - as above
    from baqylau.seal import receipts  # noqa: PLC0415 - as above

    for _number in range(count):
        draft = begin_draft()
        page = {"id": new_id(), "secret": receipts.draw_secret(), "story": "Ақша сұрады."}
        given = submit(page | {"draft": [draft.id, draft.secret]})
        recorder.events.append(Event("ack", "", 0, f"{page['id']} {given}".encode()))


def main(folder: str, synchronous: str, threads: str, count: str) -> None:
    """File, leave the record, and end without closing anything."""
    place = Path(folder)
    recorder = Recorder()
    choose_disk(place, synchronous)
    from django.conf import settings  # noqa: PLC0415 - the environment is chosen first

    for name in ("FILES_ROOT", "SPOOL_ROOT", "KEYS"):
        setattr(settings, name, place / name)
    from tests.crash.filer import submit  # noqa: PLC0415 - rooms load after Django is set up

    Names(recorder)
    workers = [
        threading.Thread(target=_file, args=(recorder, int(count), submit))
        for _number in range(int(threads))
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    (place / "events").write_bytes(pickle.dumps([tuple(event) for event in recorder.events]))
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
