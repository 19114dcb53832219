"""What somebody's key opens, tried on every report that there is."""

from baqylau.reports.models import Part, Report
from baqylau.reports.queries.contents import open_wrap
from baqylau.seal.errors import SealError
from baqylau.seal.keys import SecretKey
from baqylau.seal.wraps import Role
from tests.reports.making import Held


def readable(held: Held, part: Part = Part.REPORT, role: Role = Role.OFFICER) -> set[str]:
    """The reports that this key opens."""
    found = set()
    for report in Report.objects.all():
        try:
            open_wrap(report, part, role, held.key, held.actor.key)
        except SealError:
            continue
        found.add(report.pk)
    return found


def recoverable(key: SecretKey, part: Part = Part.REPORT) -> set[str]:
    """The reports that this recovery key opens."""
    found = set()
    for report in Report.objects.all():
        try:
            open_wrap(report, part, Role.RECOVERY, key, "")
        except SealError:
            continue
        found.add(report.pk)
    return found
