"""Comparing what is stored of reports with the sealed journal; no content is opened.

What an item says inside is checked by whoever reads it with a key.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from hashlib import sha256

from django.db.models import Sum
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext as _

from baqylau.journal.models import Entry
from baqylau.kernel.modules import Health
from baqylau.reports import store
from baqylau.reports.models import Counter, Item, Part, Report
from baqylau.reports.parts import subject
from baqylau.reports.queries.entries import ITEM
from baqylau.reports.queries.readers import READERS, few
from baqylau.reports.queries.yearly import COUNTED
from baqylau.reports.services.retention import dependants
from baqylau.reports.taxonomy import State

CHUNK = 200
"""Reports that are looked at together."""
Told = dict[str, list[tuple[int, str]]]
"""By subject: number and digest of each item, as the journal tells them."""


def differences() -> Iterator[str]:
    """One sentence for each report whose rows, files or journal disagree, and each wrong count."""
    filed = _filed()
    for chunk in _chunks():
        told = _told(chunk)
        for report in chunk:
            is_known = f"report:{report.pk}" in filed
            filed.discard(f"report:{report.pk}")
            for fault in _faults(report, told, is_known=is_known):
                yield _("report %(locator)s: %(fault)s") % {"locator": report, "fault": fault}
    if filed:
        yield _("reports that the journal tells of and that are not there: %(count)s") % {
            "count": len(filed)
        }
    yield from _counts()


def _filed() -> set[str]:
    told = Entry.objects.using("sealed").filter(action="reports.filed")
    return set(told.values_list("subject", flat=True))


def _chunks() -> Iterator[list[Report]]:
    last = ""
    while chunk := list(Report.objects.filter(pk__gt=last).order_by("pk")[:CHUNK]):
        last = chunk[-1].pk
        yield chunk


def _told(chunk: list[Report]) -> Told:
    subjects = [subject(report.pk, part) for report in chunk for part in Part.values]
    entries = Entry.objects.using("sealed").filter(action=ITEM, subject__in=subjects)
    found: Told = defaultdict(list)
    for name, payload in entries.order_by("number").values_list("subject", "payload"):
        values = json.loads(payload)
        found[name].append((int(values["number"]), str(values["digest"])))
    return found


def _faults(report: Report, told: Told, *, is_known: bool) -> Iterator[str]:
    """What is wrong with one report."""
    if not is_known:
        yield _("the journal does not know it")
    items = list(Item.objects.filter(report=report).order_by("part", "number"))
    if report.state == State.DELETED:
        if any(_has_rows(model, report) for model in dependants()):
            yield _("it was deleted, and something of it is left")
        return
    for part in Part.values:
        rows = [(item.number, item.digest) for item in items if item.part == part]
        if rows != told.get(subject(report.pk, part), []):
            yield _("items are missing, or are not those of the journal")
    for item in items:
        if not _is_whole(item):
            yield _("item %(number)s is damaged or its file is gone") % {"number": item.number}


def _has_rows(model: type, report: Report) -> bool:
    found: bool = model.objects.filter(report=report.pk).exists()  # type: ignore[attr-defined]  # a model of ours
    return found


def _is_whole(item: Item) -> bool:
    if item.ciphertext is None:
        return store.is_whole(item.digest)
    return sha256(bytes(item.ciphertext)).hexdigest() == item.digest


def _counts() -> Iterator[str]:
    """No month has more labels of one kind than reports."""
    months = Report.objects.annotate(month=TruncMonth("filed_on")).values_list("month", flat=True)
    filed: dict[date, int] = defaultdict(int)
    for month in months:
        filed[month] += 1
    sums = Counter.objects.values_list("month", "by").annotate(total=Sum("number"))
    for month, by, total in sums.order_by("month", "by"):
        if total > filed[month]:
            yield _("%(month)s: more labels (%(by)s) than reports") % {
                "month": f"{month:%Y-%m}",
                "by": COUNTED[by],
            }


def rebuild() -> int:
    """Nothing here can be made anew: what is sealed exists once."""
    return 0


def health() -> Iterator[Health]:
    """Warn of reports that soon nobody may be able to read."""
    count = few().count()
    if count:
        yield Health(
            _("Reports that fewer than %(needed)s living keys open: %(count)s.")
            % {"needed": READERS, "count": count},
            _("Let an officer who can open them add a colleague, at the desk under “Keys”."),
        )
