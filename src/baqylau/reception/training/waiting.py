"""Training cases that no consultation began yet, handed out by the day of their opening."""

from dataclasses import dataclass, field
from datetime import date

from baqylau.casework.models import Case
from baqylau.casework.taxonomy import ContactKind


@dataclass(slots=True)
class Waiting:
    """Keys of all cases, and the rows of one day."""

    keys: dict[date, list[int]] = field(default_factory=dict)
    _day: date | None = None
    _cases: list[Case] = field(default_factory=list)

    def pop(self, day: date) -> Case | None:
        """The day's next case; None when none is left."""
        if day != self._day:
            keys = self.keys.get(day, ())
            found = Case.objects.select_related("room", "body", "service", "territory")
            self._day, self._cases = day, list(found.filter(pk__in=keys).order_by("-id"))
        return self._cases.pop() if self._cases else None


def waiting() -> Waiting:
    """All of them but those where money was asked: there a consultation leads to nothing."""
    rows = Case.objects.filter(source="training").exclude(kind=ContactKind.CORRUPTION)
    keys: dict[date, list[int]] = {}
    for key, day in rows.order_by("id").values_list("pk", "opened_on").iterator():
        keys.setdefault(day, []).append(key)
    return Waiting(keys)
