"""Invented news, replies of bodies to their numbers, and complaints against the programme."""

from collections.abc import Mapping
from datetime import date, timedelta

from baqylau.accountability.services.news import Written, publish_post, write_post
from baqylau.accountability.services.voices import (
    Complained,
    Replied,
    Settled,
    note_complaint,
    note_reply,
    settle,
)
from baqylau.accountability.training.people import morning_of
from baqylau.accountability.training.sayings import COMPLAINTS, CORRECTED, NEWS, REPLIES
from baqylau.figures.models import Closing, Correction
from baqylau.figures.queries import published
from baqylau.institutions.models import Institution
from baqylau.kernel.access import Actor

TOLD = timedelta(days=2)
"""How long after a correction there is news of it."""
FIGURE, BY = "reception.visits", "body"
HEARD = timedelta(days=1)
"""How long after it came a complaint is written down."""


def speak(coordinator: Actor, lawyer: Actor | None, today: date) -> None:
    """All that was said up to the day."""
    for (month, day), texts in NEWS:
        here = date(today.year, month, day)
        _tell(coordinator, here if here < today else here.replace(year=here.year - 1), texts)
    last = Correction.objects.order_by("-made_at").first()
    if last and last.made_at.date() + TOLD < today:
        _tell(coordinator, last.made_at.date() + TOLD, CORRECTED)
    _reply(coordinator, today)
    if lawyer:
        _complain(coordinator, lawyer, today)


def _tell(coordinator: Actor, on: date, texts: Mapping[str, str]) -> None:
    with morning_of(on):
        post = write_post(actor=coordinator, said=Written(texts))
        publish_post(actor=coordinator, post=post, is_public=True)


def _reply(coordinator: Actor, today: date) -> None:
    """What the offices that most people came about reply to the last closed quarter."""
    closing = published.last_closing()
    if closing is None:
        return
    for body, (after, said_kk, said_ru) in zip(_most(closing), REPLIES, strict=False):
        on = min(closing.closed_at.date() + timedelta(days=after), today - timedelta(days=1))
        with morning_of(on):
            note_reply(actor=coordinator, said=Replied(body, on, said_kk, said_ru))


def _most(closing: Closing) -> list[Institution]:
    codes = [each.cell.value for each in published.table(closing, FIGURE, BY)]
    known = {body.code: body for body in Institution.objects.filter(code__in=codes)}
    return [known[code] for code in codes if code in known]


def _complain(coordinator: Actor, lawyer: Actor, today: date) -> None:
    for back, about, summary, answered, result, answer in COMPLAINTS:
        on = today - timedelta(days=back)
        with morning_of(on + HEARD):
            row = note_complaint(actor=coordinator, said=Complained(on, about, *summary))
        if answered:
            with morning_of(on + timedelta(days=answered)):
                settle(actor=lawyer, complaint=row, said=Settled(result, *answer))
