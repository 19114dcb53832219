"""Which kinds of tables there are, and the runs."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from baqylau.imports.models import Run
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import DomainError
from baqylau.kernel.imports import Importer
from baqylau.kernel.modules import registry
from baqylau.kernel.permissions import may_somewhere

RECENT = 20
"""Runs that a kind's page lists."""


class UnknownError(DomainError):
    """There is no such kind of table, or no such run."""

    code = "unknown"
    status = 404


def importers() -> dict[str, Importer]:
    """Every registered kind of table by its code."""
    return {importer.code: importer for importer in registry.gather("imports")}


def importers_for(actor: Actor) -> list[Importer]:
    """The kinds of tables that the actor may bring."""
    return [each for each in importers().values() if may_somewhere(actor, each.action)]


def importer(kind: str) -> Importer:
    """The kind of table. Raises: UnknownError."""
    found = importers().get(kind)
    if found is None:
        raise UnknownError(_("Tables of this kind are not taken in here."))
    return found


def run(token: str) -> Run:
    """The run. Raises: UnknownError."""
    found = Run.objects.filter(token=token).first()
    if found is None:
        raise UnknownError(_("This table is no longer here. Please bring it again."))
    return found


def recent(kind: str) -> QuerySet[Run]:
    """The last runs of the kind, newest first, without their contents."""
    return Run.objects.filter(kind=kind).defer("content", "report").order_by("-made_at")[:RECENT]
