"""Setting what a year's plan wants to reach."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from baqylau.institutions.models import Kind
from baqylau.journal.services import append
from baqylau.kernel.access import Actor
from baqylau.kernel.errors import DomainError
from baqylau.kernel.permissions import require
from baqylau.outreach.access import CAMPAIGNS
from baqylau.outreach.models import Campaign, Goal

YEARS = range(2017, 2100)
MOST = 20_000


def set_goals(
    *,
    actor: Actor,
    year: int,
    kind: str,
    campaign: Campaign | None,
    numbers: Mapping[str, int | None],
) -> int:
    """Set how many institutions of a kind ("": any) each district is to reach; None takes it away.

    Returns how many goals changed. Raises: NotAllowedError; DomainError.
    """
    require(actor, CAMPAIGNS)
    if year not in YEARS or (kind and kind not in Kind):
        raise DomainError(_("There is no such year or kind."), code="unknown")
    if any(number is not None and not 0 <= number <= MOST for number in numbers.values()):
        raise DomainError(_("A goal is a whole number from 0 to %(most)s."), params={"most": MOST})
    changed = 0
    with transaction.atomic():
        rows = Goal.objects.select_for_update().filter(year=year, kind=kind, campaign=campaign)
        old = {row.district_id: row for row in rows}
        for district, number in sorted(numbers.items()):
            changed += _set(old.get(district), district, number, (year, kind, campaign))
        if changed:
            append(
                action="outreach.goals_set",
                actor=actor,
                subject=f"year:{year}",
                payload={
                    "kind": kind,
                    "campaign": campaign.code if campaign else "",
                    "districts": [*sorted(numbers)],
                    "institutions": [numbers[code] for code in sorted(numbers)],
                },
            )
    return changed


def _set(
    row: Goal | None, district: str, number: int | None, of: tuple[int, str, Campaign | None]
) -> bool:
    if number is None:
        if row:
            row.delete()
        return row is not None
    if row and row.institutions == number:
        return False
    year, kind, campaign = of
    Goal.objects.update_or_create(
        year=year,
        kind=kind,
        campaign=campaign,
        district_id=district,
        defaults={"institutions": number},
    )
    return True
