"""What a page of coverage was asked for: a year, a campaign, a district."""

from django.http import HttpRequest

from baqylau.kernel import clock
from baqylau.outreach.queries import coverage
from baqylau.outreach.queries.campaigns import campaigns
from baqylau.outreach.queries.coverage import Asked, Over

YEARS = range(2000, 2100)


def asked(request: HttpRequest, *, this_year: bool = False) -> Asked:
    """Read the question; what there is not counts as not asked for.

    `this_year`: who names no year means the one that runs.
    """
    known = campaigns()
    wanted = request.GET.get("campaign", "")
    chosen = next((row for row in known if row.code == wanted), None)
    today = clock.today()
    text = request.GET.get("year", str(today.year) if this_year else "")
    year = int(text) if len(text) == 4 and text.isascii() and text.isdigit() else 0
    over = Over(year if year in YEARS else 0, chosen)
    return Asked(over, coverage.years(today), known)
