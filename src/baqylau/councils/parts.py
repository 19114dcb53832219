"""What the module puts on pages of others: the home page, a district, a body, a case."""

from collections.abc import Callable, Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from baqylau.councils import frontdoor
from baqylau.councils.access import SEE
from baqylau.councils.models import Council, Recommendation
from baqylau.councils.queries import register
from baqylau.councils.queries.chain import overdue_days
from baqylau.councils.queries.said import said
from baqylau.councils.taxonomy import Origin
from baqylau.institutions.models import Institution
from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.modules import Hit
from baqylau.kernel.permissions import may_somewhere

Part = Mapping[str, object]
AT_HOME = 3
OF_PLACE = 5
BESIDE_CASE = 10
"""Recommendations that other pages show."""


def lines(rows: Sequence[Recommendation]) -> list[dict[str, object]]:
    """Recommendations as lists show them: with their text and the days that they are overdue."""
    today = clock.today()
    return [
        {"row": row, "text": said(row, "text"), "overdue": overdue_days(row, today)} for row in rows
    ]


def promises_at_home() -> Part:
    """What is newly overdue, and the way to the register; nothing before anything was sent."""
    rows = register.latest_overdue(clock.today(), AT_HOME)
    if not rows and not Recommendation.objects.filter(steps__gt=0).exists():
        return {}
    return {"councils/promises/home.html": {"order": 35, "rows": lines(rows)}}


def promises_of(what: str, code: str) -> Part:
    """What was recommended to a body, to the bodies of a district, or by a council."""
    if what == "district":
        rows = register.of_place("territory_id", code, OF_PLACE)
    elif what == "body":
        found = Institution.objects.filter(code=code).values_list("pk", flat=True).first()
        rows = register.of_place("institution_id", found, OF_PLACE) if found else []
    elif what == "council":
        found = Council.objects.filter(code=code).values_list("pk", flat=True).first()
        rows = register.of_place("council_id", found, OF_PLACE) if found else []
    else:
        return {}
    if not rows:
        return {}
    context = {"rows": lines(rows), "what": what, "code": code}
    return {"councils/promises/place.html": context}


AT_HOME_PAGE: Sequence[Callable[[], Part]] = (
    promises_at_home,
    frontdoor.home,
    frontdoor.councils,
)
ON_PLACES: Sequence[Callable[[str, str], Part]] = (promises_of,)
"""The parts of each subject of the module, in their order."""


def home() -> Part:
    """Every part of the home page."""
    return {name: context for part in AT_HOME_PAGE for name, context in part().items()}


def about_place(what: str, code: str) -> Part:
    """Every part of a place's page."""
    return {name: context for part in ON_PLACES for name, context in part(what, code).items()}


def body_state(code: str) -> object:
    """Whatever the page of the body shows of its recommendations."""
    return register.all_of_place("institution__code", code, OF_PLACE)


def related(actor: Actor, subject: str) -> Sequence[Hit]:
    """The recommendations that came from a case."""
    kind, _colon, number = subject.partition(":")
    if kind != "case" or not may_somewhere(actor, SEE):
        return ()
    rows = Recommendation.objects.filter(origin=Origin.CASE, source=number, number__isnull=False)
    return [
        Hit(
            label=row.number or "",
            url=reverse("promise_desk", args=[row.number]),
            kind=_("recommendation"),
            note=str(row.get_state_display()),
        )
        for row in rows.order_by("pk")[:BESIDE_CASE]
    ]
