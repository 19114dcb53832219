"""What is counted of meetings, which are public themselves: held against plan, and who came."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from baqylau.councils.access import SEE
from baqylau.councils.figures import COUNCIL
from baqylau.kernel.access import Actor
from baqylau.kernel.figures import Contribution, Figure, Fold, Share, Slice, Told

PLANNED, HELD = "councils.meetings_planned", "councils.meetings_held"
SEATS, CAME = "councils.seats", "councils.came"
MEASURES = frozenset({PLANNED, HELD, SEATS, CAME})
ACTIONS = frozenset({"councils.meeting_planned", "councils.held"})


def run(told: Sequence[Told]) -> Iterator[Contribution]:
    """Meetings of the plan by the day in the plan; those who came by the day of the meeting."""
    for entry in told:
        cells = {"council": str(entry.payload["council"])}
        found = _planned if entry.action == "councils.meeting_planned" else _held
        for measure, on, amount in found(entry):
            if amount:
                yield Contribution(measure, on, amount, cells)


def _planned(entry: Told) -> Iterator[tuple[str, date, int]]:
    on, before = entry.payload["on"], entry.payload["before"]
    if on != before:
        yield PLANNED, date.fromisoformat(on), 1
        if before:
            yield PLANNED, date.fromisoformat(before), -1


def _held(entry: Told) -> Iterator[tuple[str, date, int]]:
    payload = entry.payload
    present, seated = payload["before"] or (0, 0)
    on = date.fromisoformat(payload["on"])
    if payload["before"] is None:
        yield HELD, date.fromisoformat(payload["planned"]), 1
    yield CAME, on, payload["present"] - present
    yield SEATS, on, payload["seated"] - seated


FOLDS = (Fold("councils.meetings", ACTIONS, MEASURES, run),)


def _address(wanted: Slice, **query: str) -> str:
    if wanted.period:
        query["from"] = wanted.period.first.isoformat()
        query["until"] = wanted.period.until.isoformat()
    if wanted.dimension:
        query[wanted.dimension] = wanted.value
    return f"{reverse('council_meetings')}?{urlencode(query)}"


def planned_list(_actor: Actor, wanted: Slice) -> str:
    """The meetings in the plan for the period."""
    return _address(wanted)


def held_list(_actor: Actor, wanted: Slice) -> str:
    """Of them those that were held."""
    return _address(wanted, stand="held")


def came_list(_actor: Actor, wanted: Slice) -> str:
    """The meetings held in the period, each with how many members came."""
    return _address(wanted, stand="came")


_PUBLISHED = frozenset({"council"})
FIGURES = (
    Figure(
        code="councils.meetings",
        label=_("Share of planned meetings that were held"),
        sentence=_(
            "Of the meetings that stand in the plans of councils for the period, the share that "
            "was held, on that day or on another. A cancelled meeting stays in the plan, and so "
            "does one whose day is still to come."
        ),
        population=_("Meetings in the plan"),
        unit=_("share"),
        kind=Share(HELD, PLANNED, _("of them held")),
        action=SEE,
        dimensions=(COUNCIL,),
        records=planned_list,
        counted=held_list,
        published=_PUBLISHED,
        has_public_records=True,
        order=57,
    ),
    Figure(
        code="councils.attendance",
        label=_("Attendance of members of councils"),
        sentence=_(
            "Of the seats at the meetings of the period, the share whose member came. A seat is "
            "a member who sat in the council on the day of the meeting."
        ),
        population=_("Seats at meetings that were held"),
        unit=_("share"),
        kind=Share(CAME, SEATS, _("of them taken")),
        action=SEE,
        dimensions=(COUNCIL,),
        records=came_list,
        counted=came_list,
        published=_PUBLISHED,
        has_public_records=True,
        order=58,
    ),
)
