"""What came on paper or was said aloud, typed in: it counts the same."""

from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from baqylau.councils.access import DISCUSS
from baqylau.councils.models import Comment, CommentChannel, Draft, Point, Sending
from baqylau.councils.rules.saying import LONGEST, key_of, mark_of
from baqylau.councils.rules.term import DAY
from baqylau.councils.services.commenting import count
from baqylau.documents.cells import clean
from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.codes import new_code
from baqylau.kernel.errors import DomainError, refuse_all
from baqylau.kernel.permissions import require

MOST = 10_000
"""Opinions of one kind in one sheet."""
CHANNELS = (CommentChannel.PAPER, CommentChannel.MEETING)


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet: the form's key, how it came, on which day; a comment, and counts by opinion."""

    key: str
    channel: str
    written_on: date
    language: str = "kk"
    text: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    code: str = ""
    """Of the comment; drawn where none is given."""


def type_paper(*, actor: Actor, point: Point, paper: Paper) -> Comment | None:
    """Take a sheet; sent again it is the same one. Gives its comment, if it has one.

    Raises: NotAllowedError; RefusalsError.
    """
    require(actor, DISCUSS)
    text = clean(paper.text)
    refuse_all(_faults(point.draft, paper, text))
    key = key_of(paper.key, point.pk, text, *sorted(paper.counts.items()))
    with transaction.atomic():
        _sending, is_new = Sending.objects.get_or_create(
            key=key, defaults={"sent_on": clock.today()}
        )
        if not is_new:
            return Comment.objects.filter(key=key).first()
        count(point, paper.channel, paper.counts)
        comment = _comment(point, paper, text, key) if text else None
        append(
            action="councils.typed",
            actor=actor,
            subject=f"draft:{point.draft.code}",
            payload={
                "point": point.order,
                "comment": comment.code if comment else "",
                "channel": paper.channel,
                "on": paper.written_on,
                "opinions": sum(paper.counts.values()),
            },
        )
    return comment


def _comment(point: Point, paper: Paper, text: str, key: str) -> Comment:
    return Comment.objects.create(
        code=paper.code or new_code(),
        point=point,
        key=key,
        channel=paper.channel,
        language=paper.language,
        text=text,
        written_on=paper.written_on,
        mark=mark_of(text),
    )


def _faults(draft: Draft, paper: Paper, text: str) -> list[DomainError]:
    faults: list[DomainError] = []
    if draft.published_at is None:
        faults.append(DomainError(_("This draft is not published yet."), code="unpublished"))
    if not draft.opens_on <= paper.written_on < draft.closes_on:
        faults.append(
            DomainError(
                _("The discussion is open from %(first)s through %(last)s: not on that day."),
                code="term",
                field="written_on",
                params={
                    "first": f"{draft.opens_on:%d.%m.%Y}",
                    "last": f"{draft.closes_on - DAY:%d.%m.%Y}",
                },
            )
        )
    if paper.written_on > clock.today():
        faults.append(
            DomainError(_("This day is still to come."), code="future", field="written_on")
        )
    if not (text or sum(paper.counts.values())):
        faults.append(
            DomainError(
                _("Type the comment, or how many were for and against."), code="empty", field="text"
            )
        )
    if len(text) > LONGEST:
        faults.append(
            DomainError(
                _("At most %(limit)s signs."), code="long", field="text", params={"limit": LONGEST}
            )
        )
    faults += [
        DomainError(_("From 0 to %(limit)s."), code="number", field=stance, params={"limit": MOST})
        for stance, number in paper.counts.items()
        if not 0 <= number <= MOST
    ]
    return faults
