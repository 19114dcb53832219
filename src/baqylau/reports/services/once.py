"""Adding an item once, however often its form is sent; and deciding from the items before it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from baqylau.journal.services import Draft
from baqylau.kernel.access import Actor
from baqylau.reports.models import Report
from baqylau.reports.queries.contents import OpenedItem, open_part
from baqylau.reports.queries.entries import entries_of
from baqylau.reports.rules.contents import Kind, dumped, loaded
from baqylau.reports.services.sealing import ATTEMPTS, place_after, seal_words, write_item
from baqylau.seal.errors import SealError
from baqylau.seal.keys import SecretKey

Items = Sequence[OpenedItem]
Values = Mapping[str, Any]
Also = Callable[[], object]
"""More to write in the item's own transaction."""


@dataclass(frozen=True, slots=True, repr=False)
class Opened:
    """A part of a report and the key that opens it."""

    report: Report
    part: str
    key: SecretKey

    def items(self) -> list[OpenedItem]:
        """Every item. Raises: SealError."""
        return open_part(self.key, self.report, self.part)


def add_once(
    *,
    to: Opened,
    kind: Kind,
    values: Values | Callable[[Items], Values],
    mark: str,
    actor: Actor,
    drafts: Sequence[Draft] = (),
    changes: dict[str, object] | None = None,
    decide: Callable[[Items], Also] | None = None,
) -> bool:
    """Seal an item unless one of its kind carries the same mark; whether it was added now.

    `values` may be a function, and `decide` gives what else is written with it: both are shown the
    items before it, and asked anew when somebody else was first. Raises: SealError.
    """
    for _attempt in range(ATTEMPTS):
        # Entries first: an item that comes in between takes the number, and we begin again.
        entries = entries_of(to.report.pk, to.part)
        items = to.items()
        if any(marked(item) == mark for item in items if item.kind == kind):
            return False
        found = values(items) if callable(values) else values
        also = decide(items) if decide else None
        content = dumped({**found, "mark": mark})
        place = place_after(to.report.pk, to.part, kind, entries)
        ready = seal_words(to.key, to.part, place, content)
        if write_item(to.report, ready, actor, drafts, changes, also):
            return True
    raise SealError("busy", status=503)


def marked(item: OpenedItem) -> str:
    """The mark of an item of words; "" where there is none."""
    return "" if item.is_stored else str(loaded(item.content).get("mark", ""))
