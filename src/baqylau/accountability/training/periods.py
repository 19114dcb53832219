"""The months and quarters of the training year, closed as they would have been.

Everything that the year holds is in the journal before the first of them is closed: what came later
has later days, so each sum is what it was on the day of closing. What was typed in late comes after
the closing of its quarter and before the next one.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from baqylau.accountability.training.people import morning_of
from baqylau.casework.services import open_case
from baqylau.casework.taxonomy import ContactKind
from baqylau.figures.models import Cell, Closing
from baqylau.figures.rules.spans import Chosen, all_of
from baqylau.figures.services import close, correct
from baqylau.kernel.access import Actor
from baqylau.kernel.figures import Span
from baqylau.kernel.period import Period

YEAR = timedelta(days=364)
AFTER = {Span.MONTH: timedelta(days=6), Span.QUARTER: timedelta(days=11)}
"""How long after its last day a period is closed: sheets of paper have been typed in by then."""
FOUND = timedelta(days=8)
"""How long after the closing of a quarter a forgotten sheet is found."""
HELD = timedelta(days=4)
"""How long before the end of the quarter it was written."""
TARAZ = "311000000"
COUNTED = "casework.opened"
REASONS = {
    "kk": "Көшпелі қабылдаудың бір парағы кезең жабылғаннан кейін табылып, сол күнімен енгізілді: "
    "бір мәселеге қосылды.",
    "ru": "Лист выездной приёмной нашёлся после закрытия периода и внесён своей датой: "
    "одним делом больше.",
    "en": "A sheet of the travelling reception was found after the period had been closed, and was "
    "typed in with its own day: one case more.",
}


def due(today: date) -> Iterator[tuple[date, Chosen]]:
    """The periods that were over and closed by the day, with the day of closing, in its order."""
    found = [
        (chosen.period.until + AFTER[span], chosen)
        for span in AFTER
        for chosen in all_of(span, today - YEAR, today)
        if chosen.period
    ]
    yield from sorted(
        (each for each in found if each[0] < today), key=lambda each: (each[0], each[1].code)
    )


def close_all(actor: Actor, today: date) -> Iterator[Closing]:
    """Close one period after another, and correct what a late sheet changes, in their order."""
    periods = list(due(today))
    late = _late(periods, today)
    for day in sorted({*late, *(on for on, _chosen in periods)}):
        with morning_of(day):
            for chosen in (chosen for on, chosen in periods if on == day):
                yield close(actor=actor, chosen=chosen)
            if day in late:
                _find(actor, late[day])


def _late(periods: list[tuple[date, Chosen]], today: date) -> Mapping[date, Period]:
    """By the day on which a forgotten sheet was found, the quarter that it belongs to."""
    quarters = [
        (on + FOUND, chosen.period)
        for on, chosen in periods
        if chosen.span is Span.QUARTER and chosen.period and on + FOUND < today
    ]
    return dict(quarters[-1:])


def _find(actor: Actor, quarter: Period) -> None:
    """Type the sheet in, and correct every whole that its day belongs to."""
    held_on = quarter.until - HELD
    open_case(
        actor=actor,
        source="training",
        idempotency_key=f"training:late:{held_on}",
        kind=ContactKind.SERVICE_FAILURE.value,
        territory=TARAZ,
        opened_on=held_on,
    )
    for cell in Cell.objects.filter(figure=COUNTED, dimension="", window="own"):
        span = Chosen(Span(cell.closing.span), cell.closing.first_on).period
        if span and held_on in span:
            correct(actor=actor, cell=cell, reasons=REASONS)
