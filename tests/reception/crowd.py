"""Many consultations at once, as a year leaves them."""

from datetime import date, timedelta

from baqylau.catalogue.models import PublicService
from baqylau.institutions.models import ServicePoint
from baqylau.kernel import clock
from baqylau.reception.models import Consultation, Word
from baqylau.reception.rules.words import asked_prefixes
from tests.casework.making import TARAZ as TARAZ_CITY
from tests.reception.making import MERKE, TARAZ

KINDS = ("information", "service_failure", "misconduct", "proposal")
RESULTS = ("advised", "solved", "directed", "unanswered")
FIRST = 100_000
"""Serials of the crowd begin here."""


def make_crowd(count: int, *, start: int = 0, until: date = date(2026, 7, 1)) -> None:
    """Consultations of forty advisers in both rooms over a year; the last one the newest.

    `start` numbers them on from an earlier crowd. Every second answer has the word "common", every
    other one "usual", every 5,000th "seldom".
    """
    rooms = [ServicePoint.objects.get(code=code).pk for code in (TARAZ, MERKE)]
    service = PublicService.objects.get(code="s901").pk
    rows = []
    for n in range(start, start + count):
        day = until - timedelta(days=(start + count - 1 - n) * 365 // count)
        rows.append(
            Consultation(
                number=f"К-{day.year}-{FIRST + n}",
                year=day.year,
                serial=FIRST + n,
                idempotency_key=f"crowd:{n:08}",
                author=f"adviser-{n % 40}",
                held_on=day,
                recorded_at=clock.now(),
                language="en" if n % 4_999 == 7 else "kk",
                channel="walk_in" if n % 3 else "phone",
                room_id=rooms[n % 2],
                territory_id=TARAZ_CITY,
                kind=KINDS[n % 4],
                service_id=service if n % 5 == 0 else None,
                result=RESULTS[n % 3],
            )
        )
    Consultation.objects.bulk_create(rows, batch_size=500)
    words = [
        (asked_prefixes(word)[0], every, at)
        for word, every, at in (("common", 2, 0), ("usual", 2, 1), ("seldom", 5_000, 0))
    ]
    Word.objects.bulk_create(
        [
            Word(prefix=prefix, consultation=row)
            for n, row in enumerate(rows, start)
            for prefix, every, at in words
            if n % every == at % every
        ],
        batch_size=2_000,
    )
