"""Open data of the module: events row by row, coverage, and what the tests came to."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext_lazy as _

from baqylau.institutions.models import Kind, Ownership
from baqylau.kernel import clock, codes
from baqylau.kernel.datasets import Dataset, Field, Row, Type
from baqylau.outreach.models import EventKind, Stage
from baqylau.outreach.queries.coverage import Over, coverage, years
from baqylau.outreach.queries.results import by_event, held
from baqylau.outreach.queries.rows import every_with_bodies

CHUNK = 500
_KATO = r"[0-9]{9}"


def events(_asked: Mapping[str, str]) -> Iterator[Row]:
    """Every event: nobody's name, and no words of people."""
    for event, bodies in every_with_bodies():
        yield (
            event.code,
            event.on,
            event.kind,
            event.campaign.code if event.campaign else None,
            event.district_id,
            event.topic_kk,
            event.topic_ru or None,
            " ".join(bodies) or None,
            event.stage,
            event.people,
            event.is_imported,
        )


EVENTS = Dataset(
    code="outreach-events",
    label=_("Events of outreach"),
    sentence=_(
        "Meetings, seminars, lectures and hearings, planned and held: where, for which "
        "institutions, and how many came. No speaker and no visitor is named."
    ),
    fields=(
        Field(
            "code",
            Type.STRING,
            _("The code in the event's address."),
            is_required=True,
            pattern=codes.SHAPE,
        ),
        Field("on", Type.DATE, _("The day of the event."), is_required=True),
        Field("kind", Type.STRING, _("What is held."), is_required=True, choices=EventKind.values),
        Field("campaign", Type.STRING, _("The code of the campaign, if it belongs to one.")),
        Field(
            "district",
            Type.STRING,
            _("The district's code (KATO)."),
            is_required=True,
            pattern=_KATO,
        ),
        Field("topic_kk", Type.STRING, _("What it is about, in Kazakh."), is_required=True),
        Field("topic_ru", Type.STRING, _("What it is about, in Russian.")),
        Field(
            "institutions",
            Type.STRING,
            _("Codes of the institutions at which, or for whose people, it is held; by spaces."),
        ),
        Field("stage", Type.STRING, _("Where it stands."), is_required=True, choices=Stage.values),
        Field("people", Type.INTEGER, _("How many came."), unit=_("visits to events")),
        Field(
            "is_imported",
            Type.BOOLEAN,
            _("Whether it was taken in from an older table."),
            is_required=True,
        ),
    ),
    rows=events,
    key=("code",),
    asked=("code", "on", "campaign", "district", "stage"),
    order=60,
    is_live=True,
)


def reached(_asked: Mapping[str, str]) -> Iterator[Row]:
    """Coverage by year (0: all time), district, kind and ownership; no share, only its parts."""
    today = clock.today()
    for year in (0, *sorted(years(today))):
        found = coverage(Over(year), today)
        for (district, kind, ownership), tally in sorted(found.cells.items()):
            yield year, district, kind, ownership, tally.all, tally.reached


COVERAGE = Dataset(
    code="outreach-coverage",
    label=_("Coverage of institutions"),
    sentence=_(
        "How many institutions of the register were reached by an event, of all that there are, "
        "state and private. A year that is over is measured against the register of its last day, "
        "the others against today's. A visit to an institution that was since closed counts for "
        "its successor."
    ),
    fields=(
        Field("year", Type.INTEGER, _("The year; 0 stands for all time."), is_required=True),
        Field(
            "district",
            Type.STRING,
            _("The district's code (KATO)."),
            is_required=True,
            pattern=_KATO,
        ),
        Field(
            "kind", Type.STRING, _("Kind of institution."), is_required=True, choices=Kind.values
        ),
        Field(
            "ownership",
            Type.STRING,
            _("Whose it is."),
            is_required=True,
            choices=Ownership.values,
        ),
        Field(
            "in_register",
            Type.INTEGER,
            _("How many the register has."),
            unit=_("institutions"),
            is_required=True,
        ),
        Field(
            "reached",
            Type.INTEGER,
            _("How many of them were reached."),
            unit=_("institutions"),
            is_required=True,
        ),
    ),
    rows=reached,
    key=("year", "district", "kind", "ownership"),
    asked=("year", "district", "kind"),
    order=61,
    is_live=True,
)


def tests(_asked: Mapping[str, str]) -> Iterator[Row]:
    """What the tests of events came to, where there are ten sheets before and ten after."""
    rows = held().select_related("event", "quiz").order_by("pk")
    after = 0
    while chunk := list(rows.filter(pk__gt=after)[:CHUNK]):
        after = chunk[-1].pk
        found = by_event(row.event_id for row in chunk)
        for row in chunk:
            result = found[row.event_id]
            if result.mean_before is None or result.mean_after is None:
                continue
            change = result.change
            yield (
                row.event.code,
                row.quiz.code,
                result.before,
                result.after,
                round(result.mean_before, 2),
                round(result.mean_after, 2),
                round(change.value, 2) if change else None,
                round(change.low, 2) if change else None,
                round(change.high, 2) if change else None,
            )


_RIGHT = _("right answers of five")
TESTS = Dataset(
    code="outreach-tests",
    label=_("What people took away from events"),
    sentence=_(
        "Five questions before and after an event, on sheets without names: the mean of right "
        "answers and its change with the interval at 95 per cent (Welch). The sheets before and "
        "after are two groups, not pairs. Events with fewer than ten sheets before or after are "
        "left out."
    ),
    fields=(
        Field("event", Type.STRING, _("The event's code."), is_required=True, pattern=codes.SHAPE),
        Field(
            "quiz", Type.STRING, _("The code of the test."), is_required=True, pattern=codes.SHAPE
        ),
        Field("n_before", Type.INTEGER, _("Sheets before."), is_required=True),
        Field("n_after", Type.INTEGER, _("Sheets after."), is_required=True),
        Field("mean_before", Type.NUMBER, _("The mean before."), unit=_RIGHT, is_required=True),
        Field("mean_after", Type.NUMBER, _("The mean after."), unit=_RIGHT, is_required=True),
        Field(
            "change", Type.NUMBER, _("After less before; empty if all sheets are alike."), _RIGHT
        ),
        Field("low", Type.NUMBER, _("Where the interval of the change begins."), _RIGHT),
        Field("high", Type.NUMBER, _("Where it ends."), _RIGHT),
    ),
    rows=tests,
    key=("event",),
    asked=("event", "quiz"),
    order=62,
    is_live=True,
)
DATASETS = (EVENTS, COVERAGE, TESTS)
