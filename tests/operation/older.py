"""A program that makes the databases of an installation as its first version would have left them.

`python -m tests.operation.older FOLDER`, in the home folder of the settings: few rooms, with few of
their migrations. Copies of both databases go into FOLDER. Answers with JSON, by database: the
migrations, the rows by table, the last entry.
"""

import json
import sys
from dataclasses import asdict
from pathlib import Path

import django

STATE = (
    ("operation", "0001_initial"),
    ("journal", "0002_head_and_guard"),
    ("jobs", "0001_initial"),
    ("contacts", "0001_initial"),
    ("casework", "0001_initial"),
    ("reports", "0001_initial"),
)
"""How far the rooms of that version had come."""


def main(folder: str) -> None:
    """Make them, write two entries, copy them, and end."""
    django.setup()
    from django.conf import settings  # noqa: PLC0415 - rooms load after Django is set up
    from django.db import connections  # noqa: PLC0415 - as above
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415 - as above

    from baqylau.operation import copies  # noqa: PLC0415 - as above
    from baqylau.operation.queries import ALIASES, applied  # noqa: PLC0415 - as above
    from baqylau.operation.services import mark_installation  # noqa: PLC0415 - as above
    from tests.journal.chains import write  # noqa: PLC0415 - as above

    (Path(settings.VAR) / "db").mkdir(parents=True)
    for alias in ALIASES:
        executor = MigrationExecutor(connections[alias])
        executor.migrate(list(STATE))
    mark_installation()
    found = {}
    for alias in ALIASES:
        write(2, alias)
        made = copies.copy(alias, Path(folder) / f"{alias}.{copies.SUFFIX[copies.engine()]}")
        found[alias] = {"migrations": applied(alias), **asdict(made)}
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
