"""A process that writes to the journal: `python -m tests.journal.writer NAME THREADS COUNT`.

Standard input's first line holds the databases as JSON. Each of the threads appends COUNT entries
(0: without end) and prints its word for each, once it is committed.
"""

import json
import os
import sys
import threading

from django.conf import settings


def _connect() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "baqylau.config.settings"
    for alias, given in json.loads(sys.stdin.readline()).items():
        settings.DATABASES[alias].update(given)
    import django  # noqa: PLC0415 - the databases are chosen first

    django.setup()


def _write(name: str, count: int) -> None:
    from django.db import connections, transaction  # noqa: PLC0415 - rooms load after Django is set up

    from baqylau.journal.services import append  # noqa: PLC0415 - rooms load after Django is set up
    from baqylau.kernel.access import Actor  # noqa: PLC0415 - rooms load after Django is set up

    done = 0
    while not count or done < count:
        word = f"{name}:{done}"
        with transaction.atomic():
            append(action="test.wrote", actor=Actor(name), subject=word)
        os.write(1, f"{word}\n".encode())
        done += 1
    connections.close_all()


def main(name: str, threads: str, count: str) -> None:
    """Write in as many threads as asked."""
    _connect()
    os.write(1, b"ready\n")
    workers = [
        threading.Thread(target=_write, args=(f"{name}{n}", int(count)))
        for n in range(int(threads))
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()


if __name__ == "__main__":
    main(*sys.argv[1:])
