"""Opening a report: with one's own key, and never without an entry in the journal."""

from typing import IO

from django.db import transaction

from baqylau.journal.rules import Value
from baqylau.journal.services import append
from baqylau.kernel.access import Actor
from baqylau.reports.models import Part, Report
from baqylau.reports.queries.contents import open_file, open_wrap
from baqylau.reports.services.once import Opened
from baqylau.reports.taxonomy import State
from baqylau.seal.keys import SecretKey
from baqylau.seal.wraps import Role


def open_report(*, actor: Actor, own: SecretKey, report: Report) -> Opened:
    """R's part, and an entry that it was opened; a report that nobody had read is read now.

    Raises: SealError for who holds no key to it.
    """
    opened = report_part(actor=actor, own=own, report=report)
    with transaction.atomic(using="sealed"):
        Report.objects.filter(pk=report.pk, state=State.NEW).update(state=State.READ)
        _tell("reports.opened", actor, report)
    if report.state == State.NEW:
        report.state = State.READ
    return opened


def report_part(*, actor: Actor, own: SecretKey, report: Report) -> Opened:
    """R's part, to add to it. Raises: SealError for who holds no key to it."""
    key = open_wrap(report, Part.REPORT, Role.OFFICER, own, actor.key)
    return Opened(report, Part.REPORT, key)


def open_evidence(*, actor: Actor, own: SecretKey, report: Report, number: int) -> IO[bytes]:
    """A file's head and bytes, and an entry that it was opened. Raises: SealError."""
    key = report_part(actor=actor, own=own, report=report).key
    file = open_file(key, report, Part.REPORT, number)
    try:
        with transaction.atomic(using="sealed"):
            _tell("reports.file_opened", actor, report, {"number": number})
    except BaseException:
        file.close()
        raise
    return file


def _tell(
    action: str, actor: Actor, report: Report, payload: dict[str, Value] | None = None
) -> None:
    append(
        action=action,
        actor=actor,
        subject=f"report:{report.pk}",
        payload=payload or {},
        using="sealed",
    )
