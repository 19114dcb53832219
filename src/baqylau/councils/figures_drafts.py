"""What is counted of comments on drafts: published ones are public, so every number is exact.

A comment counts on the day on which it was written, as it stands: each entry says what held before
it, so that what is taken back is what was given.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from baqylau.casework.dimensions import BODY
from baqylau.councils.access import SEE
from baqylau.councils.models import Answer, Comment, CommentState
from baqylau.kernel.access import Actor
from baqylau.kernel.figures import Contribution, Count, Figure, Fold, Share, Slice, Told

PUBLISHED = "councils.comments"
ANSWERED, ACCEPTED = "councils.comments_answered", "councils.comments_accepted"
READ, REPLIED = "councils.comment_read", "councils.comments_answered"
_KIND = frozenset((Answer.ACCEPTED.value, Answer.PARTLY.value))
Change = tuple[str, frozenset[str], frozenset[str]]
"""A comment's code, the measures that it counted for, those that it counts for now."""


def holds(state: str, answer: str) -> frozenset[str]:
    """The measures that a comment counts for."""
    if state != CommentState.PUBLISHED:
        return frozenset()
    said = {PUBLISHED: True, ANSWERED: bool(answer), ACCEPTED: answer in _KIND}
    return frozenset(measure for measure, is_counted in said.items() if is_counted)


def _changes(entry: Told) -> Iterator[Change]:
    told = entry.payload
    if entry.action == READ:
        answer = told["answer"]
        yield told["comment"], holds(told["was"], answer), holds(told["state"], answer)
        return
    state = CommentState.PUBLISHED.value
    for code, before in zip(told["comments"], told["before"], strict=True):
        yield code, holds(state, before), holds(state, told["answer"])


def run(told: Sequence[Told]) -> Iterator[Contribution]:
    """What the entries change in the counts; a comment's day and body never change."""
    changes = [change for entry in told for change in _changes(entry)]
    rows = Comment.objects.filter(code__in={code for code, _was, _now in changes})
    known: Mapping[str, tuple[date, str]] = {
        code: (on, body)
        for code, on, body in rows.values_list(
            "code", "written_on", "point__draft__institution__code"
        )
    }
    for code, was, now in changes:
        on, body = known[code]
        for measure in sorted(now - was):
            yield Contribution(measure, on, cells={"body": body})
        for measure in sorted(was - now):
            yield Contribution(measure, on, -1, cells={"body": body})


FOLDS = (
    Fold(
        "councils.comments",
        frozenset({READ, REPLIED}),
        frozenset({PUBLISHED, ANSWERED, ACCEPTED}),
        run,
    ),
)


def _address(wanted: Slice, **query: str) -> str:
    if wanted.period:
        query["from"] = wanted.period.first.isoformat()
        query["until"] = wanted.period.until.isoformat()
    if wanted.dimension:
        query[wanted.dimension] = wanted.value
    return f"{reverse('draft_comments_all')}?{urlencode(query)}"


def published_list(_actor: Actor, wanted: Slice) -> str:
    """The published comments of the period."""
    return _address(wanted)


def answered_list(_actor: Actor, wanted: Slice) -> str:
    """Of them those with an answer."""
    return _address(wanted, stand="answered")


def accepted_list(_actor: Actor, wanted: Slice) -> str:
    """Of these the accepted ones, in part at least."""
    return _address(wanted, stand="accepted")


FIGURES = (
    Figure(
        code="councils.comments",
        label=_("Comments on drafts"),
        sentence=_(
            "How many comments on drafts are published, by the day on which they were written; "
            "those that came on paper or were said aloud count the same. Comments that were not "
            "published by one of five rules are counted in the report of each discussion."
        ),
        population=_("Published comments on drafts"),
        unit=_("comments"),
        kind=Count(PUBLISHED),
        action=SEE,
        dimensions=(BODY,),
        records=published_list,
        published=frozenset({"body"}),
        has_public_records=True,
        order=56,
    ),
    Figure(
        code="councils.comments_answered",
        label=_("Share of comments on drafts that were answered"),
        sentence=_(
            "Of the published comments that were written in the period, the share with an answer "
            "by now. A discussion that still runs lowers it."
        ),
        population=_("Published comments on drafts"),
        unit=_("share"),
        kind=Share(ANSWERED, PUBLISHED, _("of them answered")),
        action=SEE,
        dimensions=(BODY,),
        records=published_list,
        counted=answered_list,
        published=frozenset({"body"}),
        has_public_records=True,
        order=57,
    ),
    Figure(
        code="councils.comments_accepted",
        label=_("Share of answered comments that were accepted"),
        sentence=_(
            "Of the comments of the period that were answered, the share that was accepted, whole "
            "or in part, by the answer that holds now."
        ),
        population=_("Answered comments on drafts"),
        unit=_("share"),
        kind=Share(ACCEPTED, ANSWERED, _("of them accepted")),
        action=SEE,
        dimensions=(BODY,),
        records=answered_list,
        counted=accepted_list,
        published=frozenset({"body"}),
        has_public_records=True,
        order=58,
    ),
)
