"""What a discussion came to: comments and answers exactly, opinions by the rule of disclosure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _

from baqylau.councils.models import (
    Answer,
    Comment,
    CommentChannel,
    CommentState,
    Draft,
    Point,
    Refusal,
    Tally,
)
from baqylau.councils.queries.drafts import name_of, points
from baqylau.councils.rules.stances import Shown, shown
from baqylau.documents.tables import Value

_PUBLISHED = Q(state=CommentState.PUBLISHED)
COUNTS = {
    "received": Count("pk"),
    "on_paper": Count("pk", filter=~Q(channel=CommentChannel.SITE)),
    "waiting": Count("pk", filter=Q(state=CommentState.WAITING)),
    "unpublished": Count("pk", filter=Q(state=CommentState.REFUSED)),
    "published": Count("pk", filter=_PUBLISHED),
    "accepted": Count("pk", filter=_PUBLISHED & Q(answer=Answer.ACCEPTED)),
    "partly": Count("pk", filter=_PUBLISHED & Q(answer=Answer.PARTLY)),
    "declined": Count("pk", filter=_PUBLISHED & Q(answer=Answer.REFUSED)),
}


@dataclass(frozen=True, slots=True)
class Came:
    """How many comments came, and what became of them; exact, for they are public themselves.

    `received` = `waiting` + `unpublished` + `published`; `published` = `answered` + those that
    wait for an answer.
    """

    received: int = 0
    on_paper: int = 0
    waiting: int = 0
    unpublished: int = 0
    published: int = 0
    accepted: int = 0
    partly: int = 0
    declined: int = 0

    @property
    def answered(self) -> int:
        """Published comments with an answer."""
        return self.accepted + self.partly + self.declined

    @property
    def unanswered(self) -> int:
        """Published comments that wait for an answer."""
        return self.published - self.answered

    @property
    def answered_share(self) -> int | None:
        """Per cent of published comments that are answered; None when there are none."""
        return _per_cent(self.answered, self.published)

    @property
    def accepted_share(self) -> int | None:
        """Per cent of answered comments that were accepted, in part at least."""
        return _per_cent(self.accepted + self.partly, self.answered)


def _per_cent(part: int, whole: int) -> int | None:
    return round(100 * part / whole) if whole else None


@dataclass(frozen=True, slots=True)
class PointLine:
    """A point with what came of it."""

    point: Point
    came: Came
    stances: Shown

    @property
    def name(self) -> str:
        """What people call the point."""
        return name_of(self.point)


@dataclass(frozen=True, slots=True)
class Report:
    """The report of a discussion: its whole, each point, why comments were not published."""

    whole: Came
    lines: tuple[PointLine, ...]
    refusals: Mapping[str, int] = field(default_factory=dict)


def came(draft: Draft) -> Came:
    """What came to a draft in all."""
    return Came(**Comment.objects.filter(point__draft=draft).aggregate(**COUNTS))


def whole() -> Came:
    """What came to all published drafts together."""
    rows = Comment.objects.exclude(point__draft__published_at=None)
    return Came(**rows.aggregate(**COUNTS))


def stances_of(found: Iterable[Point]) -> Mapping[int, Shown]:
    """Opinions by point as they may be shown, all channels together: one question."""
    rows = Tally.objects.filter(point__in=[each.pk for each in found]).order_by()
    counts: dict[int, dict[str, int]] = {}
    for point, stance, number in rows.values_list("point", "stance").annotate(Sum("count")):
        counts.setdefault(point, {})[stance] = number
    return {point: shown(each) for point, each in counts.items()}


def report(draft: Draft) -> Report:
    """The report of a closed discussion, from a fixed number of questions."""
    found = list(points(draft))
    rows = Comment.objects.filter(point__draft=draft).order_by()
    counted = rows.values("point").annotate(**COUNTS).values_list("point", *COUNTS)
    by_point = {point: Came(*numbers) for point, *numbers in counted}
    refused = rows.filter(state=CommentState.REFUSED)
    stances = stances_of(found)
    return Report(
        came(draft),
        tuple(
            PointLine(each, by_point.get(each.pk, Came()), stances.get(each.pk, Shown()))
            for each in found
        ),
        dict(refused.values_list("refusal").annotate(Count("pk")).order_by("refusal")),
    )


def refusal_names(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Rules in words with how many comments broke them."""
    names = dict(Refusal.choices)
    return [(str(names[code]), number) for code, number in counts.items()]


def points_table(draft: Draft) -> Iterator[tuple[Value, ...]]:
    """The report as rows of a table: headings first, a row a point. Empty: below ten."""
    yield (
        _("Number"),
        _("Text in Kazakh"),
        _("Text in Russian"),
        _("Comments received"),
        _("Not published"),
        _("Published comments"),
        _("Accepted"),
        _("Accepted in part"),
        _("Not accepted"),
        _("Agree, rounded to 5"),
        _("Disagree, rounded to 5"),
        _("Pass, rounded to 5"),
    )
    for line in report(draft).lines:
        got, opinion = line.came, line.stances
        yield (
            line.point.label or line.point.order,
            line.point.text_kk,
            line.point.text_ru,
            got.received,
            got.unpublished,
            got.published,
            got.accepted,
            got.partly,
            got.declined,
            opinion.agree,
            opinion.disagree,
            opinion.passed,
        )


def comments_table(draft: Draft) -> Iterator[tuple[Value, ...]]:
    """Published comments as rows of a table: headings first."""
    yield (
        _("Code"),
        _("Point"),
        _("Day"),
        _("How it came"),
        _("Comment"),
        _("Answer"),
        _("Reason in Kazakh"),
        _("Reason in Russian"),
    )
    rows = Comment.objects.filter(point__draft=draft, state=CommentState.PUBLISHED)
    for row in rows.select_related("point").order_by("point__order", "pk").iterator(500):
        yield (
            row.code,
            row.point.label or row.point.order,
            row.written_on,
            row.get_channel_display(),
            row.text,
            row.get_answer_display(),
            row.answer_kk,
            row.answer_ru,
        )
