"""Who may say that the digits of a key are right, and what was said."""

from collections.abc import Sequence

from baqylau.kernel.access import Actor
from baqylau.reports.models import KeyCheck, Keyholder
from baqylau.reports.queries.standing import standing
from baqylau.reports.rules.trust import Word


def may_speak(actor: Actor, holder: str) -> bool:
    """Whether the actor may judge this person's key: never their own.

    They hold a trusted key themselves; while nobody does, any key will do for the first word.
    """
    living = list(Keyholder.objects.filter(until_on=None))
    gone = standing.gone(living)
    trusted = {row.holder for row in living if row.trusted_on and row.holder not in gone}
    speakers = trusted or {row.holder for row in living} - gone
    return actor.key in speakers - {holder}


def words_about(public: str) -> Sequence[Word]:
    """What was said of a key, oldest first."""
    rows = KeyCheck.objects.filter(public=public).order_by("pk")
    return [Word(row.by, row.office, row.is_same) for row in rows]
