"""Marking a database as ours, and refusing one that is not for this program."""

import uuid

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from baqylau import __version__
from baqylau.kernel import clock
from baqylau.kernel.errors import DomainError
from baqylau.operation.models import Installation
from baqylau.operation.queries import ALIASES, applied, mark, pending, tables, unknown
from baqylau.operation.rules import is_newer


class UnfitError(DomainError):
    """This database must not be used by this program as it is set; nothing was touched."""

    code = "unfit"


def refuse_unfit() -> None:
    """Look at both databases before anything is written to them.

    Raises: UnfitError for a database of a newer version, of the other kind, or for two databases
    that do not belong together.
    """
    marks = {alias: mark(alias) for alias in ALIASES}
    for alias in ALIASES:
        _refuse_newer(alias, marks[alias])
        _refuse_other_kind(marks[alias])
    keys = {row.key for row in marks.values() if row}
    if len(keys) > 1:
        raise UnfitError(
            _("The two databases belong to different installations. Nothing was changed.")
        )


def _refuse_newer(alias: str, row: Installation | None) -> None:
    strange = unknown(applied(alias)) if tables(alias) else []
    if strange or (row and is_newer(row.version, __version__)):
        raise UnfitError(
            _(
                "The database “%(name)s” was made by a newer version of Baqylau. "
                "Install that version; nothing was changed."
            ),
            params={"name": alias},
        )


def _refuse_other_kind(row: Installation | None) -> None:
    if row is None or row.kind == settings.MODE:
        return
    if row.kind == Installation.Kind.TRAINING:
        raise UnfitError(
            _(
                "This database holds training data, and the settings say production. "
                "Choose an empty folder for the real work; nothing was changed."
            )
        )
    raise UnfitError(
        _(
            "This database holds real records, and the settings say training. "
            "Set BAQYLAU_MODE=production; nothing was changed."
        )
    )


def refuse_unprepared() -> None:
    """As `refuse_unfit`, and refuse databases that are not up to date.

    Raises: UnfitError.
    """
    refuse_unfit()
    if any(mark(alias) is None or pending(alias) for alias in ALIASES):
        raise UnfitError(_("The databases are not ready. Run “baqylau prepare” first."))


def mark_installation() -> Installation:
    """Mark both databases as one installation of the chosen kind; safe to repeat."""
    rows = [row for row in map(mark, ALIASES) if row]
    first = rows[0] if rows else Installation(key=uuid.uuid4(), created_at=clock.now())
    for alias in ALIASES:
        with transaction.atomic(using=alias):
            Installation.objects.using(alias).update_or_create(
                id=1,
                defaults={"version": __version__},
                create_defaults={
                    "key": first.key,
                    "kind": settings.MODE,
                    "created_at": first.created_at,
                    "version": __version__,
                },
            )
    return first
