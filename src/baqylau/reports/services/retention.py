"""Deleting reports whose time is over: content, keys, locks and files, so that none stays behind.

A deleted report keeps its day and its state, so that it is still counted. `delete_on` is taken away
last of all: a run that was killed at any step is ended by the next one.
"""

from collections.abc import Iterator
from datetime import timedelta

from django.apps import apps
from django.db import models, transaction

from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import SYSTEM
from baqylau.reports import store
from baqylau.reports.models import DraftFile, Item, Report
from baqylau.reports.services.keyholding import forget_left_open
from baqylau.reports.taxonomy import State
from baqylau.storage.wiping import empty_log, overwrite_deleted, rewrite

GRACE = timedelta(days=1)
"""A ciphertext that no row names yet may belong to a report that is just being sent."""


def delete_what_is_over() -> str:
    """Delete every report whose day has come, and ciphertexts that nothing names; says how many.

    Safe to repeat, and to kill.
    """
    forget_left_open()
    due = list(Report.objects.filter(delete_on__lte=clock.today()).order_by("pk"))
    for report in due:
        _delete(report)
    swept = sweep()
    store.forget_moments()
    if due and rewrite("sealed", _tables()):
        over = Report.objects.filter(state=State.DELETED, delete_on__lte=clock.today())
        over.update(delete_on=None)
    return f"{len(due)} deleted, {swept} swept"


def _delete(report: Report) -> None:
    """Delete what belongs to the report; the row keeps day and state."""
    digests = list(
        Item.objects.filter(report=report, ciphertext=None).values_list("digest", flat=True)
    )
    with transaction.atomic(using="sealed"):
        overwrite_deleted("sealed")
        was = Report.objects.select_for_update().values_list("state", flat=True).get(pk=report.pk)
        for model in dependants():
            models.QuerySet(model, using="sealed").filter(report=report.pk).delete()
        Report.objects.filter(pk=report.pk).update(**_blank())
        if was != State.DELETED:
            append(
                action="reports.deleted",
                actor=SYSTEM,
                subject=f"report:{report.pk}",
                using="sealed",
            )
    for digest in digests:
        store.remove(digest)


def _blank() -> dict[str, object]:
    """What the columns of a deleted report say: nothing, but for its day and its terms."""
    return {
        "state": State.DELETED,
        "locator": None,
        "lock": None,
        "public": "",
        "name_public": "",
        "desk_public": "",
        "is_urgent": False,
        "acknowledged_on": None,
        "answered_on": None,
        "closed_on": None,
        "bucket": 0,
    }


def dependants() -> Iterator[type[models.Model]]:
    """Every table whose rows belong to one report."""
    for relation in Report._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel):
            found = relation.related_model
            if isinstance(found, type):
                yield found


def forget_the_order() -> str:
    """Cut off the database's log, where a slip stands beside the report that it is about."""
    return "cut" if empty_log("sealed") else "left"


def _tables() -> list[str]:
    """All tables of the room: rows of some belong to rows that belong to a report."""
    return [model._meta.db_table for model in apps.get_app_config("reports").get_models()]


def sweep() -> int:
    """Delete ciphertexts that no row names and unfinished ones; returns how many.

    What was stored yesterday or today stays: its row may still be on the way.
    """
    before = clock.now().date() - GRACE
    # The files first, then the rows: one that gets its row in between is not taken.
    old = store.older_than(before)
    named = set(Item.objects.filter(ciphertext=None).values_list("digest", flat=True))
    named |= set(DraftFile.objects.values_list("digest", flat=True))
    for digest in old - named:
        store.remove(digest)
    return len(old - named) + store.drop_unfinished(before)
