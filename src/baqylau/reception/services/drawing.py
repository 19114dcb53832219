"""The nightly draw: one talk of ten is checked by another colleague, and nobody chooses which."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from baqylau.contacts.queries import callable_now
from baqylau.journal.models import Entry
from baqylau.journal.rules import Value
from baqylau.journal.services import Draft as Told
from baqylau.journal.services import append_many
from baqylau.kernel import clock
from baqylau.kernel.access import SYSTEM
from baqylau.reception.models import Call, Consultation, Draw
from baqylau.reception.rules.drawing import is_drawn, seed_of
from baqylau.reception.taxonomy import CallKind, Origin

WAIT: Final = timedelta(days=7)
"""How long after the draw the person is called."""
BACK: Final = 31
"""Days that a draw makes good after the clock has stood still."""
TOLD: Final = 150
"""Numbers in one entry of the journal."""


def draw() -> str:
    """Draw for every day that is over and was not drawn for; says how many."""
    yesterday = clock.today() - timedelta(days=1)
    last = Draw.objects.order_by("-day").values_list("day", flat=True).first()
    first = (
        max(last + timedelta(days=1), yesterday - timedelta(days=BACK - 1)) if last else yesterday
    )
    days = [first + timedelta(days=number) for number in range((yesterday - first).days + 1)]
    made = [found for day in days if (found := draw_day(day=day)) is not None]
    return f"{sum(row.drawn for row in made)} of {sum(row.eligible for row in made)} drawn"


def draw_day(*, day: date) -> Draw | None:
    """Draw among the consultations that were written down on the day; None if that was done.

    The seed comes from the journal's last entry, which came after the day: nobody could know it.
    Raises: ValueError for a day that is not over.
    """
    if day >= clock.today():
        raise ValueError("a day is drawn for when it is over")
    with transaction.atomic():
        last = Entry.objects.order_by("-number").first()
        if last is None or Draw.objects.filter(day=day).exists():
            return None
        seed = seed_of(last.digest, day)
        eligible = _eligible(day)
        drawn = [row for row in eligible if is_drawn(seed, row.number)]
        due_on = clock.today() + WAIT
        Call.objects.bulk_create(
            Call(consultation=row, kind=CallKind.CHECK, due_on=due_on, not_by=row.author, seed=seed)
            for row in drawn
        )
        made = Draw.objects.create(
            day=day, seed=seed, entry=last.number, eligible=len(eligible), drawn=len(drawn)
        )
        append_many(drafts=_told(made, [row.number for row in drawn]))
    return made


def _told(made: Draw, numbers: list[str]) -> Iterator[Told]:
    """What the journal learns: everything to repeat the draw, and what came of it."""
    for at in range(0, max(len(numbers), 1), TOLD):
        payload: dict[str, Value] = {
            "day": made.day,
            "seed": made.seed,
            "entry": made.entry,
            "eligible": made.eligible,
            "drawn": made.drawn,
            "numbers": list(numbers[at : at + TOLD]),
        }
        yield Told("reception.drawn", SYSTEM, f"draw:{made.day}", payload)


def _eligible(day: date) -> list[Consultation]:
    """Written down on the programme's day, standing, not imported, of somebody who may be called.

    Sheets that come late count on the day on which they are typed in.
    """
    zone = ZoneInfo(settings.TIME_ZONE)
    begin, end = (
        datetime.combine(each, time(), zone).astimezone(UTC)
        for each in (day, day + timedelta(days=1))
    )
    rows = Consultation.objects.standing().filter(
        recorded_at__gte=begin, recorded_at__lt=end, agreed_to_call=True
    )
    rows = rows.exclude(contact="").exclude(origin=Origin.IMPORTED).order_by("number")
    found = list(rows.only("number", "author", "contact"))
    known = callable_now(row.contact for row in found)
    return [row for row in found if row.contact in known]
