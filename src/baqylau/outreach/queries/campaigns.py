"""Campaigns, and what is given out in them."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from baqylau.outreach.models import Campaign, CampaignMaterial
from baqylau.outreach.queries.unknown import UnknownError


def campaign(code: str) -> Campaign:
    """The campaign. Raises: UnknownError."""
    found = Campaign.objects.filter(code=code).first()
    if found is None:
        raise UnknownError(_("There is no such campaign."))
    return found


def campaigns() -> list[Campaign]:
    """All campaigns in their order."""
    return list(Campaign.objects.order_by("order", "first_on", "pk"))


def materials() -> Mapping[int, list[CampaignMaterial]]:
    """What every campaign gives out, by the campaign's id; the newest first."""
    found: dict[int, list[CampaignMaterial]] = {}
    for row in CampaignMaterial.objects.order_by("-added_at", "-pk"):
        found.setdefault(row.campaign_id, []).append(row)
    return found


def materials_of(found: Campaign) -> list[CampaignMaterial]:
    """What is given out in the campaign, the newest first."""
    rows = CampaignMaterial.objects.filter(campaign=found).select_related("file")
    return list(rows.order_by("-added_at", "-pk"))


def material(pk: int) -> CampaignMaterial:
    """One of them. Raises: UnknownError."""
    found = CampaignMaterial.objects.filter(pk=pk).select_related("file", "campaign").first()
    if found is None:
        raise UnknownError(_("There is no such file."))
    return found
