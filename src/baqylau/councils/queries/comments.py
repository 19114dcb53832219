"""Comments: what everybody reads, what waits for a person, what an author asks about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, Q, QuerySet
from django.db.models.functions import Length
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from baqylau.councils.models import Answer, Comment, CommentState, Draft, Point
from baqylau.councils.queries.drafts import UnknownDraftError, name_of, title
from baqylau.councils.queries.said import Said, said
from baqylau.councils.rules.spreading import ROWS, around, page_at, pages
from baqylau.councils.rules.term import DAY
from baqylau.kernel.places import Place
from baqylau.kernel.work import Task
from baqylau.territories.labels import language

CODE = 8
"""Signs of a comment's code."""
WINDOW = 1_000
"""Comments of a walk among which a page looks for what no index knows."""


@dataclass(frozen=True, slots=True)
class ShownComment:
    """A published comment with its answer."""

    row: Comment
    text: Said
    answer: Said

    @property
    def point_name(self) -> str:
        """What people call the point that it is about."""
        return name_of(self.row.point)


@dataclass(frozen=True, slots=True)
class CommentPage:
    """A page of published comments, its number from 1, how many pages and comments there are."""

    comments: tuple[ShownComment, ...]
    number: int
    count: int
    whole: int

    @property
    def others(self) -> list[int]:
        """The numbers of pages to choose from: the first, the last, those around."""
        return around(self.number, self.count)


def shown(row: Comment) -> ShownComment:
    """A comment for the reader; its own language is named where it is another."""
    lang = "" if row.language == language() else row.language
    return ShownComment(row, Said(row.text, lang), said(row, "answer"))


def published_of(point: Point, asked: str) -> CommentPage:
    """The published comments of a point, the oldest first."""
    return _spread(Comment.objects.filter(point=point), asked)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which published comments are meant: of the days [first, until), of a body, how they stand."""

    first: date | None = None
    until: date | None = None
    body: str = ""
    stand: str = ""


@dataclass(frozen=True, slots=True)
class Walked:
    """A page of the comments of all drafts, and where the next one begins (None: nothing follows).

    `is_cut`: there may be more of what is wanted further on than this page has looked.
    """

    comments: tuple[ShownComment, ...]
    next: Place | None = None
    is_cut: bool = False


def published_all(wanted: Wanted, after: Place | None = None) -> Walked:
    """The published comments of all drafts that are wanted, the oldest first; two queries at most.

    The index by day is walked and never counted, so a page costs the same however many there are.
    What that index does not know is looked for among the first `WINDOW` comments of the walk.
    """
    path = Comment.objects.filter(_days(wanted), state=CommentState.PUBLISHED)
    if after:
        path = path.filter(_beyond(after), written_on__gte=after.on)
    path = path.order_by("written_on", "pk")
    rows, edge = path.filter(_narrowed(wanted)), None
    if wanted.body or wanted.stand:
        found = path.values_list("written_on", "pk")[WINDOW - 1 : WINDOW]
        edge = next((Place(*each) for each in found), None)
        rows = rows.exclude(_beyond(edge)) if edge else rows
    known = list(rows.select_related("point__draft")[: ROWS + 1])
    first, *others = pages([len(row.text) + len(row.answer_kk) for row in known]) or [range(0)]
    taken = [known[at] for at in first]
    if others:
        return Walked(tuple(map(shown, taken)), Place(taken[-1].written_on, taken[-1].pk))
    return Walked(tuple(map(shown, taken)), edge, is_cut=edge is not None)


def _days(wanted: Wanted) -> Q:
    found = Q(written_on__gte=wanted.first) if wanted.first else Q()
    return found & Q(written_on__lt=wanted.until) if wanted.until else found


def _beyond(place: Place) -> Q:
    return Q(written_on__gt=place.on) | Q(written_on=place.on, pk__gt=place.pk)


def _narrowed(wanted: Wanted) -> Q:
    """What no index knows of those that are wanted."""
    found = Q(point__draft__institution__code=wanted.body) if wanted.body else Q()
    if wanted.stand == "answered":
        found &= ~Q(answer="")
    elif wanted.stand == "accepted":
        found &= Q(answer__in=(Answer.ACCEPTED, Answer.PARTLY))
    return found


def _spread(rows: QuerySet[Comment], asked: str) -> CommentPage:
    """So many of them that the page stays light."""
    rows = rows.filter(state=CommentState.PUBLISHED).order_by("pk")
    weights = rows.annotate(signs=Length("text") + Length("answer_kk")).values_list("pk", "signs")
    known = list(weights)
    spread = pages([signs for _pk, signs in known])
    if not spread:
        return CommentPage((), 1, 1, 0)
    number = page_at(asked, spread)
    wanted = [known[place][0] for place in spread[number - 1]]
    found = Comment.objects.filter(pk__in=wanted).select_related("point__draft").order_by("pk")
    return CommentPage(tuple(map(shown, found)), number, len(spread), len(known))


def published_counts(points: Sequence[Point]) -> Mapping[int, int]:
    """How many comments of each point everybody reads: one question."""
    rows = Comment.objects.filter(
        point__in=[point.pk for point in points], state=CommentState.PUBLISHED
    )
    return dict(rows.order_by().values_list("point").annotate(number=Count("pk")))


def comment(code: str) -> Comment:
    """A comment with its point and draft. Raises: UnknownDraftError."""
    found = (
        Comment.objects.select_related("point__draft__institution")
        .filter(code=code.strip().lower()[:CODE])
        .first()
    )
    if found is None:
        raise UnknownDraftError(
            _("No comment has this code. Compare it with what you wrote down: eight signs.")
        )
    return found


def of_draft(row: Draft, only: str) -> QuerySet[Comment]:
    """A draft's comments at the desk: those that wait, want an answer, or all."""
    found = Comment.objects.filter(point__draft=row).select_related("point__draft")
    if only == "waiting":
        found = found.filter(state=CommentState.WAITING)
    elif only == "unanswered":
        found = found.filter(state=CommentState.PUBLISHED, answer="")
    elif only == "refused":
        found = found.filter(state=CommentState.REFUSED)
    return found.order_by("point__order", "pk")


@dataclass(frozen=True, slots=True)
class Work:
    """What a draft still wants: comments to read, the oldest of them, and answers to give."""

    draft: Draft
    waiting: int
    oldest_on: date | None
    unanswered: int


def work() -> list[Work]:
    """Drafts with comments that wait for somebody."""
    open_ones = Q(state=CommentState.WAITING) | Q(state=CommentState.PUBLISHED, answer="")
    rows = (
        Comment.objects.filter(open_ones)
        .order_by()
        .values("point__draft")
        .annotate(
            waiting=Count("pk", filter=Q(state=CommentState.WAITING)),
            oldest_on=Min("written_on", filter=Q(state=CommentState.WAITING)),
            unanswered=Count("pk", filter=Q(state=CommentState.PUBLISHED)),
        )
    )
    found = {row["point__draft"]: row for row in rows}
    made = []
    for draft in Draft.objects.filter(pk__in=found).order_by("pk"):
        row = found[draft.pk]
        made.append(Work(draft, row["waiting"], row["oldest_on"], row["unanswered"]))
    return made


def reading_tasks(rows: Sequence[Work], address: str) -> list[Task]:
    """Comments to be read: by the day after the oldest came. `address` takes the draft's code."""
    return [
        Task(
            label=ngettext(
                "Read %(count)s comment on a draft",
                "Read %(count)s comments on a draft",
                row.waiting,
            )
            % {"count": row.waiting}
            + f": {title(row.draft).text}",
            url=f"{address % row.draft.code}?only=waiting",
            due_on=row.oldest_on + DAY,
            kind=_("draft for discussion"),
            number=row.draft.pk,
            reference=row.draft.code,
        )
        for row in rows
        if row.oldest_on
    ]


def answering_tasks(rows: Sequence[Work], address: str, today: date) -> list[Task]:
    """Comments of closed drafts without an answer: due since the draft closed."""
    return [
        Task(
            label=ngettext(
                "Answer %(count)s comment on a closed draft",
                "Answer %(count)s comments on a closed draft",
                row.unanswered,
            )
            % {"count": row.unanswered}
            + f": {title(row.draft).text}",
            url=f"{address % row.draft.code}?only=unanswered",
            due_on=row.draft.closes_on,
            kind=_("draft for discussion"),
            number=row.draft.pk,
            reference=row.draft.code,
        )
        for row in rows
        if row.unanswered and row.draft.closes_on <= today
    ]
