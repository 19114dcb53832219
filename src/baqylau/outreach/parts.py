"""What the module puts on pages of others: the home page, a district, an institution."""

from collections.abc import Mapping

from django.urls import reverse

from baqylau.institutions import queries as institutions
from baqylau.kernel import clock
from baqylau.outreach.queries import coverage, public, tables
from baqylau.outreach.queries.coverage import Over

Part = Mapping[str, Mapping[str, object]]


def home() -> Part:
    """How many institutions were reached; nothing before the first event."""
    found = coverage.coverage(Over(), clock.today()).whole
    if not found.reached:
        return {}
    context = {
        "order": 40,
        "whole": found,
        "percent": tables.percent(found),
        "url": reverse("reached"),
    }
    return {"outreach/home.html": context}


def body_state(code: str) -> object:
    """Whatever the page of the body shows of its events."""
    return public.all_held_at(code)


def about_place(what: str, code: str) -> Part:
    """What events reached in a district, or at an institution."""
    if what == "district":
        found = coverage.coverage(Over(), clock.today()).of(district=code)
        if not found.all:
            return {}
        context = {
            "whole": found,
            "percent": tables.percent(found),
            "url": reverse("reached_district", args=[code]),
            "events": f"{reverse('reached_events')}?district={code}",
        }
        return {"outreach/about_district.html": context}
    if what == "body":
        body = institutions.institution(code)
        return {"outreach/about_body.html": {"events": public.held_at(body)}}
    return {}
