"""What is counted of recommendations: they are public themselves, so every number is exact.

A recommendation counts on the day of its document, as it stands: whatever a step changes moves with
it, so that a number and the list that it opens are the same.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from django.db.models import Count as CountOf
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from baqylau.casework.dimensions import BODY, DISTRICT
from baqylau.councils.access import SEE
from baqylau.councils.models import Council, Recommendation
from baqylau.councils.queries.recommendations import facts_of, kind_of, pictured
from baqylau.councils.queries.register import NONE
from baqylau.councils.queries.said import said
from baqylau.councils.rules.clocks import projection
from baqylau.councils.rules.steps import Fact
from baqylau.councils.taxonomy import CHECKS, State
from baqylau.kernel.access import Actor
from baqylau.kernel.figures import (
    Contribution,
    Count,
    Dimension,
    Figure,
    Fold,
    Live,
    Share,
    Slice,
    Text,
    Told,
)
from baqylau.lawbook.queries.book import book

GIVEN, ENDED, IN_TIME = "councils.given", "councils.ended", "councils.in_time"
ANSWERED, ACCEPTED = "councils.answered", "councils.accepted"
EXECUTED, CHECKED = "councils.executed", "councils.checked"
CONFIRMED = "councils.confirmed"
MEASURES = frozenset({GIVEN, ENDED, IN_TIME, ANSWERED, ACCEPTED, EXECUTED, CHECKED, CONFIRMED})
PREFIX = "recommendation:"


def run(told: Sequence[Told]) -> Iterator[Contribution]:
    """What the steps that were told change in the counts."""
    spans: dict[str, tuple[int, int]] = {}
    for entry in told:
        code, step = entry.subject.removeprefix(PREFIX), int(entry.payload["number"])
        spans[code] = (spans.get(code, (step, step))[0], step)
    found = Recommendation.objects.filter(code__in=list(spans))
    rows = list(found.select_related("document", "institution", "council"))
    facts = facts_of(rows)
    for row in rows:
        first, last = spans[row.code]
        known = facts[row.pk]
        for given in _standing(row, [fact for fact in known if fact.number < first]):
            yield Contribution(given.measure, given.on, -given.amount, given.cells)
        yield from _standing(row, [fact for fact in known if fact.number <= last])


def _standing(row: Recommendation, facts: list[Fact]) -> Iterator[Contribution]:
    """What the recommendation counts for after these steps."""
    now = projection(pictured(row, facts), kind_of(row), book())
    if now.state == State.WRITTEN:
        return
    is_accepted = now.answer in (State.ACCEPTED, State.PARTLY)
    holds = {
        GIVEN: True,
        ENDED: now.was_in_time is not None,
        IN_TIME: bool(now.was_in_time),
        ANSWERED: bool(now.answer),
        ACCEPTED: is_accepted,
        EXECUTED: is_accepted and now.executed_on is not None,
        CHECKED: now.found in CHECKS,
        CONFIRMED: now.found == State.CONFIRMED,
    }
    cells = {
        "body": row.institution.code,
        "district": row.territory_id,
        "council": row.council.code if row.council else "",
    }
    for measure, is_counted in holds.items():
        if is_counted:
            yield Contribution(measure, row.written_on, cells=cells)


FOLDS = (Fold("councils.recommendations", frozenset({"councils.step"}), MEASURES, run),)


def _councils(codes: Sequence[str]) -> Mapping[str, Text]:
    rows = Council.objects.filter(code__in=codes)
    return {row.code: said(row, "name").text for row in rows}


COUNCIL = Dimension("council", _("Council"), _councils)
BY = (BODY, DISTRICT, COUNCIL)
_COLUMNS = {"body": "institution__code", "district": "territory_id", "council": "council__code"}


def _address(wanted: Slice, **query: str) -> str:
    if wanted.period:
        query["from"] = wanted.period.first.isoformat()
        query["until"] = wanted.period.until.isoformat()
    if wanted.dimension:
        query[wanted.dimension] = wanted.value or NONE
    return f"{reverse('promises')}?{urlencode(query)}"


def given_list(_actor: Actor, wanted: Slice) -> str:
    """The recommendations of the period that were sent."""
    return _address(wanted)


def ended_list(_actor: Actor, wanted: Slice) -> str:
    """Of them those whose term has ended."""
    return _address(wanted, stand="ended")


def in_time_list(_actor: Actor, wanted: Slice) -> str:
    """Of these the ones with an answer in time."""
    return _address(wanted, stand="in_time")


def answered_list(_actor: Actor, wanted: Slice) -> str:
    """Those with an answer."""
    return _address(wanted, stand="answered")


def accepted_list(_actor: Actor, wanted: Slice) -> str:
    """Of them the accepted ones."""
    return _address(wanted, stand="accepted")


def executed_list(_actor: Actor, wanted: Slice) -> str:
    """Of the accepted ones those that are reported as executed."""
    return _address(wanted, stand="executed")


def checked_list(_actor: Actor, wanted: Slice) -> str:
    """Those that citizens looked at."""
    return _address(wanted, stand="checked")


def confirmed_list(_actor: Actor, wanted: Slice) -> str:
    """Of them those that citizens found done."""
    return _address(wanted, stand="confirmed")


def overdue_list(_actor: Actor, wanted: Slice) -> str:
    """The recommendations whose term a body has let pass."""
    return _address(wanted, overdue="on")


def count_overdue(today: date, by: str) -> Mapping[str, int]:
    """Recommendations whose term is over today, by a column's values."""
    late = Recommendation.objects.filter(due_on__lt=today).order_by()
    if not by:
        return {"": late.count()}
    rows = late.values_list(_COLUMNS[by]).annotate(number=CountOf("*"))
    return {value or "": number for value, number in rows}


_PUBLISHED = frozenset({"body", "district", "council"})

FIGURES = (
    Figure(
        code="councils.given",
        label=_("Recommendations sent to bodies"),
        sentence=_(
            "How many recommendations were sent to bodies, by the day of the document in which "
            "they stand. Each recommendation counts once. Counted from their public steps."
        ),
        population=_("Recommendations sent"),
        unit=_("recommendations"),
        kind=Count(GIVEN),
        action=SEE,
        dimensions=BY,
        records=given_list,
        published=_PUBLISHED,
        has_public_records=True,
        order=50,
    ),
    Figure(
        code="councils.in_time",
        label=_("Share of recommendations answered in time"),
        sentence=_(
            "Of the recommendations of the period whose term for an answer has ended, by an answer "
            "or by silence that we noted, the share with an answer on the last day or before. A "
            "term that still runs, and one that passed and that nobody has noted yet, does not "
            "count. Terms may rest on rules that no lawyer has checked yet; each page says which."
        ),
        population=_("Recommendations whose term has ended"),
        unit=_("share"),
        kind=Share(IN_TIME, ENDED, _("of them answered in time")),
        action=SEE,
        dimensions=BY,
        records=ended_list,
        counted=in_time_list,
        published=_PUBLISHED,
        has_public_records=True,
        order=51,
    ),
    Figure(
        code="councils.accepted",
        label=_("Share of answered recommendations that were accepted"),
        sentence=_(
            "Of the recommendations of the period that a body has answered, the share that it "
            "accepted, whole or in part, by the answer that holds now."
        ),
        population=_("Recommendations answered"),
        unit=_("share"),
        kind=Share(ACCEPTED, ANSWERED, _("of them accepted")),
        action=SEE,
        dimensions=BY,
        records=answered_list,
        counted=accepted_list,
        published=_PUBLISHED,
        has_public_records=True,
        order=52,
    ),
    Figure(
        code="councils.executed",
        label=_("Share of accepted recommendations reported as executed"),
        sentence=_(
            "Of the recommendations of the period that were accepted, the share that the body "
            "reports as executed. What a body says, not what was found; a promise whose day has "
            "not come yet lowers the share."
        ),
        population=_("Recommendations accepted"),
        unit=_("share"),
        kind=Share(EXECUTED, ACCEPTED, _("of them reported as executed")),
        action=SEE,
        dimensions=BY,
        records=accepted_list,
        counted=executed_list,
        published=_PUBLISHED,
        has_public_records=True,
        order=53,
    ),
    Figure(
        code="councils.confirmed",
        label=_("Share of checked recommendations found executed"),
        sentence=_(
            "Of the recommendations of the period that somebody of the programme looked at on the "
            "spot, the share found executed, by the last look. Those were not chosen by lot."
        ),
        population=_("Recommendations checked on the spot"),
        unit=_("share"),
        kind=Share(CONFIRMED, CHECKED, _("of them found executed")),
        action=SEE,
        dimensions=BY,
        records=checked_list,
        counted=confirmed_list,
        published=_PUBLISHED,
        has_public_records=True,
        order=54,
    ),
    Figure(
        code="councils.overdue",
        label=_("Recommendations overdue today"),
        sentence=_(
            "Recommendations whose answer is owed, or whose promised day is over, today. Asked "
            "from the register at this moment."
        ),
        population=_("Recommendations overdue"),
        unit=_("recommendations"),
        kind=Live(count_overdue),
        action=SEE,
        dimensions=BY,
        records=overdue_list,
        has_public_records=True,
        order=55,
    ),
)
