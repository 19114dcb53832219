"""A process that writes to the journal on a recorded disk.

`python -m tests.crash.powered FOLDER SYNCHRONOUS THREADS COUNT` leaves FOLDER/events.
"""

import os
import pickle
import sys
import threading
from pathlib import Path
from typing import Any

from tests.crash.disk import Event, Recorder


def choose_disk(folder: Path, synchronous: str) -> None:
    """Both databases below the folder, synced as often as that says; then Django is set up."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "baqylau.config.settings"
    from django.conf import settings  # noqa: PLC0415 - the environment is chosen first

    for alias in ("default", "sealed"):
        chosen: dict[str, Any] = settings.DATABASES[alias]
        chosen["NAME"] = str(folder / f"{alias}.sqlite3")
        pragmas = chosen["OPTIONS"]["init_command"].replace("FULL", synchronous)
        if synchronous == "FULL":
            # Small, so that the cuts also fall into checkpoints. A checkpoint syncs as well: the
            # control has as few as SQLite makes by itself, or chance alone would make it lose.
            pragmas += ";PRAGMA wal_autocheckpoint=60"
        chosen["OPTIONS"]["init_command"] = pragmas
    import django  # noqa: PLC0415 - rooms load after Django is set up

    django.setup()


def _write(recorder: Recorder, name: str, count: int) -> None:
    from django.db import transaction  # noqa: PLC0415 - rooms load after Django is set up

    from baqylau.journal.services import append  # noqa: PLC0415 - rooms load after Django is set up
    from baqylau.kernel.access import Actor  # noqa: PLC0415 - rooms load after Django is set up

    for number in range(count):
        word = f"{name}:{number}"
        with transaction.atomic():
            append(action="test.wrote", actor=Actor(name), subject=word)
        recorder.events.append(Event("ack", "", 0, word.encode()))


def main(folder: str, synchronous: str, threads: str, count: str) -> None:
    """Write, leave the record, and end without closing anything."""
    place = Path(folder)
    recorder = Recorder()
    choose_disk(place, synchronous)
    workers = [
        threading.Thread(target=_write, args=(recorder, f"w{n}", int(count)))
        for n in range(int(threads))
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    (place / "events").write_bytes(pickle.dumps([tuple(event) for event in recorder.events]))
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
