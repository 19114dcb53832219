"""Two invented drafts: one that is discussed now, one that was answered."""

import csv
import random
from collections.abc import Mapping
from datetime import date, timedelta
from importlib.resources import files
from itertools import groupby
from typing import Final

from baqylau.councils.models import Comment, CommentChannel, Council, Draft, DraftKind, Point
from baqylau.councils.services.commenting import Said, say
from baqylau.councils.services.drafting import Head, publish_draft, write_draft, write_points
from baqylau.councils.services.moderating import Replied, answer_comments, read_comment
from baqylau.councils.services.typing_in import Paper, type_paper
from baqylau.councils.training.people import morning_of, somebody
from baqylau.institutions.models import Institution
from baqylau.kernel.roles import Role
from baqylau.web.networks import LOCAL

Row = Mapping[str, str]
DAY: Final = timedelta(days=1)
OPEN, CLOSED = "open", "closed"
OPENED: Final = {OPEN: timedelta(days=6), CLOSED: timedelta(days=75)}
"""How long ago each was opened."""
LASTS: Final = {OPEN: timedelta(days=16), CLOSED: timedelta(days=20)}
TITLES: Final = {
    OPEN: (
        "Тараз қаласының орталық саябағын күту ережесінің жобасы (үлгі)",
        "Проект правил содержания центрального парка города Тараз (образец)",
    ),
    CLOSED: (
        "«Балабақшаға кезекке қою» қызметінің регламенті жобасы (үлгі)",
        "Проект регламента услуги «Постановка на очередь в детский сад» (образец)",
    ),
}
KINDS: Final = {OPEN: DraftKind.DECISION, CLOSED: DraftKind.SERVICE}
SHEETS: Final = (
    {"agree": 24, "disagree": 12, "pass": 3},
    {"agree": 17, "disagree": 31, "pass": 11},
)
"""Sheets with signatures that came on paper."""


def bring(chance: random.Random, today: date) -> int:
    """Bring both drafts with their comments; returns the comments."""
    made = {which: _draft(chance, which, today) for which in (CLOSED, OPEN)}
    rows = _table("comments")
    for row in rows:
        _comment(chance, made[row["draft"]], row, today)
    for which, draft in made.items():
        _sheets(chance, draft)
        _answer(draft, [row for row in rows if row["draft"] == which])
    return len(rows)


def _table(name: str) -> list[Row]:
    text = (files("baqylau.councils.training") / f"{name}.tsv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))


def _text(name: str) -> str:
    return (files("baqylau.councils.training") / name).read_text(encoding="utf-8")


def _draft(chance: random.Random, which: str, today: date) -> Draft:
    """Write and publish a draft on its first day."""
    opens_on = today - OPENED[which]
    kind = "akimat" if which == OPEN else "state_body"
    council = Council.objects.filter(institution__kind=kind).order_by("pk").first()
    body = council.institution if council else None
    actor = somebody(Role.SECRETARY)
    with morning_of(opens_on):
        head = Head(
            kind=KINDS[which],
            title_kk=TITLES[which][0],
            title_ru=TITLES[which][1],
            institution=body or Institution.objects.order_by("pk")[0],
            opens_on=opens_on,
            last_on=opens_on + LASTS[which],
            council=council,
            code=f"{chance.getrandbits(32):08x}",
        )
        row = write_draft(actor=actor, head=head)
        write_points(
            actor=actor,
            draft=row,
            text_kk=_text(f"drafts_{which}.txt"),
            text_ru=_text(f"drafts_{which}_ru.txt"),
            revision=row.revision,
        )
        row.refresh_from_db()
        return publish_draft(actor=actor, draft=row, revision=row.revision)


def _comment(chance: random.Random, draft: Draft, row: Row, today: date) -> None:
    """What somebody said on a day of the discussion, and what a reader decided the day after."""
    day = draft.opens_on + int(row["day"]) * DAY
    if day > today:
        return
    point = Point.objects.select_related("draft").get(draft=draft, order=int(row["point"]))
    key, code = f"{chance.getrandbits(128):032x}", f"{chance.getrandbits(32):08x}"
    comment: Comment | None
    with morning_of(day):
        if row["channel"] == CommentChannel.SITE:
            said = Said(key, row["stance"], row["text"], row["language"], code=code)
            comment = say(point=point, said=said, network=LOCAL).comment
        else:
            paper = Paper(key, row["channel"], day, row["language"], row["text"], code=code)
            comment = type_paper(actor=somebody(Role.SECRETARY), point=point, paper=paper)
    if comment and row["fate"]:
        rule = row["fate"].removeprefix("rule:") if row["fate"].startswith("rule:") else ""
        with morning_of(min(day + DAY, today)):
            read_comment(
                actor=somebody(Role.SECRETARY),
                comment=comment,
                revision=comment.revision,
                refusal=rule,
            )


def _sheets(chance: random.Random, draft: Draft) -> None:
    """Signatures for and against, collected on paper in the first days."""
    points = Point.objects.select_related("draft").filter(draft=draft).order_by("order")
    for point, counts in zip(points, SHEETS * 3, strict=False):
        day = draft.opens_on + chance.randrange(1, 5) * DAY
        paper = Paper(f"{chance.getrandbits(128):032x}", "paper", day, counts=dict(counts))
        with morning_of(day):
            type_paper(actor=somebody(Role.SECRETARY), point=point, paper=paper)


def _answer(draft: Draft, rows: list[Row]) -> None:
    """Give like comments one answer each, in the week after the last day."""
    reasons = {row["code"]: row for row in _table("answers")}
    told = [row for row in rows if ":" in row["fate"] and not row["fate"].startswith("rule:")]
    told.sort(key=lambda row: row["fate"])
    for number, (fate, group) in enumerate(groupby(told, key=lambda row: row["fate"])):
        answer, code = fate.split(":")
        texts = [row["text"] for row in group]
        found = Comment.objects.filter(point__draft=draft, text__in=texts)
        with morning_of(draft.closes_on + (1 + number % 6) * DAY):
            answer_comments(
                actor=somebody(Role.LAWYER),
                draft=draft,
                codes=list(found.values_list("code", flat=True)),
                replied=Replied(answer, reasons[code]["kk"], reasons[code]["ru"]),
            )
