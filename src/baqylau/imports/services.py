"""Take a table in: receive, look, apply once."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import PurePath

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from baqylau.documents.tables import TableError
from baqylau.imports import rules
from baqylau.imports.models import Run, State
from baqylau.imports.queries import importer as importer_of
from baqylau.imports.queries import run as run_of
from baqylau.imports.sentences import place, sentence
from baqylau.journal.rules import Value
from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import SYSTEM, Actor
from baqylau.kernel.errors import ConflictError, DomainError
from baqylau.kernel.imports import Importer, Progress, silent

KEPT = timedelta(days=1)
"""How long a file waits to be applied."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What looking at a file gave; `plan` is None when the file cannot be read at all."""

    plan: rules.Plan | None
    refusal: str = ""


def receive(*, actor: Actor, kind: str, name: str, data: bytes) -> Run:
    """Keep a file until somebody has looked at it. Raises: UnknownError."""
    importer_of(kind)
    with transaction.atomic():
        run = Run.objects.create(
            kind=kind,
            name=PurePath(name).name[:120],
            actor=actor.key,
            made_at=clock.now(),
            content=data,
        )
        append(action="imports.receive", actor=actor, subject=f"import:{run.token}")
    return run


def look(importer: Importer, data: bytes, progress: Progress = silent) -> Outcome:
    """The dry run: what the file would change. Writes nothing."""
    try:
        reading = rules.read(importer, data, progress)
    except TableError as error:
        where = place(error.problem)
        words = sentence(error.problem)
        return Outcome(None, f"{where}: {words}" if where else words)
    return Outcome(rules.plan(importer, reading, progress))


def examine(*, run: Run, progress: Progress = silent) -> Run:
    """Look at the run's file and keep the report; safe to repeat."""
    importer = importer_of(run.kind)
    outcome = look(importer, bytes(run.content), progress)
    with transaction.atomic():
        if outcome.plan is None:
            run.state, run.report = State.REFUSED, {"refusal": outcome.refusal}
            run.content, run.digest = b"", ""
        else:
            run.state, run.report = State.READY, rules.as_data(outcome.plan, importer)
            run.digest = outcome.plan.digest
        Run.objects.filter(pk=run.pk, applied_at=None).update(
            state=run.state, report=run.report, content=run.content, digest=run.digest
        )
    return run


def apply(
    *, actor: Actor, token: str, despite_errors: bool = False, progress: Progress = silent
) -> Run:
    """Write what was shown, all of it or nothing; a second call changes nothing more.

    Raises: UnknownError; ConflictError when the records have changed since they were shown;
    DomainError for a file with faults, unless `despite_errors`, or one that has been forgotten.
    """
    run = run_of(token)
    if run.state == State.APPLIED:
        return run
    if run.state != State.READY or not run.content:
        raise DomainError(_("There is nothing here that could be written. Bring the table again."))
    importer = importer_of(run.kind)
    reading = rules.read(importer, bytes(run.content))
    with transaction.atomic():
        run = Run.objects.select_for_update().get(token=token)
        if run.state == State.APPLIED:
            return run
        plan = rules.plan(importer, reading)
        if plan.digest != run.digest:
            raise ConflictError(_("The records have changed meanwhile. Look at the table anew."))
        run.written = write(importer, plan, actor, despite_errors=despite_errors, progress=progress)
        run.state, run.applied_at, run.content = State.APPLIED, clock.now(), b""
        run.save(update_fields=["state", "applied_at", "content", "written"])
        payload: dict[str, Value] = {"kind": run.kind, "rows": run.written, "digest": run.digest}
        append(action="imports.apply", actor=actor, subject=f"import:{token}", payload=payload)
    return run


def write(
    importer: Importer,
    plan: rules.Plan,
    actor: Actor,
    *,
    despite_errors: bool = False,
    progress: Progress = silent,
) -> int:
    """Write the plan's changes within the caller's transaction; returns the rows written.

    Raises: DomainError for a plan with faults, unless `despite_errors`.
    """
    if plan.problems and not despite_errors:
        raise DomainError(_("There are faults in the table, so nothing was written."))
    return importer.apply(actor, plan.wanted, progress)


def import_now(
    *,
    importer: Importer,
    plan: rules.Plan,
    actor: Actor = SYSTEM,
    despite_errors: bool = False,
    progress: Progress = silent,
) -> int:
    """Write a plan that was shown on the console, all of it or nothing. Raises: DomainError."""
    with transaction.atomic():
        written = write(importer, plan, actor, despite_errors=despite_errors, progress=progress)
        payload: dict[str, Value] = {"kind": importer.code, "rows": written, "digest": plan.digest}
        append(action="imports.apply", actor=actor, subject="import:console", payload=payload)
    return written


def forget_old() -> str:
    """Empty the files that waited for more than a day; returns how many there were."""
    with transaction.atomic():
        old = Run.objects.filter(made_at__lt=clock.now() - KEPT).exclude(content=b"")
        count = old.update(content=b"", report={})
    return str(count)
