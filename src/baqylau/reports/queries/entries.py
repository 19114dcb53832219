"""Number and hash of each item, from the sealed journal: what rows are checked against."""

import json

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
