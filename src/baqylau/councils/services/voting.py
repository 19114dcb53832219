"""Votes: cast by members themselves, written down by a secretary, counted when an item closes."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from baqylau.councils.access import KEEP, VOTE
from baqylau.councils.models import AgendaItem, Choice, Meeting, Member, Vote
from baqylau.councils.queries.meetings import Came, came, quorum
from baqylau.councils.queries.voting import Ballot, Line, ballots
from baqylau.councils.rules.terms import sits
from baqylau.councils.rules.voting import No, is_carried
from baqylau.councils.services.locking import locked
from baqylau.journal.services import append
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import ConflictError, DomainError
from baqylau.kernel.permissions import require

BY_HAND = (Choice.FOR, Choice.AGAINST, Choice.ABSTAIN)
"""What somebody chooses; a conflict of interest is not chosen, it is known."""
REFUSALS: Mapping[No, Promise] = {
    No.NOT_HELD: _("The meeting has not begun: the secretary first writes down who came."),
    No.FROZEN: _("The minutes are published: nothing about this meeting changes any more."),
    No.NOT_VOTED: _("Nothing is voted on under this item."),
    No.CLOSED: _("The vote on this item is closed."),
    No.LEFT: _("Whoever does not sit in the council on the day of the meeting does not vote."),
    No.NOT_THERE: _("Only members who are at the meeting vote."),
    No.QUORUM: _("There is no quorum, two thirds of the members: no vote counts."),
    No.INTEREST: _("A conflict of interest: this member does not vote on this item."),
}


def cast_vote(*, actor: Actor, item: AgendaItem, choice: str) -> Vote:
    """Vote oneself, once: the same choice again changes nothing, another one is refused.

    Raises: NotAllowedError; ConflictError for another choice; DomainError, in words, when the
    person left, was not there, has a conflict of interest, or there is no quorum.
    """
    require(actor, VOTE, item.meeting.council)
    if choice not in BY_HAND:
        raise DomainError(_("Choose how you vote."), code="choice", field="choice")
    with transaction.atomic():
        meeting, saved, ballot = _opened(item)
        line = next((each for each in ballot.lines if each.member.person == actor.key), None)
        if line is None or not _sits_now(line.member):
            raise _not_a_member(meeting, actor)
        if line.why_not is not None:
            raise DomainError(REFUSALS[line.why_not], code=line.why_not)
        if line.choice == choice:
            return Vote.objects.get(item=saved, member=line.member)
        if line.choice:
            raise ConflictError(
                _("You have voted on this item already: %(choice)s. A vote is cast once."),
                code="voted",
                params={"choice": line.label},
            )
        made = _write(saved, line, choice, actor)
        _append_votes(meeting, saved, actor, {line.member.code: choice})
    return made


def _opened(item: AgendaItem) -> tuple[Meeting, AgendaItem, Ballot]:
    """The locked meeting, the item and its ballot as they are now."""
    meeting = locked(item.meeting)
    rows = AgendaItem.objects.select_related("institution", "draft", "meeting", "meeting__council")
    saved = rows.get(pk=item.pk)
    return meeting, saved, ballots(meeting, [saved], came(meeting))[0]


def _sits_now(member: Member) -> bool:
    return sits(member.first_on, member.until_on, clock.today())


def _not_a_member(meeting: Meeting, actor: Actor) -> DomainError:
    """Say whether the term has ended, or there was none."""
    terms = Member.objects.filter(council=meeting.council, person=actor.key)
    last = terms.exclude(until_on=None).order_by("-until_on").first()
    if last is None or last.until_on is None:
        return DomainError(_("You are no member of this council."), code="stranger")
    day = formats.date_format(last.until_on, "DATE_FORMAT")
    return DomainError(
        _("Your term in this council ended: %(day)s. From that day on you do not vote in it."),
        code="left",
        params={"day": day},
    )


def _write(item: AgendaItem, line: Line, choice: str, actor: Actor) -> Vote:
    made, _is_new = Vote.objects.update_or_create(
        item=item,
        member=line.member,
        defaults={"choice": choice, "voted_at": clock.now(), "actor": actor.key},
    )
    return made


def _append_votes(
    meeting: Meeting, item: AgendaItem, actor: Actor, choices: Mapping[str, str]
) -> None:
    append(
        action="councils.voted",
        actor=actor,
        subject=f"meeting:{meeting.code}",
        payload={"item": item.number, "members": [*choices], "choices": [*choices.values()]},
    )


def record_votes(*, actor: Actor, item: AgendaItem, choices: Mapping[int, str]) -> int:
    """Write down how members voted by hand; what somebody cast at the desk stays as it is.

    `choices` give a code by the member's number; "" leaves the member out. Returns how many votes
    were written.

    Raises: NotAllowedError; DomainError naming the member whose vote does not count, and why.
    """
    require(actor, KEEP, item.meeting.council)
    with transaction.atomic():
        meeting, saved, ballot = _opened(item)
        lines = {line.member.pk: line for line in ballot.lines}
        written: dict[str, str] = {}
        for number, choice in choices.items():
            line = lines.get(number)
            if line is None or not choice or line.choice == choice or line.is_own:
                continue
            if choice not in BY_HAND:
                raise DomainError(_("Choose how you vote."), code="choice")
            if line.why_not is not None:
                raise _refusal_about(line)
            _write(saved, line, choice, actor)
            written[line.member.code] = choice
        if written:
            _append_votes(meeting, saved, actor, written)
    return len(written)


def _refusal_about(line: Line) -> DomainError:
    return DomainError(
        _("%(name)s: %(why)s"),
        code=str(line.why_not),
        params={"name": line.member.name, "why": REFUSALS[line.why_not] if line.why_not else ""},
    )


def close_item(
    *, actor: Actor, item: AgendaItem, decision_kk: str, decision_ru: str = ""
) -> AgendaItem:
    """Count the votes and write the decision down; members with a conflict are noted as such.

    An item without a vote only gets its words. Raises: NotAllowedError; DomainError without words,
    before the meeting, or without a quorum.
    """
    require(actor, KEEP, item.meeting.council)
    if not decision_kk:
        raise DomainError(_("Write the decision in Kazakh."), code="empty", field="decision_kk")
    with transaction.atomic():
        meeting, saved, ballot = _opened(item)
        rows = came(meeting)
        if not any(row.presence for row in rows):
            raise DomainError(REFUSALS[No.NOT_HELD], code=No.NOT_HELD)
        if saved.is_voted:
            saved.is_carried = _result(saved, ballot, rows, actor)
        saved.decision_kk, saved.decision_ru = decision_kk, decision_ru
        saved.save(update_fields=["decision_kk", "decision_ru", "is_carried"])
        append(
            action="councils.item_closed",
            actor=actor,
            subject=f"meeting:{meeting.code}",
            payload={"item": saved.number, "carried": saved.is_carried},
        )
    return saved


def _result(item: AgendaItem, ballot: Ballot, rows: list[Came], actor: Actor) -> bool:
    known = quorum(rows)
    if not known.is_there:
        raise DomainError(REFUSALS[No.QUORUM], code=No.QUORUM)
    if ballot.count.in_favour + ballot.count.against + ballot.count.abstained == 0:
        raise DomainError(_("Nobody has voted on this item yet."), code="no_votes")
    for line in ballot.lines:
        if line.why_not is No.INTEREST:
            _write(item, line, Choice.INTEREST, actor)
    again = ballots(item.meeting, [item], rows)[0]
    return is_carried(again.count, known.present, again.chair)


def reopen_item(*, actor: Actor, item: AgendaItem) -> AgendaItem:
    """Open a vote again; the votes stay. Raises: NotAllowedError; DomainError when it is frozen."""
    require(actor, KEEP, item.meeting.council)
    with transaction.atomic():
        meeting = locked(item.meeting)
        saved = AgendaItem.objects.get(pk=item.pk)
        if saved.is_carried is not None:
            saved.is_carried = None
            saved.save(update_fields=["is_carried"])
            Vote.objects.filter(item=saved, choice=Choice.INTEREST).delete()
            append(
                action="councils.item_reopened",
                actor=actor,
                subject=f"meeting:{meeting.code}",
                payload={"item": saved.number},
            )
    return saved
