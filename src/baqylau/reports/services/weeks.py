"""The weekly list of slips: signed, filled up, published once, and its slips then forgotten."""

from django.db import transaction

from baqylau.journal import keys
from baqylau.kernel import clock
from baqylau.reports.models import RecoveryKey, Slip, SlipList
from baqylau.reports.queries.site import site_name
from baqylau.reports.rules.weeks import next_week, weeks_between
from baqylau.seal import slips


def publish_weeks() -> str:
    """Publish the list of every week that is over and has none yet, empty weeks too.

    It begins with the week in which reports could first be taken in. Safe to repeat.
    """
    first, present = _first_week(), slips.week_of(clock.today())
    if not first:
        return "0 published"
    weeks = list(weeks_between(first, present)) if first < present else []
    for week in weeks:
        _publish(week)
    return f"{len(weeks)} published"


def _first_week() -> str:
    """The week after the last list; else that of the first slip or recovery key; else ""."""
    last = SlipList.objects.order_by("-week").first()
    if last is not None:
        return next_week(last.week)
    begun = RecoveryKey.objects.order_by("since_on").values_list("since_on", flat=True).first()
    slip = Slip.objects.order_by("week").values_list("week", flat=True).first()
    known = [week for week in (slip, slips.week_of(begun) if begun else None) if week]
    return min(known, default="")


def _publish(week: str) -> None:
    """Make the list of a week and forget which of its hashes were real."""
    seed, public = keys.seed(), bytes.fromhex(keys.public())
    with transaction.atomic(using="sealed"):
        if SlipList.objects.filter(pk=week).exists():
            return
        last = SlipList.objects.order_by("-week").first()
        previous = last.digest if last else slips.FIRST_LIST
        real = list(Slip.objects.filter(week=week).values_list("digest", flat=True))
        text = slips.make_list(seed, real, site=site_name(), week=week, previous=previous)
        SlipList.objects.create(week=week, text=text, digest=slips.read_list(text, public).hash)
        Slip.objects.filter(week=week).delete()
