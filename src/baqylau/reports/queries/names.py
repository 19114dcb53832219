"""Requests for names: those that wait for a custodian, and those of an officer."""

from collections.abc import Sequence

from baqylau.reports.models import Keyholder, NameRequest, Part, Report, Wrap
from baqylau.seal.wraps import Role


def custodians_of(report: Report) -> list[Keyholder]:
    """The living custodians who can open the report's name."""
    wraps = Wrap.objects.filter(report=report.pk, part=Part.NAME, role=Role.CUSTODIAN)
    living = Keyholder.objects.filter(
        until_on=None, trusted_on__isnull=False, office=Keyholder.Office.CUSTODIAN
    )
    return list(living.filter(holder__in=wraps.values("holder")).order_by("public"))


def request_of(number: str) -> NameRequest | None:
    """A request by its opaque number, with its report."""
    return NameRequest.objects.filter(pk=number).select_related("report").first()


def open_requests() -> Sequence[NameRequest]:
    """What waits for a custodian, oldest first."""
    asked = NameRequest.objects.filter(state=NameRequest.State.ASKED)
    return list(asked.select_related("report").order_by("asked_on", "pk"))


def requests_of(asker: str, limit: int = 50) -> Sequence[NameRequest]:
    """What an officer has asked, newest first."""
    own = NameRequest.objects.filter(asker=asker).select_related("report")
    return list(own.order_by("-asked_on", "pk")[:limit])


def may_open(holder: str, report: Report) -> bool:
    """Whether a custodian has opened the name to this person."""
    wraps = Wrap.objects.filter(report=report.pk, part=Part.NAME, role=Role.ASKER, holder=holder)
    return wraps.exists()
