"""Number and hash of each item, from the sealed journal: what rows are checked against."""

import json
from datetime import date

from baqylau.journal.models import Entry as Told
from baqylau.reports.parts import subject
from baqylau.seal.items import Entry

ITEM = "reports.item"
"""The journal's action for an item; its payload holds number and digest, nothing else."""


def entries_of(report: str, part: str) -> list[Entry]:
    """The entries of a part, in the order in which they were sealed."""
    told = Told.objects.using("sealed").filter(subject=subject(report, part), action=ITEM)
    payloads = told.order_by("number").values_list("payload", flat=True)
    found = [json.loads(payload) for payload in payloads]
    return [Entry(int(one["number"]), str(one["digest"])) for one in found]


def told_of(report: str, part: str) -> dict[int, tuple[str, date]]:
    """Who sealed which item, by its number, and on which day; "" is the reporter.

    The sealed journal says so: who holds the key of a part can write any kind of item into it.
    """
    rows = Told.objects.using("sealed").filter(subject=subject(report, part), action=ITEM)
    return {
        int(json.loads(payload)["number"]): (actor, date.fromisoformat(at[:10]))
        for payload, actor, at in rows.values_list("payload", "actor", "at")
    }


def of_reporter(report: str, part: str) -> frozenset[int]:
    """The numbers of the items that the reporter has sealed."""
    return frozenset(number for number, (actor, _on) in told_of(report, part).items() if not actor)
