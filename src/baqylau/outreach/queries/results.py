"""What the tests of events came to."""

from collections import Counter
from collections.abc import Iterable, Iterator

from django.db.models import QuerySet

from baqylau.outreach.models import Campaign, Event, Moment, Score, Sitting, Stage
from baqylau.outreach.rules.testing import Result, result

Counts = dict[str, Counter[int]]
"""By moment: how many sheets had so many right answers."""


def _counts(rows: "QuerySet[Score]") -> Iterator[tuple[int, Counts]]:
    """The sheets of each sitting, one after another."""
    found: dict[int, Counts] = {}
    for row in rows.order_by("sitting_id", "id"):
        counts = found.setdefault(row.sitting_id, {str(m): Counter() for m in Moment})
        counts[row.moment][row.right] += row.count
    yield from found.items()


def of_event(event: Event) -> Result | None:
    """What the test of the event came to; None for one without a test."""
    sitting = Sitting.objects.filter(event=event).first()
    if sitting is None:
        return None
    rows = dict(_counts(Score.objects.filter(sitting=sitting)))
    counts = rows.get(sitting.pk, {})
    return result(counts.get(Moment.BEFORE, {}), counts.get(Moment.AFTER, {}))


def held() -> "QuerySet[Sitting]":
    """The tests of events that took place."""
    return Sitting.objects.filter(event__stage__in=(Stage.HELD, Stage.REPORTED))


def together(sittings: "QuerySet[Sitting]") -> Result:
    """The sheets of several events together.

    Only of those whose own result may be shown: else the rest could be worked out from the whole.
    """
    return _added(counts for _pk, counts in _counts(Score.objects.filter(sitting__in=sittings)))


def _added(every: Iterable[Counts]) -> Result:
    before: Counter[int] = Counter()
    after: Counter[int] = Counter()
    for counts in every:
        one, two = counts[Moment.BEFORE], counts[Moment.AFTER]
        if not result(one, two).is_few:
            before += one
            after += two
    return result(before, after)


def of_campaign(campaign: Campaign) -> Result | None:
    """What the tests of a campaign's events came to together; None where none had a test."""
    sittings = held().filter(event__campaign=campaign)
    return together(sittings) if sittings.exists() else None


def by_event(events: Iterable[int]) -> dict[int, Result]:
    """The results of several events by their ids: two questions."""
    sittings = dict(Sitting.objects.filter(event__in=list(events)).values_list("pk", "event_id"))
    empty: Counts = {str(moment): Counter() for moment in Moment}
    found = dict(_counts(Score.objects.filter(sitting__in=list(sittings))))
    return {
        event: result(counts[Moment.BEFORE], counts[Moment.AFTER])
        for pk, event in sittings.items()
        for counts in (found.get(pk, empty),)
    }
