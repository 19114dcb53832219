"""What the catalogue tells in an account to the commissioner: the cards that were published."""

from collections.abc import Iterator
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from baqylau.catalogue.models import CardText, CardVersion
from baqylau.kernel.modules import Annex
from baqylau.kernel.period import Period
from baqylau.territories.labels import language

MOST = 500
"""Cards of a period that are listed: the newest."""


def published(period: Period) -> Iterator[tuple[date, str, int]]:
    """The versions that were published in the period: day, title, number of the version."""
    zone = ZoneInfo(settings.TIME_ZONE)
    first, until = (datetime.combine(day, time.min, zone) for day in (period.first, period.until))
    rows = CardVersion.objects.filter(published_at__gte=first, published_at__lt=until)
    found = list(rows.order_by("-published_at", "-pk")[:MOST])
    wanted = CardText.objects.filter(version__in=found, language__in={"kk", language()})
    titles = {(text.version_id, text.language): text.title for text in wanted}
    for row in found:
        title = titles.get((row.pk, language())) or titles.get((row.pk, "kk"), "")
        if row.published_at and title:
            yield row.published_at.astimezone(zone).date(), title, row.number


PUBLISHED = Annex(
    "catalogue.published",
    _("Service cards that were published"),
    (_("Day"), _("Card"), _("Version")),
    published,
    order=40,
)
