"""Drafts under discussion, in whatever state a test needs."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

from django.test import Client

from baqylau.councils.models import Comment, Draft, DraftKind, Point
from baqylau.councils.services import commenting, drafting
from baqylau.councils.services.moderating import read_comment
from baqylau.kernel import clock
from baqylau.web import strangers
from tests.councils.making import SECRETARY, body

OPENS, LAST = date(2026, 7, 6), date(2026, 7, 24)
"""A Monday, and the Friday of the third week."""
TEXT_KK = "1. Алаңдағы жарық кешкі 23:00-ге дейін жанады.\n\n2. Ойын алаңы қоршалады."
TEXT_RU = "1. Свет на площади горит до 23:00.\n\n2. Игровая площадка огораживается."
FROM_US = {"Origin": "http://testserver"}
_keys = itertools.count(1)


@contextmanager
def on(day: date) -> Iterator[None]:
    """Noon of the day."""
    with clock.frozen(datetime.combine(day, time(7), UTC)):
        yield


def head(**changes: Any) -> drafting.Head:  # noqa: ANN401 - of many kinds
    """A draft decision of the akimat."""
    plain = drafting.Head(
        kind=DraftKind.DECISION,
        title_kk="Орталық алаңды абаттандыру туралы шешім жобасы",
        title_ru="Проект решения о благоустройстве центральной площади",
        institution=body(),
        opens_on=OPENS,
        last_on=LAST,
    )
    return replace(plain, **changes)


def written(text_kk: str = TEXT_KK, text_ru: str = TEXT_RU, **changes: Any) -> Draft:  # noqa: ANN401 - of many kinds
    """A draft with its text, that nobody sees yet."""
    with on(OPENS):
        row = drafting.write_draft(actor=SECRETARY, head=head(**changes))
        drafting.write_points(
            actor=SECRETARY, draft=row, text_kk=text_kk, text_ru=text_ru, revision=row.revision
        )
    row.refresh_from_db()
    return row


def discussed(text_kk: str = TEXT_KK, text_ru: str = TEXT_RU, **changes: Any) -> Draft:  # noqa: ANN401 - of many kinds
    """A draft that is open on its first day."""
    row = written(text_kk, text_ru, **changes)
    with on(row.opens_on):
        return drafting.publish_draft(actor=SECRETARY, draft=row, revision=row.revision)


def first_point(row: Draft) -> Point:
    """Its first point."""
    return Point.objects.select_related("draft").filter(draft=row).order_by("order")[0]


def key() -> str:
    """A key as a form is drawn with."""
    return f"{next(_keys):032x}"


def say(row: Draft, text: str = "", stance: str = "", **changes: Any) -> commenting.Taken:  # noqa: ANN401 - of many kinds
    """What a resident says of the first point on the draft's first day."""
    said = commenting.Said(changes.pop("key", key()), stance, text, "kk", **changes)
    with on(row.opens_on):
        return commenting.say(point=first_point(row), said=said, network="")


def published(row: Draft, text: str = "Жарық түні бойы жансын.") -> Comment:
    """A comment that everybody reads."""
    made = say(row, text).comment
    assert made
    return read_comment(actor=SECRETARY, comment=made, revision=made.revision)


def sent(client: Client, row: Draft, order: int = 1, **fields: str) -> Any:  # noqa: ANN401 - a response
    """The answer to the form of a point."""
    data = {"token": strangers.token("councils.say"), "key": key(), **fields}
    return client.post(f"/drafts/{row.code}/{order}/", data, headers=FROM_US)
