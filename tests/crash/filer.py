"""A process that files reports and dies, or meets a full disk, at the step that it is told.

`python -m tests.crash.filer` reads JSON: databases, folders, and pages to send, each with `kill`
(the number of the write step at which to die, 0: none) and `room` (bytes that any file may have, 0:
no limit). One line of JSON comes back for each page.
"""

import io
import json
import os
import resource
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

EVIDENCE = bytes(range(256)) * 160
"""A file of 40 KiB."""
WRITING = frozenset({"os.rename", "os.remove", "os.mkdir", "os.utime", "os.truncate"})


class Steps:
    """Counts what writes: SQL, commits, syncs, files opened for writing, renamed, removed."""

    def __init__(self, kill: int) -> None:
        self.count, self._kill = 0, kill

    def tick(self) -> None:
        """One more; the last one for whoever is to die here."""
        self.count += 1
        if self.count == self._kill:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(self) -> None:
        """From now on every write step of this process counts."""
        from django.db import connections  # noqa: PLC0415 - rooms load after Django is set up

        sealed = connections["sealed"]
        sealed.execute_wrappers.append(self._statement)
        sealed._commit = self._around(sealed._commit)  # type: ignore[attr-defined]  # counted on its way
        os.fsync = self._around(os.fsync)
        sys.addaudithook(self._audit)

    def _statement(self, execute: Callable[..., Any], *given: Any) -> Any:  # noqa: ANN401 - Django's own
        self.tick()
        return execute(*given)

    def _around(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*given: Any) -> Any:  # noqa: ANN401 - whatever the function takes
            self.tick()
            done = function(*given)
            self.tick()
            return done

        return counted

    def _audit(self, event: str, given: tuple[Any, ...]) -> None:
        is_opened = event == "open" and isinstance(given[2], int) and given[2] & os.O_CREAT
        if event in WRITING or is_opened:
            self.tick()


def submit(page: dict[str, Any]) -> str:
    """Add the evidence if it is not there and send the page; the receipt's number.

    Raises: whatever went wrong.
    """
    from baqylau.reports.models import DraftFile, Report  # noqa: PLC0415 - rooms load after Django is set up
    from baqylau.reports.rules.contents import FileHead, dumped  # noqa: PLC0415 - as above
    from baqylau.reports.services.drafts import DraftKey, add_to_draft  # noqa: PLC0415 - as above
    from baqylau.reports.services.filing import Sent, file_report  # noqa: PLC0415 - as above

    draft = DraftKey(*page["draft"])
    is_new = not Report.objects.filter(pk=page["id"]).exists()
    if is_new and not DraftFile.objects.filter(draft=draft.id).exists():
        head = FileHead("бейне.mp4", "video/mp4", len(EVIDENCE))
        add_to_draft(draft=draft, head=head, file=io.BytesIO(EVIDENCE))
    answers = dumped({"story": page["story"]})
    sent = Sent(id=page["id"], secret=page["secret"], answers=answers, draft=draft)
    return file_report(sent=sent).receipt.number


def _alone(page: dict[str, Any]) -> None:
    """Send the page in this process, which ends with it."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    if page["room"]:
        _begin_log_anew()
        resource.setrlimit(resource.RLIMIT_FSIZE, (page["room"], resource.RLIM_INFINITY))
    steps = Steps(page["kill"])
    steps.watch()
    try:
        found = {"receipt": submit(page)}
    except Exception as error:  # noqa: BLE001 - told to the test, which judges it
        found = {"receipt": "", "error": type(error).__name__, "said": str(error)}
    os.write(1, (json.dumps({**found, "id": page["id"], "steps": steps.count}) + "\n").encode())
    os._exit(0)


def _begin_log_anew() -> None:
    """Empty SQLite's log, so that the room left does not depend on the pages before."""
    from django.db import connections  # noqa: PLC0415 - rooms load after Django is set up

    with connections["sealed"].cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def main() -> None:
    """Send each page in a process of its own."""
    told = json.loads(sys.stdin.readline())
    os.environ["DJANGO_SETTINGS_MODULE"] = "baqylau.config.settings"
    from django.conf import settings  # noqa: PLC0415 - the environment is chosen first

    for alias, given in told["databases"].items():
        settings.DATABASES[alias].update(given)
    for name, folder in told["folders"].items():
        setattr(settings, name, Path(folder))
    import django  # noqa: PLC0415 - the databases are chosen first

    django.setup()
    for page in told["pages"]:
        child = os.fork()
        if not child:
            _alone(page)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main()
