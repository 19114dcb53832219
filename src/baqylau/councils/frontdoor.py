"""What the module puts on the public home page."""

from collections.abc import Mapping

from baqylau.councils.models import Council
from baqylau.councils.queries import drafts, meetings
from baqylau.kernel import clock

SHOWN = 3


def home() -> Mapping[str, object]:
    """Drafts about which something can be said today; nothing when there are none."""
    rows = drafts.open_on(clock.today(), SHOWN)
    if not rows:
        return {}
    shown = [
        {"draft": row, "title": drafts.title(row), "last_on": drafts.last_day(row)} for row in rows
    ]
    return {"councils/home_drafts.html": {"order": 60, "rows": shown}}


def councils() -> Mapping[str, object]:
    """The way to the councils and their next meeting; nothing where there are none."""
    if not Council.objects.exists():
        return {}
    return {"councils/home_councils.html": {"order": 62, "next": meetings.following(clock.now())}}
