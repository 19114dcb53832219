"""The months and quarters of the training year, closed as they would have been.

Everything that the year holds is in the journal before the first of them is closed: what came later
has later days, so each sum is what it was on the day of closing. What was typed in late comes after
that, and is corrected.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from baqylau.accountability.services.releasing import publish_release
from baqylau.accountability.training.people import morning_of
from baqylau.casework.services import open_case
from baqylau.casework.taxonomy import ContactKind
from baqylau.figures.models import Cell, Closing
from baqylau.figures.rules.spans import Chosen, all_of
from baqylau.figures.services import close, correct
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.figures import Span
from baqylau.kernel.period import Period

YEAR = timedelta(days=364)
AFTER = {Span.MONTH: timedelta(days=6), Span.QUARTER: timedelta(days=11)}
"""How long after its last day a period is closed: sheets of paper have been typed in by then."""
FOUND = timedelta(days=8)
"""How long after the closing of a quarter a forgotten sheet is found."""
RELEASED = timedelta(days=1)
"""How long after it was published or corrected a number is in the open data."""
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
    """Close one period after another, and correct what a late sheet changes.

    The data of a quarter are released on the day after its closing; and anew after the correction.
    """
    periods = list(due(today))
    late = _late(periods, today)
    for on, chosen in periods:
        with morning_of(on):
            yield close(actor=actor, chosen=chosen)
        if chosen.span is Span.QUARTER:
            _release(actor, on + RELEASED, today)
    if late:
        _find(actor, *late)
        _release(actor, late[0] + RELEASED, today)


def _release(actor: Actor, on: date, today: date) -> None:
    if on < today:
        with morning_of(on):
            publish_release(actor=actor)


def _late(periods: list[tuple[date, Chosen]], today: date) -> tuple[date, Period] | None:
    """When a forgotten sheet was found, and the quarter that it belongs to; None if none was."""
    quarters = [
        (on + FOUND, chosen.period)
        for on, chosen in periods
        if chosen.span is Span.QUARTER and chosen.period and on + FOUND < today
    ]
    return quarters[-1] if quarters else None


def _find(actor: Actor, on: date, quarter: Period) -> None:
    """Type the sheet in, and correct every whole that its day belongs to."""
    held_on = quarter.until - HELD
    with morning_of(on):
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
            if span and held_on in span and cell.closing.closed_at <= clock.now():
                correct(actor=actor, cell=cell, reasons=REASONS)
