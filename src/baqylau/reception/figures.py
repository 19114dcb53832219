"""What is counted of consultations: visits, problems, people, and what the checks by call say."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from baqylau.casework.dimensions import BODY, DISTRICT, KIND, ROOM, SERVICE
from baqylau.casework.taxonomy import ContactKind
from baqylau.contacts.rules import METHOD
from baqylau.kernel.access import Actor
from baqylau.kernel.figures import (
    Between,
    Contribution,
    Count,
    Dimension,
    Figure,
    Fold,
    Part,
    Share,
    Slice,
    Span,
    Text,
    Told,
)
from baqylau.reception.access import SEE
from baqylau.reception.queries.checks import reads_all_checks
from baqylau.reception.queries.listing import NONE
from baqylau.reception.queries.presence import (
    ACTIONS,
    PERSON,
    RECORDED,
    STRUCK,
    Cells,
    Visits,
    histories,
    people_in,
    standing,
    subjects_of,
)
from baqylau.reception.queries.rights import WIDE
from baqylau.reception.rules.cells import before
from baqylau.reception.taxonomy import Channel, Happened, Reached, Solved

VISITS, PROBLEMS = "reception.visits", "reception.problems"
CORRUPTION = "reception.corruption"
KNOWN, MOST = "reception.known", "reception.people_most"
CHECKED, HAPPENED, SOLVED = "reception.checked", "reception.happened", "reception.said_solved"
WHOLES = (Span.MONTH, Span.QUARTER, Span.YEAR, Span.ALL)
"""Periods in which a person counts once; days have no people."""
ANY = frozenset(WHOLES)
ONLY = {span: frozenset({span}) for span in WHOLES}
CUT = {"kind", "service", "district", "room", "body", "language", "channel"}
"""Cells of an entry that are dimensions too."""


def _labels(choices: Iterable[tuple[str, Any]]) -> Mapping[str, Text]:
    return dict(choices)


def _languages(codes: Sequence[str]) -> Mapping[str, Text]:
    known = _labels(settings.LANGUAGES)
    return {code: known[code] for code in codes if code in known}


def _channels(codes: Sequence[str]) -> Mapping[str, Text]:
    return {code: Channel(code).label for code in codes}


LANGUAGE = Dimension("language", _("Language"), _languages)
CHANNEL = Dimension("channel", _("How they came"), _channels, lambda: Channel.values)
EVERY = (KIND, SERVICE, DISTRICT, ROOM, LANGUAGE, CHANNEL, BODY)


def turns(told: Iterable[Told]) -> Iterator[tuple[Cells, int]]:
    """Visits that the entries give (1) and take back (-1)."""
    for entry in told:
        if entry.action == RECORDED:
            yield entry.payload, 1
        elif entry.action == STRUCK:
            yield entry.payload, -1
        else:
            yield before(entry.payload), -1
            yield entry.payload, 1


def run(told: Sequence[Told]) -> Iterator[Contribution]:
    """What the entries change in the counts of visits and problems."""
    for cells, amount in turns(told):
        on, cut = date.fromisoformat(cells["on"]), _cut(cells)
        yield Contribution(VISITS, on, amount, cut)
        if not cells["first"]:
            yield Contribution(PROBLEMS, on, amount, cut)
        if cells["kind"] == ContactKind.CORRUPTION:
            yield Contribution(CORRUPTION, on, amount, cut)


def _cut(cells: Cells) -> dict[str, str]:
    return {name: cells[name] for name in sorted(CUT)}


def run_people(told: Sequence[Told]) -> Iterator[Contribution]:
    """Visits without a name as they come, and each known person once in each period and part."""
    for cells, amount in turns(told):
        if not cells[PERSON]:
            on = date.fromisoformat(cells["on"])
            yield Contribution(MOST, on, amount, _cut(cells), spans=ANY)
    people = people_in(told)
    if not people:
        return
    history = histories(subjects_of(people, told), told)
    was = standing(history, told[0].number)
    now = standing(history, told[-1].number + 1)
    for person in sorted(people):
        old, new = _presence(was, person), _presence(now, person)
        yield from _changed(old - new, -1)
        yield from _changed(new - old, 1)


Presence = tuple[Span, date, str, str]
"""A person was there: kind of period, a day of it, dimension and value ("" for the whole)."""


def _presence(visits: Visits, person: str) -> set[Presence]:
    found: set[Presence] = set()
    for cells in visits.get(person, {}).values():
        on = date.fromisoformat(cells["on"])
        parts = [("", ""), *_cut(cells).items()]
        for span in WHOLES:
            first = _first(span, on)
            found.update((span, first, *part) for part in parts)
    return found


def _first(span: Span, on: date) -> date:
    """One day that stands for the whole period."""
    months = {Span.MONTH: on.month, Span.QUARTER: (on.month - 1) // 3 * 3 + 1, Span.YEAR: 1}
    return date(on.year, months[span], 1) if span in months else date(2000, 1, 1)


def _changed(keys: Iterable[Presence], amount: int) -> Iterator[Contribution]:
    """Each of these once: what one contribution can hold of a period goes together."""
    wholes = {(span, on) for span, on, dimension, _value in keys if not dimension}
    together: dict[tuple[Span, date], list[dict[str, str]]] = {place: [{}] for place in wholes}
    for span, on, dimension, value in keys:
        if dimension:
            _put(together.setdefault((span, on), []), dimension, value)
    for (span, on), every in together.items():
        for number, cells in enumerate(every):
            in_parts_only = number > 0 or (span, on) not in wholes
            for measure in (KNOWN, MOST):
                yield Contribution(measure, on, amount, cells, None, ONLY[span], in_parts_only)


def _put(every: list[dict[str, str]], dimension: str, value: str) -> None:
    """Into the first cells that say nothing of the dimension."""
    for cells in every:
        if dimension not in cells:
            cells[dimension] = value
            return
    every.append({dimension: value})


def run_checks(told: Sequence[Told]) -> Iterator[Contribution]:
    """What people said whom another colleague called, on the day of the call."""
    for entry in told:
        said = entry.payload
        if said["reached"] != Reached.ANSWERED:
            continue
        for measure, counts in (
            (CHECKED, True),
            (HAPPENED, said["happened"] == Happened.YES),
            (SOLVED, said["solved"] == Solved.YES),
        ):
            if counts:
                yield Contribution(measure, entry.day, cells=_cut(said))


FOLDS = (
    Fold("reception.visits", ACTIONS, frozenset({VISITS, PROBLEMS, CORRUPTION}), run),
    Fold("reception.people", ACTIONS, frozenset({KNOWN, MOST}), run_people),
    Fold(
        "reception.checks",
        frozenset({"reception.checked"}),
        frozenset({CHECKED, HAPPENED, SOLVED}),
        run_checks,
    ),
)


def visits_list(actor: Actor, wanted: Slice) -> str | None:
    """The visits of the period; None where the actor's list would be shorter.

    Who reads some rooms only reads those whole: their own rooms open. `actor` with its rooms, as
    `rights.at_the_desk` gives it.
    """
    is_own_room = wanted.dimension == ROOM.code and wanted.value in actor.places
    if not (actor.roles & WIDE or is_own_room):
        return None
    query = {}
    if wanted.period:
        query = {
            "from": wanted.period.first.isoformat(),
            "until": (wanted.period.until - timedelta(days=1)).isoformat(),
        }
    if wanted.dimension:
        query[wanted.dimension] = wanted.value or NONE
    return f"{reverse('consultations')}?{urlencode(query)}"


def problems_list(actor: Actor, wanted: Slice) -> str | None:
    """The first visits of the period, each about a problem of its own."""
    address = visits_list(actor, wanted)
    if address is None:
        return None
    return f"{address}{'' if address.endswith('?') else '&'}first=1"


def corruption_list(actor: Actor, wanted: Slice) -> str | None:
    """Of the visits of the period those with a corruption indication."""
    address = visits_list(actor, wanted)
    if address is None:
        return None
    return f"{address}{'' if address.endswith('?') else '&'}kind={ContactKind.CORRUPTION}"


def checks_list(actor: Actor, wanted: Slice, **said: str) -> str | None:
    """The checks that were answered in the period.

    None for a part of them: a correction after the call moves the visit, and the number stays with
    what was written when the call was made. None for whoever could not read all of them.
    """
    if wanted.dimension or not reads_all_checks(actor):
        return None
    query = dict(said)
    if wanted.period:
        query["from"] = wanted.period.first.isoformat()
        query["until"] = (wanted.period.until - timedelta(days=1)).isoformat()
    return f"{reverse('reception_checks')}?{urlencode(query)}"


def happened_list(actor: Actor, wanted: Slice) -> str | None:
    """Of the checks those in which the person said that the talk took place."""
    return checks_list(actor, wanted, happened=Happened.YES)


def solved_list(actor: Actor, wanted: Slice) -> str | None:
    """Of the checks those in which the person said that the problem was solved."""
    return checks_list(actor, wanted, solved=Solved.YES)


FIGURES = (
    Figure(
        code="reception.visits",
        label=_("Consultations"),
        sentence=_(
            "How many consultations took place in the period, each by its own day, also when it "
            "was typed in later from paper. One person may come several times. Those struck out do "
            "not count. Counted from the journal of the reception."
        ),
        population=_("Consultations"),
        unit=_("visits"),
        kind=Count(VISITS),
        action=SEE,
        dimensions=EVERY,
        records=visits_list,
        parts=(Part("kind", frozenset({ContactKind.CORRUPTION.value}), CORRUPTION),),
        published=frozenset({"kind", "service", "district", "body", "channel", "language"}),
        order=10,
    ),
    Figure(
        code="reception.problems",
        label=_("Problems"),
        sentence=_(
            "How many problems people came with for the first time in the period. Coming again "
            "about the same problem is another visit, not another problem."
        ),
        population=_("Problems"),
        unit=_("problems"),
        kind=Count(PROBLEMS),
        within=VISITS,
        action=SEE,
        dimensions=EVERY,
        records=problems_list,
        published=frozenset({"district", "body"}),
        order=11,
    ),
    Figure(
        code="reception.people",
        label=_("People"),
        sentence=_(
            "How many different people came in the period. Who came in two months counts in both, "
            "and once in the year; who came from two districts counts in both, and once in the "
            "whole. So the parts may come to more than the whole."
        ),
        population=_("People"),
        unit=_("people"),
        kind=Between(KNOWN, MOST, METHOD),
        action=SEE,
        dimensions=EVERY,
        records=visits_list,
        published=frozenset(),
        order=12,
    ),
    Figure(
        code="reception.corruption",
        label=_("Share of consultations with a corruption indication"),
        sentence=_(
            "Of all consultations of the period, the share in which people spoke of an indication "
            "of corruption. What people say, not what is proven; sealed reports are not in it. "
            "More of them may mean more trust."
        ),
        population=_("Consultations"),
        unit=_("share"),
        kind=Share(CORRUPTION, VISITS, _("of them with a corruption indication")),
        action=SEE,
        dimensions=(DISTRICT, SERVICE, ROOM, LANGUAGE, CHANNEL, BODY),
        records=visits_list,
        counted=corruption_list,
        published=frozenset(),
        order=13,
    ),
    Figure(
        code="reception.verified",
        label=_("Verified share"),
        sentence=_(
            "Of the people whom another colleague reached by telephone in the period, drawn at "
            "random among those who agreed to it: the share who said that the talk took place."
        ),
        population=_("Checks answered"),
        unit=_("share"),
        kind=Share(HAPPENED, CHECKED, _("of them saying that the talk took place")),
        action=SEE,
        dimensions=(ROOM, DISTRICT, KIND, SERVICE, LANGUAGE, CHANNEL),
        records=checks_list,
        counted=happened_list,
        published=frozenset(),
        order=14,
    ),
    Figure(
        code="reception.said_solved",
        label=_("Share solved, in people's own words"),
        sentence=_(
            "Of the people whom another colleague reached by telephone in the period, drawn at "
            "random among those who agreed to it: the share who said that their problem was "
            "solved. In part, no and cannot say yet count as not solved."
        ),
        population=_("Checks answered"),
        unit=_("share"),
        kind=Share(SOLVED, CHECKED, _("of them saying that it was solved")),
        action=SEE,
        dimensions=(ROOM, DISTRICT, KIND, SERVICE, LANGUAGE, CHANNEL),
        records=checks_list,
        counted=solved_list,
        published=frozenset(),
        order=15,
    ),
)
