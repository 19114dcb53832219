"""Minutes as the records tell them: who was there, items, votes, decisions; then the words."""

from collections.abc import Iterator

from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _

from baqylau.councils.models import AgendaItem, Choice, Meeting, Vote
from baqylau.councils.queries.meetings import Came, Quorum, came, day_of, items, quorum
from baqylau.councils.queries.said import said
from baqylau.councils.queries.voting import shown
from baqylau.councils.rules.voting import Count
from baqylau.documents.minutes import Grid, Minutes, Part, printable


def has_quorum(meeting: Meeting) -> bool:
    """Whether the meeting could decide."""
    return quorum(came(meeting)).is_there


def minutes(meeting: Meeting, language: str) -> Minutes:
    """The minutes in kk or ru."""
    with translation.override(language):
        rows, agenda = came(meeting), items(meeting)
        votes = shown(agenda)
        return Minutes(
            title=printable(_("Minutes: %(council)s") % {"council": said(meeting.council, "name")}),
            language=language,
            day=day_of(meeting),
            head=tuple(map(printable, _head(meeting, quorum(rows)))),
            parts=(
                _presence(rows),
                *(_item(item, *votes.get(item.pk, ([], Count()))) for item in agenda),
                Part(_("What was said"), _lines(str(said(meeting, "minutes")))),
            ),
            foot=tuple(map(printable, _foot(rows))),
        )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(printable(line) for line in text.splitlines())


def _head(meeting: Meeting, known: Quorum) -> Iterator[str]:
    yield f"{said(meeting, 'topic')} ({meeting.get_kind_display()})"
    if meeting.starts_at:
        moment = formats.date_format(timezone.localtime(meeting.starts_at), "DATETIME_FORMAT")
        yield _("When: %(moment)s") % {"moment": moment}
    yield _("Where: %(place)s") % {"place": said(meeting, "place")}
    numbers = {"present": known.present, "seated": known.seated, "needed": known.needed}
    yield _("Present: %(present)s of %(seated)s members; needed: %(needed)s.") % numbers
    yield (
        _("There is a quorum.") if known.is_there else _("There is no quorum: nothing is decided.")
    )


def _presence(rows: list[Came]) -> Part:
    return Part(
        _("Members"),
        grid=Grid(
            (_("Name"), _("Category"), _("Presence")),
            tuple(
                (
                    printable(_named(row)),
                    printable(str(said(row.member.category, "label"))),
                    str(row.label),
                )
                for row in rows
            ),
        ),
    )


def _named(row: Came) -> str:
    if row.member.is_chair:
        return _("%(name)s (chair)") % {"name": row.member.name}
    return row.member.name


def _item(item: AgendaItem, votes: list[Vote], number: Count) -> Part:
    lines = []
    if item.is_voted:
        lines.append(
            _("For: %(for)s; against: %(against)s; abstained: %(abstained)s.")
            % {"for": number.in_favour, "against": number.against, "abstained": number.abstained}
        )
        if number.interest:
            lines.append(
                _("Did not vote for a conflict of interest: %(count)s.")
                % {"count": number.interest}
            )
        if item.is_carried is not None:
            lines.append(_("The decision is taken.") if item.is_carried else _("Not taken."))
    decision = str(said(item, "decision"))
    grid = Grid(
        (_("Name"), _("Vote")),
        tuple((printable(vote.member.name), str(Choice(vote.choice).label)) for vote in votes),
    )
    heading = printable(f"{item.number}. {said(item, 'title')}")
    told = (_("Decision: %(text)s") % {"text": decision}).splitlines() if decision else []
    return Part(heading, tuple(map(printable, [*lines, *told])), grid if votes else None)


def _foot(rows: list[Came]) -> Iterator[str]:
    chair = next((row.member.name for row in rows if row.member.is_chair), "")
    yield _("Chair: %(name)s ____________________") % {"name": chair}
    yield _("Secretary: ____________________")
