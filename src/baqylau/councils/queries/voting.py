"""Who may vote on what, how it went, and whom a conflict of interest keeps away."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from baqylau.councils.models import (
    AgendaItem,
    Choice,
    DeclaredInterest,
    Meeting,
    MeetingStage,
    Member,
    Presence,
    Vote,
)
from baqylau.councils.queries.councils import open_on
from baqylau.councils.queries.meetings import Came, day_of, quorum
from baqylau.councils.rules.voting import Count, Facts, No, count, why_not
from baqylau.institutions.queries import tied_to


def concerned(item: AgendaItem) -> int | None:
    """The body that an item is about: its own, or that of the draft under discussion."""
    if item.institution_id is not None:
        return item.institution_id
    return item.draft.institution_id if item.draft is not None else None


def tied(members: Sequence[Member], day: date) -> Mapping[int, frozenset[int]]:
    """The bodies on which each member must not vote: declared, or noted of the account."""
    found = {row.pk: set(tied_to(row.person, day)) if row.person else set[int]() for row in members}
    rows = DeclaredInterest.objects.filter(open_on(day), member__in=list(found))
    for member, body in rows.values_list("member", "institution"):
        found[member].add(body)
    return {key: frozenset(bodies) for key, bodies in found.items()}


def votes(items: Iterable[AgendaItem]) -> Mapping[int, list[Vote]]:
    """The votes on each item with their members: one question."""
    found: dict[int, list[Vote]] = {}
    rows = Vote.objects.filter(item__in=[item.pk for item in items]).select_related("member")
    for row in rows.order_by("-member__is_chair", "member__name", "pk"):
        found.setdefault(row.item_id, []).append(row)
    return found


@dataclass(frozen=True, slots=True)
class Line:
    """A member beside an item: what they voted, or why they do not."""

    member: Member
    choice: str
    why_not: No | None
    is_own: bool = False

    @property
    def label(self) -> object:
        """The vote in words; empty without one."""
        return Choice(self.choice).label if self.choice else ""


@dataclass(frozen=True, slots=True)
class Ballot:
    """An item with everybody's line and the sum."""

    item: AgendaItem
    lines: tuple[Line, ...]
    count: Count

    @property
    def chair(self) -> str:
        """The chair's own vote."""
        return next((line.choice for line in self.lines if line.member.is_chair), "")


def facts(meeting: Meeting, item: AgendaItem, row: Came | None, has_quorum: bool) -> Facts:
    """What is known of a member who wants to vote; `row` None for somebody without a seat."""
    return Facts(
        is_held=meeting.stage == MeetingStage.HELD,
        is_frozen=meeting.published_at is not None,
        is_voted=item.is_voted,
        is_closed=item.is_carried is not None,
        is_seated=row is not None,
        is_present=row is not None and row.presence == Presence.PRESENT,
        has_quorum=has_quorum,
        has_interest=False,
    )


def ballots(meeting: Meeting, items: Sequence[AgendaItem], rows: Sequence[Came]) -> list[Ballot]:
    """Every item with its lines; `rows` say who came."""
    members = [row.member for row in rows]
    bodies = tied(members, day_of(meeting))
    cast = votes(items)
    has_quorum = quorum(rows).is_there
    found = []
    for item in items:
        body = concerned(item)
        by_member = {vote.member_id: vote for vote in cast.get(item.pk, [])}
        lines = []
        for row in rows:
            vote = by_member.get(row.member.pk)
            has_interest = body is not None and body in bodies[row.member.pk]
            known = facts(meeting, item, row, has_quorum)
            why = why_not(known) or (No.INTEREST if has_interest else None)
            is_own = (
                vote is not None and bool(row.member.person) and vote.actor == row.member.person
            )
            lines.append(Line(row.member, vote.choice if vote else "", why, is_own))
        found.append(Ballot(item, tuple(lines), count(line.choice for line in lines)))
    return found


def shown(items: Sequence[AgendaItem]) -> Mapping[int, tuple[list[Vote], Count]]:
    """The votes as everybody reads them, by item."""
    cast = votes(items)
    return {key: (rows, count(row.choice for row in rows)) for key, rows in cast.items()}
