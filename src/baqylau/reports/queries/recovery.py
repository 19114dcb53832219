"""The recovery key: which there are, and whether two shares have lately been seen to open it."""

from datetime import date, timedelta

from baqylau.reports.models import NextKey, RecoveryKey

DRILL = timedelta(days=180)
"""After so many days a drill is due again. Judgement of the project [J]."""


def living_recovery() -> RecoveryKey | None:
    """The recovery key that new reports are wrapped to."""
    return RecoveryKey.objects.filter(is_living=True).first()


def coming_recovery() -> NextKey | None:
    """The recovery key whose ceremony is over, and which is not in use yet."""
    return NextKey.objects.filter(pk="").first()


def drill_due_on(key: RecoveryKey) -> date:
    """The day by which two shares should be tried: at once while they never were."""
    return key.since_on if key.proven_on is None else key.proven_on + DRILL


def known_publics() -> list[str]:
    """The public halves that shares may belong to, the living one first."""
    rows = RecoveryKey.objects.order_by("-is_living", "-pk").values_list("public", flat=True)
    coming = coming_recovery()
    return [*rows, *([coming.public] if coming else [])]


def recipients() -> list[str]:
    """Whom archives are sealed to as well: holders of two shares bring back the whole site."""
    key = living_recovery()
    return [key.public] if key else []
