"""An officer is reminded to close what was answered long ago."""

from dataclasses import replace
from datetime import timedelta

import pytest

from baqylau.kernel import clock
from baqylau.kernel.access import Actor
from baqylau.kernel.work import Asked, Only
from baqylau.reports.models import Report
from baqylau.reports.queries.reminders import LONG, close
from baqylau.reports.taxonomy import State
from tests.reports.making import House, file

pytestmark = pytest.mark.django_db(databases=["default", "sealed"])


def test_what_was_answered_long_ago_waits_to_be_closed_by_those_who_can_open_it(
    ready: House,
) -> None:
    today, officer = clock.today(), ready.officers[0].actor
    for days, state in ((91, State.ANSWERED), (200, State.ANSWERED), (10, State.ANSWERED)):
        _filed, report = file()
        Report.objects.filter(pk=report.pk).update(
            state=state, answered_on=today - timedelta(days=days)
        )
    _filed, closed = file()
    Report.objects.filter(pk=closed.pk).update(
        state=State.CLOSED, answered_on=today - timedelta(days=300)
    )
    asked = Asked(officer, today)
    found = close(asked)
    assert [task.due_on for task in found] == [
        today - timedelta(days=200) + LONG,
        today - timedelta(days=91) + LONG,
    ]
    assert len(close(replace(asked, limit=1))) == 1
    assert not close(replace(asked, only=Only.CALL))
    assert not close(replace(asked, actor=Actor("somebody")))
